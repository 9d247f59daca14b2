// The base snapshot: an interpreter's memory after boot and imports, packed for the download.
//
// Layout of the packed file, gzipped, numbers little-endian u32:
//   "wmx1" · header length · heap length · run count · Pyodide's header · (address, length)* · bytes
// A run is a stretch of pages that differ from the memory of a module that was only just created.
import nodeCrypto from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { syncBuiltinESMExports } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { gzipSync } from "node:zlib";
import createModule from "pyodide/pyodide.asm.mjs";
import { startPyodide } from "./pyodide_node.mjs";

const PAGE = 256;
const LARGEST_BLOCK = 1 << 18;
const SMALLEST_BLOCK = 16;
const MAGIC = "wmx1";
const RESTORE_MODULE = "wasmrx_snapshot";
const FIXED_TIME = Date.UTC(2026, 0, 1);

/** The packed snapshot of an interpreter whose standard library is the zip `library`. */
export async function baseSnapshot(library) {
  const folder = await mkdtemp(path.join(tmpdir(), "wasmrx-"));
  const stdlib = path.join(folder, "stdlib.zip");
  const restoreClocks = freezeClocks();
  try {
    await writeFile(stdlib, library);
    const untouched = await memoryBeforePython(stdlib);
    const py = await startPyodide({ stdlib, _makeSnapshot: true });
    const module = await readFile(path.join(import.meta.dirname, `${RESTORE_MODULE}.py`));
    py.FS.writeFile(`${py.FS.cwd()}/${RESTORE_MODULE}.py`, module);
    py.runPython(`import ${RESTORE_MODULE}`);
    zeroFreeMemory(py._module);
    return gzipSync(pack(Buffer.from(py.makeMemorySnapshot()), untouched), { level: 9 });
  } finally {
    restoreClocks();
    await rm(folder, { recursive: true });
  }
}

/** The two states of memory that a browser's module has before the snapshot is written into it. */
async function memoryBeforePython(stdlib) {
  const states = [];
  const ready = new Promise((resolve, reject) => {
    startPyodide({
      stdlib,
      createPyodideModule: async (settings) => {
        const instantiate = settings.instantiateWasm;
        settings.noInitialRun = true;
        settings.instantiateWasm = (imports, done) =>
          instantiate(imports, (instance, module) => {
            states.push(copyOf(instance.exports.memory));
            return done(instance, module);
          });
        const module = await createModule(settings);
        states.push(module.HEAPU8.slice());
        resolve(states);
        return new Promise(() => {});
      },
    }).catch(reject);
  });
  return ready;
}

/** Takes all free memory, writes zeros and gives it back: what was freed need not be shipped. */
function zeroFreeMemory(module) {
  const end = module._sbrk(0);
  const taken = [];
  for (let size = LARGEST_BLOCK; size >= SMALLEST_BLOCK; size >>= 1) {
    let address;
    while ((address = module._malloc(size)) < end) {
      module.HEAPU8.fill(0, address, address + size);
      taken.push(address);
    }
    module._free(address);
  }
  for (const address of taken) module._free(address);
}

function copyOf(memory) {
  return new Uint8Array(memory.buffer.slice(0));
}

function pack(snapshot, untouched) {
  const headerLength = snapshot.readUInt32LE(4);
  const heap = snapshot.subarray(headerLength);
  const runs = touchedRuns(heap, untouched);
  const head = Buffer.alloc(16);
  head.write(MAGIC, 0);
  head.writeUInt32LE(headerLength, 4);
  head.writeUInt32LE(heap.length, 8);
  head.writeUInt32LE(runs.length, 12);
  const table = Buffer.from(Uint32Array.from(runs.flat()).buffer);
  const pieces = runs.map(([address, length]) => heap.subarray(address, address + length));
  return Buffer.concat([head, snapshot.subarray(0, headerLength), table, ...pieces]);
}

/** `[address, length]` of each stretch that a new module's memory does not already hold. */
function touchedRuns(heap, [initial, started]) {
  const runs = [];
  for (let at = 0; at < heap.length; at += PAGE) {
    const page = pageOf(heap, at);
    const before = pageOf(initial, at);
    if (page.equals(before) && pageOf(started, at).equals(before)) continue;
    const last = runs.at(-1);
    if (last && last[0] + last[1] === at) last[1] += PAGE;
    else runs.push([at, PAGE]);
  }
  return runs;
}

const ZEROS = Buffer.alloc(PAGE);

function pageOf(memory, at) {
  if (at >= memory.length) return ZEROS;
  return Buffer.from(memory.buffer, memory.byteOffset + at, PAGE);
}

/** Makes time stand still and randomness constant, so that the same sources give the same image. */
function freezeClocks() {
  const { now } = Date;
  const performanceNow = performance.now;
  const { randomFillSync } = nodeCrypto;
  Date.now = () => FIXED_TIME;
  performance.now = () => 1000;
  nodeCrypto.randomFillSync = (array) => array.fill(7);
  syncBuiltinESMExports();
  return () => {
    Date.now = now;
    performance.now = performanceNow;
    nodeCrypto.randomFillSync = randomFillSync;
    syncBuiltinESMExports();
  };
}

// The base snapshot: an interpreter's memory after boot and imports, against the memory of a module
// that was only just created.
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { constants, zstdCompressSync } from "node:zlib";
import { createModule } from "./glue.mjs";
import { freezeClocks, pack, zeroFreeMemory } from "./image.mjs";
import { startPyodide } from "./pyodide_node.mjs";

const RESTORE_MODULE = "wasmrx_snapshot";

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
    return pack(Buffer.from(py.makeMemorySnapshot()), untouched, compressed);
  } finally {
    restoreClocks();
    await rm(folder, { recursive: true });
  }
}

/** The same for all other browsers than those of runtime/ts/stacks.ts: it fits the least of them. */
export function plainSnapshot(library) {
  delete WebAssembly.Suspending;
  delete WebAssembly.promising;
  Object.defineProperty(globalThis, "navigator", { value: { userAgent: "iPhone" } });
  return baseSnapshot(library);
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
            states.push(new Uint8Array(instance.exports.memory.buffer.slice(0)));
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

function compressed(content) {
  return zstdCompressSync(content, {
    pledgedSrcSize: content.length,
    params: {
      [constants.ZSTD_c_compressionLevel]: 22,
      [constants.ZSTD_c_checksumFlag]: 1,
      [constants.ZSTD_c_windowLog]: Math.ceil(Math.log2(content.length)),
    },
  });
}

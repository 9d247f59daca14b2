// The packed form of an interpreter's memory: only the pages in which it differs from one that is
// known to the reader. wasm/ts/snapshot.ts reads it.
//
// Layout, numbers little-endian u32:
//   "wmx2" · header length · end of the heap · run count · unpacked length · Pyodide's header · frame
// The frame is Zstandard's, a fifth smaller than gzip, and Pyodide's own module unpacks it. It holds
//   (address, length)* · bytes
// The bytes are those of the pages; in a file that begins with "wmxd", those of the pages before,
// exclusive or: what a page shares with the one before is zeros.
import nodeCrypto from "node:crypto";
import { syncBuiltinESMExports } from "node:module";

const PAGE = 256;
const LARGEST_BLOCK = 1 << 18;
const SMALLEST_BLOCK = 16;
const WHOLE = "wmx2";
const DIFFERENCE = "wmxd";
const HEAD = 20;
const FIXED_TIME = Date.UTC(2026, 0, 1);

/**
 * Pyodide's `snapshot` as a file, without the pages that all of `known` hold alike already.
 * `compress` makes the frame.
 */
export function pack(snapshot, known, compress) {
  return packed(snapshot, known, compress, WHOLE, (page) => page);
}

/** The same as a difference from the memory `before`. */
export function packDifference(snapshot, before, compress) {
  const changed = (page, at) => page.map((byte, index) => byte ^ (before[at + index] ?? 0));
  return packed(snapshot, [before], compress, DIFFERENCE, changed);
}

function packed(snapshot, known, compress, magic, told) {
  const headerLength = snapshot.readUInt32LE(4);
  const heap = snapshot.subarray(headerLength);
  const runs = touchedRuns(heap, known);
  const table = Buffer.from(Uint32Array.from(runs.flat()).buffer);
  const pieces = runs.map(([address, length]) =>
    told(heap.subarray(address, address + length), address),
  );
  const content = Buffer.concat([table, ...pieces]);
  const head = Buffer.alloc(HEAD);
  head.write(magic, 0);
  const numbers = [headerLength, endOf(heap), runs.length, content.length];
  numbers.forEach((number, index) => head.writeUInt32LE(number, 4 + 4 * index));
  return Buffer.concat([head, snapshot.subarray(0, headerLength), compress(content)]);
}

/** `[address, length]` of each stretch that some of `known` holds otherwise. */
function touchedRuns(heap, known) {
  const runs = [];
  for (let at = 0; at < heap.length; at += PAGE) {
    const page = pageOf(heap, at);
    if (known.every((memory) => pageOf(memory, at).equals(page))) continue;
    const last = runs.at(-1);
    if (last && last[0] + last[1] === at) last[1] += PAGE;
    else runs.push([at, PAGE]);
  }
  return runs;
}

/** Where the heap holds nothing any more. */
function endOf(heap) {
  let end = heap.length;
  while (end > 0 && pageOf(heap, end - PAGE).equals(ZEROS)) end -= PAGE;
  return end;
}

const ZEROS = Buffer.alloc(PAGE);

function pageOf(memory, at) {
  if (at >= memory.length) return ZEROS;
  return Buffer.from(memory.buffer, memory.byteOffset + at, PAGE);
}

/** Takes all free memory, writes zeros and gives it back: what was freed need not be shipped. */
export function zeroFreeMemory(module) {
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

/** Makes time stand still and randomness constant, so that the same sources give the same image. */
export function freezeClocks() {
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

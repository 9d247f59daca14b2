// A memory snapshot: an interpreter's memory after boot and imports, as wasm/release/image.mjs packs
// it. The app's own is written over the base, of which it holds what differs. Layout, numbers little-endian u32:
//   "wmx2" or "wmxd" · header length · end of the heap · run count · unpacked length ·
//   Pyodide's header · frame
// The frame is Zstandard's: no browser unpacks that, but the module that gets the memory does. It
// works behind the end of what the heap uses, and leaves zeros there.
import { BootError } from "./boot_error";
import { download } from "./download";

const WHOLE = 0x32786d77;
const DIFFERENCE = 0x64786d77;
const HEAD = 20;
const UNPACKER = 1 << 18;

/** Pyodide's module: besides Python it holds Zstandard. */
export interface PythonModule {
  HEAPU8: Uint8Array<ArrayBuffer>;
  growMemory(size: number): void;
  _ZSTD_initStaticDCtx(workspace: number, size: number): number;
  _ZSTD_decompressDCtx(unpacker: number, to: number, room: number, from: number, size: number): number;
}

export interface Snapshot {
  /** What Pyodide's own loader reads: its build and the JavaScript objects that memory refers to. */
  header: Uint8Array;
  /** Writes the memory's content into a module that was just created. */
  writeInto(module: PythonModule): void;
}

/** Changes the bits at `to` that are set at `from`. */
function change({ buffer }: Uint8Array<ArrayBuffer>, to: number, from: number, size: number): void {
  const words = new Uint32Array(buffer, to, size / 4);
  const changes = new Uint32Array(buffer, from, size / 4);
  for (let at = 0; at < words.length; at++) words[at]! ^= changes[at]!;
}

/** The snapshot at `url`. */
export async function fetchSnapshot(
  url: string,
  onBytes: (count: number) => void,
): Promise<Snapshot> {
  return parseSnapshot(await download(url, { onBytes }));
}

const upTo = (size: number, unit: number): number => Math.ceil(size / unit) * unit;

/** The snapshot in `file`. */
export function parseSnapshot(file: Uint8Array<ArrayBuffer>): Snapshot {
  const head = new Uint32Array(file.buffer, 0, HEAD / 4);
  const [magic, headerLength = 0, end = 0, count = 0, length = 0] = head;
  if (magic !== WHOLE && magic !== DIFFERENCE) throw new BootError("The memory snapshot is not one.");
  const frame = file.subarray(HEAD + headerLength);
  const packed = end + UNPACKER;
  const unpacked = upTo(packed + frame.length, 8);
  return {
    header: file.slice(HEAD, HEAD + headerLength),
    writeInto(module) {
      if (module.HEAPU8.length < unpacked + length) module.growMemory(unpacked + length);
      const heap = module.HEAPU8;
      heap.set(frame, packed);
      const unpacker = module._ZSTD_initStaticDCtx(end, UNPACKER);
      const size = module._ZSTD_decompressDCtx(unpacker, unpacked, length, packed, frame.length);
      if (size !== length) throw new BootError("The memory snapshot cannot be unpacked.", `${size}`);
      const runs = new Uint32Array(heap.buffer, unpacked, count * 2);
      let from = unpacked + runs.byteLength;
      for (let run = 0; run < runs.length; run += 2) {
        const size = runs[run + 1]!;
        if (magic === WHOLE) heap.copyWithin(runs[run]!, from, from + size);
        else change(heap, runs[run]!, from, size);
        from += size;
      }
      heap.fill(0, end);
    },
  };
}

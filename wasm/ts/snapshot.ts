// The base snapshot: an interpreter's memory after boot and imports, as wasm/release/snapshot.mjs
// packs it. Layout, numbers little-endian u32:
//   "wmx1" · header length · heap length · run count · Pyodide's header · (address, length)* · bytes
import { BootError } from "./boot_error";
import { download } from "./download";
import { inflate } from "./unzip";

const MAGIC = 0x31786d77;
const HEAD = 16;

export interface Snapshot {
  /** What Pyodide's own loader reads: its build and the JavaScript objects that memory refers to. */
  header: Uint8Array;
  heapLength: number;
  /** Writes the memory's content into a module that was just created. */
  writeInto(heap: Uint8Array): void;
}

/** The snapshot at `url`, inflated while it downloads. */
export async function fetchSnapshot(
  url: string,
  onBytes: (count: number) => void,
): Promise<Snapshot> {
  let inflated: Promise<Uint8Array<ArrayBuffer>> | undefined;
  await download(url, {
    onBytes,
    onResponse: (copy) => {
      inflated = inflate(copy, "gzip");
      inflated.catch(() => {});
    },
  });
  return parse(await inflated!);
}

function parse(image: Uint8Array<ArrayBuffer>): Snapshot {
  const head = new Uint32Array(image.buffer, 0, HEAD / 4);
  const [magic, headerLength = 0, heapLength = 0, count = 0] = head;
  if (magic !== MAGIC) throw new BootError("The memory snapshot is not one.");
  const runs = new Uint32Array(image.buffer, HEAD + headerLength, count * 2);
  return {
    header: image.slice(HEAD, HEAD + headerLength),
    heapLength,
    writeInto(heap) {
      let from = HEAD + headerLength + count * 8;
      for (let run = 0; run < count; run++) {
        const length = runs[2 * run + 1] ?? 0;
        heap.set(image.subarray(from, from + length), runs[2 * run]);
        from += length;
      }
    },
  };
}

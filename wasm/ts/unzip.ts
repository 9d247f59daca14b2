// Reads a zip that wasm/bundle.py wrote: stored or deflated entries, no encryption, no zip64.

const END_OF_DIRECTORY = 0x06054b50;
const END_LENGTH = 22;
const ENTRY_LENGTH = 46;
const LOCAL_LENGTH = 30;

export interface Entry {
  name: string;
  bytes: Uint8Array;
}

/** The entries of `archive`, inflated. */
export async function unzip(archive: Uint8Array<ArrayBuffer>): Promise<Entry[]> {
  return Promise.all(entriesOf(archive));
}

/** The entries of an archive that holds no compressed ones: they are parts of its memory. */
export function unzipStored(archive: Uint8Array<ArrayBuffer>): Entry[] {
  return entriesOf(archive) as Entry[];
}

function entriesOf(archive: Uint8Array<ArrayBuffer>): (Entry | Promise<Entry>)[] {
  const view = new DataView(archive.buffer, archive.byteOffset, archive.byteLength);
  const end = archive.length - END_LENGTH;
  if (end < 0 || view.getUint32(end, true) !== END_OF_DIRECTORY) throw new Error("not a zip");
  const entries: (Entry | Promise<Entry>)[] = [];
  let at = view.getUint32(end + 16, true);
  for (let count = view.getUint16(end + 10, true); count > 0; count--) {
    const nameLength = view.getUint16(at + 28, true);
    const name = new TextDecoder().decode(archive.subarray(at + ENTRY_LENGTH, at + ENTRY_LENGTH + nameLength));
    entries.push(readEntry(archive, view, at, name));
    at += ENTRY_LENGTH + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return entries;
}

function readEntry(
  archive: Uint8Array<ArrayBuffer>,
  view: DataView,
  at: number,
  name: string,
): Entry | Promise<Entry> {
  const deflated = view.getUint16(at + 10, true) === 8;
  const local = view.getUint32(at + 42, true);
  const start = local + LOCAL_LENGTH + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
  const packed = archive.subarray(start, start + view.getUint32(at + 20, true));
  if (!deflated) return { name, bytes: packed };
  return inflate(new Response(packed), "deflate-raw").then((bytes) => ({ name, bytes }));
}

/** The body of `packed`, decompressed. */
export async function inflate(
  packed: Response,
  format: CompressionFormat,
): Promise<Uint8Array<ArrayBuffer>> {
  const stream = packed.body!.pipeThrough(new DecompressionStream(format));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

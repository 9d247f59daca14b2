// SQLite databases of the working folder, kept so that nothing ever tears one.
//
// Python works on a file in memory. SQLite changes that only while the journal beside it is hot, and
// a transaction is over once the journal is emptied or gone. In that moment the blocks that changed
// go to IndexedDB as one transaction, committed in the task that makes it: all of them or none, and
// the browser's from then on, whatever becomes of this worker. A write takes along what earlier ones
// have not confirmed, so that any that succeeds leaves the database whole.
import type { PyodideAPI } from "pyodide";
import { patience } from "../../runtime/ts/patience";
import { committed, done } from "./indexed_db";
import type { Entry } from "./unzip";

type FS = PyodideAPI["FS"];

/** A file in Python's memory. */
export interface FileNode {
  mode: number;
  contents: Uint8Array | null;
  usedBytes: number;
}
interface Head {
  size: number;
  version: string;
}
type Range = [from: number, to: number];

export const JOURNAL = "-journal";

const STORE = "blocks";
const BLOCK = 1 << 16;
/** The key of what is known of a database, beside the numbers of its blocks. */
const HEAD = -1;
const MAGIC = new TextEncoder().encode("SQLite format 3\0");
/** Commits that follow each other faster are written together: by the last, or once Python rests. */
const PACE_MS = 20;
const READ_MS = 2000;

/** Tells whether a file holds a database. */
export const isDatabase = ({ contents, usedBytes }: FileNode): boolean =>
  usedBytes > MAGIC.length && MAGIC.every((byte, at) => contents![at] === byte);

/** Tells whether a transaction is changing the database at `path`: what is there is half of it. */
export function isChanging(fs: FS, path: string): boolean {
  const { exists, object } = fs.analyzePath(path + JOURNAL) as { exists: boolean; object: FileNode };
  return exists && object.usedBytes > 0 && object.contents![0] !== 0;
}

export class Databases {
  readonly #kept = new Map<string, string>();
  /** The blocks of each that are not known to be stored, and the write that followed their change. */
  readonly #touched = new Map<string, Map<number, number>>();
  readonly #place: string;
  #database: IDBDatabase | null = null;
  #unread: { because: unknown } | undefined;
  #writes = 0;
  #open = 0;
  #last = 0;

  constructor(place: string) {
    this.#place = `wasmrx-databases ${encodeURIComponent(place)}`;
  }

  names(): string[] {
    return [...this.#kept.keys()];
  }

  has(name: string): boolean {
    return this.#kept.has(name);
  }

  /** Whether there can be any: where there are none, boot neither makes room for them nor waits. */
  async exist(): Promise<boolean> {
    try {
      const all = await indexedDB.databases?.();
      return !all || all.some(({ name }) => name === this.#place);
    } catch {
      return false;
    }
  }

  /** All databases as they were stored last. Where they cannot be read, none is written over them. */
  async read(): Promise<Entry[]> {
    const late = patience(READ_MS).then(() => Promise.reject(new Error("No answer.")));
    try {
      return await Promise.race([this.#readAll(), late]);
    } catch (error) {
      console.warn("Databases cannot be kept in this browser:", error);
      this.#unread = { because: error };
      return [];
    }
  }

  async #readAll(): Promise<Entry[]> {
    const heads = await this.#heads();
    return Promise.all([...heads].map(([name]) => this.#load(name)));
  }

  /** What is stored otherwise than this worker knows it: another one has written. */
  async changes(): Promise<{ newer: Entry[]; gone: string[] }> {
    if (this.#unread || !(await this.exist())) return { newer: [], gone: [] };
    const heads = await this.#heads();
    const isNew = ([name, { version }]: [string, Head]): boolean => this.#kept.get(name) !== version;
    const gone = this.names().filter((name) => !heads.has(name));
    for (const name of gone) this.#kept.delete(name);
    const newer = await Promise.all([...heads].filter(isNew).map(([name]) => this.#load(name)));
    return { newer, gone };
  }

  /** Notes that bytes of a file have changed. */
  touch(name: string, [from, to]: Range): void {
    if (!this.#touched.has(name)) this.#touched.set(name, new Map());
    const blocks = this.#touched.get(name)!;
    for (let n = Math.floor(from / BLOCK); n * BLOCK < to; n++) blocks.set(n, this.#writes + 1);
  }

  /** Notes that a file is another one than before. */
  forget(name: string): void {
    this.#kept.delete(name);
    this.#touched.delete(name);
  }

  /** Tells whether a write can wait for the next commit, or for Python's rest. */
  get isBusy(): boolean {
    return this.#open > 0 && performance.now() - this.#last < PACE_MS;
  }

  /** Writes what has changed of a database; the write has begun when this returns. */
  async save(name: string, { contents, usedBytes }: FileNode): Promise<void> {
    if (this.#unread) throw this.#unread.because;
    const isWhole = !this.#kept.has(name);
    const touched = this.#touched.get(name) ?? new Map<number, number>();
    if (!isWhole && !touched.size) return;
    this.#touched.set(name, touched);
    const write = ++this.#writes;
    const version = crypto.randomUUID();
    const count = Math.ceil(usedBytes / BLOCK);
    const blocks = isWhole ? Array.from({ length: count }, (_, n) => n) : [...touched.keys()];
    this.#open++;
    this.#last = performance.now();
    try {
      const database = this.#database ?? (await this.#connect());
      await change(database, (store) => {
        store.delete(IDBKeyRange.bound([name, isWhole ? 0 : count], [name, Infinity]));
        store.put({ size: usedBytes, version } satisfies Head, [name, HEAD]);
        for (const n of blocks) {
          const end = Math.min(usedBytes, (n + 1) * BLOCK);
          if (n < count) store.put(contents!.slice(n * BLOCK, end), [name, n]);
        }
      });
      if (this.#touched.get(name) !== touched) return;
      this.#kept.set(name, version);
      for (const [n, needed] of touched) if (needed <= write) touched.delete(n);
    } finally {
      this.#open--;
    }
  }

  /** Removes a database, or those of a folder. */
  async remove(name: string): Promise<void> {
    const meant = this.names().filter((each) => each === name || each.startsWith(`${name}/`));
    for (const each of meant) this.forget(each);
    if (!meant.length) return;
    await change(this.#database ?? (await this.#connect()), (store) => {
      for (const each of meant) store.delete(blocksOf(each));
    });
  }

  async #heads(): Promise<Map<string, Head>> {
    const database = this.#database ?? (await this.#connect());
    const store = database.transaction(STORE).objectStore(STORE);
    const keys = (await done(store.getAllKeys())) as [string, number][];
    const named = keys.filter(([, n]) => n === HEAD);
    const heads = named.map(async (key) => [key[0], await done(store.get(key))] as [string, Head]);
    return new Map(await Promise.all(heads));
  }

  async #load(name: string): Promise<Entry> {
    const store = this.#database!.transaction(STORE).objectStore(STORE);
    const [head, ...blocks] = (await done(store.getAll(blocksOf(name)))) as [Head, ...Uint8Array[]];
    const bytes = new Uint8Array(head.size);
    blocks.forEach((block, n) => bytes.set(block, n * BLOCK));
    this.#touched.delete(name);
    this.#kept.set(name, head.version);
    return { name, bytes };
  }

  async #connect(): Promise<IDBDatabase> {
    const request = indexedDB.open(this.#place, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE);
    const database = await done(request);
    const lost = (): void => {
      database.close();
      if (this.#database === database) this.#database = null;
      this.#kept.clear();
    };
    database.onclose = lost;
    database.onversionchange = lost;
    return (this.#database = database);
  }
}

const blocksOf = (name: string): IDBKeyRange =>
  IDBKeyRange.bound([name, HEAD], [name, Infinity]);

function change(database: IDBDatabase, make: (store: IDBObjectStore) => void): Promise<unknown> {
  const transaction = database.transaction(STORE, "readwrite", { durability: "strict" });
  make(transaction.objectStore(STORE));
  return committed(transaction);
}

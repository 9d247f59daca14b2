// The app's working folder outlives the worker: what Python writes there is kept in the browser.
//
// Python works on files in memory. Each change marks its path; when the worker comes to rest, the
// marked files are saved one after another. A database is saved whenever a transaction of it ends.
// One tab of a site saves at a time: the first holds a lock as long as it lives. Others can read
// databases and cannot change them; files that they write are saved once they have the lock.
import type { PyodideAPI } from "pyodide";
import type { Notice } from "../../runtime/ts/protocol.gen";
import { patience } from "../../runtime/ts/patience";
import { Databases, type FileNode, isChanging, isDatabase, JOURNAL } from "./databases";
import { type FileStore, fileStore } from "./file_store";
import type { Entry } from "./unzip";

type FS = PyodideAPI["FS"];
// Emscripten's operations take what they take.
type Operation = (this: unknown, ...given: any[]) => unknown;
interface Memory {
  ops_table: {
    dir: { node: Record<"mknod" | "unlink" | "rename" | "rmdir", Operation> };
    file: { node: { setattr: Operation }; stream: Record<"write" | "msync", Operation> };
  };
}

const KEY = "files";
const READ_MS = 5000;
const LOCK_MS = 1500;
/** A reload, or a worker that was ended, lets the lock go in this time; another tab does not. */
const RELOAD_MS = 500;
const ENDED_MS = 2500;
/** Errno of "permission denied" in Python's C library. */
const EACCES = 2;
const NOT_KEPT = /(^|\/)(__pycache__|uploaded_files)(\/|$)|\.pyc?$|-journal$/;
const NEVER = "Files cannot be kept in this browser: a reload loses them.";
const OTHER_TAB = "Another tab of this site keeps its files. What this one writes is kept once that is closed.";
const READ_ONLY = "Another tab of this site has the database open. Close it, or go on there: here it can be read.";

export class Files {
  readonly #place = new URL("../", self.location.href).pathname;
  readonly #changed = new Set<string>();
  readonly #kept = new Set<string>();
  readonly #store: Promise<FileStore>;
  readonly #databases = new Databases(this.#place);
  readonly #saves = new Set<Promise<void>>();
  #owned: Promise<void> | undefined;
  readonly #watching: Promise<void>;
  #isWatching!: () => void;
  #hasRead = false;
  #isOwner = false;
  #isLaying = false;
  #channel: BroadcastChannel | undefined;
  #fs: FS | undefined;
  #saving = false;
  #said = "";

  /** Files below `folder` are kept; `send` tells the page of what fails. */
  constructor(
    readonly folder: string,
    readonly send: (message: Notice) => void,
  ) {
    this.#store = fileStore(this.#place);
    this.#store.catch(() => {});
    this.#watching = new Promise((resolve) => (this.#isWatching = resolve));
  }

  /** The files that were kept, by their path below the folder. */
  async read(isReplacement: boolean): Promise<Entry[]> {
    this.#owned = this.#own();
    const hasDatabases = await this.#databases.exist();
    if (hasDatabases) {
      await Promise.race([this.#owned, patience(isReplacement ? ENDED_MS : RELOAD_MS)]);
    }
    this.#hasRead = true;
    const late = patience(READ_MS).then(() => Promise.reject(new Error("No answer.")));
    late.catch(() => {});
    try {
      const files = this.#store.then((store) => store.read());
      const all = Promise.all([files, hasDatabases ? this.#databases.read() : []]);
      const [entries, databases] = await Promise.race([all, late]);
      for (const { name } of entries) this.#kept.add(name);
      return [...entries, ...databases];
    } catch (error) {
      this.#say(NEVER, error);
      return [];
    }
  }

  /** The paths of what is kept, one a line: for an archive of all. */
  names(): string {
    return [...new Set([...this.#kept, ...this.#databases.names()])].sort().join("\n");
  }

  /** What to say of files that could not be saved; empty once all are. */
  async settled(): Promise<string> {
    while (this.#isOwner && this.#saves.size) await Promise.all(this.#saves);
    return this.#said || (this.#saves.size ? OTHER_TAB : "");
  }

  /** Whether a reload would lose what has been written. */
  get isUnsaved(): boolean {
    return this.#saves.size + this.#changed.size > 0;
  }

  /** Notes from now on what Python changes. */
  watch(fs: FS): void {
    this.#fs = fs;
    const { ops_table: table } = (fs.filesystems as { MEMFS: Memory }).MEMFS;
    const pathOf = (node: unknown): string => fs.getPath(node) as string;
    const written = ({ node }: { node: FileNode }, from: number, size: number): void =>
      this.#mark(fs, pathOf(node), [from, from + size]);
    after(table.file.stream, "write", (stream, _buffer, _offset, size, at) => written(stream, at, size));
    after(table.file.stream, "msync", (stream, _buffer, at, size) => written(stream, at, size));
    after(table.file.node, "setattr", (node: FileNode, { size }: { size?: number }) => {
      if (size !== undefined) this.#mark(fs, pathOf(node));
    });
    const inFolder = (parent: FileNode, name: string): void =>
      this.#mark(fs, `${pathOf(parent)}/${name}`);
    const { mknod, rename } = table.dir.node;
    const refuse = this.#refuse.bind(this, fs);
    table.dir.node.mknod = function (parent: FileNode, name: string, ...more) {
      refuse(`${pathOf(parent)}/${name}`);
      const result = mknod.call(this, parent, name, ...more);
      inFolder(parent, name);
      return result;
    };
    after(table.dir.node, "unlink", (parent: FileNode, name: string) =>
      this.#mark(fs, `${pathOf(parent)}/${name}`, "gone"),
    );
    after(table.dir.node, "rmdir", inFolder);
    const mark = this.#mark.bind(this, fs);
    this.#isWatching();
    if (!this.#isOwner) this.#channelOf().onmessage = () => void this.#refresh();
    table.dir.node.rename = function (node: FileNode, folder: FileNode, name: string) {
      const before = pathOf(node);
      const result = rename.call(this, node, folder, name);
      mark(before);
      inFolder(folder, name);
      return result;
    };
  }

  /** Without its journal no transaction begins: only the tab that saves may change a database. */
  #refuse(fs: FS, path: string): void {
    if (this.#isOwner || !path.endsWith(JOURNAL) || !path.startsWith(`${this.folder}/`)) return;
    this.#say(READ_ONLY);
    throw new fs.ErrnoError(EACCES);
  }

  /** Notes a change of a file: of some of its bytes, or of all of it. */
  #mark(fs: FS, path: string, what?: [from: number, to: number] | "gone"): void {
    if (!path.startsWith(`${this.folder}/`) || this.#isLaying) return;
    const name = path.slice(this.folder.length + 1);
    if (name.endsWith(JOURNAL)) {
      return this.#end(fs, name.slice(0, -JOURNAL.length), what === "gone");
    }
    if (NOT_KEPT.test(name)) return;
    if (Array.isArray(what)) this.#databases.touch(name, what);
    else this.#databases.forget(name);
    this.#changed.add(name);
    if (this.#saving) return;
    this.#saving = true;
    void this.#keep(new Promise((rest) => setTimeout(rest)).then(() => this.#saveAll(fs)));
  }

  /** Saves a database at once where this was the end of a transaction. */
  #end(fs: FS, name: string, isGone: boolean): void {
    const path = `${this.folder}/${name}`;
    if (!this.#changed.has(name) || !this.#isOwner || this.#databases.isBusy) return;
    const { exists, object } = fs.analyzePath(path) as { exists: boolean; object: FileNode };
    if (!exists || !isDatabase(object) || (!isGone && isChanging(fs, path))) return;
    this.#changed.delete(name);
    void this.#keep(this.#saveDatabase(name, object));
  }

  async #keep(work: Promise<void>): Promise<void> {
    this.#saves.add(work);
    await work;
    this.#saves.delete(work);
  }

  async #saveDatabase(name: string, node: FileNode): Promise<void> {
    try {
      await this.#databases.save(name, node);
      this.#say("");
      this.#channelOf().postMessage(name);
    } catch (error) {
      this.#changed.add(name);
      this.#say(inWords(error), error);
    }
  }

  async #saveAll(fs: FS): Promise<void> {
    try {
      const store = await this.#store;
      const waiting = setTimeout(() => this.#isOwner || this.#say(this.#said || OTHER_TAB), LOCK_MS);
      await this.#owned;
      clearTimeout(waiting);
      for (let name; (name = this.#next(fs)) !== undefined; ) {
        this.#changed.delete(name);
        try {
          await this.#save(fs, store, name);
        } catch (error) {
          this.#changed.add(name);
          throw error;
        }
      }
      this.#say("");
    } catch (error) {
      this.#say(inWords(error), error);
    } finally {
      this.#saving = false;
    }
  }

  /** What is to be saved next; a database whose transaction goes on is not. */
  #next(fs: FS): string | undefined {
    return [...this.#changed].find((name) => !isChanging(fs, `${this.folder}/${name}`));
  }

  async #save(fs: FS, store: FileStore, name: string): Promise<void> {
    const path = `${this.folder}/${name}`;
    const { exists, object } = fs.analyzePath(path) as { exists: boolean; object: FileNode };
    if (!exists) {
      await Promise.all([this.#dropFile(store, name), this.#databases.remove(name)]);
    } else if (fs.isDir(object.mode)) {
      for (const inner of fs.readdir(path) as string[]) {
        if (inner !== "." && inner !== "..") await this.#save(fs, store, `${name}/${inner}`);
      }
    } else if (isDatabase(object)) {
      await this.#databases.save(name, object);
      if (this.#kept.has(name)) await this.#dropFile(store, name);
      this.#channelOf().postMessage(name);
    } else if (fs.isFile(object.mode)) {
      await store.save(name, (fs.readFile(path) as Uint8Array<ArrayBuffer>).slice());
      await this.#databases.remove(name);
      this.#kept.add(name);
    }
  }

  async #dropFile(store: FileStore, name: string): Promise<void> {
    await store.remove(name);
    for (const kept of this.#kept) {
      if (kept === name || kept.startsWith(`${name}/`)) this.#kept.delete(kept);
    }
  }

  /** Takes over what another tab has made of the databases; who has one open keeps what it was. */
  async #refresh(): Promise<void> {
    const fs = this.#fs!;
    const { newer, gone } = await this.#databases.changes();
    this.#isLaying = true;
    try {
      for (const name of [...gone, ...newer.map((each) => each.name)]) {
        this.#changed.delete(name);
        const path = `${this.folder}/${name}`;
        if ((fs.analyzePath(path) as { exists: boolean }).exists) fs.unlink(path);
      }
      for (const { name, bytes } of newer) {
        const path = `${this.folder}/${name}`;
        fs.mkdirTree(path.slice(0, path.lastIndexOf("/")));
        fs.writeFile(path, bytes);
      }
    } finally {
      this.#isLaying = false;
    }
  }

  /** Resolves when this tab is the one that saves, and knows what others have saved. */
  async #own(): Promise<void> {
    if (navigator.locks) {
      await new Promise<void>((resolve) => {
        const forEver = (): Promise<void> => (resolve(), new Promise(() => {}));
        navigator.locks.request(`wasmrx:files:${this.#place}`, forEver).catch(resolve);
      });
    }
    if (this.#hasRead) {
      await this.#watching;
      await this.#refresh();
    }
    this.#isOwner = true;
    if (this.#channel) this.#channel.onmessage = null;
    this.#say("");
  }

  #channelOf(): BroadcastChannel {
    return (this.#channel ??= new BroadcastChannel(`wasmrx:files:${this.#place}`));
  }

  #say(text: string, error?: unknown): void {
    if (error !== undefined) console.warn(text, error);
    if (text === this.#said) return;
    this.#said = text;
    this.send({ t: "notice", key: KEY, text });
  }
}

/** Calls `then` with an operation's own arguments whenever it has succeeded. */
function after<Name extends string>(
  operations: Record<Name, Operation>,
  name: Name,
  then: (...given: any[]) => void,
): void {
  const operation = operations[name];
  operations[name] = function (...given) {
    const result = operation.apply(this, given);
    then(...given);
    return result;
  };
}

function inWords(error: unknown): string {
  const isFull = error instanceof DOMException && error.name === "QuotaExceededError";
  const why = isFull ? "there is no room left" : "the browser's storage refused it";
  return `A file could not be kept: ${why}. A reload goes back to what was kept last.`;
}

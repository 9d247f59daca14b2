// The app's working folder outlives the worker: what Python writes there is kept in the browser.
//
// Python works on files in memory. Each change marks its path; when the worker comes to rest, the
// marked files are saved one after another. One tab of a site saves at a time: the first that writes
// holds a lock as long as it lives, others wait for it and say so.
import type { PyodideAPI } from "pyodide";
import type { Notice } from "../../runtime/ts/protocol.gen";
import { patience } from "../../runtime/ts/patience";
import { type FileStore, fileStore } from "./file_store";
import type { Entry } from "./unzip";

type FS = PyodideAPI["FS"];
type FileNode = Record<string, unknown>;
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
const NOT_KEPT = /(^|\/)(__pycache__|uploaded_files)(\/|$)|\.pyc?$/;
const NEVER = "Files cannot be kept in this browser: a reload loses them.";
const OTHER_TAB = "Another tab of this site keeps its files. What this one writes is kept once that is closed.";

export class Files {
  readonly #place = new URL("../", self.location.href).pathname;
  readonly #changed = new Set<string>();
  readonly #kept = new Set<string>();
  readonly #store: Promise<FileStore>;
  #lock: Promise<void> | undefined;
  #saving = false;
  #said = "";

  /** Files below `folder` are kept; `send` tells the page of what fails. */
  constructor(
    readonly folder: string,
    readonly send: (message: Notice) => void,
  ) {
    this.#store = fileStore(this.#place);
    this.#store.catch(() => {});
  }

  /** The files that were kept, by their path below the folder. */
  async read(): Promise<Entry[]> {
    const late = patience(READ_MS).then(() => Promise.reject(new Error("No answer.")));
    late.catch(() => {});
    try {
      const entries = await Promise.race([this.#store.then((store) => store.read()), late]);
      for (const { name } of entries) this.#kept.add(name);
      return entries;
    } catch (error) {
      this.#say(NEVER, error);
      return [];
    }
  }

  /** The paths of what is kept, one a line: for an archive of all. */
  names(): string {
    return [...this.#kept].sort().join("\n");
  }

  /** Notes from now on what Python changes. */
  watch(fs: FS): void {
    const { ops_table: table } = (fs.filesystems as { MEMFS: Memory }).MEMFS;
    const pathOf = (node: unknown): string => fs.getPath(node) as string;
    const mark = (path: string): void => this.#mark(fs, path);
    after(table.file.stream, "write", (stream: { node: FileNode }) => mark(pathOf(stream.node)));
    after(table.file.stream, "msync", (stream: { node: FileNode }) => mark(pathOf(stream.node)));
    after(table.file.node, "setattr", (node: FileNode, { size }: { size?: number }) => {
      if (size !== undefined) mark(pathOf(node));
    });
    const inFolder = (parent: FileNode, name: string): void => mark(`${pathOf(parent)}/${name}`);
    after(table.dir.node, "mknod", inFolder);
    after(table.dir.node, "unlink", inFolder);
    after(table.dir.node, "rmdir", inFolder);
    const { rename } = table.dir.node;
    table.dir.node.rename = function (node: FileNode, folder: FileNode, name: string) {
      const before = pathOf(node);
      const result = rename.call(this, node, folder, name);
      mark(before);
      inFolder(folder, name);
      return result;
    };
  }

  #mark(fs: FS, path: string): void {
    if (!path.startsWith(`${this.folder}/`)) return;
    const name = path.slice(this.folder.length + 1);
    if (NOT_KEPT.test(name)) return;
    this.#changed.add(name);
    if (this.#saving) return;
    this.#saving = true;
    setTimeout(() => void this.#saveAll(fs));
  }

  async #saveAll(fs: FS): Promise<void> {
    try {
      const store = await this.#store;
      await (this.#lock ??= this.#own());
      for (const name of this.#changed) {
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

  async #save(fs: FS, store: FileStore, name: string): Promise<void> {
    const path = `${this.folder}/${name}`;
    const { exists, object } = fs.analyzePath(path) as { exists: boolean; object: FileNode };
    if (!exists) {
      await store.remove(name);
      for (const kept of this.#kept) {
        if (kept === name || kept.startsWith(`${name}/`)) this.#kept.delete(kept);
      }
    } else if (fs.isDir(object.mode as number)) {
      for (const inner of fs.readdir(path) as string[]) {
        if (inner !== "." && inner !== "..") await this.#save(fs, store, `${name}/${inner}`);
      }
    } else if (fs.isFile(object.mode as number)) {
      await store.save(name, (fs.readFile(path) as Uint8Array<ArrayBuffer>).slice());
      this.#kept.add(name);
    }
  }

  /** Resolves when this tab is the one that saves. */
  #own(): Promise<void> {
    if (!navigator.locks) return Promise.resolve();
    return new Promise((resolve) => {
      const waiting = setTimeout(() => this.#say(OTHER_TAB), LOCK_MS);
      void navigator.locks.request(`wasmrx:files:${this.#place}`, () => {
        clearTimeout(waiting);
        resolve();
        return new Promise(() => {});
      });
    });
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

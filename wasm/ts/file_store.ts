// Where an app's files are kept: the browser's private file system, else IndexedDB. Every file is
// written whole or not at all: its last good copy stays until the new one is complete.
import { committed, done } from "./indexed_db";
import type { Entry } from "./unzip";

export interface FileStore {
  read(): Promise<Entry[]>;
  save(path: string, bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  /** Removes a file, or all files of a folder. */
  remove(path: string): Promise<void>;
}

const FOLDER = "wasmrx-files";
const UNFINISHED = ".wasmrx-unfinished";

/** The store of the site at `place`. */
export async function fileStore(place: string): Promise<FileStore> {
  const name = encodeURIComponent(place);
  try {
    const root = await navigator.storage.getDirectory();
    const all = await root.getDirectoryHandle(FOLDER, { create: true });
    return new PrivateFiles(await all.getDirectoryHandle(name, { create: true }));
  } catch {
    return new DatabaseFiles(await openDatabase(`${FOLDER} ${name}`));
  }
}

/** What TypeScript's library does not know of yet. */
type Movable = FileSystemFileHandle & { move?(name: string): Promise<void> };
type Listed = FileSystemDirectoryHandle & {
  entries(): AsyncIterable<[string, FileSystemFileHandle | FileSystemDirectoryHandle]>;
};
interface Access {
  truncate(size: number): void;
  write(bytes: Uint8Array<ArrayBuffer>, options: { at: number }): number;
  flush(): void;
  close(): void;
}

class PrivateFiles implements FileStore {
  constructor(readonly root: FileSystemDirectoryHandle) {}

  async read(): Promise<Entry[]> {
    const found: Entry[] = [];
    await this.#collect(this.root, "", found);
    return found;
  }

  async save(path: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    const folder = await this.#folder(path, true);
    const name = path.slice(path.lastIndexOf("/") + 1);
    const file: Movable = await folder.getFileHandle(name + UNFINISHED, { create: true });
    if (file.move) {
      await overwrite(file, bytes);
      await file.move(name);
    } else {
      await overwrite(await folder.getFileHandle(name, { create: true }), bytes);
      await folder.removeEntry(name + UNFINISHED);
    }
  }

  async remove(path: string): Promise<void> {
    try {
      const folder = await this.#folder(path, false);
      await folder.removeEntry(path.slice(path.lastIndexOf("/") + 1), { recursive: true });
    } catch (error) {
      if (!(error instanceof DOMException && error.name === "NotFoundError")) throw error;
    }
  }

  async #folder(path: string, create: boolean): Promise<FileSystemDirectoryHandle> {
    let folder = this.root;
    for (const name of path.split("/").slice(0, -1)) {
      folder = await folder.getDirectoryHandle(name, { create });
    }
    return folder;
  }

  async #collect(folder: FileSystemDirectoryHandle, prefix: string, into: Entry[]): Promise<void> {
    for await (const [name, handle] of (folder as Listed).entries()) {
      const path = prefix + name;
      if (handle.kind === "directory") {
        await this.#collect(handle as FileSystemDirectoryHandle, `${path}/`, into);
      } else if (!name.endsWith(UNFINISHED)) {
        const file = await (handle as FileSystemFileHandle).getFile();
        into.push({ name: path, bytes: new Uint8Array(await file.arrayBuffer()) });
      }
    }
  }
}

async function overwrite(
  file: FileSystemFileHandle,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<void> {
  const opened = file as FileSystemFileHandle & { createSyncAccessHandle(): Promise<Access> };
  const access = await opened.createSyncAccessHandle();
  try {
    access.truncate(0);
    if (access.write(bytes, { at: 0 }) < bytes.length) {
      throw new DOMException("The disk is full.", "QuotaExceededError");
    }
    access.flush();
  } finally {
    access.close();
  }
}

const STORE = "files";

class DatabaseFiles implements FileStore {
  constructor(readonly database: IDBDatabase) {}

  async read(): Promise<Entry[]> {
    const store = this.database.transaction(STORE).objectStore(STORE);
    const [names, contents] = await Promise.all([
      done(store.getAllKeys()),
      done(store.getAll() as IDBRequest<Uint8Array[]>),
    ]);
    return names.map((name, at) => ({ name: String(name), bytes: contents[at]! }));
  }

  async save(path: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    await this.#change((store) => store.put(bytes, path));
  }

  async remove(path: string): Promise<void> {
    await this.#change((store) => {
      store.delete(path);
      store.delete(IDBKeyRange.bound(`${path}/`, `${path}/\uffff`));
    });
  }

  #change(change: (store: IDBObjectStore) => unknown): Promise<unknown> {
    const transaction = this.database.transaction(STORE, "readwrite");
    change(transaction.objectStore(STORE));
    return committed(transaction);
  }
}

function openDatabase(name: string): Promise<IDBDatabase> {
  const request = indexedDB.open(name, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(STORE);
  return done(request);
}

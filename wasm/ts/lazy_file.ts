// A file of Python's file system that downloads when it is first read, or earlier when there is
// time. The reader is synchronous (an import inside a handler), so the late download is, too.
import type { PyodideAPI } from "pyodide";
import { fetchNow } from "./fetch_now";

/** Errno of "input/output error" in Python's C library. */
const EIO = 29;

export class LazyFile {
  #bytes: Uint8Array | undefined;

  /** `path` must exist; what it holds is replaced by the content of `url`. */
  constructor(
    readonly FS: PyodideAPI["FS"],
    path: string,
    readonly url: string,
  ) {
    const { node } = FS.lookupPath(path, {});
    Object.defineProperty(node, "contents", { get: () => this.#load() });
    Object.defineProperty(node, "usedBytes", { get: () => this.#load().length });
  }

  /** The file's content is at hand: no reader will wait. */
  provide(bytes: Uint8Array): void {
    this.#bytes ??= bytes;
  }

  #load(): Uint8Array {
    this.#bytes ??= this.#fetchNow();
    return this.#bytes;
  }

  #fetchNow(): Uint8Array {
    try {
      return fetchNow(this.url);
    } catch (error) {
      console.warn(String(error));
      throw new this.FS.ErrnoError(EIO);
    }
  }
}

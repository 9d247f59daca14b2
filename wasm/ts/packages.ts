// The Python packages of a site: one archive each, a zip without compression inside a gzip stream.
//
// Those that the app's modules import at once are on their way from the start and lie in
// site-packages before Python imports the app. The others come when they are imported, or before
// that when there is time.
import type { PyodideAPI } from "pyodide";
import type { Loading } from "../../runtime/ts/protocol.gen";
import { BootError } from "./boot_error";
import type { BootFiles } from "./boot_request";
import { download, fileName } from "./download";
import { fetchNow } from "./fetch_now";
import { type Entry, inflate, unzipStored } from "./unzip";

const FIRST = "package:";

/** The page hears of what nobody waits for only where it takes a while. */
const HEAVY = 1_000_000;

/** The page hears of each such part of what comes. */
const STEPS = 50;

/** What wasm/packages/shelf.py tells of the packages, by name. */
export interface PackageIndex {
  /** Where archives are laid down. */
  place: string;
  packages: Record<string, { file: string; size: number; modules: string[]; needs: string[] }>;
  /** Those that code imports later: worth a download when nothing else is to be done. */
  soon: string[];
}

export interface FirstPackages {
  index: PackageIndex;
  archives: [name: string, entries: Entry[]][];
}

/** What runtime/packages.py has of this module. */
export interface PackageBridge {
  offer(index: string, shelf: Shelf, laid: string): void;
  fetch(name: string): Promise<void>;
}

/** Starts the downloads of the packages that the app needs at once; undefined without any. */
export function fetchPackages(
  files: BootFiles,
  track: (key: string) => (count: number) => void,
): Promise<FirstPackages | undefined> {
  const { packages } = files;
  if (packages === undefined) return Promise.resolve(undefined);
  const first = Object.entries(files).filter(([key]) => key.startsWith(FIRST));
  const archives = first.map(
    async ([key, url]): Promise<[string, Entry[]]> => [
      key.slice(FIRST.length),
      await fetchArchive(url as string, track(key)),
    ],
  );
  const index = download(packages, { onBytes: track("packages") }).then(
    (bytes) => JSON.parse(new TextDecoder().decode(bytes)) as PackageIndex,
  );
  for (const each of archives) each.catch(() => {});
  return Promise.all([index, Promise.all(archives)]).then(([told, made]) => ({
    index: told,
    archives: made,
  }));
}

async function fetchArchive(url: string, onBytes = (_: number): void => {}): Promise<Entry[]> {
  const body = await download(url, { onBytes });
  try {
    return unzipStored(await inflate(new Response(body), "gzip"));
  } catch (error) {
    throw new BootError(`${fileName(url)} is damaged: it cannot be unpacked.`, String(error));
  }
}

/** Bytes of Python's. */
interface PyBuffer {
  getBuffer(): { data: Uint8Array; release(): void };
}

/** The packages of a running worker. Python asks for them by name. */
export class Shelf {
  readonly #base = new URL("./", self.location.href);
  readonly #coming = new Map<string, Promise<void>>();
  readonly #unfinished = new Set<string>();
  #loaded = 0;
  #total = 0;
  #told = 0;
  #waiting = "";

  constructor(
    readonly FS: PyodideAPI["FS"],
    readonly index: PackageIndex,
    readonly tell: (message: Loading) => void,
  ) {}

  /** Lays files where Python imports from. They stay where they are in memory. */
  lay(entries: Entry[]): void {
    const made = new Set<string>();
    for (const { name, bytes } of entries) {
      const path = `${this.index.place}/${name}`;
      const folder = path.slice(0, path.lastIndexOf("/"));
      if (!made.has(folder)) this.FS.mkdirTree(folder);
      made.add(folder);
      this.FS.writeFile(path, bytes, { canOwn: true });
    }
  }

  /** The archive of a package; the worker does nothing else until it is there. */
  fetchNow(name: string): Uint8Array {
    this.#say(0, this.index.packages[name]!.size, name);
    try {
      return fetchNow(this.#url(name));
    } finally {
      this.#say(0, 0, "");
    }
  }

  /** Lays down an archive that Python has inflated. */
  layInflated(archive: PyBuffer): void {
    const view = archive.getBuffer();
    this.lay(unzipStored(view.data.slice() as Uint8Array<ArrayBuffer>));
    view.release();
  }

  /** Fetches a package, once, and lays it down. */
  fetch(name: string): Promise<void> {
    const coming = this.#coming.get(name) ?? this.#fetch(name);
    this.#coming.set(name, coming);
    return coming;
  }

  /** Fetches a package for a handler that waits, and beside it `others`, which it will want. */
  async fetchFor(name: string, others: string[]): Promise<void> {
    for (const other of others) this.fetch(other).catch(() => {});
    const coming = this.fetch(name);
    this.#waiting = name;
    if (this.#unfinished.has(name)) this.#say(this.#loaded, this.#total, name);
    try {
      await coming;
    } finally {
      this.#waiting = "";
    }
  }

  async #fetch(name: string): Promise<void> {
    this.#unfinished.add(name);
    this.#total += this.index.packages[name]!.size;
    try {
      this.lay(await fetchArchive(this.#url(name), (count) => this.#count(count)));
    } catch (error) {
      this.#coming.delete(name);
      throw error;
    } finally {
      this.#unfinished.delete(name);
      if (!this.#unfinished.size) {
        if (this.#told) this.#say(0, 0, "");
        this.#loaded = this.#total = this.#told = 0;
      }
    }
  }

  #count(count: number): void {
    this.#loaded += count;
    const isSeen = this.#waiting !== "" || this.#total > HEAVY;
    if (!isSeen || this.#loaded < this.#told + this.#total / STEPS) return;
    this.#told = this.#loaded;
    this.#say(Math.min(this.#loaded, this.#total), this.#total, this.#waiting);
  }

  #say(loaded: number, total: number, waiting: string): void {
    this.#told ||= 1;
    this.tell({ t: "loading", loaded, total, waiting });
  }

  #url(name: string): string {
    return new URL(this.index.packages[name]!.file, this.#base).href;
  }
}

/** The visitor wants nothing to be loaded that is not asked for. */
export function savesData(): boolean {
  const { connection } = navigator as { connection?: { saveData?: boolean } };
  return connection?.saveData === true;
}

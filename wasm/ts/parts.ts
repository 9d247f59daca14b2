// The parts that Python starts from, each on its way as soon as the page asks for a boot.
import type { Progress } from "../../runtime/ts/protocol.gen";
import { BootError } from "./boot_error";
import type { Sources } from "./boot_request";
import { download, fileName } from "./download";
import type { CreateModule, PythonParts } from "./python";
import { fetchSnapshot } from "./snapshot";
import { type Entry, unzip } from "./unzip";

/** Progress messages are at least this far apart. */
const REPORT_MS = 60;

/** An import that takes longer is looked into. */
const SLOW_IMPORT_MS = 2_000;

export interface Parts extends PythonParts {
  /** Rejects when the script of `createModule` is not the one of this build. */
  checked: Promise<unknown>;
  project: Promise<Entry[]>;
}

export type ReportProgress = (phase: Progress["phase"], loaded: number, total: number) => void;

/** Starts all downloads at once. A part that fails early is not lost: its awaiter hears it. */
export function fetchParts({ files, sizes = {} }: Sources, progress: ReportProgress): Parts {
  const counter = new ByteCounter(progress);
  const track = (key: keyof typeof files) => counter.track(sizes[key] ?? 0);
  const { snapshot } = files;
  const parts = {
    wasm: compile(files.wasm, track("wasm")),
    ...importScript(files.asm, track("asm")),
    snapshot: snapshot === undefined ? undefined : fetchSnapshot(snapshot, track("snapshot")),
    project: download(files.app, { onBytes: track("app") }).then(unzip),
  };
  for (const part of Object.values(parts)) part?.catch(() => {});
  const stdlib = () => download(files.stdlib, { onBytes: track("stdlib") });
  return { ...parts, stdlib, stdlibURL: files.stdlib };
}

/** The WebAssembly module at `url`, compiled while it downloads where the MIME type allows. */
async function compile(url: string, onBytes: (count: number) => void): Promise<WebAssembly.Module> {
  let streamed: Promise<WebAssembly.Module> | undefined;
  const bytes = await download(url, {
    onBytes,
    onResponse: (copy) => {
      streamed = WebAssembly.compileStreaming(copy);
      streamed.catch(() => {});
    },
  });
  try {
    return await (streamed ?? WebAssembly.compile(bytes));
  } catch {
    return WebAssembly.compile(bytes).catch((error: unknown) => {
      throw new BootError("This browser cannot run Python's WebAssembly module.", String(error));
    });
  }
}

/**
 * The factory that the script at `url` exports, and the check of that file. `import()` neither
 * shows the bytes nor says why it fails or waits, so a fetch looks after it: as soon as the script
 * is in the cache, or when it is late.
 */
function importScript(
  url: string,
  onBytes: (count: number) => void,
): { createModule: Promise<CreateModule>; checked: Promise<unknown> } {
  const loading = import(url) as Promise<{ default: CreateModule }>;
  const late = new Promise((resolve) => setTimeout(resolve, SLOW_IMPORT_MS));
  const settled = loading.catch(() => {});
  const checked = Promise.race([settled, late]).then(() => download(url, { onBytes }));
  const imported = loading.then(
    (script) => script.default,
    async (error: unknown) => {
      await checked;
      throw new BootError(`${fileName(url)} does not run.`, String(error));
    },
  );
  const failed = checked.then(() => imported);
  return { createModule: Promise.race([imported, failed]), checked };
}

/** Adds up what all downloads together expect and have, and reports it now and then. */
class ByteCounter {
  #loaded = 0;
  #total = 0;
  #reported = -REPORT_MS;

  constructor(readonly report: ReportProgress) {}

  /** Expects `size` more bytes; the result counts those that arrive. */
  track(size: number): (count: number) => void {
    this.#total += size;
    return (count) => {
      this.#loaded += count;
      this.#total = Math.max(this.#total, this.#loaded);
      const done = this.#loaded === this.#total;
      const now = performance.now();
      if (now - this.#reported < REPORT_MS && !done) return;
      this.#reported = now;
      this.report(done ? "start" : "download", this.#loaded, this.#total);
    };
  }
}

// The parts that Python starts from, each on its way as soon as the page asks for a boot.
import type { Progress } from "../../runtime/ts/protocol.gen";
import { BootError } from "./boot_error";
import type { Boot } from "./boot_request";
import { download, fileName } from "./download";
import type { CreateModule, PythonParts } from "./python";
import { fetchSnapshot } from "./snapshot";
import { type Entry, unzip } from "./unzip";

/** Progress messages are at least this far apart. */
const REPORT_MS = 60;

export interface Parts extends PythonParts {
  project: Promise<Entry[]>;
}

export type ReportProgress = (phase: Progress["phase"], loaded: number, total: number) => void;

/** Starts all downloads at once. A part that fails early is not lost: its awaiter hears it. */
export function fetchParts({ files, sizes = {} }: Boot, progress: ReportProgress): Parts {
  const counter = new ByteCounter(progress);
  const track = (key: keyof typeof files) => counter.track(sizes[key] ?? 0);
  const { snapshot } = files;
  const parts = {
    wasm: compile(files.wasm, track("wasm")),
    createModule: importScript(files.asm, track("asm")),
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

/** The factory that the script at `url` exports. The import finds the checked bytes in the cache. */
async function importScript(url: string, onBytes: (count: number) => void): Promise<CreateModule> {
  await download(url, { onBytes });
  try {
    return ((await import(url)) as { default: CreateModule }).default;
  } catch (error) {
    throw new BootError(`${fileName(url)} does not run.`, String(error));
  }
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

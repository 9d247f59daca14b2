// The parts that Python starts from, each on its way as soon as the page asks for a boot.
import type { Progress } from "../../runtime/ts/protocol.gen";
import { switchesStacks } from "../../runtime/ts/stacks";
import { asBootError, BootError } from "./boot_error";
import type { Sources } from "./boot_request";
import { download, fileName } from "./download";
import { fetchPackages, type FirstPackages } from "./packages";
import type { CreateModule, PythonParts } from "./python";
import { fetchSnapshot, type Snapshot } from "./snapshot";
import { type Entry, unzip } from "./unzip";

/** Progress messages are at least this far apart. */
const REPORT_MS = 60;

export interface Parts extends PythonParts {
  project: Promise<Entry[]>;
  packages: Promise<FirstPackages | undefined>;
}

export type ReportProgress = (phase: Progress["phase"], loaded: number, total: number) => void;

/** Starts all downloads at once. A part that fails early is not lost: its awaiter hears it. */
export function fetchParts(
  { files, sizes = {}, shared, module }: Sources,
  progress: ReportProgress,
): Parts {
  const counter = new ByteCounter(progress);
  const track = (key: keyof typeof files) => counter.track(sizes[key] ?? 0);
  const fetched = (key: "snapshot" | "plain" | "image"): Promise<Snapshot> | undefined => {
    const url = files[key];
    return url === undefined ? undefined : fetchSnapshot(url, track(key));
  };
  const parts = {
    wasm: module ? Promise.resolve(module) : compileShared(files.wasm, track("wasm"), shared),
    createModule: importScript(files.asm, track("asm")),
    snapshot: fetched(switchesStacks ? "snapshot" : "plain"),
    image: switchesStacks ? fetched("image") : undefined,
    packages: fetchPackages(files, (key) => track(key as keyof typeof files)),
    project: download(files.app, { onBytes: track("app") }).then(unzip),
  };
  for (const part of Object.values(parts)) part?.catch(() => {});
  const stdlib = () => download(files.stdlib, { onBytes: track("stdlib") });
  const rest = () => compile(files.rest, track("rest"));
  return { ...parts, stdlib, stdlibURL: files.stdlib, rest, restURL: files.rest };
}

/** The module from the shared copy where there is one and it is the right one, else from `url`. */
async function compileShared(
  url: string,
  onBytes: (count: number) => void,
  shared: Sources["shared"],
): Promise<WebAssembly.Module> {
  if (!shared) return compile(url, onBytes);
  try {
    return await compile(shared.wasm, onBytes, shared.sha256);
  } catch (error) {
    console.warn("The site's own copy of Python is used:", asBootError(error).what);
    return compile(url, () => {});
  }
}

/** The WebAssembly module at `url`, compiled while it downloads where the MIME type allows. */
async function compile(
  url: string,
  onBytes: (count: number) => void,
  sha256?: string,
): Promise<WebAssembly.Module> {
  let streamed: Promise<WebAssembly.Module> | undefined;
  const bytes = await download(url, {
    onBytes,
    sha256,
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
 * The factory that the script at `url` exports. `import()` neither shows the bytes nor says why it
 * fails or waits, so the file is fetched and checked first; the import then finds it in the cache.
 */
async function importScript(url: string, onBytes: (count: number) => void): Promise<CreateModule> {
  await download(url, { onBytes });
  try {
    const script = (await import(url)) as { default: CreateModule };
    return script.default;
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

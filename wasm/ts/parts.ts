// The parts that Python starts from, each on its way as soon as the page asks for a boot.
import type { Progress } from "../../runtime/ts/protocol.gen";
import { BootError } from "./boot_error";
import type { Boot, BootFiles } from "./boot_request";
import { download } from "./download";
import { importScript, type PythonParts } from "./python";

/** Progress messages are at least this far apart. */
const REPORT_MS = 60;

export interface Parts extends PythonParts {
  app: Promise<Uint8Array<ArrayBuffer>>;
}

export type ReportProgress = (phase: Progress["phase"], loaded: number, total: number) => void;

/** Starts all downloads at once. A part that fails early is not lost: its awaiter hears it. */
export function fetchParts({ files, sizes = {} }: Boot, progress: ReportProgress): Parts {
  const total = (Object.keys(files) as (keyof BootFiles)[])
    .filter((key) => key !== "asm")
    .reduce((sum, key) => sum + (sizes[key] ?? 0), 0);
  const onBytes = byteCounter(total, progress);
  const parts = {
    wasm: compile(files.wasm, onBytes),
    createModule: importScript(files.asm),
    stdlib: download(files.stdlib, { onBytes }),
    app: download(files.app, { onBytes }),
  };
  for (const part of Object.values(parts)) part.catch(() => {});
  return parts;
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

function byteCounter(total: number, progress: ReportProgress): (count: number) => void {
  let loaded = 0;
  let reported = -REPORT_MS;
  return (count) => {
    loaded += count;
    const now = performance.now();
    if (now - reported < REPORT_MS && loaded < total) return;
    reported = now;
    progress(loaded < total ? "download" : "start", loaded, Math.max(total, loaded));
  };
}

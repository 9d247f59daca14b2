// The worker: boots Python from the page's boot message, then carries JSON texts both ways.
//
// Every message that arrives before Python runs is kept, in order. Boot ends in exactly one of
// two messages: "ready" or "failed". A page may send the files' names ahead of the boot message.
import type { PyodideAPI } from "pyodide";
import type { BootFailure, Progress, Ready, Update } from "../../runtime/ts/protocol.gen";
import { APP_FOLDER, asBootError, exceptionOf } from "./boot_error";
import type { Boot, BootMessage, PrepareMessage, Sources } from "./boot_request";
import { fetchParts, type Parts } from "./parts";
import { type Python, startPython } from "./python";
import type { Entry } from "./unzip";

interface Bridge {
  start(app: string, manifest: string, post: (text: string) => void): Promise<void> | undefined;
  receive(text: string): void;
}

interface Sys {
  path: { insert(at: number, folder: string): void };
}

/** Python on its way. */
interface Start {
  parts: Parts;
  python: Promise<Python>;
}

const waiting: string[] = [];
let receive: ((text: string) => void) | null = null;
let begun: Start | null = null;
let failed = false;
let isDead = false;

self.onmessage = ({ data }: MessageEvent<string | PrepareMessage | BootMessage>) => {
  if (typeof data === "string") take(data);
  else if ("prepare" in data) begin(data.prepare);
  else void boot(data.boot);
};

self.addEventListener("unhandledrejection", (event) => {
  event.preventDefault();
  if (isFatal(event.reason)) die(event.reason);
  else report(event.reason);
});
self.addEventListener("error", (event) => {
  if (isDead || isFatal(event.error)) return;
  event.preventDefault();
  report(event.error ?? event.message);
});

/** Hands a text of the page to Python; until Python runs it waits. */
function take(text: string): void {
  if (receive === null) waiting.push(text);
  else {
    try {
      receive(text);
    } catch (error) {
      die(error);
    }
  }
}

/** Python itself broke, and no message mends it: the page hears of it by its worker's `onerror`. */
function die(error: unknown): void {
  isDead = true;
  reportError(error);
}

function isFatal(error: unknown): boolean {
  return error instanceof Error && "pyodide_fatal_error" in error;
}

/** Starts Python unless that was done. Its failures are for `boot` to tell. */
function begin(sources: Sources): Start {
  if (begun === null) {
    const parts = fetchParts(sources, progress);
    begun = { parts, python: startPython(parts) };
    begun.python.catch(() => {});
  }
  return begun;
}

async function boot(request: Boot): Promise<void> {
  try {
    const { parts, python } = begin(request);
    const [{ py, wake, complete }, project] = await Promise.all([
      python,
      parts.project,
      parts.wasm,
      parts.createModule,
      parts.checked,
    ]);
    progress("import", 0, 0);
    wake(!project.some(({ name }) => name.startsWith("wasmrx/")));
    mount(py, project);
    const bridge = py.pyimport("wasmrx.bridge") as Bridge;
    await bridge.start(request.app, request.manifest, (text) => self.postMessage(text));
    send({ t: "ready" });
    receive = bridge.receive;
    waiting.splice(0).forEach(take);
    void complete().catch((error: unknown) => console.warn(asBootError(error).what));
  } catch (error) {
    if (!failed) fail(error);
  }
}

/** Lays the author's project into the working folder, from which Python imports first. */
function mount(py: PyodideAPI, project: Entry[]): void {
  py.FS.mkdirTree(APP_FOLDER);
  for (const { name, bytes } of project) {
    const path = `${APP_FOLDER}/${name}`;
    py.FS.mkdirTree(path.slice(0, path.lastIndexOf("/")));
    py.FS.writeFile(path, bytes);
  }
  py.FS.chdir(APP_FOLDER);
  (py.pyimport("sys") as Sys).path.insert(0, APP_FOLDER);
}

function progress(phase: Progress["phase"], loaded: number, total: number): void {
  if (!failed && receive === null) send({ t: "progress", phase, loaded, total });
}

function fail(error: unknown): void {
  failed = true;
  const { what, detail, place } = asBootError(error);
  console.warn(detail ?? what);
  send({ t: "failed", what, ...(detail !== undefined && { detail }), ...place });
}

/** An error that nobody caught: before Python runs it ends boot, later it is the page's to show. */
function report(error: unknown): void {
  if (receive === null) {
    if (!failed) fail(error);
    return;
  }
  const { what, detail, place } = asBootError(error);
  send({
    t: "update",
    id: 0,
    error: {
      title: "An error that nothing caught",
      message: error instanceof Error ? exceptionOf(error.message) : what,
      ...(detail !== undefined && { traceback: detail }),
      ...place,
    },
    final: true,
  });
}

function send(message: BootFailure | Progress | Ready | Update): void {
  self.postMessage(JSON.stringify(message));
}

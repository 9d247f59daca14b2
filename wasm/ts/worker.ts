// The worker: boots Python from the page's boot message, then carries JSON texts both ways.
//
// Every message that arrives before Python runs is kept, in order. Boot ends in exactly one of
// two messages: "ready" or "failed". A page may send the files' names ahead of the boot message, and
// says where the tab's state is to be kept before it sends texts.
import type { PyodideAPI } from "pyodide";
import type { Home } from "../../runtime/ts/home";
import { patience } from "../../runtime/ts/patience";
import type { Alive, BootFailure, Loading, Notice, Progress, Ready, Update } from "../../runtime/ts/protocol.gen";
import { APP_FOLDER, asBootError, exceptionOf } from "./boot_error";
import type { Boot, BootMessage, PoolMessage, PrepareMessage, Sources } from "./boot_request";
import { Files } from "./files";
import { LazyFile } from "./lazy_file";
import { Keeper, type KeeperBridge } from "./keeper";
import { type FirstPackages, type PackageBridge, savesData, Shelf } from "./packages";
import { fetchParts, type Parts } from "./parts";
import { type Python, startPython } from "./python";
import { mount } from "./project";
import { explainRefusals } from "./refusals";
import { StopSignal } from "./stop_signal";
import type { Entry } from "./unzip";

interface Bridge extends KeeperBridge {
  offer_files(files: Files): void;
  /** Gives what other workers like this one start from. */
  offer_parts(parts: Sources): void;
  start(app: string, manifest: string, post: (message: string | number) => void): unknown;
  receive(text: string, files: File[] | undefined): void;
  /** Tells whether another worker would go on with the saved state as this one does. */
  idle(): boolean;
}

/** runtime/pool_worker.py */
interface PoolBridge {
  start(): void;
  run(batch: Uint8Array): Uint8Array;
}

/** What Pyodide keeps its memory in. */
interface WithModule {
  _module: { HEAPU8: Uint8Array };
}

/** Python on its way. */
interface Start {
  parts: Parts;
  python: Promise<Python>;
  /** What the app has written before. */
  files: Promise<Entry[]>;
}

/** The first events come before what boot can do without. */
const SETTLED_MS = 500;

/** The page hears unasked when Python's memory has grown by so many bytes. */
const MUCH = 32e6;

/** As in runtime/_door.py. */
const ARCHIVE = "/lib/wasmrx-components.zip";

const waiting: [text: string, files: File[] | undefined][] = [];
const keeper = new Keeper(send);
const files = new Files(APP_FOLDER, send);
const stopSignal = new StopSignal();
let bridge: Bridge | null = null;
let pool: PoolBridge | null = null;
let receive: Bridge["receive"] | null = null;
let begun: Start | null = null;
let failed = false;
let isDead = false;
let memory: () => number = () => 0;
let toldMemory = 0;

/** A text of the protocol that speaks of files comes with them. */
type WithFiles = { text: string; files: File[] };
type Message =
  | string
  | WithFiles
  | PrepareMessage
  | BootMessage
  | PoolMessage
  | { batch: Uint8Array }
  | { home: Home | null }
  | { flush: true }
  | { ping: true; idle?: true }
  | { signal: string; text: string };

explainRefusals();

self.onmessage = ({ data }: MessageEvent<Message>) => {
  if (typeof data === "string") take(data, undefined);
  else if (typeof data !== "object" || data === null) return;
  else if ("signal" in data) stop(data.signal, data.text);
  else if ("text" in data) take(String(data.text), data.files);
  else if ("flush" in data) bridge?.flush();
  else if ("ping" in data) sayAlive(data.idle && { idle: !files.isUnsaved && (bridge?.idle() ?? false) });
  else if ("home" in data) void settle(data.home);
  else if ("prepare" in data) begin(data.prepare);
  else if ("boot" in data) void boot(data.boot);
  else if ("batch" in data) self.postMessage({ done: pool!.run(data.batch) });
  else if ("pool" in data) void join(data.pool);
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
function take(text: string, files: File[] | undefined): void {
  if (receive === null) waiting.push([text, files]);
  else {
    try {
      receive(text, files);
    } catch (error) {
      die(error);
    }
  }
}

/** Takes what the page wants stopped; a handler that the signal has reached by now is stopped. */
function stop(signal: string, text: string): void {
  take(text, undefined);
  stopSignal.watch(signal);
}

function sayAlive(more?: Pick<Alive, "idle">): void {
  toldMemory = memory();
  send({ t: "alive", memory: toldMemory, ...more });
}

/** What Python says goes to the page as it is. */
function post(message: string | number): void {
  self.postMessage(message);
  if (memory() > toldMemory + MUCH) sayAlive();
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
    begun = { parts, python: startPython(parts), files: files.read(!!sources.module) };
    begun.python.catch(() => {});
  }
  return begun;
}

async function boot(request: Boot): Promise<void> {
  try {
    const alive = hold(request.lock);
    const { parts, python, files: written } = begin(request);
    const [{ py, wake, complete }, kept, project, packages] = await Promise.all([
      python,
      written,
      parts.project,
      parts.packages,
      parts.wasm,
      parts.createModule,
      alive,
    ]);
    progress("import", 0, 0);
    wake(!project.some(({ name }) => name.startsWith("wasmrx/")));
    mount(py, [...project, ...kept]);
    files.watch(py.FS);
    const { components } = request.files;
    if (components !== undefined) layDown(py, components);
    const prefetch = packages && shelve(py, packages);
    const started = py.pyimport("wasmrx.bridge") as Bridge;
    started.offer_files(files);
    const { files: urls, sizes = {}, shared } = request;
    started.offer_parts({ files: urls, sizes, shared, module: await parts.wasm });
    await started.start(request.app, request.manifest, post);
    bridge = started;
    stopSignal.watch(request.signal ?? "");
    py.setInterruptBuffer(stopSignal as unknown as Uint8Array);
    const { _module } = py as unknown as WithModule;
    memory = () => _module.HEAPU8.byteLength;
    toldMemory = memory();
    if (!request.module) self.postMessage({ module: await parts.wasm });
    send({ t: "ready", ...(await keeper.attach(bridge)) });
    resume();
    await patience(SETTLED_MS);
    void complete()
      .then(prefetch)
      .catch((error: unknown) => console.warn(asBootError(error).what));
  } catch (error) {
    if (!failed) fail(error);
  }
}

/** Gets ready to run functions of the app for another worker of the page. */
async function join(sources: Sources): Promise<void> {
  try {
    const parts = fetchParts(sources, () => {});
    const python = startPython(parts);
    const [{ py, wake }, project, packages] = await Promise.all([python, parts.project, parts.packages]);
    wake(!project.some(({ name }) => name.startsWith("wasmrx/")));
    mount(py, project);
    if (packages) shelve(py, packages);
    pool = py.pyimport("wasmrx.pool_worker") as PoolBridge;
    pool.start();
    self.postMessage({ joined: true });
  } catch (error) {
    const { what, detail } = asBootError(error);
    self.postMessage({ failed: `${what} ${detail ?? ""}` });
  }
}

/** Takes the lock by which the page sees that this worker lives. */
async function hold(name: string | undefined): Promise<void> {
  const { locks } = navigator as { locks?: LockManager };
  if (!locks || !name) return;
  await new Promise<void>((held, failed) => {
    const forEver = (): Promise<void> => (held(), new Promise(() => {}));
    locks.request(name, forEver).catch(failed);
  });
}

/** Keeps the state where the page says; texts that come meanwhile wait. */
async function settle(home: Home | null): Promise<void> {
  keeper.read(home);
  if (!bridge) return;
  receive = null;
  await keeper.attach(bridge);
  resume();
}

function resume(): void {
  receive = bridge!.receive;
  for (const each of waiting.splice(0)) take(...each);
}

/** Lays down the first packages and offers the others; the result fetches those used later. */
function shelve(py: PyodideAPI, { index, archives }: FirstPackages): () => Promise<void> {
  const shelf = new Shelf(py.FS, index, send);
  const bridge = py.pyimport("wasmrx.packages") as PackageBridge;
  for (const [, entries] of archives) shelf.lay(entries);
  bridge.offer(JSON.stringify(index), shelf, archives.map(([name]) => name).join());
  return async () => {
    if (savesData()) return;
    try {
      for (const name of index.soon) await bridge.fetch(name);
    } catch {
      // An import fetches what is missing, and says what fails.
    }
  };
}

/** Puts the archive of component code where Python looks for it; it downloads when it is read. */
function layDown(py: PyodideAPI, url: string): void {
  py.FS.writeFile(ARCHIVE, "");
  new LazyFile(py.FS, ARCHIVE, url);
}

function progress(phase: Progress["phase"], loaded: number, total: number): void {
  if (!failed && bridge === null) send({ t: "progress", phase, loaded, total });
}

function fail(error: unknown): void {
  failed = true;
  const { what, detail, place } = asBootError(error);
  console.warn(detail ?? what);
  send({ t: "failed", what, ...(detail !== undefined && { detail }), ...place });
}

/** An error that nobody caught: before Python runs it ends boot, later it is the page's to show. */
function report(error: unknown): void {
  if (bridge === null) {
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

function send(message: Alive | BootFailure | Loading | Notice | Progress | Ready | Update): void {
  self.postMessage(JSON.stringify(message));
}

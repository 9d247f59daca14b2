// The worker's life as the page sees it: start, messages, failure, another try.
//
// Each worker has its own listener. One that was replaced may still send: its listener knows that
// it is not the current one and drops what comes.

import { earlyWindow } from "./early_window.ts";
import type {
  Alive,
  BootFailure,
  Json,
  Loading,
  Notice,
  Progress,
  Ready,
  Stopped,
  ToPage,
  Update,
} from "./protocol.gen.ts";
import { fileUrl } from "./site.ts";

/** Python has to give a sign of life in this time while it boots. */
const SILENCE_MS = 12_000;

export interface WorkerConfig {
  script: string;
  files: Record<string, string>;
  sizes?: Record<string, number>;
  /** A copy of the interpreter elsewhere. */
  shared?: Json;
  app: string;
  /** For Python: what vars that hold components need. */
  held?: Json;
  /** Seconds after which Stop is offered; not at all without them. */
  stopAfter?: number;
  /** Megabytes from which on a fresh worker takes over; any number without one. */
  memoryLimit?: number;
}

export interface WorkerListener {
  progress(message: Progress): void;
  ready(post: (text: string, files?: File[]) => void, message: Ready): unknown;
  /** An event is begun, whatever becomes of it. */
  begun(id: number): void;
  update(message: Update): void;
  notice(message: Notice): void;
  /** Boot ended without Python. */
  failed(message: BootFailure): void;
  /** Nothing was heard for a while; the worker goes on. */
  silent(): void;
  /** The worker lives, has stopped what it was to, or loads packages. */
  sign(message: Alive | Stopped | Loading): void;
  /** A worker that ran is gone. */
  died(why: Why): void;
}

/** What the browser said of a worker's end; "" where the visitor wanted it, null for a fresh one. */
export type Why = string | null;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isList = Array.isArray as (value: unknown) => value is unknown[];

const hasShape = (message: Record<string, unknown>): boolean =>
  Number.isInteger(message.id) &&
  typeof message.final === "boolean" &&
  ["delta", "patches", "error"].every((name) => isObject(message[name] ?? {})) &&
  ["special", "actions"].every((name) => isList(message[name] ?? [])) &&
  ((message.actions ?? []) as unknown[]).every(isObject);

/** Returns the message that `data` is, or null for anything else. */
export function parseMessage(data: unknown): ToPage | null {
  try {
    const message: unknown = JSON.parse(data as string);
    if (!isObject(message)) return null;
    const { t, what, open = [] } = message;
    const isWhole = t === "update" ? hasShape(message) : t === "failed" ? what : isList(open);
    return isWhole ? (message as unknown as ToPage) : null;
  } catch {
    return null;
  }
}

/** What early.ts has started. */
const { wasmrx: early } = earlyWindow;
let current: Worker | null = null;
let silence: ReturnType<typeof setTimeout>;
/** Python's code as the first worker has compiled it: the next one is spared that. */
let module: WebAssembly.Module | undefined;
let signal = "";

/** Takes an address away, by which a worker sees that it is to stop; returns the next one. */
export function giveSignal(): string {
  URL.revokeObjectURL(signal);
  return (signal = URL.createObjectURL(new Blob(["."])));
}

let lose: ((why: Why) => void) | undefined;

/** Ends the worker; another takes its place. */
export const replaceWorker = (why: Why): void => lose?.(why);

/** Says something to the worker at once, whether or not Python runs yet. */
export const tellWorker = (message: object | string): void => current?.postMessage(message);

/** Starts a worker; one that runs is ended. */
export function startWorker(
  { script, files, sizes, shared, app }: WorkerConfig,
  manifest: string,
  dev: boolean,
  listener: WorkerListener,
): void {
  current?.terminate();
  let isReady = false;
  const worker = (current =
    early?.worker ?? new Worker(fileUrl(script), { type: "module" }));
  delete early?.worker;
  const listen = (): void => {
    clearTimeout(silence);
    if (!isReady) silence = setTimeout(listener.silent, SILENCE_MS);
  };
  const terminate = (): void => {
    clearTimeout(silence);
    worker.terminate();
    current = null;
  };
  const lost = (why: Why): void => {
    if (worker !== current) return;
    terminate();
    if (isReady) listener.died(why);
    else listener.failed({ t: "failed", what: "The worker could not start.", detail: why ?? "" });
  };
  lose = lost;
  const lock = `wasmrx:alive:${Math.random()}`;
  worker.onerror = (event) => {
    event.preventDefault();
    lost(event.message);
  };
  worker.onmessage = ({ data }) => {
    if (worker !== current) return;
    if (typeof data === "number") return listener.begun(data);
    if (data?.module instanceof WebAssembly.Module) return void (module = data.module);
    const message = parseMessage(data);
    if (!message) return;
    listen();
    if (message.t === "update") listener.update(message);
    else if (message.t === "notice") listener.notice(message);
    else if (message.t === "progress") isReady || listener.progress(message);
    else if (message.t === "ready") {
      if (isReady) return;
      isReady = true;
      listen();
      // The worker holds the lock for as long as it lives.
      void navigator.locks?.request(lock, () => lost("It was ended."));
      listener.ready(
        (text, files) => worker.postMessage(files?.length ? { text, files } : text),
        message,
      );
    } else if (message.t === "failed") {
      terminate();
      listener.failed(message);
    } else if (message.t === "alive" || message.t === "stopped" || message.t === "loading")
      listener.sign(message);
  };
  const urls = Object.fromEntries(Object.entries(files).map(([key, path]) => [key, fileUrl(path)]));
  const more = { lock, signal: giveSignal(), module };
  worker.postMessage({ boot: { files: urls, sizes, shared, app, manifest, dev, ...more } });
  listen();
}

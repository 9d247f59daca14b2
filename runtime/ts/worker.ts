// The worker's life as the page sees it: start, messages, failure, another try.
//
// Each worker has its own listener. One that was replaced may still send: its listener knows that
// it is not the current one and drops what comes.

import type { BootFailure, Progress, ToPage, Update } from "./protocol.gen.ts";
import { fileUrl } from "./site.ts";

/** Python has to give a sign of life in this time while it boots. */
const SILENCE_MS = 12_000;

export interface WorkerConfig {
  script: string;
  files: Record<string, string>;
  sizes?: Record<string, number>;
  app: string;
}

export interface WorkerListener {
  progress(message: Progress): void;
  ready(post: (text: string) => void): unknown;
  update(message: Update): void;
  /** Boot ended without Python. */
  failed(message: BootFailure): void;
  /** Nothing was heard for a while; the worker goes on. */
  silent(): void;
  /** A worker that ran is gone. */
  died(why: string): void;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const hasShape = (message: Record<string, unknown>): boolean =>
  Number.isInteger(message.id) &&
  typeof message.final === "boolean" &&
  ["delta", "patches", "error", "saved"].every((name) => isObject(message[name] ?? {})) &&
  ["special", "actions"].every((name) => Array.isArray(message[name] ?? []));

/** Returns the message that `data` is, or null for anything else. */
export function parseMessage(data: unknown): ToPage | null {
  try {
    const message: unknown = JSON.parse(data as string);
    if (!isObject(message)) return null;
    const isWhole = message.t !== "update" || hasShape(message);
    return isWhole ? (message as unknown as ToPage) : null;
  } catch {
    return null;
  }
}

let current: Worker | null = null;
let silence: ReturnType<typeof setTimeout>;

/** Starts a worker; one that runs is ended. */
export function startWorker(
  { script, files, sizes, app }: WorkerConfig,
  manifest: string,
  dev: boolean,
  listener: WorkerListener,
): void {
  current?.terminate();
  let isReady = false;
  const worker = (current = new Worker(fileUrl(script), { type: "module" }));
  const listen = (): void => {
    clearTimeout(silence);
    if (!isReady) silence = setTimeout(listener.silent, SILENCE_MS);
  };
  const end = (): void => {
    clearTimeout(silence);
    worker.terminate();
    current = null;
  };
  worker.onerror = (event) => {
    event.preventDefault();
    if (worker !== current) return;
    end();
    const detail = event.message;
    if (isReady) listener.died(detail);
    else listener.failed({ t: "failed", what: "The worker could not start.", detail });
  };
  worker.onmessage = ({ data }) => {
    const message = worker === current && parseMessage(data);
    if (!message) return;
    listen();
    if (message.t === "update") listener.update(message);
    else if (message.t === "progress") isReady || listener.progress(message);
    else if (message.t === "ready") {
      isReady = true;
      listen();
      listener.ready((text) => worker.postMessage(text));
    } else if (message.t === "failed") {
      end();
      listener.failed(message);
    }
  };
  const urls = Object.fromEntries(Object.entries(files).map(([key, path]) => [key, fileUrl(path)]));
  worker.postMessage({ boot: { files: urls, sizes, app, manifest, dev } });
  listen();
}

// Files on their way to the worker: progress, stalls, and the check against the name.
//
// A file of a site is named after its content (`app-0123456789abcdef.zip`), so a wrong or cut-off
// answer is noticed whatever the server says about it.
import { BootError } from "./boot_error";

/** A server that sends nothing for this long is given up; the page hears of it within 15 s. */
const STALL_MS = 12_000;

const NAME_HASH = /-([0-9a-f]{16})\.\w+$/;

export interface DownloadHooks {
  /** Hears how many bytes came in with each piece. */
  onBytes?(count: number): void;
  /** Gets a second copy of the answer as soon as its headers are there. */
  onResponse?(copy: Response): void;
  /** What the content must hash to, for a file whose name does not say it. */
  sha256?: string | undefined;
}

/**
 * The content of `url`, checked. Rejects with a BootError in words. A damaged copy may lie in the
 * browser's cache for long, as names with a hash are kept for ever: it is asked for past the cache.
 */
export async function download(
  url: string,
  hooks: DownloadHooks = {},
): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return await attempt(url, hooks, "default");
  } catch (error) {
    if (error instanceof Damaged) return attempt(url, hooks, "reload");
    throw error;
  }
}

class Damaged extends BootError {}

async function attempt(
  url: string,
  hooks: DownloadHooks,
  cache: RequestCache,
): Promise<Uint8Array<ArrayBuffer>> {
  const name = fileName(url);
  const abort = new AbortController();
  const what = `${name} did not arrive: the server sent nothing for ${STALL_MS / 1000} seconds.`;
  const watch = new StallWatch(() => abort.abort(new BootError(what)));
  try {
    const response = await request(url, name, { signal: abort.signal, cache });
    hooks.onResponse?.(response.clone());
    const body = await readAll(response, name, (count) => {
      watch.restart();
      hooks.onBytes?.(count);
    });
    await check(name, body, hooks.sha256 ?? promisedHash(name));
    return body;
  } finally {
    watch.stop();
  }
}

/** How the hash of a file begins, where its name says so. */
export function promisedHash(name: string): string | undefined {
  return NAME_HASH.exec(name)?.[1];
}

export function fileName(url: string): string {
  return url.slice(url.lastIndexOf("/") + 1);
}

class StallWatch {
  #timer = 0;

  constructor(readonly onStall: () => void) {
    this.restart();
  }

  restart(): void {
    this.stop();
    this.#timer = setTimeout(this.onStall, STALL_MS);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}

async function request(url: string, name: string, init: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(url, { ...init, credentials: "same-origin" });
  } catch (error) {
    throw asFailure(error, `${name} could not be loaded: there is no connection to the server.`);
  }
  if (!response.ok) {
    const what = `${name} could not be loaded: the server answered ${response.status}.`;
    throw new BootError(what, url);
  }
  return response;
}

async function readAll(
  response: Response,
  name: string,
  onBytes: (count: number) => void,
): Promise<Uint8Array<ArrayBuffer>> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  try {
    const reader = response.body?.getReader();
    for (let piece; (piece = (await reader?.read())?.value) !== undefined; ) {
      pieces.push(piece);
      length += piece.length;
      onBytes(piece.length);
    }
  } catch (error) {
    throw asFailure(error, `${name} arrived incomplete: the connection broke.`);
  }
  const body = new Uint8Array(length);
  let offset = 0;
  for (const piece of pieces) {
    body.set(piece, offset);
    offset += piece.length;
  }
  return body;
}

/** Rejects when the body is not what the name promises. Plain HTTP has no hashing to check with. */
async function check(
  name: string,
  body: Uint8Array<ArrayBuffer>,
  expected: string | undefined,
): Promise<void> {
  if (expected === undefined || !isSecureContext) return;
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", body));
  const found = Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
  if (!found.startsWith(expected)) {
    throw new Damaged(
      `${name} is damaged: its content is not what belongs to this build.`,
      `${body.length} bytes with hash ${found.slice(0, 16)}`,
    );
  }
}

function asFailure(error: unknown, what: string): BootError {
  return error instanceof BootError ? error : new BootError(what, String(error));
}

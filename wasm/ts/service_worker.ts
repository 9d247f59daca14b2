// Keeps a whole build of the site, so that every page opens without a network.
//
// A build is taken as a whole or not at all: its files are fetched and checked against their hashes
// into a cache of its own, and only when all are there does it become the one that pages start
// from. A page that is open goes on with the files of the build that it started with.
import { switchesStacks } from "../../runtime/ts/stacks";

declare const self: ServiceWorkerGlobalScope;

const FILES_AT_ONCE = 4;
const LIST = "wasmrx/offline.json";
const SCOPE = new URL("./", self.location.href);
/** Other sites of the same origin have caches of their own. */
const CACHE = `wasmrx ${SCOPE.pathname}`;
const HASHED = /^wasmrx\/.+-[0-9a-f]{8,}\.\w+$/;

interface Build {
  build: string;
  /** Path below the scope → SHA-256 in hexadecimal digits, and bytes. */
  files: Record<string, [hash: string, bytes: number]>;
}

/** How far the keeping of a build is. */
interface Progress {
  wasmrx: "keeps";
  bytes: number;
  of: number;
}

/** What only browsers of the other kind start from. */
const FOR_OTHERS = switchesStacks ? /^wasmrx\/plain-/ : /^wasmrx\/(snapshot|image)-/;

/** Which build a page runs, and since when. */
interface Book {
  build: string;
  at: number;
}

/** A page that is on its way is not yet among the open ones. */
const ARRIVES_MS = 60_000;

const nameOf = (build: string): string => `${CACHE} ${build}`;
const urlOf = (path: string): string => new URL(path, SCOPE).href;
const openBooks = (): Promise<Cache> => caches.open(CACHE);
const CURRENT = urlOf("wasmrx/current");
const bookOf = (client: string): string => urlOf(`wasmrx/client/${client}`);

async function read<T>(key: string): Promise<T | null> {
  const found = await (await openBooks()).match(key);
  return found ? ((await found.json()) as T) : null;
}

async function note(key: string, value: unknown): Promise<void> {
  await (await openBooks()).put(key, new Response(JSON.stringify(value)));
}

const noteBook = (client: string, build: string): Promise<void> =>
  note(bookOf(client), { build, at: Date.now() } satisfies Book);

const buildOf = async (client: string): Promise<string | undefined> =>
  client ? (await read<Book>(bookOf(client)))?.build : undefined;

async function sha256(bytes: ArrayBuffer): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Returns the file as it is to be kept; rejects where the host has another one. */
async function fetchChecked(path: string, hash: string): Promise<Response> {
  // A copy on the way that is damaged or old is passed by once.
  for (const cache of [HASHED.test(path) ? "default" : "no-cache", "reload"] as const) {
    const answer = await fetch(urlOf(path), { cache });
    if (!answer.ok) throw new Error(`${path}: the host answers ${answer.status}.`);
    const bytes = await answer.arrayBuffer();
    if ((await sha256(bytes)) === hash) return keepable(answer, bytes);
  }
  throw new Error(`${path} is not the file that was built.`);
}

/** Returns an answer that says how it was sent no longer. */
function keepable(answer: Response, bytes: ArrayBuffer): Response {
  const headers = new Headers(answer.headers);
  for (const name of ["content-encoding", "content-length", "transfer-encoding"]) headers.delete(name);
  return new Response(bytes, { headers });
}

/** Takes one file of a new build: from the build before where that has the same. */
async function take(path: string, hash: string, into: Cache, before: Build | null): Promise<void> {
  const url = urlOf(path);
  if (await into.match(url)) return;
  const same = before?.files[path]?.[0] === hash && (await caches.open(nameOf(before.build)));
  const kept = same ? await same.match(url) : undefined;
  await into.put(url, kept ?? (await fetchChecked(path, hash)));
}

let running: Promise<void> | null = null;

/** Looks for a new build and takes it. What was fetched of it stays if the network goes. */
const update = (): Promise<void> => (running ??= look().finally(() => (running = null)));

async function look(): Promise<void> {
  const before = await read<Build>(CURRENT);
  const answer = await fetch(urlOf(LIST), { cache: "no-store" });
  if (!answer.ok) throw new Error(`${LIST}: the host answers ${answer.status}.`);
  const next = (await answer.json()) as Build;
  if (next.build === before?.build) return;
  const into = await caches.open(nameOf(next.build));
  const files = Object.entries(next.files).filter(([path]) => !FOR_OTHERS.test(path));
  const of = files.reduce((sum, [, [, bytes]]) => sum + bytes, 0);
  let kept = 0;
  const worker = async (): Promise<void> => {
    for (let file = files.pop(); file; file = files.pop()) {
      const [path, [hash, bytes]] = file;
      await take(path, hash, into, before);
      await tell({ wasmrx: "keeps", bytes: (kept += bytes), of });
    }
  };
  await Promise.all(Array.from({ length: FILES_AT_ONCE }, worker));
  await note(CURRENT, next);
  const pages = await self.clients.matchAll({ includeUncontrolled: true });
  // Without a build before, what is open came from the host just now.
  if (!before) for (const { id } of pages) await noteBook(id, next.build);
  await tidy(next);
  for (const page of pages) await offer(page);
}

async function tell(progress: Progress): Promise<void> {
  const pages = await self.clients.matchAll({ includeUncontrolled: true });
  for (const page of pages) page.postMessage(progress);
}

/** Tells a page that a whole build is kept, and where it runs another one than that. */
async function offer(page: Client): Promise<void> {
  const [runs, newest] = [await buildOf(page.id), await read<Build>(CURRENT)];
  if (newest) page.postMessage({ wasmrx: "kept" });
  if (runs && newest && runs !== newest.build) page.postMessage({ wasmrx: "update" });
}

/** Removes builds that no open page runs. */
async function tidy({ build: newest }: Build): Promise<void> {
  const books = await openBooks();
  const pages = await self.clients.matchAll({ includeUncontrolled: true });
  const open = new Set(pages.map(({ id }) => bookOf(id)));
  const used = new Set([nameOf(newest)]);
  for (const { url } of await books.keys()) {
    if (!url.startsWith(bookOf(""))) continue;
    const { build, at } = (await read<Book>(url))!;
    if (open.has(url) || Date.now() - at < ARRIVES_MS) used.add(nameOf(build));
    else await books.delete(url);
  }
  const prefix = nameOf("");
  for (const name of await caches.keys())
    if (name.startsWith(prefix) && !used.has(name)) await caches.delete(name);
}

/** Returns the path below the scope, null for what lies elsewhere. */
function pathOf(url: URL): string | null {
  if (url.origin !== SCOPE.origin || !url.pathname.startsWith(SCOPE.pathname)) return null;
  try {
    return decodeURI(url.pathname.slice(SCOPE.pathname.length));
  } catch {
    return null;
  }
}

async function kept(build: string, path: string): Promise<Response | undefined> {
  return (await caches.open(nameOf(build))).match(urlOf(path));
}

/** Answers a page entered: from the newest whole build, so that it starts without a network. */
async function page(request: Request, path: string, client: string): Promise<Response> {
  const current = await read<Build>(CURRENT);
  if (!current) return fetch(request);
  const { build, files } = current;
  const has = (file: string): boolean => Object.hasOwn(files, file);
  const isFolder = !path || path.endsWith("/");
  const index = `${path}${isFolder ? "" : "/"}index.html`;
  if (!isFolder && !has(path) && has(index)) {
    const to = new URL(request.url);
    to.pathname += "/";
    return Response.redirect(to.href, 302);
  }
  const file = has(path) ? path : index;
  if (has(file)) {
    if (client) await noteBook(client, build);
    return (await kept(build, file)) ?? fetch(request);
  }
  try {
    return await fetch(request);
  } catch (error) {
    const missing = await kept(build, "404.html");
    if (!missing) throw error;
    if (client) await noteBook(client, build);
    return new Response(missing.body, { status: 404, headers: missing.headers });
  }
}

/** Answers a page's request for a file: from the build that the page runs. */
async function file(request: Request, path: string, client: string): Promise<Response> {
  const build = (await buildOf(client)) ?? (await read<Build>(CURRENT))?.build;
  let found = build ? await kept(build, path) : undefined;
  if (!found && HASHED.test(path)) found = await caches.match(urlOf(path));
  if (!found) return fetch(request);
  const range = /^bytes=(\d+)-(\d*)$/.exec(request.headers.get("range") ?? "");
  return range ? part(found, Number(range[1]), range[2] ? Number(range[2]) + 1 : Infinity) : found;
}

/** Returns a part of a kept file, as players of sound and film ask for it. */
async function part(whole: Response, start: number, end: number): Promise<Response> {
  const blob = await whole.blob();
  const stop = Math.min(end, blob.size);
  if (start >= stop) return new Response(null, { status: 416 });
  const headers = new Headers(whole.headers);
  headers.set("content-range", `bytes ${start}-${stop - 1}/${blob.size}`);
  headers.set("content-length", `${stop - start}`);
  return new Response(blob.slice(start, stop), { status: 206, headers });
}

const quietly = (work: Promise<unknown>): Promise<unknown> =>
  work.catch((error: unknown) => console.warn("The site is not renewed for offline use.", error));

self.addEventListener("install", (event) => {
  event.waitUntil(update().then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(self.clients.claim());
});

// A page asks once it listens: it may have missed what was said while it started.
self.addEventListener("message", ({ source }) => {
  if (source instanceof Client) void offer(source);
});

self.addEventListener("fetch", (event) => {
  const { request, clientId, resultingClientId } = event;
  const path = request.method === "GET" ? pathOf(new URL(request.url)) : null;
  if (path === null || path === LIST) return;
  if (request.mode === "navigate") {
    event.respondWith(page(request, path, resultingClientId));
    event.waitUntil(quietly(update()));
  } else event.respondWith(file(request, path, clientId));
});

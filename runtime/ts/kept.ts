// Vars that the browser keeps: read at start, written as they change, followed between tabs.
//
// The worker has to know what became of a value that another tab, or an action, changed. It drops
// what was read before a write of its own: each value goes with the number of writes made so far.

import { notice } from "./notice.ts";
import type { Hydrate, Json, KeptValue } from "./protocol.gen.ts";
import { nextId, tell } from "./queue.ts";
import { decode } from "./routes.ts";
import { site } from "./site.ts";

type Args = Record<string, Json>;
type Kind = keyof typeof READ;

/** A kind of storage, a key in it, and whether changes of other tabs are followed. */
export type Place = [kind: string, key: string, isSynced: boolean];

interface CookieOptions {
  path?: string;
  max_age?: number | null;
  domain?: string | null;
  secure?: boolean | null;
  same_site?: string | null;
}

/** Browsers drop a longer cookie without a word. */
const LONGEST_COOKIE = 4096;

/** Under such keys a tab remembers which state is its own. */
const OWN = "wasmrx:";

const text = (value: Json): string => (value === null || value === undefined ? "" : String(value));

let places: readonly Place[] = [];
let writes = new Map<string, number>();
let isTold = false;

/** Goes on without; the visitor hears of it once. */
function refused(why: string): void {
  if (isTold) return;
  isTold = true;
  notice(`A setting is lost when this page is closed. ${why}`, { role: "status" });
}

function cookie(name: string): string | null {
  for (const pair of document.cookie.split("; ")) {
    const [found = "", ...value] = pair.split("=");
    if (decode(found) === name) return decode(value.join("="));
  }
  return null;
}

const READ = {
  local: (key: string) => localStorage.getItem(key),
  session: (key: string) => sessionStorage.getItem(key),
  cookie,
};

/** Returns what the browser has; nothing where it does not let the page look. */
function read(kind: string, key: string): string | null {
  try {
    return READ[kind as Kind](key);
  } catch {
    return null;
  }
}

/** Reads all for a worker that starts, which knows of no writes yet. */
function stored(): Hydrate["storage"] {
  writes = new Map();
  const found: Hydrate["storage"] = {};
  for (const [kind, key] of places) {
    const value = read(kind, key);
    if (value !== null) (found[kind] ??= Object.create(null) as Record<string, string>)[key] = value;
  }
  return found;
}

const nameOf = (kind: string, key: string): string => `${kind} ${key}`;

/** Tells the worker what the browser has now in these places. */
function report(changed: readonly Place[]): void {
  const kept = changed.map(([kind, key]): KeptValue => {
    return { kind, key, value: read(kind, key), writes: writes.get(nameOf(kind, key)) ?? 0 };
  });
  if (kept.length) tell(JSON.stringify({ t: "stored", id: nextId(), kept }));
}

/** Writes a cookie for this site; the path "/" stands for the site's own root. */
function setCookie(key: string, value: string, options: CookieOptions): void {
  const { path = "/", max_age, domain, secure, same_site } = options;
  const pair = `${encodeURIComponent(key)}=${encodeURIComponent(value)}`;
  if (pair.length > LONGEST_COOKIE) return refused("A cookie holds 4,096 characters at most.");
  document.cookie = [
    pair,
    `path=${path === "/" ? site.base!.pathname : path}`,
    max_age !== null && max_age !== undefined && `max-age=${max_age}`,
    domain && `domain=${domain}`,
    secure && "secure",
    same_site && `samesite=${same_site}`,
  ]
    .filter(Boolean)
    .join("; ");
}

function removeCookie(key: string, options: CookieOptions): void {
  setCookie(key, "", { ...options, max_age: 0 });
}

/** Keeps the new value of a var; null takes the old one away. */
function keep({ kind, key, value, options }: Args): void {
  const name = nameOf(text(kind), text(key));
  writes.set(name, (writes.get(name) ?? 0) + 1);
  try {
    if (kind === "cookie") {
      const chosen = (options ?? {}) as CookieOptions;
      if (value === null) removeCookie(text(key), chosen);
      else setCookie(text(key), text(value), chosen);
      return;
    }
    const storage = kind === "local" ? localStorage : sessionStorage;
    if (value === null) storage.removeItem(text(key));
    else storage.setItem(text(key), text(value));
  } catch (error) {
    console.warn(error);
    const isFull = (error as Error).name === "QuotaExceededError";
    refused(isFull ? "The browser's storage for this site is full." : "The browser keeps nothing.");
  }
}

/** Takes something away; vars that were kept there go back to their defaults. */
function removal(kind: Kind, remove: (args: Args) => void): (args: Args) => void {
  return (args) => {
    try {
      remove(args);
    } catch (error) {
      console.warn(error); // A browser that lets the page keep nothing has nothing.
    }
    report(places.filter(([each, key]) => each === kind && read(kind, key) === null));
  };
}

/** The actions on what the browser keeps. */
export const storageActions = {
  keep,
  remove_cookie: removal("cookie", ({ key, options }) =>
    removeCookie(text(key), (options ?? {}) as CookieOptions),
  ),
  remove_local_storage: removal("local", ({ key }) => localStorage.removeItem(text(key))),
  clear_local_storage: removal("local", () => localStorage.clear()),
  remove_session_storage: removal("session", ({ key }) => sessionStorage.removeItem(text(key))),
  clear_session_storage: removal("session", () => {
    for (const key of Object.keys(sessionStorage))
      if (!key.startsWith(OWN)) sessionStorage.removeItem(key);
  }),
};

/** Starts to follow these places. Returns what reads them for a worker that starts. */
export function follow(all: readonly Place[]): typeof stored {
  places = all;
  addEventListener("storage", ({ key, storageArea }) => {
    const concerns = ([kind, name, isSynced]: Place): boolean =>
      kind === "local" && isSynced && (key === null || key === name);
    if (storageArea === localStorage) report(places.filter(concerns));
  });
  return stored;
}

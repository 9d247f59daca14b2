// The last committed text of each state, kept so that a reload of the same tab finds it.
//
// Records lie under (app, tab token, state). The token is in sessionStorage, which a duplicated
// tab inherits: a lock held as long as the page lives tells the two apart, and the copy gets a
// token of its own.

import { notice } from "./notice.ts";

const STORE = "saved";
const KEEP_MS = 14 * 24 * 3600 * 1000;
/** A reloaded page may ask for its lock a moment before the old one has let go of it. */
const LOCK_TRIES = 8;
const LOCK_PAUSE_MS = 25;
/** Some browsers leave a request to open a database without any answer. */
const OPEN_MS = 3000;

interface Saved {
  state: string;
  text: string;
  at: number;
}

const latest = new Map<string, string>();
const unsaved = new Map<string, string>();
let home: [app: string, token: string];
let database: Promise<IDBDatabase> | null = null;
let isWriting = false;
let isTold = false;

/** Goes on without storage; the visitor hears of it once. */
function failed(error: unknown): void {
  database = null;
  if (isTold) return;
  isTold = true;
  console.warn(error);
  notice("State cannot be kept in this browser: a reload loses changes.", {
    role: "status",
  });
}

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function openDatabase(): Promise<IDBDatabase> {
  const request = indexedDB.open("wasmrx", 1);
  request.onupgradeneeded = () => request.result.createObjectStore(STORE).createIndex("at", "at");
  return done(request);
}

async function objects(mode: IDBTransactionMode): Promise<IDBObjectStore> {
  const transaction = (await database!).transaction(STORE, mode, { durability: "relaxed" });
  return transaction.objectStore(STORE);
}

/** Takes the lock of a name for as long as the page lives; false where another page has it. */
function hold(name: string): Promise<boolean> {
  const { locks } = navigator as { locks?: LockManager };
  return new Promise((resolve) => {
    if (!locks) resolve(true);
    void locks?.request(name, { ifAvailable: true }, (lock) => {
      resolve(lock !== null);
      return lock && new Promise(() => {});
    });
  });
}

async function tabToken(app: string): Promise<string> {
  const name = `wasmrx:tab:${app}`;
  const old = sessionStorage.getItem(name);
  for (let tries = LOCK_TRIES; old !== null && tries; tries--) {
    if (await hold(name + old)) return old;
    await new Promise((next) => setTimeout(next, LOCK_PAUSE_MS));
  }
  const token = `${Date.now()}${Math.random()}`;
  sessionStorage.setItem(name, token);
  await hold(name + token);
  return token;
}

async function read(app: string): Promise<void> {
  database = openDatabase();
  database.catch(() => {});
  home = [app, await tabToken(app)];
  const range = IDBKeyRange.bound(home, [...home, []]);
  const records = await done<Saved[]>((await objects("readonly")).getAll(range));
  for (const { state, text } of records) latest.set(state, text);
  void save(JSON.parse(sessionStorage.getItem(String(home)) ?? "{}"));
  sessionStorage.removeItem(String(home));
}

/** A reload may come before the database has all: the tab itself carries the rest over. */
function carryOver(): void {
  if (isWriting) sessionStorage.setItem(String(home), JSON.stringify(saved()));
}

/** Reads the saved texts of this tab, and starts to keep new ones. */
export function restore(app: string): Promise<void> {
  addEventListener("pagehide", carryOver);
  const late = new Promise<never>((_, reject) => setTimeout(reject, OPEN_MS, "no answer"));
  return Promise.race([read(app), late]).catch(failed);
}

/** Returns the texts that a worker starts from, if there are any. */
export const saved = (): Record<string, string> | undefined =>
  latest.size ? Object.fromEntries(latest) : undefined;

/** Changes the stored records in one transaction: all of it holds, or nothing does. */
async function change(make: (store: IDBObjectStore) => unknown): Promise<void> {
  if (!database) return;
  try {
    const store = await objects("readwrite");
    await make(store);
    await new Promise((resolve, reject) => {
      store.transaction.oncomplete = resolve;
      store.transaction.onabort = () => reject(store.transaction.error);
    });
  } catch (error) {
    failed(error);
  }
}

/** Keeps the texts of one commit. Those that come while one is written are written together. */
export async function save(texts: Record<string, string>): Promise<void> {
  for (const [state, text] of Object.entries(texts)) {
    latest.set(state, text);
    unsaved.set(state, text);
  }
  if (isWriting) return;
  isWriting = true;
  while (database && unsaved.size) {
    const records = [...unsaved].map(([state, text]): Saved => ({ state, text, at: Date.now() }));
    unsaved.clear();
    await change((store) => records.forEach((each) => store.put(each, [...home, each.state])));
  }
  isWriting = false;
}

/** Removes what tabs left that are long gone. */
export const removeOld = (): Promise<void> =>
  change(async (store) => {
    const old = IDBKeyRange.upperBound(Date.now() - KEEP_MS);
    for (const key of await done(store.index("at").getAllKeys(old))) store.delete(key);
  });

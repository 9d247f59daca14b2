// The last committed text of each state, kept so that a reload of the same tab finds it.
//
// Records lie under (app, tab token, state). The token is in sessionStorage, which a duplicated
// tab inherits: a lock held as long as the page lives tells the two apart, and the copy gets a
// token of its own.

import { notice } from "./notice.ts";

const DATABASE = "wasmrx";
const STORE = "saved";
const KEEP_MS = 14 * 24 * 3600 * 1000;

interface Record_ {
  text: string;
  at: number;
}

type Key = [app: string, token: string, state: string];

const latest = new Map<string, string>();
let app = "";
let token = "";
let database: Promise<IDBDatabase> | null = null;
let isTold = false;

/** Goes on without storage; the visitor hears of it once. */
function failed(error: unknown): void {
  database = null;
  if (isTold) return;
  isTold = true;
  console.warn(error);
  notice("This browser does not let the page keep its state: a reload will start afresh.", { key: "persist" });
}

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function openDatabase(): Promise<IDBDatabase> {
  const request = indexedDB.open(DATABASE, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(STORE).createIndex("at", "at");
  return done(request);
}

function hold(name: string): Promise<boolean> {
  const { locks } = navigator as { locks?: LockManager };
  if (!locks) return Promise.resolve(true);
  return new Promise((resolve) => {
    void locks.request(name, { ifAvailable: true }, (lock) => {
      resolve(lock !== null);
      return lock && new Promise(() => {});
    });
  });
}

const isReload = (): boolean =>
  (performance.getEntriesByType("navigation")[0] as PerformanceNavigationTiming | undefined)?.type === "reload";

async function tabToken(): Promise<string> {
  const name = `wasmrx:tab:${app}`;
  const old = sessionStorage.getItem(name);
  const lockOf = (value: string): string => `${name}:${value}`;
  for (let tries = isReload() ? 20 : 1; old !== null && tries > 0; tries--) {
    if (await hold(lockOf(old))) return old;
    await new Promise((next) => setTimeout(next, 25));
  }
  const fresh = Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16)).join("");
  sessionStorage.setItem(name, fresh);
  await hold(lockOf(fresh));
  return fresh;
}

/** Returns the saved texts of this tab by state, and starts to keep new ones. */
export async function restore(appId: string): Promise<Record<string, string>> {
  app = appId;
  try {
    database = openDatabase();
    database.catch(() => {});
    token = await tabToken();
    const store = (await database).transaction(STORE).objectStore(STORE);
    const range = IDBKeyRange.bound([app, token], [app, token, []]);
    const [keys, records] = await Promise.all([done(store.getAllKeys(range)), done(store.getAll(range))]);
    for (const [index, key] of keys.entries())
      latest.set((key as Key)[2], (records[index] as Record_).text);
  } catch (error) {
    failed(error);
  }
  return saved();
}

/** Returns the texts that a worker starts from. */
export const saved = (): Record<string, string> => Object.fromEntries(latest);

/** Keeps the texts of one commit: all of them or, where storage fails, none. */
export async function save(texts: Record<string, string>): Promise<void> {
  for (const [state, text] of Object.entries(texts)) latest.set(state, text);
  if (!database) return;
  try {
    const transaction = (await database).transaction(STORE, "readwrite", { durability: "relaxed" });
    const store = transaction.objectStore(STORE);
    const at = Date.now();
    for (const [state, text] of Object.entries(texts)) store.put({ text, at }, [app, token, state]);
    await new Promise((resolve, reject) => {
      transaction.oncomplete = resolve;
      transaction.onabort = () => reject(transaction.error);
    });
  } catch (error) {
    failed(error);
  }
}

/** Removes what tabs left that are long gone. */
export async function removeOld(): Promise<void> {
  if (!database) return;
  try {
    const store = (await database).transaction(STORE, "readwrite").objectStore(STORE);
    const old = IDBKeyRange.upperBound(Date.now() - KEEP_MS);
    for (const key of await done(store.index("at").getAllKeys(old))) store.delete(key);
  } catch (error) {
    failed(error);
  }
}

// The tab's saved state in IndexedDB. Records lie under (app, tab token, name); only the runtime
// knows what is in them.
//
// Each write is one transaction that is committed in the task that makes it: from then on it is the
// browser's, and the end of this worker no longer matters. Nothing is written before all was read,
// and nothing while an older worker of the tab may still write: it is waited for, or, where it is one
// that this page has ended, shut out. Such a worker may run on for seconds. Each of its writes puts
// a mark and takes it away again; where its successor has put that mark before, the write fails as
// a whole.
import { type Home, workerLock } from "../../runtime/ts/home";
import { impatience, patience } from "../../runtime/ts/patience";
import { committed, done } from "./indexed_db";

const DATABASE = "wasmrx";
const STORE = "saved";
const KEEP_MS = 14 * 24 * 3600 * 1000;
const REMOVE_AFTER_MS = 5000;
/** Some browsers leave a request to open a database without any answer. */
const OPEN_MS = 3000;
/** A worker that was ended may finish what it does: Chromium lets it for two seconds. */
const LOCK_MS = 2500;

export interface Saved {
  name: string;
  data: Uint8Array;
  at: number;
}

type Tab = [app: string, token: string];
/** A record's name, and its content where it is not to be removed. */
export type Change = [name: string, data: Uint8Array | undefined];

export class Store {
  #database: IDBDatabase | null = null;

  /** `onLost` is called when the database went away, with all that it held. */
  constructor(
    readonly home: Home,
    readonly onLost: () => void,
  ) {}

  /** Returns the tab's records. Rejects where the browser keeps nothing, or does not answer. */
  async read(): Promise<Saved[]> {
    const lock = hold(workerLock(this.home));
    lock.catch(() => {});
    const isAlone = this.home.worker > 1 && (await inTime(this.#shutOut()).catch(() => false));
    if (!isAlone) await lock;
    const records = await inTime(this.#readAll());
    setTimeout(() => void this.#removeOld().catch(() => {}), REMOVE_AFTER_MS);
    return records;
  }

  /** Marks the earlier workers of this page as ended. */
  async #shutOut(): Promise<true> {
    const transaction = (await this.#open()).transaction(STORE, "readwrite");
    const store = transaction.objectStore(STORE);
    for (let n = 1; n < this.home.worker; n++) store.put({ at: Date.now() }, this.#mark(n));
    await committed(transaction);
    return true;
  }

  #mark(worker: number): [...Tab, name: string] {
    const { app, token, life } = this.home;
    return [app, token, `ended ${life} ${worker}`];
  }

  async #readAll(): Promise<Saved[]> {
    const { app, token } = this.home;
    const store = (await this.#open()).transaction(STORE).objectStore(STORE);
    return done<Saved[]>(store.getAll(rangeOf([app, token])));
  }

  /** Makes all changes, or none. */
  async write(changes: Change[]): Promise<void> {
    const database = this.#database ?? (await inTime(this.#open()));
    try {
      await committed(this.#put(database, changes));
    } catch (error) {
      // Whatever was wrong with the connection, the next write makes a new one.
      database.close();
      if (this.#database === database) this.#database = null;
      throw error;
    }
  }

  #put(database: IDBDatabase, changes: Change[]): IDBTransaction {
    const { app, token, worker } = this.home;
    const transaction = database.transaction(STORE, "readwrite", { durability: "relaxed" });
    const store = transaction.objectStore(STORE);
    store.add({ at: Date.now() }, this.#mark(worker));
    store.delete(this.#mark(worker));
    for (const [name, data] of changes) {
      const key = [app, token, name];
      if (data) store.put({ name, data, at: Date.now() } satisfies Saved, key);
      else store.delete(key);
    }
    return transaction;
  }

  async #open(): Promise<IDBDatabase> {
    const database = await openDatabase();
    const lost = (): void => {
      database.close();
      if (this.#database !== database) return;
      this.#database = null;
      this.onLost();
    };
    database.onversionchange = lost;
    database.onclose = lost;
    return (this.#database = database);
  }

  /** Removes what tabs left that are long gone. */
  async #removeOld(): Promise<void> {
    const held = (await navigator.locks?.query())?.held ?? [];
    const alive = new Set([workerLock(this.home), ...held.map(({ name }) => name)]);
    const database = this.#database ?? (await this.#open());
    const store = database.transaction(STORE, "readwrite").objectStore(STORE);
    const old = IDBKeyRange.upperBound(Date.now() - KEEP_MS);
    const keys = (await done(store.index("at").getAllKeys(old))) as [string, string, string][];
    for (let n = 1; n < this.home.worker; n++) store.delete(this.#mark(n));
    const tabs = new Map(keys.map(([app, token]) => [workerLock({ app, token }), [app, token]]));
    for (const [lock, tab] of tabs) {
      const range = rangeOf(tab as Tab);
      const count = await done(store.count(range));
      const olds = keys.filter(([app, token]) => workerLock({ app, token }) === lock).length;
      if (count === olds && !alive.has(lock)) store.delete(range);
    }
  }
}

const rangeOf = (tab: Tab): IDBKeyRange => IDBKeyRange.bound(tab, [...tab, []]);

const inTime = <T>(answer: Promise<T>): Promise<T> =>
  Promise.race([answer, patience(OPEN_MS).then(() => Promise.reject(new Error("No answer.")))]);

/** Opens the database whatever its version is, so that builds of other times can share it. */
async function openDatabase(version?: number): Promise<IDBDatabase> {
  const request = indexedDB.open(DATABASE, version);
  request.onupgradeneeded = () => {
    const { result } = request;
    if (!result.objectStoreNames.contains(STORE))
      result.createObjectStore(STORE).createIndex("at", "at");
  };
  const database = await done(request);
  if (database.objectStoreNames.contains(STORE)) return database;
  database.close();
  return openDatabase(database.version + 1);
}

/** Takes a lock for as long as this worker lives. */
async function hold(name: string): Promise<void> {
  const { locks } = navigator as { locks?: LockManager };
  if (!locks) return;
  await new Promise<void>((resolve, reject) => {
    const signal = impatience(LOCK_MS);
    locks
      .request(name, { signal }, () => {
        resolve();
        return new Promise(() => {});
      })
      .catch(() => reject(new Error("Another page uses this tab's state.")));
  });
}

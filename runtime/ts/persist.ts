// Whose state this tab's is: the token that its saved state lies under.
//
// The token is in sessionStorage, which a duplicated tab inherits. A page that leaves says so there,
// and its successor in the tab takes over. Without that mark the token is another living page's,
// unless its lock is free: then that page fell.

import type { Home } from "./home.ts";
import { impatience } from "./patience.ts";

/** A page that has left lets go of its lock in this time, however busy the machine is. */
const LOCK_MS = 2000;

/** Takes the lock of a name for as long as the page lives; false where another page has it. */
function hold(name: string, options: LockOptions): Promise<boolean> {
  const { locks } = navigator as { locks?: LockManager };
  // Without locks only the mark tells.
  if (!locks) return Promise.resolve(!options.ifAvailable);
  return new Promise((resolve) => {
    const held = locks.request(name, options, (lock) => {
      resolve(lock !== null);
      return lock && new Promise(() => {});
    });
    held.catch(() => resolve(false));
  });
}

/** Returns where this page's state lies; null where the browser keeps nothing for it. */
export async function findHome(app: string): Promise<Home | null> {
  const life = String(Math.random()).slice(2);
  const tab = `wasmrx:tab:${app}`;
  const left = `wasmrx:left:${app}`;
  try {
    const old = sessionStorage.getItem(tab);
    const hasLeft = sessionStorage.getItem(left) === old;
    sessionStorage.removeItem(left);
    const wait = hasLeft ? { signal: impatience(LOCK_MS) } : { ifAvailable: true };
    const isMine = old !== null && (await hold(tab + old, wait));
    const token = isMine ? old : `${Date.now()}${life}`;
    if (!isMine) void hold(tab + token, { ifAvailable: true });
    sessionStorage.setItem(tab, token);
    addEventListener("pagehide", () => sessionStorage.setItem(left, token));
    return { app, token, life, worker: 0 };
  } catch (error) {
    console.warn(error);
    return null;
  }
}

/** Calls `flush` when the page may be about to go: what is not yet kept is to be kept now. */
export function beforeLeaving(flush: () => void): void {
  addEventListener("beforeunload", flush);
  addEventListener("pagehide", flush);
  document.addEventListener("visibilitychange", () => document.hidden && flush());
  // A page that comes back whole from the history may be older than what its tab has kept since.
  addEventListener("pageshow", ({ persisted }) => persisted && location.reload());
}

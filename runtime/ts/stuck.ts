// Events that wait for long: whether the worker answers, and the Stop that the visitor has for it.
//
// Loaded when an event has been open for long. A handler that awaits keeps nobody from anything:
// Stop is there only while the worker does not answer, or events wait for another one.

import { showLoading } from "./loading.ts";
import { dismiss, notice } from "./notice.ts";
import { patience } from "./patience.ts";
import { unanswered } from "./queue.ts";
import { giveSignal, replaceWorker, tellWorker } from "./worker.ts";
import type { Alive, Loading, Stopped } from "./protocol.gen.ts";

const KEY = "stop";
const ANSWER_MS = 400;
/** A handler that was told to stop may take so long to clean up. */
const GRACE_MS = 500;

const hearers = new Set<(message: Alive | Stopped) => void>();

/** Resolves with the next sign of this kind; null where none came in time. */
export function heard<T extends Alive | Stopped>(t: T["t"], ms: number): Promise<T | null> {
  return new Promise((resolve) => {
    const listen = (message: Alive | Stopped): void => {
      if (message.t === t) end(message as T);
    };
    const end = (message: T | null): void => {
      hearers.delete(listen);
      resolve(message);
    };
    hearers.add(listen);
    void patience(ms).then(() => end(null));
  });
}

/** Takes a sign of the worker. */
export function hear(message: Alive | Stopped | Loading, memoryLimit = 0): void {
  if (message.t === "loading") return showLoading(message);
  hearers.forEach((listen) => listen(message));
  if (message.t === "stopped") {
    dismiss(KEY);
    if (message.text) notice(message.text, { role: "status", key: "stopped" });
  } else if (memoryLimit && message.memory > memoryLimit * 1e6)
    void import("./renewal.ts").then(({ renew }) => renew(message.memory)).catch(console.warn);
}

/** Resolves when somebody may be looking at the page. */
async function whenVisible(): Promise<void> {
  while (document.hidden)
    await new Promise((seen) => document.addEventListener("visibilitychange", seen, { once: true }));
}

/** Tells whether an event waits for something that it does not know the end of. */
async function isHeld(limit: number): Promise<boolean> {
  const answer = heard<Alive>("alive", ANSWER_MS);
  tellWorker({ ping: true });
  if (!(await answer)) return true;
  const now = performance.now();
  return unanswered().some(({ isBegun, since }) => !isBegun && now - since! >= limit);
}

async function stop(): Promise<void> {
  notice("Stopping…", { role: "status", key: KEY });
  const held = unanswered();
  const answer = heard<Stopped>("stopped", GRACE_MS);
  tellWorker({ signal: giveSignal(), text: '{"t":"stop","id":0}' });
  if (await answer) return;
  // Where something has ended since, the worker is not stuck but slow.
  const isSlow = held.some((entry) => !unanswered().includes(entry));
  if (!isSlow || !(await heard<Stopped>("stopped", GRACE_MS))) replaceWorker("");
}

/** Offers Stop while events are held up; ends when all are answered. */
export async function lookAfter(limit: number): Promise<void> {
  let offered = 0;
  for (;;) {
    await whenVisible();
    const [first] = unanswered();
    if (!first) break;
    const oldest = first.id;
    const left = first.since! + limit - performance.now();
    if (left > 0) {
      await patience(left);
      continue;
    }
    if (!(await isHeld(limit))) {
      if (offered) dismiss(KEY);
      offered = 0;
    } else if (offered !== oldest && unanswered()[0]?.id === oldest) {
      offered = oldest;
      notice("This is taking long.", { role: "status", key: KEY, label: "Stop", run: stop });
    }
    await patience(ANSWER_MS);
  }
  if (offered) dismiss(KEY);
}

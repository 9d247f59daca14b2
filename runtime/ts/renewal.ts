// Memory that a worker has taken is the browser's again only when the worker ends. A fresh one takes
// its place when nothing is going on, before a telephone ends the whole page.
//
// Loaded when there is much of it. The worker itself says whether a fresh one would go on with what
// is saved as it does.

import { patience } from "./patience.ts";
import { isConnected, isIdle } from "./queue.ts";
import { heard } from "./stuck.ts";
import { replaceWorker, tellWorker } from "./worker.ts";
import type { Alive } from "./protocol.gen.ts";

const QUIET_MS = 5_000;
const ANSWER_MS = 2_000;
const LONGEST_MS = 300_000;

let isWaiting = false;
/** What the worker takes with the app's state alone, in bytes. */
let floor = 0;

function ask(): Promise<Alive | null> {
  const answer = heard<Alive>("alive", ANSWER_MS);
  tellWorker({ ping: true, idle: true });
  return answer;
}

/** Resolves when the visitor has done nothing for a while, or looks elsewhere. */
async function whenQuiet(): Promise<void> {
  for (let left = QUIET_MS; left > 0; left -= 500) {
    await patience(500);
    if (!isConnected() || !isIdle()) left = QUIET_MS;
    else if (document.hidden) return;
  }
}

/** Has a fresh worker take over when the time is right. */
export async function renew(memory: number): Promise<void> {
  if (isWaiting || memory < 2 * floor) return;
  isWaiting = true;
  for (let pause = QUIET_MS; ; pause = Math.min(2 * pause, LONGEST_MS)) {
    await whenQuiet();
    const answer = await ask();
    if (answer?.idle && isIdle()) break;
    await patience(pause);
  }
  replaceWorker(null);
  await whenQuiet();
  floor = (await ask())?.memory ?? memory;
  isWaiting = false;
}

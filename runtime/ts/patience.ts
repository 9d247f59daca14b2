// Waiting with a limit that a busy machine does not reach: a thread that was blocked finds its timer
// run out before it has seen the answer that was there all the time.

const TURN_MS = 100;

/** Resolves after so many milliseconds in which the thread was free to take answers. */
export async function patience(ms: number): Promise<void> {
  for (let left = ms; left > 0; left -= TURN_MS) {
    await new Promise((next) => setTimeout(next, Math.min(left, TURN_MS)));
  }
}

/** Returns a signal that ends a wait after `ms` of patience. */
export function impatience(ms: number): AbortSignal {
  const controller = new AbortController();
  void patience(ms).then(() => controller.abort());
  return controller.signal;
}

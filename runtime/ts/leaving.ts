// A page that is being left. Firefox breaks off what is on its way to it before it goes, its worker
// included; that is no failure. A page may also stay: it asks, or what was asked for is a download.

import { patience } from "./patience.ts";

const GOES_MS = 5_000;

let leaves = -Infinity;

/** Notes from now on that the page is being left. */
export const watchLeaving = (): void =>
  addEventListener("beforeunload", () => (leaves = performance.now()));

/** Resolves at once, or, on a page that is being left, if it stays all the same. */
export async function whenStaying(): Promise<void> {
  const left = leaves + GOES_MS - performance.now();
  if (left > 0) await patience(left);
}

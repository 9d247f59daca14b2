// What the page tells the worker that takes the place of another. Loaded when one has ended.

import type { Hydrate, Ready } from "./protocol.gen.ts";
import { changers, finish, type Open, unanswered } from "./queue.ts";
import type { Why } from "./worker.ts";

export type Restart = Pick<Hydrate, "anew" | "loaded" | "ended">;

const names = (entries: Open[]): string[] => entries.map(({ name }) => name);

/** What has been found out and no worker has told yet: one may end before it does. */
let untold = { stopped: [] as string[], lost: [] as string[] };

/** Notes that a worker has told what became of the one before. */
export const told = (): void => void (untold = { stopped: [], lost: [] });

/**
 * Compares what the last worker was given with what the saved state knows: events that had begun
 * are not run again, and what ended without a trace in that state is lost. The others wait.
 */
export function restart({ begun = 0, open: halves = [] }: Ready, why: Why, loaded: boolean): Restart {
  const isKept = ({ id }: Open): boolean => id <= begun && !halves.includes(id);
  const stopped: Open[] = [];
  const lost = changers.splice(0).filter((entry) => !isKept(entry));
  for (const entry of unanswered()) {
    if (!entry.isBegun && (entry.id > begun || !entry.isEvent)) entry.isPosted = false;
    else {
      if (!entry.isEvent || !isKept(entry)) stopped.push(entry);
      entry.hasChanged = false;
      finish(entry.id);
    }
  }
  untold.stopped.push(...names(stopped));
  untold.lost.push(...names(lost));
  const isWorthTelling = why !== null || untold.stopped.length + untold.lost.length;
  return { anew: true, loaded, ...(isWorthTelling && { ended: { why: why ?? "", ...untold } }) };
}

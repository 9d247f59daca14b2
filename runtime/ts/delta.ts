// From an update of the worker to new values of cells. Nothing is stored before all of an update
// is computed: one that does not fit what the page holds changes nothing.

import { Draft, share } from "./patch.ts";
import type { Update } from "./protocol.gen.ts";
import { type Cell, cell, eachVar } from "./store.ts";

const FLOATS: Record<string, number> = { nan: NaN, inf: Infinity, "-inf": -Infinity };

/** Returns the new value of each var that `update` changes. */
export function changesOf({ delta = {}, patches = {}, special = [] }: Update): Map<Cell, unknown> {
  const drafts = new Map<Cell, Draft>();
  const draftOf = (target: Cell): Draft => {
    let draft = drafts.get(target);
    if (!draft) drafts.set(target, (draft = new Draft(target.value)));
    return draft;
  };
  eachVar(delta, (target, value) => draftOf(target).set([], value));
  const whole = new Set(drafts.keys());
  eachVar(patches, (target, list) => list.forEach((patch) => draftOf(target).apply(patch)));
  for (const [state, name, ...path] of special) {
    const float = FLOATS[path.pop()!];
    draftOf(cell(state as string, name as string)).set(path, float);
  }
  const changes = new Map<Cell, unknown>();
  for (const [target, { value }] of drafts)
    changes.set(target, whole.has(target) ? share(target.value, value) : value);
  return changes;
}

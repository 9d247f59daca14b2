// From an update of the worker to new values of cells. Nothing is stored before all of an update
// is computed: one that does not fit what the page holds changes nothing.

import { patched, share, withFloats } from "./patch.ts";
import type { PathStep, Update } from "./protocol.gen.ts";
import { type Cell, cell } from "./store.ts";

/** Returns the new value of each var that `update` changes. */
export function changesOf(update: Update): Map<Cell, unknown> {
  const changes = new Map<Cell, unknown>();
  const whole = new Set<Cell>();
  for (const [state, vars] of Object.entries(update.delta ?? {}))
    for (const [name, value] of Object.entries(vars)) {
      changes.set(cell(state, name), value);
      whole.add(cell(state, name));
    }
  const now = (target: Cell): unknown =>
    changes.has(target) ? changes.get(target) : target.value;
  for (const [state, vars] of Object.entries(update.patches ?? {}))
    for (const [name, patches] of Object.entries(vars)) {
      const target = cell(state, name);
      changes.set(target, patched(now(target), patches));
    }
  for (const [target, places] of placesByCell(update.special ?? []))
    changes.set(target, withFloats(now(target), places));
  for (const target of whole) changes.set(target, share(target.value, changes.get(target)));
  return changes;
}

function placesByCell(special: readonly PathStep[][]): Map<Cell, PathStep[][]> {
  const found = new Map<Cell, PathStep[][]>();
  for (const [state, name, ...place] of special) {
    const target = cell(String(state), String(name));
    found.set(target, [...(found.get(target) ?? []), place]);
  }
  return found;
}

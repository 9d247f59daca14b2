// The page's copy of the state: one cell per var, each with its own listeners.
//
// Cells live in Maps, so a var or state named `__proto__` is plain data. A cell keeps the value
// that the HTML was rendered with beside the current one: React hydrates with the former.

import { useSyncExternalStore } from "react";
import type { Json } from "./protocol.gen.ts";

type Listener = () => void;

export class Cell {
  value: unknown = undefined;
  rendered: unknown = undefined;
  private readonly listeners = new Set<Listener>();

  readonly subscribe = (listener: Listener): Listener => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
  readonly get = (): unknown => this.value;
  readonly getRendered = (): unknown => this.rendered;

  notify(): void {
    for (const listener of this.listeners) listener();
  }
}

const states = new Map<string, Map<string, Cell>>();

export function cell(state: string, name: string): Cell {
  let vars = states.get(state);
  if (!vars) states.set(state, (vars = new Map()));
  let found = vars.get(name);
  if (!found) vars.set(name, (found = new Cell()));
  return found;
}

/** Sets the values that the HTML was, or is to be, rendered with. */
export function load(initial: Record<string, Record<string, Json>>): void {
  for (const [state, vars] of Object.entries(initial))
    for (const [name, value] of Object.entries(vars)) {
      const target = cell(state, name);
      target.value = target.rendered = value;
    }
}

/** Sets all values, then tells the listeners of those that changed: nobody sees a mixture. */
export function commit(changes: ReadonlyMap<Cell, unknown>): void {
  const changed: Cell[] = [];
  for (const [target, value] of changes)
    if (!Object.is(target.value, value)) {
      target.value = value;
      changed.push(target);
    }
  for (const target of changed) target.notify();
}

/** Returns the value of one var and renders the component again when it changes. */
export function useVar(state: string, name: string): unknown {
  const { subscribe, get, getRendered } = cell(state, name);
  return useSyncExternalStore(subscribe, get, getRendered);
}

/** Returns the value of one var now, without subscribing. */
export function peek(state: string, name: string): unknown {
  return cell(state, name).value;
}

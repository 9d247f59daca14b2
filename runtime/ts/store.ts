// The page's copy of the state: one cell per var, each with its own listeners.
//
// Cells live in Maps, so a var or state named `__proto__` is plain data. A cell keeps the value
// that the HTML was rendered with beside the current one: React hydrates with the former.

import { useSyncExternalStore } from "react";

type Listener = () => void;

export interface Cell {
  value: unknown;
  rendered: unknown;
  listeners: Set<Listener>;
  subscribe: (listener: Listener) => Listener;
}

const states = new Map<string, Map<string, Cell>>();

function newCell(): Cell {
  const listeners = new Set<Listener>();
  const subscribe = (listener: Listener): Listener => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  return { value: undefined, rendered: undefined, listeners, subscribe };
}

export function cell(state: string, name: string): Cell {
  let vars = states.get(state);
  if (!vars) states.set(state, (vars = new Map()));
  let found = vars.get(name);
  if (!found) vars.set(name, (found = newCell()));
  return found;
}

/** Visits what `group` (`{state: {var: content}}`) has for each var. */
export function eachVar<T>(
  group: Record<string, Record<string, T>>,
  visit: (target: Cell, content: T) => void,
): void {
  for (const [state, vars] of Object.entries(group))
    for (const [name, content] of Object.entries(vars)) visit(cell(state, name), content);
}

/** Sets a value that the HTML was, or is to be, rendered with. */
export function setRendered(target: Cell, value: unknown): void {
  target.value = target.rendered = value;
}

/** Sets all values, then tells the listeners of those that changed: nobody sees a mixture. */
export function commit(changes: ReadonlyMap<Cell, unknown>): void {
  const changed: Cell[] = [];
  for (const [target, value] of changes)
    if (!Object.is(target.value, value)) {
      target.value = value;
      changed.push(target);
    }
  for (const { listeners } of changed) for (const listener of listeners) listener();
}

/** Returns the value of one var and renders the component again when it changes. */
export function useVar(state: string, name: string): unknown {
  const target = cell(state, name);
  return useSyncExternalStore(
    target.subscribe,
    () => target.value,
    () => target.rendered,
  );
}

/** A value made of vars. */
export class Source {
  private readonly cells: readonly Cell[];

  constructor(
    reads: readonly (readonly [state: string, name: string])[],
    private readonly make: (...values: unknown[]) => unknown,
  ) {
    this.cells = reads.map(([state, name]) => cell(state, name));
  }

  readonly now = (): unknown => this.make(...this.cells.map(({ value }) => value));

  /** Returns what the HTML was rendered with. */
  readonly rendered = (): unknown => this.make(...this.cells.map(({ rendered }) => rendered));

  readonly subscribe = (listener: Listener): Listener => {
    for (const { listeners } of this.cells) listeners.add(listener);
    return () => {
      for (const { listeners } of this.cells) listeners.delete(listener);
    };
  };
}

export const source = (...parts: ConstructorParameters<typeof Source>): Source =>
  new Source(...parts);

/** Returns a value made of vars (never a new object each time) and renders again when it differs. */
export const useValue = ({ subscribe, now, rendered }: Source): unknown =>
  useSyncExternalStore(subscribe, now, rendered);

/** Returns the value of one var now, without subscribing. */
export const peek = (state: string, name: string): unknown => cell(state, name).value;

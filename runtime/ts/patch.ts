// Changes inside values, by copying only what lies on the path: what did not change keeps its
// identity, so that memoised rows skip it.
//
// Objects are plain data with any key: a key is read only where it is the object's own, and
// written as an own property, so that `__proto__` and `constructor` mean nothing special.

import type { Patch, PathStep } from "./protocol.gen.ts";

const MISFIT = "A patch does not fit.";

type Container = Record<PathStep, unknown>;

const isContainer = (value: unknown): value is Container =>
  typeof value === "object" && value !== null;

function put(target: Container, key: PathStep, value: unknown): void {
  Object.defineProperty(target, key, {
    value,
    writable: true,
    enumerable: true,
    configurable: true,
  });
}

const get = (from: Container, key: PathStep): unknown =>
  Object.hasOwn(from, key) ? from[key] : undefined;

const copy = (value: Container): Container =>
  (Array.isArray(value) ? value.slice() : { ...value }) as Container;

/** Returns `next` with every part that equals the same part of `old` replaced by that part. */
export function share(old: unknown, next: unknown): unknown {
  if (Object.is(old, next)) return old;
  if (!isContainer(old) || !isContainer(next)) return next;
  if (Array.isArray(old) || Array.isArray(next))
    return Array.isArray(old) && Array.isArray(next) ? shareList(old, next) : next;
  const before = Object.keys(old);
  const keys = Object.keys(next);
  let same = keys.length === before.length;
  const shared: Container = {};
  for (const [index, key] of keys.entries()) {
    const value = share(get(old, key), next[key]);
    put(shared, key, value);
    same &&= key === before[index] && Object.is(value, old[key]);
  }
  return same ? old : shared;
}

function shareList(old: unknown[], next: unknown[]): unknown[] {
  const shift = next.length - old.length;
  let same = shift === 0;
  const shared = next.map((item, index) => {
    let value = share(old[index], item);
    if (index < old.length && Object.is(value, old[index])) return value;
    same = false;
    if (shift) value = share(old[index - shift], item);
    return value;
  });
  return same ? old : shared;
}

/** A value being changed; the one it starts from stays as it is. Copies made here are reused. */
export class Draft {
  private readonly own = new Set<unknown>();

  constructor(public value: unknown) {}

  private owned(value: unknown): Container {
    if (!isContainer(value)) throw new Error(MISFIT);
    if (this.own.has(value)) return value;
    const mine = copy(value);
    this.own.add(mine);
    return mine;
  }

  /** Returns the container at `path`, with everything on the way made this draft's own. */
  at(path: readonly PathStep[]): Container {
    let here = this.owned(this.value);
    this.value = here;
    for (const step of path) {
      const next = this.owned(get(here, step));
      put(here, step, next);
      here = next;
    }
    return here;
  }

  set(path: readonly PathStep[], value: unknown): void {
    if (!path.length) this.value = value;
    else put(this.at(path.slice(0, -1)), path.at(-1)!, value);
  }

  apply(patch: Patch): void {
    if (patch.op === "set") this.set(patch.path, patch.value);
    else if (patch.op === "del") delete this.at(patch.path.slice(0, -1))[patch.path.at(-1)!];
    else {
      const list = this.at(patch.path) as unknown as unknown[];
      if (!Array.isArray(list)) throw new Error(MISFIT);
      const tail = list.splice(patch.start).slice(patch.remove);
      for (const item of patch.insert.concat(tail)) list.push(item);
    }
  }
}

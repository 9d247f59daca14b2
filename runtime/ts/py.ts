// Python's rules for values that came out of JSON, for what the compiler cannot print inline: truth,
// equality, order, items, arithmetic. `null` and `undefined` are both `None`; a page renders before
// all its values are there, so reading functions allow for them.

import { codePoint, isObject, isText, list, type Dict } from "./py_kinds.ts";

/** len(x): text counts code points. */
export const len = (x: unknown): number => list(x).length;

/** bool(x) */
export const truth = (x: unknown): boolean => (isObject(x) ? len(x) > 0 : !!x || x !== x);

/** a and b */
export const and = (a: unknown, b: () => unknown): unknown => (truth(a) ? b() : a);

/** a or b */
export const or = (a: unknown, b: () => unknown): unknown => (truth(a) ? a : b());

/** a == b, nested values included; True equals 1. */
export const eq = (a: unknown, b: unknown): boolean => {
  if (a === b || a == null || b == null) return a == b;
  if (!isObject(a) || !isObject(b))
    return !isText(a) && !isText(b) && !isObject(a) && !isObject(b) && Number(a) === Number(b);
  const keys = Object.keys(a);
  return (
    Array.isArray(a) === Array.isArray(b) &&
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && eq((a as Dict)[key], (b as Dict)[key]))
  );
};

/** The sign of a - b for numbers, text (by code points) and lists. */
export const cmp = (a: unknown, b: unknown): number => {
  if (!isText(a) && !Array.isArray(a)) return Number(a) - Number(b);
  const x = list(a);
  const y = list(b);
  for (let i = 0; i < x.length && i < y.length; i++)
    if (!eq(x[i], y[i]))
      return isText(a) ? codePoint(x[i]) - codePoint(y[i]) : cmp(x[i], y[i]);
  return x.length - y.length;
};

/** d.get(key, otherwise), never what objects inherit. */
export const get = (x: unknown, key: unknown, otherwise: unknown = null): unknown =>
  x != null && Object.hasOwn(x, key as string) ? (x as Dict)[key as string] : otherwise;

/** item in x, or any(item == each[field] for each in x) */
export const has = (x: unknown, item: unknown, field?: unknown): boolean =>
  list(x).some((each) => eq(field === undefined ? each : get(each, field), item));

export const pluck = (x: unknown, field: unknown): unknown[] => list(x).map((each) => get(each, field));

export const reduce = (x: unknown[] | null, fn: (a: unknown, b: unknown) => unknown): unknown =>
  x?.length ? x.reduce(fn) : null;

/** x[from:to:step] of a list or of text */
export const slice = (x: unknown, from?: number | null, to?: number | null, step?: number | null): unknown => {
  let items = list(x);
  const by = step ?? 1;
  if (by < 0) {
    const size = items.length;
    const place = (at: number | null | undefined, none: number): number =>
      at == null ? none : at < 0 ? Math.max(at + size, -1) : Math.min(at, size - 1);
    const picked: unknown[] = [];
    for (let i = place(from, size - 1), end = place(to, -1); i > end; i += by) picked.push(items[i]);
    items = picked;
  } else {
    items = items.slice(from ?? 0, to ?? undefined);
    if (by > 1) items = items.filter((_, i) => i % by === 0);
  }
  return isText(x) ? items.join("") : items;
};

/** x * times of a list or of text */
export const repeat = (x: unknown, times: number): unknown =>
  isText(x) ? x.repeat(Math.max(times, 0)) : range(times).flatMap(() => x);

export const range = (from: number, to?: number, step = 1): number[] => {
  const start = to === undefined ? 0 : from;
  const size = Math.max(0, Math.ceil(((to ?? from) - start) / step)) || 0;
  return Array.from({ length: size }, (_, i) => start + i * step);
};

/** [y for each in x for y in fn(each)] */
export const flatMap = (x: unknown, fn: (each: unknown, index: number) => unknown): unknown[] =>
  list(x).flatMap((each, index) => list(fn(each, index)));

/** a % b, with the sign of b */
export const mod = (a: number, b: number): number => {
  const rest = a % b;
  return rest && rest < 0 !== b < 0 ? rest + b : rest;
};

/** a // b */
export const floordiv = (a: number, b: number): number => {
  const rest = a % b;
  return Math.round((a - rest) / b) - (rest && rest < 0 !== b < 0 ? 1 : 0);
};

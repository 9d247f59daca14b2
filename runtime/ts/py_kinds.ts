// What a value that came out of JSON is, for Python's rules.

export type Dict = Record<string, unknown>;

export const isText = (x: unknown): x is string => typeof x === "string";
export const isNumber = (x: unknown): x is number => typeof x === "number";
export const isObject = (x: unknown): x is object => typeof x === "object" && x !== null;

/** list(x); `None` gives no items. */
export const list = (x: unknown): unknown[] =>
  x == null ? [] : isText(x) ? [...x] : Array.isArray(x) ? x : Object.keys(x as Dict);

export const codePoint = (char: unknown): number => (char as string).codePointAt(0) ?? 0;

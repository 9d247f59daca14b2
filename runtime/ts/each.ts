// Lists and values as React children.

import { createElement, type ComponentType, type ReactElement, type ReactNode } from "react";

export interface RowProps {
  item: unknown;
  index: number;
}

export type Row = ComponentType<RowProps> & {
  keyOf?: (item: unknown, index: number) => unknown;
};

const entriesOf = new WeakMap<object, [string, unknown][]>();

/** Returns what Python's iteration gives; a dict gives (key, value), as `foreach` has it. */
function items(iterable: unknown): readonly unknown[] {
  if (Array.isArray(iterable)) return iterable;
  if (typeof iterable === "string") return [...iterable];
  if (typeof iterable !== "object" || iterable === null) return [];
  let entries = entriesOf.get(iterable);
  if (!entries) entriesOf.set(iterable, (entries = Object.entries(iterable)));
  return entries;
}

/** Returns the id or key that an item itself has. */
function naturalKey(item: object): string | number | undefined {
  return ["id", "key"]
    .map((name): unknown => Object.hasOwn(item, name) && item[name as keyof typeof item])
    .find((value) => typeof value === "string" || typeof value === "number");
}

/** Returns one `<Row>` per item. A row keeps its identity by the key that the item itself has. */
export function each(iterable: unknown, Row: Row, extra?: object): ReactElement[] {
  const isDict = typeof iterable === "object" && !Array.isArray(iterable);
  const used = new Set<unknown>();
  return items(iterable).map((item, index) => {
    let key = Row.keyOf?.(item, index);
    if (isDict) key ??= (item as [string, unknown])[0];
    else if (typeof item === "object" && item) key ??= naturalKey(item);
    key = `${key ?? `.${index}`}`;
    while (used.has(key)) key += `.${index}`;
    used.add(key);
    return createElement(Row, { ...extra, key, item, index } as RowProps & { key: string });
  });
}

/** Returns a Python value as a React child: text for scalars, nothing for None. */
export function show(value: unknown): ReactNode {
  if (typeof value === "boolean") return value ? "true" : "false";
  if (value === null || value === undefined) return null;
  if (Array.isArray(value)) return value.map(show);
  if (typeof value === "object" && !("$$typeof" in value)) return JSON.stringify(value);
  return value as ReactNode;
}

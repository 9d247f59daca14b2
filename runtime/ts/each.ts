// Lists and values as React children.

import {
  createElement,
  useRef,
  type ComponentType,
  type FunctionComponentElement,
  type ReactElement,
  type ReactNode,
} from "react";

export interface RowProps {
  item: unknown;
  index: number;
}

type KeyOf = (item: unknown, index: number) => unknown;

export type Row = ComponentType<RowProps> & { keyOf?: KeyOf };

type Items = readonly unknown[];
type Elements = readonly ReactElement[];

/** What a list was rendered from, and to. */
interface Rendered {
  items: Items;
  extra: Record<string, unknown>;
  rows: Elements;
}

interface RowsProps {
  of: unknown;
  Row: Row;
  extra: Record<string, unknown> | undefined;
  ownKey: KeyOf | undefined;
}

/** Returns what Python's iteration gives; a dict gives (key, value), as `foreach` has it. */
function itemsOf(iterable: unknown, before: Items): Items {
  if (Array.isArray(iterable)) return iterable;
  if (typeof iterable === "string") return [...iterable];
  if (typeof iterable !== "object" || iterable === null) return [];
  return Object.entries(iterable).map((pair, index) => {
    const old = before[index] as Items | undefined;
    return old?.[0] === pair[0] && old[1] === pair[1] ? old : pair;
  });
}

/** Returns the id or key that an item itself has. */
function naturalKey(item: object): string | number | undefined {
  return ["id", "key"]
    .map((name): unknown => Object.hasOwn(item, name) && item[name as keyof typeof item])
    .find((value) => typeof value === "string" || typeof value === "number");
}

/** Returns the rows of before with those replaced whose items differ; null if a row moved. */
function someRows(
  items: Items,
  before: Rendered,
  keyOf: KeyOf,
  rowOf: (item: unknown, index: number, key: string) => ReactElement,
): Elements | null {
  if (items.length !== before.items.length) return null;
  const rows = before.rows.slice();
  const fits = items.every((item, index) => {
    const old = before.items[index];
    if (item === old) return true;
    const isInPlace = keyOf(item, index) === keyOf(old, index);
    if (isInPlace) rows[index] = rowOf(item, index, rows[index]!.key!);
    return isInPlace;
  });
  return fits ? rows : null;
}

const isSame = (a: Record<string, unknown>, b: Record<string, unknown>): boolean =>
  Object.keys(a).every((name) => Object.is(a[name], b[name]));

const NOTHING: Rendered = { items: [], extra: {}, rows: [] };
const NO_EXTRA = {};

/** The rows of a list. A row whose item stays is the same element, which React passes over. */
function Rows({ of, Row, extra = NO_EXTRA, ownKey }: RowsProps): Elements {
  const last = useRef(NOTHING);
  const before = last.current;
  const isDict = typeof of === "object" && !Array.isArray(of);
  const items = itemsOf(of, before.items);
  const keyOf: KeyOf = (item, index) => {
    const key = ownKey?.(item, index);
    if (isDict) return key ?? (item as Items)[0];
    return key ?? (typeof item === "object" && item ? naturalKey(item) : undefined);
  };
  const rowOf = (item: unknown, index: number, key: string): ReactElement =>
    createElement(Row, { ...extra, key, item, index } as RowProps & { key: string });
  const allRows = (): Elements => {
    const used = new Set<string>();
    return items.map((item, index) => {
      let key = `${(keyOf(item, index) as string | undefined) ?? `.${index}`}`;
      while (used.has(key)) key += `.${index}`;
      used.add(key);
      return rowOf(item, index, key);
    });
  };
  const some = isSame(extra, before.extra) ? someRows(items, before, keyOf, rowOf) : null;
  const rows = some ?? allRows();
  last.current = { items, extra, rows };
  return rows;
}

/** Returns one `<Row>` per item. A row keeps its identity by the key that the item itself has. */
export const each = (
  of: unknown,
  Row: Row,
  extra?: Record<string, unknown>,
  ownKey = Row.keyOf,
): FunctionComponentElement<RowsProps> => createElement(Rows, { of, Row, extra, ownKey });

/** Returns a Python value as a React child: text for scalars, nothing for None. */
export function show(value: unknown): ReactNode {
  if (typeof value === "boolean") return value ? "true" : "false";
  if (value === null || value === undefined) return null;
  if (Array.isArray(value)) return value.map(show);
  if (typeof value === "object" && !("$$typeof" in value)) return JSON.stringify(value);
  return value as ReactNode;
}

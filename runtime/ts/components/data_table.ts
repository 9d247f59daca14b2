// A table of values that can be searched, sorted and turned over page by page: Grid.js.

import { createElement, type ReactElement, useEffect, useRef } from "react";
import type { Config, Grid } from "gridjs";
import { lazily } from "../lazily.ts";

interface TableProps {
  data?: unknown;
  columns?: unknown;
  search?: unknown;
  sort?: unknown;
  resizable?: unknown;
  pagination?: unknown;
  [attribute: string]: unknown;
}

const useGridJs = lazily(() => import("gridjs"));

const isFrame = (data: unknown): data is { columns: unknown; data: unknown } =>
  typeof data === "object" && data !== null && "columns" in data && "data" in data;

/** Returns what Grid.js takes; a data frame brings its own columns. */
function configOf({ data, columns, search, sort, resizable, pagination }: TableProps): Partial<Config> {
  const [rows, names] = isFrame(data) ? [data.data, data.columns] : [data, columns];
  const turned = pagination && typeof pagination === "object" ? pagination : Boolean(pagination);
  return {
    data: (Array.isArray(rows) ? rows : []) as NonNullable<Config["data"]>,
    ...(Array.isArray(names) && { columns: names.map((name) => (typeof name === "object" ? name : String(name))) }),
    search: Boolean(search),
    sort: Boolean(sort),
    resizable: Boolean(resizable),
    pagination: turned as NonNullable<Config["pagination"]>,
    width: "100%",
    processingThrottleMs: 0,
  };
}

/** Shows `grid` in a box; Grid.js takes changes once it has shown something. */
function show(grid: Grid, box: HTMLElement, latest: () => Partial<Config>): { change(): void; end(): void } {
  const place = document.createElement("div");
  box.append(place);
  const isLoaded = (): boolean => place.querySelector("tbody td:not(.gridjs-loading)") !== null;
  const change = (): void => {
    grid.destroy(); // what is shown would otherwise take itself off the new rows
    grid.updateConfig(latest()).forceRender();
  };
  let waiting: MutationObserver | undefined;
  const changeWhenLoaded = (): void => {
    if (isLoaded()) return change();
    waiting ??= new MutationObserver(() => {
      if (!isLoaded()) return;
      waiting?.disconnect();
      waiting = undefined;
      change();
    });
    waiting.observe(place, { childList: true, subtree: true });
  };
  grid.render(place);
  return {
    change: changeWhenLoaded,
    end: () => {
      waiting?.disconnect();
      grid.destroy();
      place.remove();
    },
  };
}

/** The table; its box is there at once, the rows when the library is. */
export function DataTable(props: TableProps): ReactElement {
  const { data, columns, search, sort, resizable, pagination, ...rest } = props;
  const library = useGridJs(true);
  const box = useRef<HTMLDivElement>(null);
  const latest = useRef(props);
  latest.current = props;
  const shown = useRef<ReturnType<typeof show>>(undefined);
  useEffect(() => {
    if (!library || !box.current) return;
    const config = (): Partial<Config> => configOf(latest.current);
    const own = show(new library.Grid(config()), box.current, config);
    shown.current = own;
    return () => {
      shown.current = undefined;
      own.end();
    };
  }, [library, JSON.stringify([search, sort, resizable, pagination])]);
  const known = useRef("");
  useEffect(() => {
    const text = JSON.stringify([data, columns]);
    const isFirst = known.current === "";
    if (known.current === text) return;
    known.current = text;
    if (!isFirst) shown.current?.change();
  }, [data, columns]);
  return createElement("div", { ...rest, ref: box });
}

// A spreadsheet, `rx.data_editor`. The grid itself is fetched when one is shown.

import { createElement, type ReactElement } from "react";
import { lazily } from "../lazily.ts";

const useGrid = lazily(() => import("../data_grid.ts"));

const FILLED = { width: "100%", height: "100%" };

/** The editor; its place is there at once. */
export function DataEditor(props: Record<string, unknown>): ReactElement {
  const grid = useGrid(true);
  return createElement("div", { style: FILLED }, grid ? createElement(grid.DataGrid, props) : null);
}

// Glide Data Grid, fed by rows of plain values and told by columns what they are.

import {
  CompactSelection,
  DataEditor as Grid,
  type GridCell,
  GridCellKind,
  type GridColumn,
  type GridSelection,
  type Item,
} from "@glideapps/glide-data-grid";
import gridStyle from "@glideapps/glide-data-grid/dist/index.css";
import { createElement, type ElementType, type ReactElement, useCallback, useMemo } from "react";
import pictureStyle from "react-responsive-carousel/lib/styles/carousel.min.css";
import { useVar } from "./page.ts";

type Column = GridColumn & { id: string; type: string; editable?: boolean };
type Row = readonly unknown[] | Record<string, unknown>;

interface GridProps {
  columns?: unknown;
  data?: unknown;
  rows?: number;
  theme?: object;
  gridSelection?: unknown;
  [prop: string]: unknown;
}

const PORTAL = "portal";

const sheet = new CSSStyleSheet();
sheet.replaceSync(gridStyle + pictureStyle);
document.adoptedStyleSheets.push(sheet);

const DARK = {
  accentColor: "#8ab4f8",
  accentFg: "#111111",
  accentLight: "rgba(138, 180, 248, 0.2)",
  textDark: "#eeeeee",
  textMedium: "#b4b4b4",
  textLight: "#8f8f8f",
  textBubble: "#eeeeee",
  bgIconHeader: "#8f8f8f",
  fgIconHeader: "#111111",
  textHeader: "#cccccc",
  textHeaderSelected: "#111111",
  bgCell: "#191919",
  bgCellMedium: "#222222",
  bgHeader: "#222222",
  bgHeaderHasFocus: "#313131",
  bgHeaderHovered: "#2a2a2a",
  bgBubble: "#313131",
  bgBubbleSelected: "#111111",
  bgSearchResult: "#4a3f12",
  borderColor: "rgba(255, 255, 255, 0.14)",
  horizontalBorderColor: "rgba(255, 255, 255, 0.14)",
  linkColor: "#8ab4f8",
};

/** The grid's editors appear in an element of this id. */
function addPortal(): void {
  if (document.getElementById(PORTAL)) return;
  const portal = document.createElement("div");
  portal.id = PORTAL;
  Object.assign(portal.style, { position: "fixed", left: "0", top: "0", zIndex: "9999" });
  document.body.append(portal);
}

function columnOf(given: unknown): Column {
  if (typeof given !== "object" || given === null) {
    const title = String(given);
    return { title, id: title.toLowerCase(), type: "str" } as Column;
  }
  const { title = "" } = given as { title?: string };
  return { type: "str", id: title.toLowerCase(), ...given } as Column;
}

const text = (value: unknown): string => (value === null || value === undefined ? "" : String(value));

function cellOf(value: unknown, { type, editable = true }: Column): GridCell {
  const common = { readonly: !editable, allowOverlay: editable };
  if (type === "int" || type === "float")
    return { kind: GridCellKind.Number, data: value as number, displayData: text(value), ...common };
  if (type === "bool")
    return { kind: GridCellKind.Boolean, data: Boolean(value), readonly: !editable, allowOverlay: false };
  if (type === "image") {
    const data = (Array.isArray(value) ? value : value ? [value] : []) as string[];
    return { kind: GridCellKind.Image, data, readonly: !editable, allowOverlay: true };
  }
  return { kind: GridCellKind.Text, data: text(value), displayData: text(value), ...common };
}

/** Returns a selection of the state, whose ranges are plain, as the grid has it. */
function selectionOf(given: unknown): GridSelection | undefined {
  if (typeof given !== "object" || given === null) return undefined;
  const { current, columns, rows } = given as Record<string, { items?: [number, number][] } | undefined>;
  const compact = (part: { items?: [number, number][] } | undefined): CompactSelection =>
    (part?.items ?? []).reduce((found, range) => found.add(range), CompactSelection.empty());
  return { current: current as never, columns: compact(columns), rows: compact(rows) };
}

/** The grid. */
export function DataGrid({ columns, data, rows, theme, gridSelection, ...rest }: GridProps): ReactElement {
  const mode = useVar("client", "resolved_color_mode");
  const colours = mode === "dark" ? { ...DARK, ...theme } : theme;
  addPortal();
  const shown = useMemo(() => (Array.isArray(columns) ? columns.map(columnOf) : []), [columns]);
  const values = (Array.isArray(data) ? data : []) as Row[];
  const getCellContent = useCallback(
    ([column, row]: Item): GridCell => {
      const [at, found] = [shown[column], values[row]];
      if (!at || !found) return { kind: GridCellKind.Loading, allowOverlay: false };
      return cellOf(Array.isArray(found) ? found[column] : (found as Record<string, unknown>)[at.id], at);
    },
    [shown, data],
  );
  const selection = selectionOf(gridSelection);
  return createElement(Grid as unknown as ElementType, {
    width: "100%",
    height: "100%",
    getCellsForSelection: true,
    onPaste: false,
    ...rest,
    ...(colours && { theme: colours }),
    ...(selection && { gridSelection: selection }),
    columns: shown,
    rows: rows ?? values.length,
    getCellContent,
  });
}

// Renders a page to HTML at build time, in an engine without a DOM.

import { type ComponentType, createElement } from "react";
import { renderToString } from "react-dom/server";
import { App, type RootComponent } from "./app.ts";
import { renderColorMode } from "./color_mode.ts";
import type { Json } from "./protocol.gen.ts";
import { setView } from "./router.ts";
import { site, wayToRoot } from "./site.ts";
import { eachVar, setRendered } from "./store.ts";

/** Returns the HTML of `Page` inside `Root`, as the page at `routePath` has it. */
export function render(
  Root: RootComponent,
  Page: ComponentType,
  initial: Record<string, Record<string, Json>>,
  routePath: string,
  _params?: Record<string, string | string[]>,
  colorMode = "system",
): string {
  site.toRoot = wayToRoot(routePath);
  renderColorMode(colorMode);
  eachVar(initial, setRendered);
  setView({ Page, route: { pattern: routePath }, params: {} });
  return renderToString(createElement(App, { Root }));
}

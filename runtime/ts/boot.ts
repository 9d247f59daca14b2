// Starts a page: React takes over the prerendered HTML while Python starts in its worker.

import { createElement } from "react";
import { createRoot, hydrateRoot } from "react-dom/client";
import { App, type RootComponent } from "./app.ts";
import { startColorMode } from "./color_mode.ts";
import { showDetails } from "./errors.ts";
import { notice, words } from "./notice.ts";
import type { Json } from "./protocol.gen.ts";
import { stopKeeping } from "./replay.ts";
import { enter, findRoute, type Route, setRoutes, startRouter } from "./router.ts";
import { startSession } from "./session.ts";
import { findBase, site, wayToRoot } from "./site.ts";
import { eachVar, setRendered } from "./store.ts";
import type { WorkerConfig } from "./worker.ts";

export interface BootConfig {
  build: string;
  dev: boolean;
  routes: readonly Route[];
  notFound: Route | null;
  Root: RootComponent;
  initial: () => Record<string, Record<string, Json>>;
  worker: WorkerConfig;
}

/** Shows the first page: hydrates HTML that was rendered for this route, renders any other. */
function show(root: HTMLElement, Root: RootComponent, isRendered: boolean): void {
  const repeat = stopKeeping();
  const app = createElement(App, { Root, onShown: repeat });
  const errors = { onCaughtError: console.error, onRecoverableError: console.error };
  if (isRendered && root.firstChild) hydrateRoot(root, app, errors);
  else {
    root.replaceChildren();
    createRoot(root, errors).render(app);
  }
}

async function start(config: BootConfig): Promise<void> {
  const base = findBase(import.meta.url);
  showDetails(config.dev);
  setRoutes(config.routes, config.notFound);
  const found = findRoute(new URL(location.href));
  if (!found) throw new Error("No such page.");
  const page = found.route.load();
  const initial = config.initial();
  eachVar(initial, setRendered);
  const root = document.getElementById("root")!;
  const rendered = root.dataset.route ?? found.route.pattern;
  site.toRoot = wayToRoot(rendered);
  startColorMode(base.pathname);
  const routes = config.routes.map(({ pattern }) => pattern);
  startSession({
    worker: config.worker,
    manifest: JSON.stringify({ app: config.worker.app, routes, initial, dev: config.dev }),
    dev: config.dev,
    id: `${base.pathname} ${config.worker.app}`,
  });
  const { Page } = await page;
  enter({ Page, ...found });
  show(root, config.Root, rendered === found.route.pattern);
  startRouter();
}

/** Boots the page. A page may hold several main scripts of which the first to load counts. */
export function boot(config: BootConfig): void {
  const { dataset } = document.documentElement;
  if (dataset.build) return;
  dataset.build = config.build;
  start(config).catch((error: unknown) => {
    console.error(error);
    notice(`The page could not start. ${words(error)}`, {
      label: "Retry",
      run: () => location.reload(),
    });
  });
}

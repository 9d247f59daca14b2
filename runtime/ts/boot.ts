// Starts a page: React takes over the prerendered HTML while Python starts in its worker.

import { createElement } from "react";
import { createRoot, hydrateRoot } from "react-dom/client";
import { App, type RootComponent } from "./app.ts";
import { startColorMode } from "./color_mode.ts";
import { isRenewed } from "./early_window.ts";
import { showDetails } from "./errors.ts";
import { watchLeaving, whenStaying } from "./leaving.ts";
import { notice, words } from "./notice.ts";
import type { Place } from "./kept.ts";
import type { Json } from "./protocol.gen.ts";
import { python } from "./queue.ts";
import { stopKeeping } from "./replay.ts";
import { enter, findRoute, type Route, setRoutes, startRouter } from "./router.ts";
import { startSession } from "./session.ts";
import { findBase, resolve, site, wayToRoot } from "./site.ts";
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
  scripts?: typeof site.scripts;
  kept?: readonly Place[];
  offline?: boolean;
}

/** Shows the first page: hydrates HTML that was rendered for this route, renders any other. */
function show(root: HTMLElement, Root: RootComponent, isRendered: boolean): void {
  const repeat = stopKeeping();
  const app = createElement(App, { Root, onShown: repeat });
  const errors = { onCaughtError: (error: unknown) => reportError(error), onRecoverableError: console.error };
  if (isRendered && root.firstChild) hydrateRoot(root, app, errors);
  else {
    root.replaceChildren();
    createRoot(root, errors).render(app);
  }
}

/** Makes the icon's address absolute: the router moves the page that it is relative to. */
function pinIcon(): void {
  const icon = document.querySelector<HTMLLinkElement>('[rel=icon][href^="."]');
  if (icon) icon.href = resolve(icon.getAttribute("href")!.replace(/^[./]+/, ""));
}

async function start(config: BootConfig): Promise<void> {
  const base = findBase(import.meta.url);
  pinIcon();
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
  site.scripts = config.scripts;
  startColorMode(base.pathname);
  const routes = config.routes.map(({ pattern }) => pattern);
  const session = {
    worker: config.worker,
    manifest: JSON.stringify({
      app: config.worker.app,
      routes,
      initial,
      dev: config.dev,
      held: config.worker.held,
    }),
    dev: config.dev,
    id: `${base.pathname} ${config.worker.app}`,
    kept: config.kept,
    offline: !!config.offline,
  };
  python.start = () => {
    delete python.start;
    startSession(session);
  };
  if (found.route.still)
    void import("./still.ts").then(({ prepare }) => prepare(session, config.routes), console.warn);
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
  watchLeaving();
  start(config).catch(async (error: unknown) => {
    await whenStaying();
    console.error(error);
    if (await isRenewed()) return;
    notice(`The page could not start. ${words(error)}`, {
      label: "Retry",
      run: () => location.reload(),
    });
  });
}

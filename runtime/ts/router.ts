// Which page is shown: the first one, and every one that the visitor goes to without loading
// the site again.

import type { ComponentType } from "react";
import { announce } from "./announce.ts";
import { isRenewed } from "./early_window.ts";
import { whenStaying } from "./leaving.ts";
import { notice } from "./notice.ts";
import type { Location } from "./protocol.gen.ts";
import { python, sendNavigate } from "./queue.ts";
import { decode, locationOf, type Params, routeFinder } from "./routes.ts";
import { pathOf } from "./site.ts";

export interface Route {
  pattern: string;
  load: () => Promise<{ Page: ComponentType }>;
  title?: string;
  /** The page needs no Python. */
  still?: boolean;
}

export interface View {
  Page: ComponentType;
  route: Pick<Route, "pattern" | "title" | "still">;
  params: Params;
}

export interface NavigateOptions {
  replace?: boolean;
  /** The browser has changed the address already. */
  moved?: boolean;
}

let find: (path: string) => { route: Route; params: Params } | null;
let notFound: Route | null;
let view: View | null = null;
const listeners = new Set<() => void>();

/** Counts navigations: one that was overtaken while its page loaded is dropped. */
let turn = 0;

/** Scroll positions by the key of history entries, and the key of the one in front. */
const scroll = new Map<number, [number, number]>();
let key = 0;
let lastKey = 0;

/** Path and query of the address whose page is in front. */
let shown = "";

export const subscribeView = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export const currentView = (): View => view!;

let lastHere: { href: string; view: View | null; location: Location } | null = null;

/** Returns where the visitor is now: the same object until that changes. */
export function here(): Location {
  const { href } = location;
  if (lastHere?.href !== href || lastHere.view !== view) {
    const found = locationOf(new URL(href), view?.route.pattern ?? "", view?.params ?? {});
    lastHere = { href, view, location: found };
  }
  return lastHere.location;
}

/** Returns the route of `url`; the page for unknown addresses where none matches. */
export function findRoute(url: URL): { route: Route; params: Params } | null {
  const path = pathOf(url);
  const found = path === null ? null : find(path);
  return found ?? (notFound && { route: notFound, params: {} });
}

export function setRoutes(routes: readonly Route[], fallback: Route | null): void {
  find = routeFinder(routes);
  notFound = fallback;
}

export function setView(next: View): void {
  view = next;
  for (const listener of listeners) listener();
}

/** Puts a page in front, and tells the worker. */
export function enter(next: View): void {
  if (!next.route.still) python.start?.();
  setView(next);
  shown = location.pathname + location.search;
  document.title = next.route.title ?? document.title;
  // What the page before sends when it goes comes first.
  queueMicrotask(() => sendNavigate(here()));
}

const keyOf = (state: unknown): number => (state as { wasmrx?: number } | null)?.wasmrx ?? 0;

function pushAddress(url: URL, { replace, moved }: NavigateOptions): void {
  if (moved) key = keyOf(history.state);
  else if (replace) history.replaceState({ wasmrx: key }, "", url);
  else history.pushState({ wasmrx: (key = ++lastKey) }, "", url);
}

function keepScroll(): void {
  scroll.set(key, [scrollX, scrollY]);
}

/** Puts the window where it was on this history entry, at the URL's target, or at the top. */
function placeScroll(url: URL, moved: boolean): void {
  const kept = moved ? scroll.get(key) : undefined;
  if (kept) return scrollTo({ left: kept[0], top: kept[1], behavior: "instant" });
  const target = url.hash && document.getElementById(decode(url.hash.slice(1)));
  if (target) target.scrollIntoView();
  else scrollTo({ left: 0, top: 0, behavior: "instant" });
}

/** Shows the page at `url` of this site without loading the site again. */
export async function navigate(url: URL, options: NavigateOptions = {}): Promise<void> {
  const found = findRoute(url);
  if (!found) return location.assign(url);
  const mine = ++turn;
  keepScroll();
  let Page: ComponentType;
  try {
    ({ Page } = await found.route.load());
  } catch {
    await whenStaying();
    if ((await isRenewed(url.href)) || mine !== turn) return;
    const run = (): void => location.assign(url);
    return notice("This page could not be shown.", { label: "Retry", run });
  }
  if (mine !== turn) return;
  history.scrollRestoration = "manual";
  pushAddress(url, options);
  enter({ Page, ...found });
  requestAnimationFrame(() => {
    placeScroll(url, options.moved === true);
    announce(document.title);
  });
}

/** Returns the address that a click on `link` would show inside this site, else null. */
export function inside(link: HTMLAnchorElement | null): URL | null {
  if (!link || link.hasAttribute("download") || (link.target && link.target !== "_self"))
    return null;
  const url = new URL(link.href, location.href);
  const path = pathOf(url);
  return path !== null && find(path) ? url : null;
}

export const linkOf = ({ target }: Event): HTMLAnchorElement | null =>
  target instanceof Element ? target.closest<HTMLAnchorElement>("a[href]") : null;

const isSamePage = (url: URL): boolean =>
  url.pathname === location.pathname && url.search === location.search;

function onClick(event: MouseEvent): void {
  const isPlain = !(
    event.button ||
    event.metaKey ||
    event.ctrlKey ||
    event.shiftKey ||
    event.altKey
  );
  if (event.defaultPrevented || !isPlain) return;
  const link = linkOf(event);
  const url = inside(link);
  if (!url || (url.hash && isSamePage(url))) return;
  event.preventDefault();
  void navigate(url, { replace: link!.dataset.replace !== undefined || isSamePage(url) });
}

function prefetch(event: Event): void {
  const url = inside(linkOf(event));
  if (url)
    findRoute(url)!
      .route.load()
      .catch(() => {});
}

/** Follows the browser to another history entry; where only the hash differs, it does it all. */
function onMoved(): void {
  const url = new URL(location.href);
  if (url.pathname + url.search !== shown) return void navigate(url, { moved: true });
  if (history.state !== null) return pushAddress(url, { moved: true });
  key = ++lastKey;
  history.replaceState({ wasmrx: key }, "");
}

/** Starts to answer links and the browser's back and forward. */
export function startRouter(): void {
  lastKey = key = keyOf(history.state);
  document.addEventListener("click", onClick);
  for (const type of ["pointerover", "focusin"]) document.addEventListener(type, prefetch);
  addEventListener("popstate", onMoved);
  addEventListener("pagehide", () => (history.scrollRestoration = "auto"));
}

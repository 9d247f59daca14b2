// The first script of a page, before anything paints: sets the colour mode and keeps what the
// visitor does before React listens. replay.ts does it again, once. A page that needs Python lets it
// start here, so that it need not wait for the page's other scripts.
//
// A button's press is held back and repeated later as a whole. What the browser does by itself
// (a link, a box that gets its tick, text in a field) goes its way; only its effect is repeated.

import { earlyWindow as early } from "./early_window.ts";
import { renew } from "./renew.ts";

/** Scripts that have not started the page by now are taken as lost. */
const LATE_MS = 12_000;

const root = document.documentElement;

const script = document.currentScript as HTMLScriptElement | null;
const src = script?.src ?? "";

function setMode(): void {
  const key = `wasmrx:color:${src && new URL("../", src).pathname}`;
  let mode = root.dataset.colorMode;
  try {
    mode = localStorage.getItem(key) ?? mode;
  } catch {
    // Storage is closed to this page: the app's default stays.
  }
  const isDark =
    mode === "dark" || (mode !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  const look = isDark ? "dark" : "light";
  root.classList.remove("light", "dark");
  root.classList.add(look);
  root.style.colorScheme = look;
}

function keep(event: Event): void {
  const { type, target } = event;
  if (!(target instanceof Element)) return;
  if (type === "click" && target.closest("a[href],input,select,textarea,label,summary")) {
    const isButton = target.matches("input[type=submit],input[type=button],input[type=image]");
    if (!isButton) return;
  }
  if (type === "click" || type === "submit") event.preventDefault();
  early.wasmrx!.events.push([type, target]);
}

/** Loads the page again, its scripts past the cache, where a damaged copy would be kept. */
async function reload(event: Event): Promise<void> {
  event.preventDefault();
  const files = document.querySelectorAll<HTMLElement>("script[src],link[rel=modulepreload]");
  const urls = Array.from(files, (file) => file.getAttribute("src") ?? file.getAttribute("href")!);
  await Promise.allSettled(urls.map(async (url) => (await fetch(url, { cache: "reload" })).blob()));
  location.reload();
}

/** Says so when the page's scripts did not start it: they were not found, or nothing came. */
async function complain(): Promise<void> {
  const lost = document.querySelector<HTMLElement>(".wasmrx-lost");
  if (!lost || root.dataset.build || (await renew())) return;
  lost.querySelector("a")!.onclick = reload;
  lost.classList.add("wasmrx-now");
}

/** Starts the worker whose files the document names. A worker that fails is left to be replaced. */
function startPython(told: string): void {
  const { script: name, files, sizes, shared } = JSON.parse(told);
  const url = (path: string): string => new URL(path, src).href;
  const urls = Object.fromEntries(Object.keys(files).map((key) => [key, url(files[key])]));
  const worker = new Worker(url(name), { type: "module" });
  const { wasmrx } = early;
  wasmrx!.worker = worker;
  worker.onerror = (event) => {
    event.preventDefault();
    wasmrx!.worker = undefined;
  };
  worker.postMessage({ prepare: { files: urls, sizes, shared } });
}

if (!early.wasmrx) {
  const types = ["click", "submit", "input", "change"];
  const stop = (): void =>
    types.forEach((type) => document.removeEventListener(type, keep, true));
  early.wasmrx = { events: [], stop, renew };
  types.forEach((type) => document.addEventListener(type, keep, true));
  setMode();
  addEventListener("load", complain);
  setTimeout(complain, LATE_MS);
  if (script?.dataset.python) startPython(script.dataset.python);
}

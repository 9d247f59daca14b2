// The first script of a page, before anything paints: sets the colour mode and keeps what the
// visitor does before React listens. replay.ts does it again, once.
//
// A button's press is held back and repeated later as a whole. What the browser does by itself
// (a link, a box that gets its tick, text in a field) goes its way; only its effect is repeated.

interface EarlyWindow {
  wasmrx?: { events: [type: string, target: Element][]; stop: () => void };
}

/** Scripts that have not started the page by now are taken as lost. */
const LATE_MS = 12_000;

const early = globalThis as EarlyWindow;
const root = document.documentElement;

function setMode(): void {
  const src = (document.currentScript as HTMLScriptElement | null)?.src ?? "";
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

const lost = document.createElement("p");

/** Says so when the page's scripts did not start it: they were not found, or nothing came. */
function complain(): void {
  if (root.dataset.build || lost.isConnected) return;
  const again = document.createElement("a");
  lost.setAttribute("role", "alert");
  lost.style.cssText =
    "position:sticky;bottom:0;z-index:99;margin:0;padding:1em;background:#fff;color:#000;border-top:3px solid #c00;font:1rem system-ui";
  again.href = "";
  again.textContent = "Load it again";
  again.addEventListener("click", reload);
  lost.replaceChildren("The page does not respond: its scripts could not be loaded. ", again);
  document.body.append(lost);
}

if (!early.wasmrx) {
  const types = ["click", "submit", "input", "change"];
  const stop = (): void => {
    types.forEach((type) => document.removeEventListener(type, keep, true));
    lost.remove();
  };
  early.wasmrx = { events: [], stop };
  types.forEach((type) => document.addEventListener(type, keep, true));
  setMode();
  addEventListener("load", complain);
  setTimeout(complain, LATE_MS);
}

// The first script of a page, before anything paints: sets the colour mode and keeps what the
// visitor does before React listens. replay.ts does it again, once.
//
// A button's press is held back and repeated later as a whole. What the browser does by itself
// (a link, a box that gets its tick, text in a field) goes its way; only its effect is repeated.

interface EarlyWindow {
  wasmrx?: { events: [type: string, target: Element][]; stop: () => void };
}

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

if (!early.wasmrx) {
  const types = ["click", "submit", "input", "change"];
  const stop = (): void => types.forEach((type) => document.removeEventListener(type, keep, true));
  early.wasmrx = { events: [], stop };
  types.forEach((type) => document.addEventListener(type, keep, true));
  setMode();
}

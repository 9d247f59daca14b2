// The colour mode: what the visitor chose ("light", "dark", "system") and what that comes to. Both
// are vars of the pseudo-state "client". HTML is rendered in the app's default mode; React hydrates
// with that and then takes the visitor's.

import { cell, commit, setRendered } from "./store.ts";

const MODES = /^(light|dark|system)$/;
const mode = cell("client", "color_mode");
const resolved = cell("client", "resolved_color_mode");

/** Says what the HTML was rendered with. */
export function renderColorMode(chosen: string): void {
  setRendered(mode, chosen);
  setRendered(resolved, chosen === "dark" ? "dark" : "light");
}

/** The default mode, written on <html> by the page's shell. */
const defaultMode = (): string => document.documentElement.dataset.colorMode ?? "system";

const darkQuery = (): MediaQueryList => matchMedia("(prefers-color-scheme: dark)");

let storageKey = "";

function resolve(chosen: string): string {
  if (chosen === "system") return darkQuery().matches ? "dark" : "light";
  return chosen;
}

function apply(chosen: string): void {
  const look = resolve(chosen);
  const { classList, style } = document.documentElement;
  classList.remove("light", "dark");
  classList.add(look);
  style.colorScheme = look;
  commit(
    new Map([
      [mode, chosen],
      [resolved, look],
    ]),
  );
}

const chosenMode = (stored: string | null): string =>
  stored && MODES.test(stored) ? stored : defaultMode();

function stored(): string | null {
  try {
    return localStorage.getItem(storageKey);
  } catch {
    return null;
  }
}

/** Sets the mode for this visitor; early.js reads it before the next page paints. */
export function setColorMode(chosen: string): void {
  if (!MODES.test(chosen)) return;
  apply(chosen);
  try {
    localStorage.setItem(storageKey, chosen);
  } catch {
    // Without storage the choice lasts as long as the page.
  }
}

export function toggleColorMode(): void {
  setColorMode(resolved.value === "dark" ? "light" : "dark");
}

/** Takes the visitor's mode and follows the system and the site's other tabs. */
export function startColorMode(basePath: string): void {
  storageKey = `wasmrx:color:${basePath}`;
  renderColorMode(defaultMode());
  apply(chosenMode(stored()));
  darkQuery().addEventListener("change", () => apply(String(mode.value)));
  addEventListener("storage", ({ key, newValue }) => {
    if (key === storageKey) apply(chosenMode(newValue));
  });
}

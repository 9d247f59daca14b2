// What tells people who do not see the page that another one is in front.

import { make, useStyles } from "./element.ts";

let said: HTMLElement | null = null;

/** Has screen readers say `words`, and gives the focus a place where it was lost. */
export function announce(words: string): void {
  useStyles();
  if (!said) document.body.append((said = make("div", { class: "wasmrx-said", role: "status" })));
  said.textContent = words;
  if (document.activeElement !== document.body) return;
  const main = document.querySelector<HTMLElement>("main") ?? document.getElementById("root");
  main?.setAttribute("tabindex", "-1");
  main?.focus({ preventScroll: true });
}

// How far boot is: a thin line over the page's upper edge, which takes no room and no clicks.

import { make } from "./notice.ts";
import { useStyles } from "./style.ts";

let line: HTMLElement | null = null;

/** Shows that `part` (0 to 1) of the boot is done. */
export function showProgress(part: number): void {
  useStyles();
  if (!line) {
    const label = { class: "wasmrx-progress", role: "progressbar", "aria-label": "Starting Python" };
    document.body.append((line = make("div", { ...label, "aria-valuemax": "100" }, make("div", {}))));
  }
  line.setAttribute("aria-valuenow", String(Math.round(part * 100)));
  (line.firstChild as HTMLElement).style.transform = `scaleX(${part})`;
}

export function endProgress(): void {
  line?.remove();
  line = null;
}

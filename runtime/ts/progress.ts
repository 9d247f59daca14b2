// How far boot is: a thin line over the page's upper edge, which takes no room and no clicks.

import { make, useStyles } from "./element.ts";
import type { Progress } from "./protocol.gen.ts";

const DOWNLOAD_SHARE = 70;

let line: HTMLElement | null = null;

/** Returns the percentage of a boot; after the download, phases only say that they began. */
function percent({ phase, loaded, total }: Progress): number {
  if (phase === "download") return Math.round((DOWNLOAD_SHARE * loaded) / (total || 1));
  return phase === "start" ? DOWNLOAD_SHARE + 5 : 90;
}

/** Shows how far the boot is; without a message, that it begins. */
export function showProgress(message?: Progress): void {
  useStyles();
  if (!line) {
    line = make(
      "div",
      { class: "wasmrx-progress", role: "progressbar", "aria-label": "Starting Python" },
      make("div", {}),
    );
    document.body.append(line);
  }
  const done = String(message ? percent(message) : 0);
  line.ariaValueNow = done;
  (line.firstChild as HTMLElement).style.width = `${done}%`;
}

export function endProgress(): void {
  line?.remove();
  line = null;
}

// Packages that come after boot: the line of progress, and in words what a handler waits for.

import { make } from "./element.ts";
import type { Loading } from "./protocol.gen.ts";

const LINE = "wasmrx-loading";
const DRAWN = "position:fixed;inset:0 0 auto;height:3px;z-index:99999;pointer-events:none";
const SAID =
  "position:fixed;top:6px;right:6px;z-index:99999;pointer-events:none;padding:3px 9px;" +
  "border:1px solid;border-radius:9px;font:13px system-ui;color:CanvasText;background:Canvas";

let line: HTMLElement | null = null;
let said: HTMLElement | null = null;

/** Shows how far packages are; ends when they are all there. */
export function showLoading({ loaded, total, waiting }: Loading): void {
  if (!total) {
    line?.remove();
    said?.remove();
    line = said = null;
    return;
  }
  line ??= add("div", { class: LINE, role: "progressbar", "aria-label": "Loading packages" });
  line.style.cssText = DRAWN;
  if (!line.firstChild) line.append(make("div", {}));
  const done = Math.round((100 * loaded) / total);
  line.ariaValueNow = String(done);
  (line.firstChild as HTMLElement).style.cssText = `height:100%;background:#3e63dd;width:${done}%`;
  if (waiting) {
    said ??= add("div", { role: "status" });
    said.style.cssText = SAID;
    said.textContent = `Loading ${waiting}: ${bytes(loaded, total)}`;
  }
  line.ariaValueText = bytes(loaded, total);
}

function add(tag: "div", attributes: Record<string, string>): HTMLElement {
  const made = make(tag, attributes);
  document.body.append(made);
  return made;
}

function bytes(loaded: number, total: number): string {
  const [has, all] = [loaded, total].map((count) => (count / 1e6).toFixed(1));
  return `${has} of ${all} MB`;
}

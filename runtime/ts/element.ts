// Elements that the page runtime itself shows, and their look. A constructed style sheet needs no
// inline <style>, so a strict content security policy allows it. System colours follow the mode.

const RULES = `[data-pending]{cursor:progress}
.wasmrx-progress{position:fixed;inset:0 0 auto;height:3px;z-index:99999;pointer-events:none;animation:wasmrx-late .2s .2s both}
.wasmrx-progress div{height:100%;background:#3e63dd}
@keyframes wasmrx-late{from{opacity:0}}
.wasmrx-notices{position:sticky;bottom:0;z-index:99999;font:14px/1.4 system-ui}
.wasmrx-notices>div{display:flex;gap:9px;padding:9px;color:CanvasText;background:Canvas;border-top:2px solid;overflow-wrap:anywhere}
.wasmrx-notices>[role=alert]{border-color:#e5484d}
.wasmrx-notices div>div{flex:1;min-width:0;white-space:pre-wrap}
.wasmrx-notices pre{max-height:40vh;overflow:auto}
.wasmrx-said{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}`;

let isIn = false;

export function useStyles(): void {
  if (isIn) return;
  isIn = true;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(RULES);
  document.adoptedStyleSheets.push(sheet);
}

export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Record<string, string>,
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

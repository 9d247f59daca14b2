// The look of what the page runtime itself shows. A constructed style sheet needs no inline
// <style>, so a strict content security policy allows it. System colours follow the colour mode.

const RULES = `
[data-pending]{cursor:progress}
.wasmrx-progress{position:fixed;inset:0 0 auto;height:3px;z-index:2147483646;pointer-events:none}
.wasmrx-progress>div{height:100%;width:100%;background:#3e63dd;transform-origin:0 50%;transition:transform .2s}
.wasmrx-progress:dir(rtl)>div{transform-origin:100% 50%}
.wasmrx-notices{position:sticky;bottom:0;z-index:2147483645;font:14px/1.4 system-ui,sans-serif}
.wasmrx-notice{display:flex;gap:12px;align-items:start;padding:10px 16px;color:CanvasText;background:Canvas;border-top:1px solid #8888;overflow-wrap:anywhere}
.wasmrx-notice[role=alert]{border-top:3px solid #e5484d}
.wasmrx-notice>div{flex:1;min-width:0;white-space:pre-wrap}
.wasmrx-notice button{font:inherit;color:inherit;background:none;border:1px solid;border-radius:4px;padding:2px 10px;cursor:pointer}
.wasmrx-notice pre{max-height:40vh;overflow:auto;margin:8px 0 0;font:12px/1.4 ui-monospace,monospace}
.wasmrx-said{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
@media (prefers-reduced-motion){.wasmrx-progress>div{transition:none}}
`;

let isIn = false;

export function useStyles(): void {
  if (isIn) return;
  isIn = true;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(RULES);
  document.adoptedStyleSheets.push(sheet);
}

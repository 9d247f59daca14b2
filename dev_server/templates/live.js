// @ts-check
// Follows `wasmrx serve`: reloads the page when a new build is there (the page's own store brings
// its state back), and shows the compiler's error above the page until it is mended.
(() => {
  const script = /** @type {HTMLScriptElement} */ (document.currentScript);
  const loaded = new URL(script.src).searchParams.get("build");
  /** @type {EventSource | null} */
  let stream = null;
  /** @type {HTMLElement | null} */
  let overlay = null;

  /** @param {string} tag @param {string} style @param {string} [text] */
  const make = (tag, style, text) => {
    const made = document.createElement(tag);
    made.style.cssText = style;
    if (text !== undefined) made.textContent = text;
    return made;
  };

  const hide = () => {
    overlay?.remove();
    overlay = null;
  };

  /** @param {string} text */
  const show = (text) => {
    hide();
    overlay = make(
      "div",
      "position:fixed;inset:0;z-index:2147483647;overflow:auto;padding:5vh 4vw;" +
        "background:rgb(0 0 0/.6);font:14px/1.5 ui-monospace,SFMono-Regular,Menlo,monospace",
    );
    overlay.id = "wasmrx-build-error";
    const panel = make(
      "div",
      "max-width:60rem;margin:0 auto;padding:1.5rem;border-radius:.75rem;background:#1b1b1f;" +
        "color:#ececf1;border-top:.3rem solid #e5484d;box-shadow:0 1rem 3rem rgb(0 0 0/.5)",
    );
    panel.setAttribute("role", "alertdialog");
    panel.setAttribute("aria-label", "Build error");
    const title = make("strong", "display:block;color:#ff9592;margin-bottom:1rem", "The app does not build");
    const detail = make("pre", "margin:0;white-space:pre-wrap;overflow-wrap:anywhere;font:inherit", text);
    const hint = make(
      "p",
      "margin:1.5rem 0 0;color:#9a9aa5",
      "The page below is the last build that worked. This goes away when the code is mended; Esc hides it.",
    );
    panel.append(title, detail, hint);
    overlay.append(panel);
    document.body.append(overlay);
  };

  const listen = () => {
    stream = new EventSource("/wasmrx/live");
    stream.onmessage = (event) => {
      const message = JSON.parse(event.data);
      if (message.build && message.build !== loaded) location.reload();
      else if (message.kind === "error") show(message.text);
      else hide();
    };
  };

  // A hidden tab holds no connection: a browser allows only six to one server.
  const follow = () => {
    stream?.close();
    stream = null;
    if (document.visibilityState === "visible") listen();
  };

  document.addEventListener("visibilitychange", follow);
  addEventListener("pagehide", () => stream?.close());
  addEventListener("pageshow", (event) => event.persisted && follow());
  addEventListener("keydown", (event) => event.key === "Escape" && hide());
  follow();
})();

// Notices in words. They stand at the end of the page and stick to the window's lower edge, so
// that none ever hides the end of what it belongs to.

import { useStyles } from "./style.ts";

export interface NoticeOptions {
  level?: "error" | "info";
  /** A notice with the key of one that is shown takes its place. */
  key?: string;
  /** Text for people who develop the app, such as a traceback. */
  detail?: string | undefined;
  /** A button beside the text. */
  button?: { label: string; run: () => void };
}

const shown = new Map<string, HTMLElement>();
let list: HTMLElement | null = null;

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

function button(label: string, run: () => void, attributes = {}): HTMLButtonElement {
  const element = make("button", { type: "button", ...attributes }, label);
  element.addEventListener("click", run);
  return element;
}

/** Takes a notice away. */
export function dismiss(key: string): void {
  shown.get(key)?.remove();
  shown.delete(key);
}

/** Shows `text` to the visitor until it is dismissed. */
export function notice(text: string, { level = "info", key = text, detail, button: more }: NoticeOptions = {}): void {
  useStyles();
  dismiss(key);
  const body = make("div", {}, text);
  if (detail) body.append(make("pre", { tabindex: "0" }, detail));
  const close = (): void => dismiss(key);
  const element = make(
    "div",
    { class: "wasmrx-notice", role: level === "error" ? "alert" : "status" },
    body,
    ...(more ? [button(more.label, () => (close(), more.run()))] : []),
    button("×", close, { "aria-label": "Dismiss" }),
  );
  element.addEventListener("keydown", ({ key }) => key === "Escape" && close());
  if (!list?.isConnected) document.body.append((list = make("div", { class: "wasmrx-notices" })));
  list.append(element);
  shown.set(key, element);
}

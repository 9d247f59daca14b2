// Notices in words. They stand at the end of the page and stick to the window's lower edge, so
// that none ever hides the end of what it belongs to.

import { make, useStyles } from "./element.ts";

export interface NoticeOptions {
  role?: "alert" | "status";
  /** A notice with the key of one that is shown takes its place. */
  key?: string;
  /** Text for people who develop the app, such as a traceback. */
  detail?: string | undefined;
  /** A button beside the text. */
  label?: string;
  run?: () => void;
}

const shown = new Map<string, HTMLElement>();
let list: HTMLElement | null = null;

/** Takes a notice away. */
export function dismiss(key: string): void {
  shown.get(key)?.remove();
  shown.delete(key);
}

function button(label: string, run: () => void): HTMLButtonElement {
  const element = make("button", { type: "button" }, label);
  element.onclick = run;
  return element;
}

/** Shows `text` to the visitor until it is dismissed. */
export function notice(text: string, options: NoticeOptions = {}): void {
  const { role = "alert", key = text, detail, label, run } = options;
  const close = (): void => dismiss(key);
  close();
  useStyles();
  const body = make("div", {}, text);
  if (detail) body.append(make("pre", { tabindex: "0" }, detail));
  const element = make("div", { role }, body);
  if (label) element.append(button(label, () => (close(), run?.())));
  element.append(button("Dismiss", close));
  element.onkeydown = ({ key }) => key === "Escape" && close();
  if (!list?.isConnected) document.body.append((list = make("div", { class: "wasmrx-notices" })));
  list.append(element);
  shown.set(key, element);
}

/** Returns what an exception says. */
export const words = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);

// What the document says of the page in front, after a navigation without a load.

import { make, useStyles } from "./element.ts";

/** Attributes of one <meta> element; `name` or `property` says which. */
export type Meta = Record<string, string>;

interface Described {
  title?: string;
  meta?: readonly Meta[];
}

function setMeta(meta: Meta): void {
  const key = meta.property === undefined ? "name" : "property";
  const name = meta[key];
  if (name === undefined) return;
  const old = document.head.querySelector(`meta[${key}="${CSS.escape(name)}"]`);
  const element = make("meta", meta);
  if (old) old.replaceWith(element);
  else document.head.append(element);
}

export function setHead({ title, meta = [] }: Described): void {
  if (title !== undefined) document.title = title;
  meta.forEach(setMeta);
}

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

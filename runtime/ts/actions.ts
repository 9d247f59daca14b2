// What a handler, or a trigger itself, asks the page to do.

import { setColorMode, toggleColorMode } from "./color_mode.ts";
import { notice, words } from "./notice.ts";
import { sendEvent } from "./queue.ts";
import { here, navigate } from "./router.ts";
import { isSitePath, pathOf, resolve, safeUrl } from "./site.ts";
import type { Json } from "./protocol.gen.ts";

type Args = Record<string, Json>;
type Answer = (callback: Json, value?: unknown) => void;

/** An event handler that gets a result: what `rx.call_script(…, callback=…)` names. */
interface Callback {
  handler: string;
  param: string | null;
  payload?: Record<string, Json>;
}

const text = (value: Json): string => (value === null || value === undefined ? "" : String(value));

const byId = (id: Json): HTMLElement | null => document.getElementById(text(id));

/** Sends `value` to the handler that `callback` names, as its first free parameter. */
export function answer(callback: Json, value?: unknown): void {
  if (!callback) return;
  const { handler, param, payload } = callback as Callback;
  const result = param === null ? payload : { ...payload, [param]: value ?? null };
  sendEvent(handler, result ?? {}, here(), null);
}

function redirect({ path, is_external, popup, replace }: Args): void {
  const href = safeUrl(text(path));
  if (href === null) throw new Error("The address is unsafe.");
  const address = isSitePath(href) || !href ? resolve(href) : href;
  if (is_external || popup) {
    window.open(address, "_blank", popup ? "noopener,popup" : "noopener");
    return;
  }
  const url = new URL(address, location.href);
  if (pathOf(url) === null) location.assign(url);
  else void navigate(url, { replace: !!replace });
}

async function toast({ level, message, options }: Args): Promise<void> {
  const { showToast } = await import("./toaster.ts");
  showToast(level, message, (options ?? {}) as Args, answer);
}

/** Those that the page knows: the rare ones join them when the first is asked for. */
const ACTIONS: Record<string, (args: Args, answer: Answer) => unknown> = {
  noop() {},
  redirect,
  back: () => history.back(),
  toast,
  console_log: ({ message }) => console.log(message),
  set_focus: ({ ref }) => byId(ref)?.focus(),
  blur_focus: ({ ref }) => byId(ref)?.blur(),
  set_color_mode: ({ mode }) => setColorMode(text(mode)),
  toggle_color_mode: toggleColorMode,
};

const STORAGE = /^(set|remove|clear)_(local|session)_storage$/;

function changeStorage(what: string, kind: string, { key, value }: Args): void {
  const storage = kind === "local" ? localStorage : sessionStorage;
  if (what === "set") storage.setItem(text(key), text(value));
  else if (what === "remove") storage.removeItem(text(key));
  else storage.clear();
}

let loading: Promise<unknown> | null = null;

const loadRare = (): Promise<unknown> =>
  (loading = import("./rare.ts")
    .then(({ rare }) => Object.assign(ACTIONS, rare))
    .finally(() => (loading = null)));

/**
 * Runs one action; a failure is told in words and stops nothing else. Actions begin in order: while
 * the code of one loads, those behind it wait, so that none leaves the page before it.
 */
export async function runAction(name: string, args: Args): Promise<void> {
  try {
    if (loading) await loading.catch(() => {});
    const [, what, kind] = STORAGE.exec(name) ?? [];
    if (what && kind) return changeStorage(what, kind, args);
    if (!Object.hasOwn(ACTIONS, name)) await loadRare();
    if (!Object.hasOwn(ACTIONS, name)) throw new Error("This page does not know it.");
    await ACTIONS[name]!(args, answer);
  } catch (error) {
    console.error(error);
    notice(`${name} did not work. ${words(error)}`);
  }
}

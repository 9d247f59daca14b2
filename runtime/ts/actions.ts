// What a handler, or a trigger itself, asks the page to do.

import { setColorMode, toggleColorMode } from "./color_mode.ts";
import { notice, words } from "./notice.ts";
import { navigate } from "./router.ts";
import { isSitePath, pathOf, resolve, safeUrl } from "./site.ts";
import type { Json } from "./protocol.gen.ts";
import { cell, commit } from "./store.ts";

type Args = Record<string, Json>;

const text = (value: Json): string => (value === null || value === undefined ? "" : String(value));

function redirect({ path, is_external, popup, replace }: Args): void {
  if (path === null || path === undefined) return;
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

/** One promise for all: those of several imports are not kept in order. */
let toaster: Promise<typeof import("./toaster.ts")> | null = null;

async function toast({ level, message, options }: Args): Promise<void> {
  toaster ??= import("./toaster.ts").finally(() => (toaster = null));
  const { showToast } = await toaster;
  showToast(level, message, (options ?? {}) as Args);
}

/** Those that the page knows: the rare ones join them when the first is asked for. */
const ACTIONS: Record<string, (args: Args) => unknown> = {
  noop() {},
  redirect,
  back: () => history.back(),
  toast,
  console_log: ({ message }) => console.log(message),
  set_focus: ({ ref }) => document.getElementById(text(ref))?.focus(),
  // Here, not among the rare ones: a second click reads what the first has set.
  set_client: ({ name, value }) => commit(new Map([[cell("client", text(name)), value]])),
  set_color_mode: ({ mode }) => setColorMode(text(mode)),
  toggle_color_mode: toggleColorMode,
};

/** Adds actions that the app is known to need: they begin without loading anything. */
export const addActions = (more: typeof ACTIONS): unknown => Object.assign(ACTIONS, more);

let loading: Promise<unknown> | null = null;
let earlier: Promise<unknown> = Promise.resolve();

/** Returns what an update has to wait for, so that no action sees what came after it. */
export const actionsLoading = (): Promise<unknown> | null => loading;

const loadRare = (): Promise<unknown> =>
  (loading = import("./rare.ts")
    .then(({ ready }) => ready)
    .then(addActions)
    .catch(console.error)
    .finally(() => (loading = null)));

async function perform(name: string, args: Args): Promise<void> {
  try {
    if (!Object.hasOwn(ACTIONS, name)) throw new Error("This page does not know it.");
    await ACTIONS[name]!(args);
  } catch (error) {
    console.error(error);
    notice(`${name} did not work. ${words(error)}`);
  }
}

/**
 * Runs one action; a failure is told in words and stops nothing else. Actions begin in order: while
 * the code of one loads, those behind it wait, so that none leaves the page before it. Each begins
 * after React, which was told first, has shown what the same update changed.
 */
export function runAction(name: string, args: Args): Promise<void> {
  earlier = earlier.then(() => Object.hasOwn(ACTIONS, name) || loadRare());
  return earlier.then(() => perform(name, args));
}

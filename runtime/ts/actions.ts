// What a handler, or a trigger itself, asks the page to do.

import { setColorMode, toggleColorMode } from "./color_mode.ts";
import { notice } from "./notice.ts";
import { sendEvent } from "./queue.ts";
import { here, navigate } from "./router.ts";
import { isSitePath, pathOf, resolve, safeUrl, site } from "./site.ts";
import type { Json } from "./protocol.gen.ts";

type Args = Record<string, Json>;

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
  if (href === null) return notice("A link to an unsafe address was not followed.", { level: "error" });
  const address = isSitePath(href) || !href ? resolve(href) : href;
  if (is_external || popup) {
    window.open(address, "_blank", popup ? "noopener,popup" : "noopener");
    return;
  }
  const url = new URL(address, location.href);
  if (pathOf(url) === null) location.assign(url);
  else void navigate(url, { replace: !!replace });
}

/** Puts `value` into a field as a user would: React hears of it, too. */
function setValue({ ref, value }: Args): void {
  const field = byId(ref);
  if (!field) return;
  const own = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), "value");
  own?.set?.call(field, text(value));
}

function download({ url, data, filename, mime, base64 }: Args): void {
  const link = document.createElement("a");
  link.download = text(filename);
  let made: string | null = null;
  if (url !== undefined) {
    const href = text(url);
    const isData = /^data:/i.test(href);
    const safe = isData ? href : safeUrl(href);
    if (safe === null) return notice("A download from an unsafe address was refused.", { level: "error" });
    link.href = isSitePath(safe) ? resolve(safe) : safe;
  } else {
    const plain = typeof data === "string" ? data : JSON.stringify(data);
    const part = base64 ? Uint8Array.from(atob(plain), (char) => char.charCodeAt(0)) : plain;
    link.href = made = URL.createObjectURL(new Blob([part], { type: text(mime) }));
  }
  link.click();
  if (made !== null) setTimeout(URL.revokeObjectURL, 60_000, made);
}

/**
 * Evaluates the author's JavaScript. This is the one place that needs `'unsafe-eval'` in a site's
 * content security policy; without it the action says so and nothing else is affected.
 */
async function callScript({ javascript_code, callback }: Args): Promise<void> {
  answer(callback, await (0, eval)(text(javascript_code)));
}

async function callFunction({ function: given, callback }: Args): Promise<void> {
  const found: unknown = typeof given === "function" ? given : (0, eval)(`(${text(given)})`);
  answer(callback, await (found as () => unknown)());
}

const callOptions = ({ options }: Args): Args => (options ?? {}) as Args;

async function toast({ level, message, options }: Args): Promise<void> {
  const { showToast } = await import("./toaster.ts");
  showToast(level as string | null, message, callOptions({ options }), answer);
}

interface CookieOptions {
  path?: string;
  max_age?: number | null;
  maxAge?: number | null;
  domain?: string | null;
  secure?: boolean | null;
  same_site?: string | null;
  sameSite?: string | null;
}

function writeCookie(key: Json, value: string, options: CookieOptions, maxAge?: number | null): void {
  const { path = "/", domain, secure } = options;
  const sameSite = options.same_site ?? options.sameSite;
  document.cookie = [
    `${encodeURIComponent(text(key))}=${encodeURIComponent(value)}`,
    `path=${path === "/" ? site.base!.pathname : path}`,
    ...(maxAge === null || maxAge === undefined ? [] : [`max-age=${maxAge}`]),
    ...(domain ? [`domain=${domain}`] : []),
    ...(secure ? ["secure"] : []),
    ...(sameSite ? [`samesite=${sameSite}`] : []),
  ].join("; ");
}

const ACTIONS = new Map<string, (args: Args) => unknown>([
  ["noop", () => {}],
  ["redirect", redirect],
  ["back", () => history.back()],
  ["toast", toast],
  ["console_log", ({ message }) => console.log(message)],
  ["window_alert", ({ message }) => alert(text(message))],
  ["set_focus", ({ ref }) => byId(ref)?.focus()],
  ["blur_focus", ({ ref }) => byId(ref)?.blur()],
  ["scroll_to", ({ elem_id, align_to_top }) => byId(elem_id)?.scrollIntoView(align_to_top !== false)],
  ["set_value", setValue],
  ["set_clipboard", ({ content }) => navigator.clipboard.writeText(text(content))],
  ["download", download],
  ["call_script", callScript],
  ["call_function", callFunction],
  ["set_color_mode", ({ mode }) => setColorMode(text(mode))],
  ["toggle_color_mode", toggleColorMode],
  ["set_local_storage", ({ key, value }) => localStorage.setItem(text(key), text(value))],
  ["remove_local_storage", ({ key }) => localStorage.removeItem(text(key))],
  ["clear_local_storage", () => localStorage.clear()],
  ["set_session_storage", ({ key, value }) => sessionStorage.setItem(text(key), text(value))],
  ["remove_session_storage", ({ key }) => sessionStorage.removeItem(text(key))],
  ["clear_session_storage", () => sessionStorage.clear()],
  ["set_cookie", (args) => writeCookie(args.key, text(args.value), { ...args, ...callOptions(args) } as CookieOptions, (args.max_age ?? callOptions(args).max_age) as number)],
  ["remove_cookie", (args) => writeCookie(args.key, "", callOptions(args) as CookieOptions, 0)],
]);

/** Runs one action; a failure is told in words and stops nothing else. */
export async function runAction(name: string, args: Args): Promise<void> {
  try {
    const action = ACTIONS.get(name);
    if (!action) throw new Error("this page does not know it");
    await action(args);
  } catch (error) {
    console.error(error);
    notice(`${name} did not work: ${error instanceof Error ? error.message : String(error)}`, { level: "error" });
  }
}

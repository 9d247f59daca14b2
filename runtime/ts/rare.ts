// Actions that few apps use, loaded with the first of them.

import type { Json } from "./protocol.gen.ts";
import { isSitePath, resolve, safeUrl, site } from "./site.ts";

type Args = Record<string, Json>;
type Answer = (callback: Json, value?: unknown) => void;

const text = (value: Json): string => (value === null || value === undefined ? "" : String(value));

function download({ url, data, filename, mime, base64 }: Args): void {
  const link = document.createElement("a");
  link.download = text(filename);
  let made: string | null = null;
  if (url !== undefined) {
    const href = text(url);
    const safe = /^data:/i.test(href) ? href : safeUrl(href);
    if (safe === null) throw new Error("The address is unsafe.");
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
async function callScript({ javascript_code, callback }: Args, answer: Answer): Promise<void> {
  answer(callback, await (0, eval)(text(javascript_code)));
}

async function callFunction({ function: given, callback }: Args, answer: Answer): Promise<void> {
  const found: unknown = typeof given === "function" ? given : (0, eval)(`(${text(given)})`);
  answer(callback, await (found as () => unknown)());
}

/** Puts `value` into a field; as in Reflex, that is no event. */
function setValue({ ref, value }: Args): void {
  const field = document.getElementById(text(ref));
  if (!field) return;
  const own = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), "value");
  own?.set?.call(field, text(value));
}

interface CookieOptions {
  path?: string;
  max_age?: number | null;
  domain?: string | null;
  secure?: boolean | null;
  same_site?: string | null;
}

/** Writes a cookie for this site; the path "/" stands for the site's own root. */
function setCookie({ key, value, options, ...rest }: Args): void {
  const given = { ...rest, ...(options as object) } as CookieOptions;
  const { path = "/", max_age, domain, secure, same_site } = given;
  document.cookie = [
    `${encodeURIComponent(text(key))}=${encodeURIComponent(text(value))}`,
    `path=${path === "/" ? site.base!.pathname : path}`,
    max_age !== null && max_age !== undefined && `max-age=${max_age}`,
    domain && `domain=${domain}`,
    secure && "secure",
    same_site && `samesite=${same_site}`,
  ]
    .filter(Boolean)
    .join("; ");
}

const removeCookie = ({ key, options }: Args): void =>
  setCookie({ key, value: "", options: { ...(options as object), max_age: 0 } });

export const rare = {
  call_function: callFunction,
  call_script: callScript,
  download,
  remove_cookie: removeCookie,
  scroll_to: ({ elem_id, align_to_top }: Args) =>
    document.getElementById(text(elem_id))?.scrollIntoView(align_to_top !== false),
  set_clipboard: ({ content }: Args) => navigator.clipboard.writeText(text(content)),
  set_cookie: setCookie,
  set_value: setValue,
  window_alert: ({ message }: Args) => alert(text(message)),
};

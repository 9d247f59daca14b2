// Actions that few apps use, loaded with the first of them.

import { answer } from "./callback.ts";
import { uploadActions } from "./components/uploads.ts";
import { storageActions } from "./kept.ts";
import type { Json, Stop } from "./protocol.gen.ts";
import { sendEvent, tell } from "./queue.ts";
import { here } from "./router.ts";
import { isSitePath, resolve, safeUrl, site } from "./site.ts";
import { peek } from "./store.ts";

type Args = Record<string, Json>;
type Script = () => unknown;

const text = (value: Json): string => (value === null || value === undefined ? "" : String(value));

function download({ url: named, data, filename, mime, base64, maybe_url }: Args): void {
  const isUrl = maybe_url && typeof data === "string" && data.startsWith("data:");
  const url = isUrl ? data : named;
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

/** The scripts that the build found in the source of the app's handlers, by their text. */
const scripts = new Map<string, Script>();

/**
 * Evaluates JavaScript that was made while the app runs. This is the one place that needs
 * `'unsafe-eval'` in a site's content security policy; nothing else is affected without it.
 */
function evaluate(code: string): unknown {
  try {
    return (0, eval)(code);
  } catch (error) {
    if (!(error instanceof EvalError)) throw error;
    throw new Error(
      "The script is made while the app runs, and the site's content security policy forbids " +
        "that. Write it as plain text in the call, or allow 'unsafe-eval' in script-src.",
    );
  }
}

async function callScript({ javascript_code: given, callback }: Args): Promise<void> {
  const run = typeof given === "function" ? (given as Script) : scripts.get(text(given));
  answer(callback, await (run ? run() : evaluate(text(given))));
}

async function callFunction({ function: given, callback }: Args): Promise<void> {
  const code = `(${text(given)})`;
  const run = typeof given === "function" ? (given as Script) : scripts.get(code)?.();
  answer(callback, await ((run ?? evaluate(code)) as Script)());
}

let watching = false;

/** Tells the worker of exceptions of the page, for the app's `frontend_exception_handler`. */
function watchExceptions({ name }: Args): void {
  if (watching) return;
  watching = true;
  const tell = (thrown: unknown, message: string): void => {
    const info = thrown instanceof Error ? `${thrown.name}: ${thrown.message}\n${thrown.stack}` : message;
    sendEvent(text(name), { info }, here(), null);
  };
  addEventListener("error", ({ error, message }) => tell(error, message));
  addEventListener("unhandledrejection", ({ reason }) => tell(reason, String(reason)));
}

/** Puts `value` into a field; as in Reflex, that is no event. */
function setValue({ ref, value }: Args): void {
  const field = document.getElementById(text(ref));
  if (!field) return;
  const own = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), "value");
  own?.set?.call(field, text(value));
}

const rare = {
  cancel: ({ handler }: Args) => tell(JSON.stringify({ t: "stop", id: 0, handler: text(handler!) } satisfies Stop)),
  blur_focus: ({ ref }: Args) => document.getElementById(text(ref))?.blur(),
  call_function: callFunction,
  call_script: callScript,
  download,
  get_client: ({ name, default: otherwise, callback }: Args) => {
    const value = peek("client", text(name));
    answer(callback, value === undefined ? otherwise : value);
  },
  ...storageActions,
  ...uploadActions,
  scroll_to: ({ elem_id, align_to_top }: Args) =>
    document.getElementById(text(elem_id))?.scrollIntoView(align_to_top !== false),
  set_clipboard: ({ content }: Args) => navigator.clipboard.writeText(text(content)),
  set_value: setValue,
  watch_exceptions: watchExceptions,
  window_alert: ({ message }: Args) => alert(text(message)),
};

/** The actions, once the scripts of the app are there. */
export const ready = Promise.resolve(site.scripts?.()).then((found) => {
  for (const [text, script] of Object.entries(found?.scripts ?? {})) scripts.set(text, script);
  return rare;
});

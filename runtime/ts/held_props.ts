// What a component that a var holds may be given. Its texts may come from anyone, and unlike those
// of a page none of them is known when the site is built: all are looked at.

import { safeUrl } from "./site.ts";

type Props = Record<string, unknown>;

/** Elements that would run, load or lead away by themselves. */
const REFUSED = /^(script|base|meta|object|embed|noscript|template)$/;

const ADDRESSES = /^(href|src|action|formAction|poster|data|xlinkHref|background|cite)$/;

/** Addresses that components take, too; what else they take may mean anything. */
const ANYWHERE = /^(href|action|formAction|xlinkHref)$/;

/** Elements whose address shows a picture or plays a sound, and cannot run. */
const SHOWN = /^(img|image|audio|video|source|track)$/;

const TRIGGER = /^on[A-Z]/;

export const isRefused = (tag: unknown): boolean => typeof tag === "string" && REFUSED.test(tag);

function isAllowed(tag: unknown, name: string, content: unknown): boolean {
  if (name === "dangerouslySetInnerHTML" || name === "ref") return false;
  return !TRIGGER.test(name) || typeof content === "function" || content == null || tag === null;
}

function address(tag: unknown, name: string, content: unknown): unknown {
  if (content === null || content === undefined || typeof content === "function") return content;
  const isShown = typeof tag === "string" && SHOWN.test(tag) && name !== "href" && name !== "xlinkHref";
  if (isShown && /^\s*(data:|blob:)/i.test(String(content))) return content;
  return safeUrl(String(content)) ?? undefined;
}

/** An animation must not set an address that nobody has checked. */
const moves = (props: Props): boolean => /href$/i.test(String(props.attributeName ?? ""));

/** Returns `props` without what could run. `tag` is null for a component. */
export function safeProps(tag: string | null, given: Props): Props {
  const props: Props = {};
  for (const [name, content] of Object.entries(given)) {
    if (!isAllowed(tag, name, content)) continue;
    const isAddress = (tag === null ? ANYWHERE : ADDRESSES).test(name);
    props[name] = isAddress ? address(tag, name, content) : content;
  }
  if (tag === "iframe" || props.as === "iframe")
    if (props.srcDoc !== undefined) props.sandbox ??= "";
  if ((tag === "animate" || tag === "set") && moves(props))
    for (const name of ["values", "to", "from", "by"]) delete props[name];
  return props;
}

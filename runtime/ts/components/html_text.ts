// HTML that comes from the state, `rx.html`: shown without what could run.

import DOMPurify from "dompurify";
import { createElement, type ReactElement, useMemo, useSyncExternalStore } from "react";

const never = (): (() => void) => () => {};

interface HtmlTextProps {
  text?: unknown;
  as?: string;
  [prop: string]: unknown;
}

/** An element that holds the cleaned HTML. Cleaning needs a document, so it is not prerendered. */
export function HtmlText({ text, as = "div", ...rest }: HtmlTextProps): ReactElement {
  const given = text === null || text === undefined ? "" : String(text);
  const isLive = useSyncExternalStore(never, () => true, () => false);
  const html = useMemo(
    () => ({ __html: isLive ? DOMPurify.sanitize(given, { ADD_ATTR: ["target"] }) : "" }),
    [given, isLive],
  );
  return createElement(as, { ...rest, dangerouslySetInnerHTML: html });
}

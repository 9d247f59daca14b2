// Text that follows the state without React: where one value is all that an element shows, a change
// goes straight into its text node. React renders the element only for its other props, and then
// gives it the same text.

import { type ReactNode, useLayoutEffect, useReducer, useState } from "react";
import type { Source } from "./store.ts";

const TEXT_NODE = 3;

const isText = (shown: unknown): boolean =>
  shown === null || typeof shown === "string" || typeof shown === "number";

class LiveText {
  private isMounted = false;
  private element: Element | null = null;
  private last: unknown;

  constructor(
    private readonly source: Source,
    private readonly render: () => void,
  ) {}

  readonly ref = (element: Element | null): void => {
    this.element = element;
  };

  /** Returns what React is to show; at first that is what the HTML was rendered with. */
  shown(): ReactNode {
    const { source } = this;
    return (this.last = this.isMounted ? source.now() : source.rendered()) as ReactNode;
  }

  /** Writes the text, or leaves it to React where the element holds anything but one text. */
  private readonly update = (): void => {
    const { last } = this;
    const node = this.element?.firstChild;
    try {
      if (Object.is(this.shown(), last)) return;
    } catch {
      return this.render();
    }
    if (node?.nodeType === TEXT_NODE && !node.nextSibling && isText(last) && isText(this.last))
      node.nodeValue = `${(this.last as string | null) ?? ""}`;
    else this.render();
  };

  readonly mount = (): (() => void) => {
    this.isMounted = true;
    this.update();
    return this.source.subscribe(this.update);
  };
}

/** Returns what an element shows as its only child, and the ref that the element needs for it. */
export function useText(source: Source): Pick<LiveText, "shown" | "ref"> {
  const [, render] = useReducer((count: number) => count + 1, 0);
  const [text] = useState(() => new LiveText(source, render));
  useLayoutEffect(text.mount, [text]);
  return text;
}

// Elements that show a file of the site: its address needs the base, which the build cannot know.

import { createElement, type ElementType, type ReactElement, useSyncExternalStore } from "react";
import { isSitePath, resolve, safeUrl, site } from "../site.ts";

interface SourcedProps {
  as: ElementType;
  src?: unknown;
  poster?: unknown;
  [prop: string]: unknown;
}

const never = (): (() => void) => () => {};
const FRAMES = /^(iframe|embed|object)$/;

/** Returns the address of `path`; a file of the site gets its base, and frames run no code. */
function useAddress(path: unknown, isFrame: boolean): string | undefined {
  const given = path === null || path === undefined || path === "" ? null : String(path);
  const address = given === null || !isFrame ? given : safeUrl(given);
  const at = (toRoot?: string): string | undefined =>
    address === null ? undefined : isSitePath(address) ? resolve(address, toRoot) : address;
  return useSyncExternalStore(never, () => at(), () => at(site.toRoot));
}

/** The element or component `as`, whose `src` and `poster` may be files of the site. */
export function Sourced({ as, src, poster, ...rest }: SourcedProps): ReactElement {
  const isFrame = typeof as === "string" && FRAMES.test(as);
  const address = useAddress(src, isFrame);
  const still = useAddress(poster, false);
  return createElement(as, { ...rest, src: address, ...(still !== undefined && { poster: still }) });
}

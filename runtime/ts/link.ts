// Links. The HTML of a build has them relative to its page, as its base is unknown; in the browser
// they are absolute, so that they stay right when the page in front changes.

import {
  type ComponentPropsWithRef,
  createElement,
  type ReactElement,
  useSyncExternalStore,
} from "react";
import { isSitePath, resolve, safeUrl, site } from "./site.ts";

const never = (): (() => void) => () => {};

/** Returns the address for `href` of an element: site paths get the base, code gets none. */
export function useHref(href: unknown): string | undefined {
  const safe = href === null || href === undefined ? null : safeUrl(String(href));
  const at = (toRoot?: string): string | undefined =>
    safe === null ? undefined : isSitePath(safe) ? resolve(safe, toRoot) : safe;
  return useSyncExternalStore(
    never,
    () => at(),
    () => at(site.toRoot),
  );
}

export type LinkProps = ComponentPropsWithRef<"a"> & { replace?: boolean };

/** An <a>; the router shows pages of this site without loading it again. */
export function Link({ href, replace, ...rest }: LinkProps): ReactElement {
  const address = useHref(href);
  return createElement("a", { ...rest, href: address, "data-replace": replace ? "" : undefined });
}

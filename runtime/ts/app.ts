// The tree that both the browser and the build's renderer show: equal, so that React can hydrate.

import { type ComponentType, createElement, type ReactElement, type ReactNode, useEffect, useLayoutEffect, useSyncExternalStore } from "react";
import { ErrorBoundary } from "./errors.ts";
import { currentView, subscribeView } from "./router.ts";

export type RootComponent = ComponentType<{ children?: ReactNode }>;

export interface AppProps {
  Root: RootComponent;
  /** The page to show at build time; in the browser the router says it. */
  Page?: ComponentType;
  onShown?: () => void;
}

export function App({ Root, Page, onShown }: AppProps): ReactElement {
  const shown = () => Page ?? currentView().Page;
  const Current = useSyncExternalStore(subscribeView, shown, shown);
  if (onShown) useLayoutEffect(onShown, []);
  return createElement(
    ErrorBoundary,
    null,
    createElement(Root, null, createElement(ErrorBoundary, { key: nameOf(Current) }, createElement(Current))),
  );
}

const names = new WeakMap<ComponentType, number>();
let count = 0;

/** Returns a key for a page, so that an error of one does not stay over another. */
function nameOf(Page: ComponentType): number {
  if (!names.has(Page)) names.set(Page, ++count);
  return names.get(Page)!;
}

type Trigger = (...args: unknown[]) => void;

/** Runs a component's on_mount and on_unmount. */
export function useMountEvents(onMount?: Trigger | null, onUnmount?: Trigger | null): void {
  useEffect(() => {
    onMount?.();
    return () => onUnmount?.();
    // Each is to run once; a later closure reads the same state.
  }, []);
}

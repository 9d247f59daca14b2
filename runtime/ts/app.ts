// The tree that both the browser and the build's renderer show: equal, so that React can hydrate.

import {
  type ComponentType,
  createElement,
  type ReactElement,
  type ReactNode,
  useEffect,
  useLayoutEffect,
  useSyncExternalStore,
} from "react";
import { ErrorBoundary } from "./errors.ts";
import { currentView, subscribeView } from "./router.ts";

export type RootComponent = ComponentType<{ children?: ReactNode }>;

export interface AppProps {
  Root: RootComponent;
  /** Called once, when React has taken over the page. */
  onShown?: () => void;
}

export function App({ Root, onShown }: AppProps): ReactElement {
  const { Page, route } = useSyncExternalStore(subscribeView, currentView, currentView);
  if (onShown) useLayoutEffect(onShown, []);
  // The key keeps the error of one page from standing over the next.
  const page = createElement(ErrorBoundary, { key: route.pattern }, createElement(Page));
  return createElement(ErrorBoundary, null, createElement(Root, null, page));
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

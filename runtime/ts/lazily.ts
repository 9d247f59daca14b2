// Parts of a component that are fetched when something to show first needs them.

import { useEffect, useSyncExternalStore } from "react";

/** Returns a hook that gives what `load` fetches, undefined until it is here. */
export function lazily<T>(load: () => Promise<T>): (wanted: boolean) => T | undefined {
  let found: T | undefined;
  let started = false;
  const watchers = new Set<() => void>();
  const watch = (watcher: () => void): (() => void) => {
    watchers.add(watcher);
    return () => watchers.delete(watcher);
  };
  const start = (): void => {
    if (started) return;
    started = true;
    load().then(
      (loaded) => {
        found = loaded;
        for (const watcher of watchers) watcher();
      },
      (error: unknown) => {
        started = false;
        console.warn("A part of the page cannot be fetched.", error);
      },
    );
  };
  return (wanted) => {
    // The prerendered HTML was made without it, and so is the first look at it here.
    const value = useSyncExternalStore(watch, () => found, () => undefined);
    useEffect(() => {
      if (wanted) start();
    }, [wanted]);
    return wanted ? value : undefined;
  };
}

// Icons whose names only the page knows. Its module has the drawings of those that it starts with;
// the others lie in files, each with the names from one to the next, and a file is fetched when
// something shows an icon of it. Until then, and for a name that no icon has, an empty drawing
// takes the icon's place.

import {
  type ComponentType,
  createElement,
  type ReactElement,
  useEffect,
  useSyncExternalStore,
} from "react";

type Drawing = readonly (readonly [tag: string, attributes: object])[];
type Icon = ComponentType<object>;

/** The drawings of icons by name; a name in the place of one is that of the same icon. */
export type Drawings = Record<string, Drawing | string>;

/** The first name in a file, and how to fetch the file. */
type File = readonly [first: string, fetch: () => Promise<{ icons: Drawings }>];

/** Tells of a name that no icon has; only in development. */
type Report = () => Promise<{ report: (name: string) => void }>;

interface NamedIconProps {
  name?: unknown;
  drawn: Drawings;
}

/** Returns the component that shows the icon of a name; `create` makes a component of a drawing. */
export function namedIcon(
  create: (icon: { name: string; size: number; node: Drawing }) => Icon,
  files: readonly File[],
  report?: Report,
): ComponentType<NamedIconProps> {
  const fetched: Drawings[] = [];
  const fetching = new Set<number>();
  const made = new WeakMap<Drawing, Icon>();
  const watchers = new Set<() => void>();
  const blank = create({ name: "", size: 24, node: [] });

  const place = (name: string): number =>
    Math.max(0, files.findLastIndex(([first]) => first <= name));

  const watch = (watcher: () => void): (() => void) => {
    watchers.add(watcher);
    return () => watchers.delete(watcher);
  };

  function component(name: string, node: Drawing): Icon {
    let icon = made.get(node);
    if (!icon) made.set(node, (icon = create({ name, size: 24, node })));
    return icon;
  }

  /** Returns an icon, null if there is none, or the number of the file that is to be fetched. */
  function find(name: string, drawn: Drawings, all: readonly Drawings[]): Icon | number | null {
    const at = place(name);
    const found = drawn[name] ?? all[at]?.[name];
    if (typeof found === "string") return find(found, drawn, all);
    if (found) return component(name, found);
    return name && !all[at] ? at : null;
  }

  async function fetch(at: number): Promise<void> {
    if (fetching.has(at)) return;
    fetching.add(at);
    try {
      fetched[at] = (await files[at]![1]()).icons;
      for (const watcher of watchers) watcher();
    } catch (error) {
      fetching.delete(at);
      console.warn("Icons cannot be fetched.", error);
    }
  }

  return function NamedIcon({ name, drawn, ...props }: NamedIconProps): ReactElement {
    const wanted = String(name ?? "").replaceAll("_", "-").toLowerCase();
    // The prerendered HTML was made of the drawings that the page starts with.
    const found = useSyncExternalStore(
      watch,
      () => find(wanted, drawn, fetched),
      () => find(wanted, drawn, []),
    );
    useEffect(() => {
      if (typeof found === "number") fetch(found);
      else if (!found && wanted) report?.().then((told) => told.report(wanted));
    }, [found, wanted]);
    return createElement(found && typeof found !== "number" ? found : blank, props);
  };
}

// Components that a var of the state holds. They come as data (`compiler/held_data.py` writes it)
// and are shown by React like those of the page: what did not change in a new value keeps its
// identity, so that React passes over it and a field keeps its focus.
//
// The modules that a tree needs are fetched before it is shown; until then the last one stays.

import {
  type ComponentType,
  createElement,
  type ElementType,
  Fragment,
  memo,
  type ReactElement,
  type ReactNode,
  useEffect,
  useInsertionEffect,
  useRef,
  useState,
  useSyncExternalStore,
} from "react";
import { useMountEvents } from "../app.ts";
import { each, show } from "../each.ts";
import { type Env, type Expr, readsOf, type Scope, value } from "../expression.ts";
import { isRefused, safeProps } from "../held_props.ts";
import { trigger } from "../held_trigger.ts";
import { notice } from "../notice.ts";
import { truth } from "../py.ts";
import { type Cell, cell, peek } from "../store.ts";

type Module = Record<string, unknown>;

/** Where components come from: the modules that the page starts with, and how to fetch others. */
export interface Parts {
  now: Record<string, Module>;
  later: Record<string, () => Promise<Module>>;
}

interface Options {
  key?: Expr;
  mount?: Expr;
  unmount?: Expr;
  slot?: boolean;
  client?: boolean;
  rest?: Expr[];
}

/** Text, or a list that begins with the node's kind. */
type Node = string | readonly [kind: string, ...rest: any[]];
type ElementNode = readonly ["e", type: string | null, Record<string, Expr>, Node[], Options?];

interface Tree {
  node: Node;
  needs?: string[];
  css?: Record<string, string>;
}

const NONE: Env = {};

const isTree = (x: unknown): x is Tree =>
  typeof x === "object" && x !== null && "node" in x && !("$$typeof" in x);

/** The rules of styles that no stylesheet of the site has, each class once. */
const rules = new Map<string, string>();
let sheet: CSSStyleSheet | undefined;

function addRules(css: Record<string, string>): void {
  const fresh = Object.entries(css).filter(([name]) => !rules.has(name));
  if (!fresh.length) return;
  for (const [name, text] of fresh) rules.set(name, text);
  if (!sheet) document.adoptedStyleSheets.push((sheet = new CSSStyleSheet()));
  sheet.replaceSync([...rules.values()].join(""));
}

/** What a node reads, as one thing to subscribe to. */
interface Watch {
  names: readonly (readonly [string, string])[];
  subscribe: (listener: () => void) => () => void;
  now: () => readonly unknown[];
  rendered: () => readonly unknown[];
}

/** Returns a function that gives the same list as long as what is in it is the same. */
function steady(make: () => readonly unknown[]): () => readonly unknown[] {
  let last: readonly unknown[] = [];
  return () => {
    const found = make();
    const same = found.length === last.length && found.every((each, i) => Object.is(each, last[i]));
    return same ? last : (last = found);
  };
}

const watches = new WeakMap<object, Watch>();

function watchOf(node: Exclude<Node, string>): Watch {
  let watch = watches.get(node);
  if (!watch) {
    const names = [...new Map(nodeReads(node).map((read) => [read.join("\n"), read])).values()];
    const cells: Cell[] = names.map(([state, name]) => cell(state, name));
    watch = {
      names,
      subscribe: (listener) => {
        for (const { listeners } of cells) listeners.add(listener);
        return () => cells.forEach(({ listeners }) => listeners.delete(listener));
      },
      now: steady(() => cells.map((each) => each.value)),
      rendered: steady(() => cells.map((each) => each.rendered)),
    };
    watches.set(node, watch);
  }
  return watch;
}

type Reads = readonly (readonly [string, string])[];

/** Returns what a node itself reads while it is shown, as `compiler/analyze.py` has it. */
function nodeReads(node: Node): Reads {
  if (typeof node === "string") return [];
  const [kind, ...rest] = node;
  switch (kind) {
    case "s":
    case "i":
    case "r":
    case "h":
      return readsOf(rest[0]);
    case "u":
      return Object.values(rest[1] as Record<string, Expr>).flatMap(readsOf);
    case "e": {
      const [, , props, children, { key, rest: more = [], slot } = {}] = node as ElementNode;
      const values = [...Object.values(props), ...more, key ?? null].flatMap(readsOf);
      const inside = children.flatMap((child) => (slot || child[0] === "s" ? directReads(child) : []));
      return [...values, ...inside];
    }
    default:
      return [];
  }
}

function directReads(node: Node): Reads {
  if (typeof node === "string") return [];
  const own = nodeReads(node);
  if (node[0] === "i") return [...own, ...directReads(node[2]), ...directReads(node[3])];
  if (node[0] === "g") return node[2].flatMap(directReads);
  return own;
}

/** Returns the component that shows what a var holds. */
export function held({ now, later }: Parts): ComponentType<{ tree: unknown }> {
  const loaded = new Map(Object.entries(now));
  const loading = new Map<string, Promise<void>>();
  const watchers = new Set<() => void>();
  const constants = new WeakMap<object, ReactNode>();
  let version = 0;

  function find(name: string): unknown {
    const [module, exported] = name.split("#") as [string, string];
    const found = loaded.get(module)?.[exported];
    if (found === undefined) throw new Error(`This page has no component ${name}.`);
    return found;
  }

  async function load(need: string): Promise<void> {
    const [module] = need.split("#") as [string];
    try {
      if (!Object.hasOwn(later, module)) throw new Error(`This page has no module ${module}.`);
      loaded.set(module, await later[module]!());
      version++;
      for (const watcher of watchers) watcher();
    } catch (error) {
      loading.delete(need);
      console.error(error);
      notice("A part of the page cannot be fetched.", { key: need });
    }
  }

  /** A need is a module, or one icon of the module of icons. */
  const isHere = (need: string): boolean => {
    const [module, exported] = need.split("#") as [string, string?];
    const found = loaded.get(module);
    return found !== undefined && (exported === undefined || Object.hasOwn(found, exported));
  };

  const missing = ({ needs = [] }: Tree): string[] => needs.filter((need) => !isHere(need));

  const watch = (watcher: () => void): (() => void) => {
    watchers.add(watcher);
    return () => watchers.delete(watcher);
  };

  /** A node with what it reads, its on_mount, or what only a browser shows. */
  const Live = memo(function Live({ node, env }: { node: Exclude<Node, string>; env: Env }): ReactNode {
    const { names, subscribe, now, rendered } = watchOf(node);
    const values = useSyncExternalStore(subscribe, now, rendered);
    const read: Scope["read"] = (state, name) => {
      const index = names.findIndex(([a, b]) => a === state && b === name);
      return index < 0 ? peek(state, name) : values[index];
    };
    const scope: Scope = { env, read, trigger, show: shown, find };
    const { mount, unmount, client } = node[0] === "e" ? (node[4] ?? {}) : ({} as Options);
    const [isClient, setClient] = useState(!client);
    useEffect(() => setClient(true), []);
    const chain = (expr: Expr | undefined): (() => void) | null =>
      expr == null ? null : (value(expr, scope) as () => void);
    useMountEvents(chain(mount), chain(unmount));
    return isClient || !client ? inline(node, scope) : null;
  });

  /** One row of a `foreach`. */
  const Row = memo(function Row({ item, index, env, node }: Record<string, any>): ReactNode {
    const [, , itemName, indexName, row] = node;
    return child(row, { ...env, [itemName]: item, [indexName]: index });
  });

  const isLive = (node: Exclude<Node, string>): boolean => {
    const { mount, unmount, client } = node[0] === "e" ? (node[4] ?? {}) : ({} as Options);
    return mount != null || unmount != null || client || watchOf(node).names.length > 0;
  };

  const constant = (env: Env): Scope => ({ env, read: peek, trigger, show: shown, find });

  /** Returns a node as a child; what needs nothing from around it stays one and the same element. */
  function child(node: Node, env: Env): ReactNode {
    if (typeof node === "string") return node;
    if (env !== NONE) return fresh(node, env);
    let found = constants.get(node);
    if (found === undefined) constants.set(node, (found = fresh(node, env)));
    return found;
  }

  function fresh(node: Exclude<Node, string>, env: Env): ReactNode {
    if (!isLive(node)) return inline(node, constant(env));
    const key = node[0] === "e" ? keyOf(node as ElementNode, constant(env)) : undefined;
    return createElement(Live, { node, env, ...(key !== undefined && { key }) });
  }

  const shown: Scope["show"] = (node, { env }) => child(node, env);

  /** Returns what tells an element from its neighbours when these come and go. */
  function keyOf([, , { id }, , options]: ElementNode, scope: Scope): string | undefined {
    if (options?.key != null) return String(value(options.key, scope));
    return typeof id === "string" ? id : undefined;
  }

  /** Returns a slot's child: never a component of its own, as the slot gives it props. */
  function direct(node: Node, scope: Scope): ReactNode {
    if (typeof node === "string") return node;
    if (node[0] === "i") return direct(node[truth(value(node[1], scope)) ? 2 : 3], scope);
    if (node[0] === "g" && node[2].length === 1) return direct(node[2][0], scope);
    return inline(node, scope);
  }

  function inline(node: Exclude<Node, string>, scope: Scope): ReactNode {
    const [kind, ...rest] = node;
    switch (kind) {
      case "s":
        return show(value(rest[0], scope));
      case "h":
        return createElement(Held, { tree: value(rest[0], scope) });
      case "g":
        return group(rest[1], scope, rest[0]);
      case "i":
        return child(rest[truth(value(rest[0], scope)) ? 1 : 2], scope.env);
      case "r":
        return rows(node, scope);
      case "u":
        return use(rest[0], rest[1], rest[2], scope);
      case "e":
        return element(node as ElementNode, scope);
      default:
        throw new Error(`There is no node of the kind ${kind}.`);
    }
  }

  function rows(node: Exclude<Node, string>, scope: Scope): ReactNode {
    const [, items, itemName, indexName, , key] = node;
    const keyOf = (item: unknown, index: number): unknown =>
      value(key, { ...scope, env: { ...scope.env, [itemName]: item, [indexName]: index } });
    const extra = { node, env: scope.env };
    return each(value(items, scope), Row as never, extra, key == null ? undefined : keyOf);
  }

  function group(children: Node[], { env }: Scope, key: Expr): ReactNode {
    const parts = children.map((each) => child(each, env));
    const props = key === null ? null : { key: String(key) };
    return createElement(Fragment, props, ...parts);
  }

  /** Shows what a memo of the author's is made of, with the props of this use. */
  function use(body: Node, given: Record<string, Expr>, children: Node[], scope: Scope): ReactNode {
    const props = Object.entries(given).map(([name, expr]) => [name, value(expr, scope)]);
    const inside = children.map((each) => child(each, scope.env));
    const env = { ...Object.fromEntries(props), ...(inside.length && { $children: inside }) };
    return child(body, env as Env);
  }

  function element(node: ElementNode, scope: Scope): ReactNode {
    const [, name, props, children, options = {}] = node;
    const key = keyOf(node, scope);
    if (name === null) return group(children, scope, key ?? null);
    const tag = name.includes("#") ? null : name;
    if (isRefused(tag)) return null;
    const given: Record<string, unknown> = {};
    for (const spread of options.rest ?? []) Object.assign(given, value(spread, scope));
    for (const [prop, expr] of Object.entries(props)) given[prop] = value(expr, scope);
    const inside = children.map((each) =>
      options.slot
        ? direct(each, scope)
        : typeof each !== "string" && each[0] === "s"
          ? inline(each, scope)
          : child(each, scope.env),
    );
    const all = { ...safeProps(tag, given), ...(key !== undefined && { key }) };
    return createElement((tag ?? find(name)) as ElementType, all, ...inside);
  }

  function One({ tree }: { tree: Tree }): ReactNode {
    const last = useRef<Tree | null>(null);
    // The prerendered HTML was made of the modules that the page starts with.
    useSyncExternalStore(watch, () => version, () => 0);
    const wanted = missing(tree);
    if (!wanted.length) last.current = tree;
    useEffect(() => {
      for (const need of wanted) if (!loading.has(need)) loading.set(need, load(need));
    });
    const shown = last.current;
    useInsertionEffect(() => {
      if (shown?.css) addRules(shown.css);
    }, [shown]);
    return shown && child(shown.node, NONE);
  }

  function Held({ tree }: { tree: unknown }): ReactElement {
    const parts = Array.isArray(tree) ? tree : [tree];
    const children = parts.map((part) => (isTree(part) ? createElement(One, { tree: part }) : show(part)));
    return createElement(Fragment, null, ...children);
  }

  return Held;
}

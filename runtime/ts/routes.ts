// Routes and the addresses that they match.

import type { Location } from "./protocol.gen.ts";
import { pathOf } from "./site.ts";

export type Params = Record<string, string | string[]>;

/** Matches one route: gives its params, or null. */
type Match = (segments: readonly string[]) => Params | null;

interface Part {
  kind: "static" | "one" | "some" | "any";
  name: string;
}

const DYNAMIC = /^\[(\[)?(\.\.\.)?(.+?)\]?\]$/;

function partOf(segment: string): Part {
  const found = DYNAMIC.exec(segment);
  if (!found) return { kind: "static", name: segment };
  const [, optional, rest, name = ""] = found;
  if (!rest) return { kind: optional ? "any" : "one", name };
  return { kind: optional ? "any" : "some", name };
}

const isSplat = ({ kind }: Part): boolean => kind === "some" || kind === "any";

function partsOf(pattern: string): Part[] {
  return pattern.split("/").filter(Boolean).map(partOf);
}

function matcher(pattern: string): Match {
  const parts = partsOf(pattern);
  const isSingle = /\[\[[^.\]]+\]\]$/.test(pattern);
  return (segments) => {
    const params: [string, string | string[]][] = [];
    for (const [index, part] of parts.entries()) {
      if (isSplat(part)) {
        const rest = segments.slice(index);
        if (part.kind === "some" && !rest.length) return null;
        if (isSingle && rest.length > 1) return null;
        if (rest.length || !isSingle) params.push([part.name, isSingle ? rest[0]! : rest]);
        return Object.fromEntries(params);
      }
      const segment = segments[index];
      if (segment === undefined || (part.kind === "static" && part.name !== segment)) return null;
      if (part.kind === "one") params.push([part.name, segment]);
    }
    return segments.length === parts.length ? Object.fromEntries(params) : null;
  };
}

/** Ranks patterns: at the first segment where two differ, fixed text comes before a parameter. */
function rank(pattern: string): string {
  const ranks = { static: "0", one: "1", some: "2", any: "3" };
  return partsOf(pattern)
    .map(({ kind }) => ranks[kind])
    .join("");
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** Returns a function that finds the route of a site's path, with its params. */
export function routeFinder<R extends { pattern: string }>(
  routes: readonly R[],
): (path: string) => { route: R; params: Params } | null {
  const ranked = routes
    .map((route) => ({ route, match: matcher(route.pattern), rank: rank(route.pattern) }))
    .sort((a, b) => (a.rank < b.rank ? -1 : a.rank > b.rank ? 1 : 0));
  return (path) => {
    const segments = path.split("/").filter(Boolean).map(decode);
    for (const { route, match } of ranked) {
      const params = match(segments);
      if (params) return { route, params };
    }
    return null;
  };
}

/** Returns where `url` is, as the worker hears of it. */
export function locationOf(url: URL, route: string, params: Params): Location {
  const path = pathOf(url) ?? url.pathname;
  return { href: url.href, path, route, params, query: Object.fromEntries(url.searchParams) };
}

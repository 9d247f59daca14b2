// Routes and the addresses that they match: "/post/[id]", "/docs/[[...splat]]".

import type { Location } from "./protocol.gen.ts";
import { pathOf } from "./site.ts";

export type Params = Record<string, string | string[]>;

interface Matcher<R> {
  route: R;
  regexp: RegExp;
  names: { name: string; isList: boolean }[];
  /** Orders matchers: where two differ first, fixed text comes before a parameter. */
  rank: string;
}

const PARAMETER = /^\[(\[)?(\.\.\.)?([^[\]]+)\]\]?$/;

const segmentsOf = (path: string): string[] => path.split("/").filter(Boolean);

function matcher<R extends { pattern: string }>(route: R): Matcher<R> {
  const names: Matcher<R>["names"] = [];
  let rank = "";
  const source = segmentsOf(route.pattern).map((segment) => {
    const [, optional, rest, name] = PARAMETER.exec(segment) ?? [];
    rank += name ? 1 + (rest ? 2 : 0) + (optional ? 1 : 0) : 0;
    if (!name) return `/${encodeURI(segment).replace(/[^\w/-]/g, "\\$&")}`;
    names.push({ name, isList: !!rest });
    const one = rest ? "/(.+)" : "/([^/]+)";
    return optional ? `(?:${one})?` : one;
  });
  return { route, names, rank, regexp: new RegExp(`^${source.join("")}/?$`) };
}

/** Returns `text` without the escapes of an address, or as it is where those are broken. */
export function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function paramsOf({ names }: Matcher<unknown>, values: readonly (string | undefined)[]): Params {
  const params: [string, string | string[]][] = [];
  for (const [index, { name, isList }] of names.entries()) {
    const value = values[index];
    if (isList) params.push([name, segmentsOf(value ?? "").map(decode)]);
    else if (value !== undefined) params.push([name, decode(value)]);
  }
  return Object.fromEntries(params);
}

/** Returns a function that finds the route of a site's path, with its params. */
export function routeFinder<R extends { pattern: string }>(
  routes: readonly R[],
): (path: string) => { route: R; params: Params } | null {
  const matchers = routes.map(matcher).sort((a, b) => (a.rank < b.rank ? -1 : 1));
  return (path) => {
    for (const each of matchers) {
      const found = each.regexp.exec(path);
      if (found) return { route: each.route, params: paramsOf(each, found.slice(1)) };
    }
    return null;
  };
}

/** Returns where `url` is, as the worker hears of it. */
export function locationOf(url: URL, route: string, params: Params): Location {
  const path = decode(pathOf(url) ?? url.pathname);
  return { href: url.href, path, route, params, query: Object.fromEntries(url.searchParams) };
}

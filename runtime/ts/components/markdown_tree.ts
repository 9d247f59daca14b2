// Markdown that is known when a site is built, as a tree of elements: the page needs no parser.

import { Fragment, isValidElement, type ReactElement, type ReactNode } from "react";
import ReactMarkdown, { type Options } from "react-markdown";
import { dedent, type Maths, plugins, type Uses } from "./markdown_plugins.ts";
import type { PluggableList } from "unified";

/** Text, or [tag, props, children]. */
type Tree = string | [string, object, Tree[]];

function trees(node: ReactNode): Tree[] {
  if (Array.isArray(node)) return node.flatMap(trees);
  if (!isValidElement<{ children?: ReactNode }>(node))
    return node === null || node === undefined || typeof node === "boolean" ? [] : [String(node)];
  const { type, props } = node;
  const { children, ...rest } = props;
  if (type === Fragment) return trees(children);
  return [[String(type), rest, trees(children)]];
}

/** Returns the elements that `text` becomes. */
export function markdownTree(
  text: string,
  uses: Uses,
  raw: PluggableList | null,
  maths: Maths | null,
): Tree[] {
  const options: Options = { ...plugins(uses, raw ?? undefined, maths ?? undefined), children: dedent(text) };
  const show = ReactMarkdown as (options: Options) => ReactElement;
  return trees(show(options));
}

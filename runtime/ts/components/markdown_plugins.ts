// Which plugins a text needs, and how its indentation is taken off.

import rehypeSlug from "rehype-slug";
import rehypeUnwrapImages from "rehype-unwrap-images";
import remarkGfm from "remark-gfm";
import type { Options } from "react-markdown";
import type { PluggableList } from "unified";

/** What the author turns off; what is not named is on. */
export interface Uses {
  gfm?: unknown;
  math?: unknown;
  katex?: unknown;
  raw?: unknown;
  unwrapImages?: unknown;
}

export interface Maths {
  remark: PluggableList;
  rehype: PluggableList;
}

const isOn = (use: unknown): boolean => use === undefined || Boolean(use);

export const hasHtml = (text: string, uses: Uses): boolean => isOn(uses.raw) && /<[a-z!/]/i.test(text);
export const hasMaths = (text: string, uses: Uses): boolean =>
  isOn(uses.math) && isOn(uses.katex) && /\$|```math/.test(text);

/** Returns the plugins for a text, of which `raw` and `maths` are there if they are wanted. */
export function plugins(
  uses: Uses,
  raw: PluggableList | undefined,
  maths: Maths | undefined,
): Pick<Options, "remarkPlugins" | "rehypePlugins"> {
  return {
    remarkPlugins: [...(maths?.remark ?? []), ...(isOn(uses.gfm) ? [remarkGfm] : [])],
    rehypePlugins: [
      ...(raw ?? []),
      ...(maths?.rehype ?? []),
      rehypeSlug,
      ...(isOn(uses.unwrapImages) ? [rehypeUnwrapImages] : []),
    ],
  };
}

/** Returns `text` without the indentation that all its lines after the first share. */
export function dedent(text: string): string {
  const lines = text.replace(/\t/g, "    ").split("\n");
  const filled = lines.slice(1).filter((line) => line.trim());
  const indent = filled.length ? Math.min(...filled.map((line) => line.search(/\S/))) : 0;
  return lines.map((line, index) => (index ? line.slice(indent) : line.trimStart())).join("\n");
}

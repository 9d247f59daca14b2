// Markdown as the components of the theme, `rx.markdown`.

import { createElement, type ElementType, type ReactElement, type ReactNode } from "react";
import ReactMarkdown, { type Components, type Options } from "react-markdown";
import remarkGfm from "remark-gfm";
import { Link } from "../link.ts";

/** How the author shows a tag. */
type Shown = (children: ReactNode, props: object) => ReactNode;
type Part = { children?: ReactNode; className?: string; href?: string; node?: unknown };

interface MarkdownProps {
  children?: ReactNode;
  text?: unknown;
  parts: Record<string, ElementType>;
  headings: Record<string, object>;
  shown?: Record<string, Shown>;
}

const LIST_STYLE = { marginTop: "1em", marginBottom: "1em", paddingLeft: "1.5rem" };

const margins = (space: string): object => ({ marginTop: space, marginBottom: space });

/** Returns how each tag of the Markdown looks, made of the theme's `parts`. */
function looks(
  { Heading, Text, Code, ThemedLink }: Record<string, ElementType>,
  headings: Record<string, object>,
): Components {
  const found: Record<string, (props: Part) => ReactElement> = {};
  for (const [tag, props] of Object.entries(headings))
    found[tag] = ({ children }) => createElement(Heading!, { ...props, style: margins("0.5em") }, children);
  found.p = ({ children }) => createElement(Text!, { as: "p", style: margins("1em") }, children);
  found.a = ({ children, href }) =>
    createElement(ThemedLink!, { asChild: true }, createElement(Link, { href }, children));
  for (const [tag, listStyleType] of [["ul", "disc"], ["ol", "decimal"]] as const)
    found[tag] = ({ children }) => createElement(tag, { style: { ...LIST_STYLE, listStyleType } }, children);
  found.li = ({ children, className }) => createElement("li", { className, style: margins("0.5em") }, children);
  found.code = ({ children, className }) =>
    className ? createElement("code", { className }, children) : createElement(Code!, null, children);
  return found as Components;
}

const LANGUAGE = /language-([\w-]+)/;

/** Returns the author's components; blocks of code have theirs under "codeblock". */
function authored(shown: Record<string, Shown>): Components {
  const { codeblock, ...others } = shown;
  const found: Record<string, (props: Part) => ReactNode> = {};
  for (const [tag, show] of Object.entries(others)) found[tag] = (props) => show(props.children, props);
  if (codeblock) {
    const inline = found.code;
    found.pre = ({ children }) => children;
    found.code = (props) => {
      const language = LANGUAGE.exec(props.className ?? "")?.[1];
      const isBlock = language !== undefined || String(props.children).includes("\n");
      if (isBlock) return codeblock(props.children, { language: language ?? "text" });
      return inline ? inline(props) : createElement("code", null, props.children);
    };
  }
  return found as Components;
}

const dedent = (text: string): string => {
  const lines = text.replace(/\t/g, "    ").split("\n");
  const filled = lines.slice(1).filter((line) => line.trim());
  const indent = filled.length ? Math.min(...filled.map((line) => line.search(/\S/))) : 0;
  return lines.map((line, index) => (index ? line.slice(indent) : line.trimStart())).join("\n");
};

/** Shows Markdown with tables, strike-through, task lists and footnotes. */
export function Markdown({ text, parts, headings, shown, ...rest }: MarkdownProps): ReactElement {
  const options: Options = {
    remarkPlugins: [remarkGfm],
    components: { ...looks(parts, headings), ...(shown && authored(shown)) },
    children: dedent(text === null || text === undefined ? "" : String(text)),
  };
  return createElement("div", rest, createElement(ReactMarkdown, options));
}

// Markdown from the state as the components of the theme, `rx.markdown`.
//
// What only some texts need (HTML, formulas, code) is fetched when a text has it.

import {
  createElement,
  type ElementType,
  type ReactElement,
  type ReactNode,
  type RefObject,
  useRef,
  useState,
} from "react";
import ReactMarkdown, { type Components } from "react-markdown";
import { lazily } from "../lazily.ts";
import { Link } from "../link.ts";
import { dedent, hasHtml, hasMaths, plugins, type Uses } from "./markdown_plugins.ts";

/** How the author shows a tag. */
type Shown = (children: ReactNode, props: object) => ReactNode;
type Part = {
  children?: ReactNode;
  className?: string;
  href?: string;
  id?: string;
  node?: unknown;
};
type Look = (props: Part) => ReactNode;

interface MarkdownProps {
  text?: unknown;
  parts: Record<string, ElementType>;
  headings: Record<string, object>;
  uses?: Uses;
  shown?: Record<string, Shown>;
}

const LIST_STYLE = { marginTop: "1em", marginBottom: "1em", paddingLeft: "1.5rem" };
const LANGUAGE = /language-(\S+)/;

const useRaw = lazily(() => import("./raw_html.ts"));
const useCode = lazily(() => import("./code_any.ts"));
const useMaths = lazily(async () => {
  const maths = await import("./maths_lazy.ts");
  await maths.addStyle();
  return maths;
});

const margins = (space: string): object => ({ marginTop: space, marginBottom: space });
const isElement = (node: ReactNode): node is ReactElement<Part> =>
  typeof node === "object" && node !== null && "props" in node;

/** Returns text and language of the code in a block. */
function codeOf(children: ReactNode): { code: string; language: string } {
  const [only] = [children].flat();
  const props = isElement(only) ? only.props : { children: only };
  const text = [props.children ?? ""].flat().join("");
  return { code: text.replace(/\n$/, ""), language: LANGUAGE.exec(props.className ?? "")?.[1] ?? "" };
}

/** A block of code; plain until what marks its parts is here. */
function Block({ children }: Part): ReactElement {
  const marks = useCode(true);
  const { code, language } = codeOf(children);
  if (marks) return createElement(marks.AnyCodeBlock, { code, language });
  return createElement("pre", { tabIndex: 0 }, createElement("code", null, code));
}

/** Returns how each tag of the Markdown looks, made of the theme's `parts`. */
function looks(
  { Heading, Text, Code, ThemedLink }: Record<string, ElementType>,
  headings: Record<string, object>,
): Record<string, Look> {
  const found: Record<string, Look> = {};
  for (const [tag, props] of Object.entries(headings))
    found[tag] = ({ children, id }) =>
      createElement(Heading!, { ...props, id, style: margins("0.5em") }, children);
  found.p = ({ children }) => createElement(Text!, { as: "p", style: margins("1em") }, children);
  found.a = ({ children, node: _, ...rest }) =>
    createElement(ThemedLink!, { asChild: true, underline: "always" }, createElement(Link, rest, children));
  for (const [tag, listStyleType] of [["ul", "disc"], ["ol", "decimal"]] as const)
    found[tag] = ({ children, className }) =>
      createElement(tag, { className, style: { ...LIST_STYLE, listStyleType } }, children);
  found.li = ({ children, className, id }) =>
    createElement("li", { className, id, style: margins("0.5em") }, children);
  found.code = ({ children }) => createElement(Code!, null, children);
  found.input = ({ node: _, ...rest }) =>
    createElement("input", { ...rest, "aria-label": "checked" in rest ? "Done" : "To do" });
  found.pre = Block;
  return found;
}

/** Returns the author's looks: each shows as the latest functions in `shown` say. */
function authored(shown: RefObject<Record<string, Shown>>): Record<string, Look> {
  const found: Record<string, Look> = {};
  for (const tag of Object.keys(shown.current))
    if (tag === "pre" || tag === "codeblock")
      found.pre = ({ children }) => {
        const { code, language } = codeOf(children);
        return shown.current[tag]!(code, { language: language || "text" });
      };
    else found[tag] = ({ node: _, ...props }) => shown.current[tag]!(props.children, props);
  return found;
}

/** Shows Markdown with tables, task lists, footnotes, formulas, code and cleaned HTML. */
export function Markdown({ text, parts, headings, uses = {}, shown, ...rest }: MarkdownProps): ReactElement {
  const latest = useRef(shown ?? {});
  latest.current = shown ?? {};
  const [components] = useState(() => ({ ...looks(parts, headings), ...authored(latest) }));
  const children = dedent(text === null || text === undefined ? "" : String(text));
  const html = hasHtml(children, uses);
  const raw = useRaw(html);
  const maths = useMaths(hasMaths(children, uses));
  const options = {
    ...plugins(uses, raw?.untrusted, maths),
    components: components as Components,
    skipHtml: html && !raw,
    children,
  };
  return createElement("div", rest, createElement(ReactMarkdown, options));
}

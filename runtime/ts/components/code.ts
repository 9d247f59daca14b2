// Code with its parts marked, `rx.code_block`. The marks are the class names of Prism's themes.

import { type Grammar, type Part, Prism } from "prism-core";
import { createElement, type ReactElement, useMemo } from "react";

Prism.register = (grammar) => {
  if (!Object.hasOwn(Prism.languages, grammar.displayName)) grammar(Prism);
};

const CLOSE = "</span>";

const escape = (text: string): string =>
  text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");

/** Returns the HTML of `parts`; where a line ends, what is `open` is closed and opened again. */
function html(parts: Part | Part[], open: string[]): string {
  if (Array.isArray(parts)) return parts.map((part) => html(part, open)).join("");
  if (typeof parts === "string")
    return escape(parts).replaceAll("\n", `${CLOSE.repeat(open.length)}\n${open.join("")}`);
  const names = ["token", parts.type, ...[parts.alias ?? []].flat()].join(" ");
  const start = `<span class="${names}">`;
  return start + html(parts.content, [...open, start]) + CLOSE;
}

function tokens(code: string, grammar: Grammar | null): Part[] {
  if (!grammar) return [code];
  Prism.register(grammar);
  const language = grammar.displayName;
  const env = { code, grammar: Prism.languages[language]!, language, tokens: [] as Part[] };
  Prism.hooks.run("before-tokenize", env);
  env.tokens = Prism.tokenize(env.code, env.grammar);
  Prism.hooks.run("after-tokenize", env);
  return env.tokens;
}

/** Returns `code` as HTML, each line in an element of its own where `lines` are asked for. */
export function highlight(code: string, grammar: Grammar | null, lines: boolean): string {
  const marked = html(tokens(code, grammar), []);
  if (!lines) return marked;
  const each = marked.replace(/\n$/, "").split("\n");
  return each.map((line) => `<span class="line">${line}\n</span>`).join("");
}

export interface CodeProps {
  code?: unknown;
  grammar?: Grammar | null;
  lines?: boolean;
  codeProps?: object;
}

/** A block of code whose text comes from the state. */
export function CodeBlock({ code, grammar, lines, codeProps, ...rest }: CodeProps): ReactElement {
  const text = code === null || code === undefined ? "" : String(code);
  const marked = useMemo(
    () => ({ __html: highlight(text, grammar ?? null, Boolean(lines)) }),
    [text, grammar, lines],
  );
  return createElement(
    "pre",
    { tabIndex: 0, ...rest },
    createElement("code", { ...codeProps, dangerouslySetInnerHTML: marked }),
  );
}

// Formulas in Markdown, drawn by KaTeX.

import rehypeKatex from "rehype-katex";
import remarkMath from "remark-math";
import type { PluggableList } from "unified";

export const remark: PluggableList = [remarkMath];
export const rehype: PluggableList = [rehypeKatex];

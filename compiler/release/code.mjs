// What code blocks need: the grammars of Prism by language, and its colour themes as data.

import fs from "node:fs";
import path from "node:path";
import * as themes from "react-syntax-highlighter/dist/esm/styles/prism/index.js";
import { readable } from "./contrast.mjs";

const WHOLE = /^(?:pre|code)\[class\*=["']language-["']\]$/;
const SELECTION = /^(?:pre|code)\[class\*=["']language-["']\] ?\*?::selection$/;
const TOKEN = /^\.?[a-z-]+(?:\.[a-z-]+)*$/;
const UNUSED = /^(?:Moz|O[A-Z]|ms|Webkit|hyphens|tabSize|filter)/;
const DEFAULTS = { oneLight: "default_light", oneDark: "default_dark" };

const snake = (name) => name.replace(/(?<=[a-z0-9])([A-Z])/g, (letter) => `_${letter.toLowerCase()}`);

/** Returns languages by name, each with the other names by which it goes. */
export async function readLanguages(nodeModules) {
  const folder = path.join(nodeModules, "refractor/lang");
  const found = {};
  for (const file of fs.readdirSync(folder).sort()) {
    if (!file.endsWith(".js")) continue;
    const { default: grammar } = await import(path.join(folder, file));
    found[grammar.displayName] = grammar.aliases;
  }
  return found;
}

function selectorOf(key) {
  if (WHOLE.test(key)) return key.startsWith("pre") ? "&" : "& code";
  if (SELECTION.test(key)) return "& ::selection";
  if (!TOKEN.test(key)) return null;
  return key.startsWith(".") ? `& ${key}` : `& .token.${key}`;
}

/** Returns a theme as [[selectors, declarations]], `&` standing for the block. */
function rulesOf(theme, { accessible }) {
  const background = theme['pre[class*="language-"]']?.background;
  const groups = new Map();
  for (const [key, given] of Object.entries(theme)) {
    const selector = selectorOf(key);
    const kept = Object.entries(given).filter(([name]) => !UNUSED.test(name));
    if (selector === null || !kept.length) continue;
    if (accessible)
      for (const pair of kept) if (pair[0] === "color") pair[1] = readable(pair[1], background);
    const text = JSON.stringify(Object.fromEntries(kept));
    if (!groups.has(text)) groups.set(text, new Set());
    groups.get(text).add(selector);
  }
  return [...groups].map(([text, selectors]) => [[...selectors].join(","), JSON.parse(text)]);
}

/** Returns each theme's rules by its name in Python; the two defaults have readable contrast. */
export function readCodeThemes() {
  const found = {};
  for (const [name, theme] of Object.entries(themes)) {
    found[snake(name)] = rulesOf(theme, { accessible: false });
    if (name in DEFAULTS) found[DEFAULTS[name]] = rulesOf(theme, { accessible: true });
  }
  return found;
}

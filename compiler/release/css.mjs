// The stylesheet of Radix Themes as data, so that the compiler can take what a site uses.
//
// Each selector comes with what it needs: classes that some component has to set, and colours
// that some element has to have. css.py only compares these with what is used.

import fs from "node:fs";
import path from "node:path";
import postcss from "postcss";
import selectorParser from "postcss-selector-parser";

const COLOR_ATTRIBUTES = { "data-accent-color": "accent", "data-gray-color": "gray" };
const ALTERNATIVES = new Set([":is", ":where"]);

/** Gives tokens their numbers, in order of appearance. */
class Tokens {
  list = [];
  numbers = new Map();

  number(token) {
    if (!this.numbers.has(token)) this.numbers.set(token, this.list.push(token) - 1);
    return this.numbers.get(token);
  }
}

/**
 * Returns what a complex selector needs: a list of token numbers, all needed, and of lists of
 * alternatives (each again such a list), one of which is needed. What `:not()` holds, and what
 * other pseudo-classes such as `:has()` hold, is not needed.
 */
function needsOf(selector, tokens) {
  const needs = [];
  for (const node of selector.nodes) {
    if (node.type === "class") needs.push(tokens.number(`.${node.value}`));
    else if (node.type === "attribute" && node.value && node.attribute in COLOR_ATTRIBUTES)
      needs.push(tokens.number(`${COLOR_ATTRIBUTES[node.attribute]}=${node.value}`));
    else if (node.type === "pseudo" && ALTERNATIVES.has(node.value)) {
      const alternatives = node.nodes.map((inner) => needsOf(inner, tokens));
      if (alternatives.every(({ length }) => length)) {
        if (alternatives.length === 1) needs.push(...alternatives[0]);
        else needs.push(alternatives);
      }
    }
  }
  return needs;
}

const squeeze = (text) => text.replace(/\s+/g, " ").replace(/, /g, ",").trim();

/** Shortens a value without touching what is in quotes. */
function shortValue(value) {
  return value
    .split(/("[^"]*"|'[^']*')/)
    .map((part, index) =>
      index % 2 ? part : part.replace(/\s+/g, " ").replace(/\s*,\s*/g, ",").replace(/([(])\s+|\s+([)])/g, "$1$2"),
    )
    .join("")
    .trim();
}

function declaration(node) {
  const value = node.prop.startsWith("--") ? squeeze(node.value) : shortValue(node.value);
  return `${node.prop}:${value}${node.important ? "!important" : ""}`;
}

const declarations = (node) => node.nodes.filter(({ type }) => type === "decl").map(declaration);

function convertRule(rule, tokens) {
  if (rule.nodes.some(({ type }) => type === "rule" || type === "atrule"))
    throw new Error(`nested rule in ${rule.selector}`);
  const selectors = selectorParser()
    .astSync(rule.selector, { lossless: false })
    .nodes.map((selector) => [selector.toString(), needsOf(selector, tokens)]);
  return { selectors, decls: declarations(rule) };
}

function convertKeyframes(node) {
  const frames = node.nodes.map(
    (frame) => `${squeeze(frame.selector)}{${declarations(frame).join(";")}}`,
  );
  return { at: `@${node.name} ${node.params}`, frames: frames.join(""), name: node.params };
}

function convert(node, tokens) {
  if (node.type === "rule") return convertRule(node, tokens);
  if (node.name.endsWith("keyframes")) return convertKeyframes(node);
  const at = `@${node.name} ${squeeze(node.params)}`.trim();
  if (node.name === "font-face") return { at, decls: declarations(node) };
  if (!["media", "supports"].includes(node.name)) throw new Error(`${at} is not handled`);
  return { at, rules: convertAll(node.nodes, tokens) };
}

const convertAll = (nodes, tokens) =>
  nodes.filter(({ type }) => type !== "comment").map((node) => convert(node, tokens));

/** Returns {tokens, rules} of the stylesheet of Radix Themes. */
export function readStylesheet(nodeModules) {
  const file = path.join(nodeModules, "@radix-ui/themes/styles.css");
  const tokens = new Tokens();
  const rules = convertAll(postcss.parse(fs.readFileSync(file, "utf8")).nodes, tokens);
  return { tokens: tokens.list, rules };
}

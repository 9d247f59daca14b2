// Which classes, prop values and custom properties the units of Radix Themes use by themselves.
//
// A component makes class names out of props: `size: {className: "rt-r-size", …}` and the value
// "2" give "rt-r-size-2". The table of such props is read from the library, and with it the
// values that its components give to each other.

import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import * as acorn from "acorn";
import * as walk from "acorn-walk";

const CLASS = /(?<![\w-])-?rt-[A-Za-z][\w-]*/g;
const CUSTOM_PROPERTY = /--[A-Za-z][\w-]*/g;
const MAPPED = /map-prop-values\.js$/;

const isDefinition = (value) => value && typeof value === "object" && typeof value.type === "string";

/** Yields [prop, definition] for all prop tables that a module exports. */
function* definitions(exported, depth = 0) {
  if (!exported || typeof exported !== "object" || Array.isArray(exported) || depth > 2) return;
  for (const [name, value] of Object.entries(exported))
    if (isDefinition(value)) yield [name, value];
    else yield* definitions(value, depth + 1);
}

function propModules(nodeModules) {
  const root = path.join(nodeModules, "@radix-ui/themes/dist/esm");
  return ["props", "components", "components/_internal"].flatMap((folder) =>
    fs
      .readdirSync(path.join(root, folder))
      .filter((name) => /\.props?\.js$/.test(name))
      .sort()
      .map((name) => path.join(root, folder, name)),
  );
}

/** Reads all prop tables: the class families, the colour props, and each module's defaults. */
async function readProps(nodeModules) {
  const families = {};
  const flags = {};
  const suffixes = {};
  const colorProps = new Set();
  const defaults = new Map();
  for (const file of propModules(nodeModules)) {
    const own = {};
    for (const [name, definition] of definitions(await import(pathToFileURL(file)))) {
      const { className, type, values, default: preset, parseValue } = definition;
      if (values?.includes("tomato") || values?.includes("mauve")) colorProps.add(name);
      if (!className) continue;
      const table = type === "boolean" ? flags : families;
      (table[className] ??= new Set()).add(name);
      for (const value of (parseValue && values) || [])
        if (parseValue(value) !== value) (suffixes[className] ??= {})[value] = parseValue(value);
      if (typeof preset === "string") (own[name] ??= new Set()).add(preset);
      if (preset === true) (own[name] ??= new Set()).add("true");
    }
    defaults.set(path.basename(file), own);
  }
  return { families, flags, suffixes, colorProps, defaults };
}

function literal(node) {
  if (node?.type === "Literal" && typeof node.value === "string") return node.value;
  if (node?.type === "TemplateLiteral" && !node.expressions.length)
    return node.quasis[0].value.cooked;
  if (node?.type === "UnaryExpression" && node.operator === "!" && node.argument.value === 0)
    return "true";
  if (node?.type === "Literal" && node.value === true) return "true";
  return undefined;
}

/** Collects `prop: "value"` of the known props, and what a mapping of values can return. */
function collectValues(source, props, mapped) {
  const found = {};
  const add = (prop, value) => value !== undefined && (found[prop] ??= new Set()).add(value);
  walk.simple(acorn.parse(source, { ecmaVersion: "latest", sourceType: "module" }), {
    Property(node) {
      const name = node.key.name ?? node.key.value;
      if (!props.has(name)) return;
      const value = node.value.type === "AssignmentPattern" ? node.value.right : node.value;
      if (value.type === "ConditionalExpression") {
        add(name, literal(value.consequent));
        add(name, literal(value.alternate));
      } else if (value.type === "LogicalExpression") add(name, literal(value.right));
      else add(name, literal(value));
      if (value.type === "CallExpression") mapped.forEach((one) => add(name, one));
    },
  });
  return found;
}

function mappedValues(nodeModules) {
  const file = path.join(nodeModules, "@radix-ui/themes/dist/esm/helpers/map-prop-values.js");
  return [...new Set(fs.readFileSync(file, "utf8").match(/(?<=")\w+(?=")/g))].filter((text) =>
    /^\d+$/.test(text),
  );
}

const sortedLists = (sets) =>
  Object.fromEntries(
    Object.entries(sets)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, set]) => [name, [...set].sort()]),
  );

/** Returns gray partners of the accent colours, as the library pairs them. */
async function grayPartners(nodeModules) {
  const root = path.join(nodeModules, "@radix-ui/themes/dist/esm");
  const { getMatchingGrayColor } = await import(
    pathToFileURL(path.join(root, "helpers/get-matching-gray-color.js"))
  );
  const { accentColors } = await import(pathToFileURL(path.join(root, "props/color.prop.js")));
  return Object.fromEntries(accentColors.map((name) => [name, getMatchingGrayColor(name)]));
}

/**
 * Returns what css.py needs to know about the components. `chunks` are rolldown's, `ids` maps
 * their file names to unit numbers.
 */
export async function readUse(nodeModules, chunks, ids) {
  const { families, flags, suffixes, colorProps, defaults } = await readProps(nodeModules);
  const props = new Set([...Object.values(families), ...Object.values(flags)].flatMap((s) => [...s]));
  const mapped = mappedValues(nodeModules);
  const units = {};
  for (const { fileName, code, moduleIds } of chunks) {
    const own = moduleIds.filter((id) => id.replaceAll("\\", "/").includes("@radix-ui/themes/"));
    if (!own.length) continue;
    const values = collectValues(code, props, mapped);
    for (const id of own)
      for (const [name, set] of Object.entries(defaults.get(path.basename(id)) ?? {}))
        values[name] = new Set([...(values[name] ?? []), ...set]);
    units[ids.get(fileName)] = {
      classes: [...new Set(code.match(CLASS))].sort(),
      values: sortedLists(values),
      properties: [...new Set(code.match(CUSTOM_PROPERTY))].sort(),
    };
  }
  if (!chunks.some(({ moduleIds }) => moduleIds.some((id) => MAPPED.test(id))))
    throw new Error("the mapping of prop values is not where it was");
  return {
    families: sortedLists(families),
    flags: sortedLists(flags),
    suffixes,
    colorProps: [...colorProps].sort(),
    grays: await grayPartners(nodeModules),
    units,
  };
}

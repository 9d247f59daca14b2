// Release step: writes what each React component and each HTML or SVG element accepts, as JSON.
//
//   node compiler/release/tables.mjs [--out FOLDER]
//
// The packages' own typings are the source: a probe module names the props of every component, and
// TypeScript's checker says what they are. `compiler/library` reads the tables; they are committed,
// so that a change of a package shows as a change of the tables.

import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import * as acorn from "acorn";
import { find, html } from "property-information";
import { htmlElementAttributes } from "html-element-attributes";
import { htmlTagNames } from "html-tag-names";
import { svgTagNames } from "svg-tag-names";
import { API } from "typescript/unstable/sync";
import { readLanguages } from "./code.mjs";
import { VAUL_PARTS } from "./entries.mjs";

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
const NODE_MODULES = path.join(ROOT, "node_modules");
const PROBE_FOLDER = path.join(ROOT, "build/tables");
const THEMES = path.join(NODE_MODULES, "@radix-ui/themes/dist/esm");
const PRIMITIVES = ["accordion", "dialog", "form", "progress", "slider"];
const MANY = 40;
const BREAKPOINT = "initial";
const LITERAL = { String: 1024, Number: 2048, Boolean: 8192 };
const FLAG = { Any: 1, Unknown: 2, Undefined: 4, Null: 8, String: 32, Number: 64, Boolean: 256, Union: 134217728, Intersection: 268435456 };

/** Returns the names that a bundled ES module exports. */
function exportsOf(file) {
  const tree = acorn.parse(fs.readFileSync(file, "utf8"), {
    ecmaVersion: "latest",
    sourceType: "module",
  });
  return tree.body
    .flatMap((statement) => [
      ...(statement.specifiers ?? []).map(({ exported }) => exported?.name),
      statement.declaration?.id?.name,
    ])
    .filter((name) => name && /^[A-Z]/.test(name));
}

/** Returns [alias of the linker, module that TypeScript knows, exported names, where they are]. */
function componentModules() {
  const folder = path.join(THEMES, "components");
  const themes = fs
    .readdirSync(folder)
    .filter((file) => /^[a-z-]+\.js$/.test(file) && file !== "index.js" && file !== "icons.js")
    .map((file) => {
      const name = file.slice(0, -".js".length);
      const module = `@radix-ui/themes/components/${name}`;
      return [`@radix-ui/themes/${name}`, module, exportsOf(path.join(folder, file))];
    });
  const primitives = PRIMITIVES.map((name) => {
    const module = `@radix-ui/react-${name}`;
    const exported = exportsOf(path.join(NODE_MODULES, module, "dist/index.mjs"));
    const long = (part) => `${name[0].toUpperCase()}${name.slice(1)}${part === "Root" ? "" : part}`;
    return [module, module, exported.filter((part) => exported.includes(long(part)))];
  });
  const recharts = exportsOf(path.join(NODE_MODULES, "recharts/es6/index.js")).map((name) => [
    `recharts/${name}`,
    "recharts",
    [name],
  ]);
  const drawer = ["vaul", "vaul", VAUL_PARTS, "Drawer."];
  return [...themes, ...primitives, ...recharts, ["sonner", "sonner", ["Toaster"]], drawer];
}

/** Writes the probe; returns the checker and the props' types by key, `module#name`. */
function probe(modules, tags) {
  const lines = [
    'import type * as React from "react";',
    "type Props<T> = T extends React.JSXElementConstructor<infer P> ? P : never;",
    'type Element<T extends keyof React.JSX.IntrinsicElements> = React.JSX.IntrinsicElements[T];',
  ];
  const keys = [];
  const add = (key, type) => lines.push(`export type P${keys.push(key) - 1} = ${type};`);
  modules.forEach(([alias, module, names, inside = ""], index) => {
    lines.push(`import type * as m${index} from ${JSON.stringify(module)};`);
    for (const name of names) add(`${alias}#${name}`, `Props<typeof m${index}.${inside}${name}>`);
  });
  for (const tag of tags) add(`<${tag}>`, `Element<${JSON.stringify(tag)}>`);

  fs.mkdirSync(PROBE_FOLDER, { recursive: true });
  const config = path.join(PROBE_FOLDER, "tsconfig.json");
  const file = path.join(PROBE_FOLDER, "probe.ts");
  fs.writeFileSync(file, `${lines.join("\n")}\n`);
  const compilerOptions = {
    strict: true,
    module: "esnext",
    moduleResolution: "bundler",
    noEmit: true,
    types: [],
    skipLibCheck: true,
    target: "es2022",
    lib: ["es2022", "dom", "dom.iterable"],
  };
  fs.writeFileSync(config, JSON.stringify({ compilerOptions, files: ["probe.ts"] }));
  const api = new API({ cwd: ROOT });
  const [project] = api.updateSnapshot({ openProjects: [config] }).getProjects();
  const { checker, program } = project;
  const types = new Map();
  for (const { name } of program.getSourceFile(file).statements) {
    const found = /^P(\d+)$/.exec(name?.text ?? "");
    if (found) types.set(keys[Number(found[1])], checker.getTypeAtLocation(name));
  }
  return { api, checker, types };
}

/** Adds what values `type` allows to `into`: literal values, and the names of open types. */
function collect(checker, type, into) {
  const { flags } = type;
  if (flags & FLAG.Union) {
    for (const part of type.getTypes()) collect(checker, part, into);
  } else if (flags & LITERAL.String || flags & LITERAL.Number) into.values.add(type.value);
  else if (flags & (FLAG.Boolean | LITERAL.Boolean)) into.kinds.add("bool");
  else if (flags & FLAG.String) into.kinds.add("str");
  else if (flags & FLAG.Number) into.kinds.add("num");
  else if (flags & (FLAG.Undefined | FLAG.Null)) return;
  else if (flags & FLAG.Intersection) {
    // `string & {}` keeps an editor's completion, it means any string.
    const parts = type.getTypes();
    const open = parts.find((part) => part.flags & (FLAG.String | FLAG.Number));
    if (open) collect(checker, open, into);
    else into.kinds.add("any");
  } else if (flags & (FLAG.Any | FLAG.Unknown)) into.kinds.add("any");
  else if (checker.getPropertyOfType(type, BREAKPOINT)) into.kinds.add("responsive");
  else if (checker.getSignaturesOfType(type, 0).length) into.kinds.add("function");
  else into.kinds.add("any");
}

/** Describes one prop: its literal values, then the kinds of other values. */
function describe(checker, types) {
  const into = { values: new Set(), kinds: new Set() };
  for (const type of types) collect(checker, type, into);
  const order = [...into.values].sort((a, b) => (String(a) < String(b) ? -1 : 1));
  const closed = order.length <= MANY || !(into.kinds.has("str") || into.kinds.has("any"));
  return {
    ...(order.length && closed && { values: order }),
    ...(into.kinds.size && { kinds: [...into.kinds].sort() }),
  };
}

/** Returns prop → types, of all alternatives where the props are a union. */
function propTypes(checker, type) {
  const found = new Map();
  for (const one of type.flags & FLAG.Union ? type.getTypes() : [type]) {
    const symbols = checker.getPropertiesOfType(one);
    const types = symbols.length ? checker.getTypeOfSymbol(symbols) : [];
    symbols.forEach(({ name }, index) => {
      if (!found.has(name)) found.set(name, []);
      found.get(name).push(types[index]);
    });
  }
  return found;
}

/** Returns the props of a type, name → description, without those that mean the same in `base`. */
function ownProps(checker, type, base) {
  return Object.fromEntries(
    [...propTypes(checker, type)]
      .filter(([name]) => !/^(key|ref|children|aria-.*|__.*|on[A-Z]\w*Capture)$/.test(name))
      .filter(([name]) => !(name in base && /^on[A-Z]/.test(name)))
      .map(([name, types]) => [name, describe(checker, types)])
      .filter(([name, prop]) => JSON.stringify(base[name]) !== JSON.stringify(prop))
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

/** Writes a table with one line an entry. */
function write(out, file, table) {
  const rows = Object.entries(table).map(([key, row]) => `${JSON.stringify(key)}:${JSON.stringify(row)}`);
  fs.mkdirSync(out, { recursive: true });
  fs.writeFileSync(path.join(out, file), `{\n${rows.join(",\n")}\n}\n`);
}

/** Returns tag → props that it has beside those of every tag, which are under `*`. */
function elementTable({ checker, types }, tags, root, attributes = {}) {
  const shared = ownProps(checker, types.get(`<${root}>`), {});
  const table = { "*": shared };
  for (const tag of [...tags].sort()) {
    const own = ownProps(checker, types.get(`<${tag}>`), shared);
    for (const attribute of attributes[tag] ?? []) {
      const { property } = find(html, attribute);
      own[property] ??= shared[property] ?? { kinds: ["any"] };
    }
    table[tag] = Object.fromEntries(Object.entries(own).sort(([a], [b]) => (a < b ? -1 : 1)));
  }
  return table;
}

async function main() {
  const { values } = parseArgs({ options: { out: { type: "string" } } });
  const out = path.resolve(values.out ?? path.join(ROOT, "compiler/library/tables"));
  const modules = componentModules();
  const tags = new Set([...htmlTagNames, ...svgTagNames]);
  const typedTags = [...tags].filter((tag) => !/[^a-zA-Z0-9]/.test(tag));
  const intrinsic = fs.readFileSync(path.join(NODE_MODULES, "@types/react/index.d.ts"), "utf8");
  const known = typedTags.filter((tag) => new RegExp(`^ +${tag}: React\\.`, "m").test(intrinsic));
  const probed = probe(modules, known);
  const { api, checker, types } = probed;
  const ofHtml = ownProps(checker, types.get("<div>"), {});
  const ofSvg = { ...ownProps(checker, types.get("<g>"), {}), ...ofHtml };
  const tables = { themes: {}, primitives: {}, recharts: {}, sonner: {} };
  for (const [key, type] of [...types].filter(([key]) => !key.startsWith("<"))) {
    const [, family] = /^@radix-ui\/(themes)|^(recharts|sonner)|^/.exec(key).filter(Boolean);
    const props = ownProps(checker, type, family === "recharts" ? ofSvg : ofHtml);
    const isElement = Boolean(checker.getPropertyOfType(type, "dangerouslySetInnerHTML"));
    tables[family ?? "primitives"][key] = { ...(isElement && { element: true }), props };
  }
  for (const [family, table] of Object.entries(tables)) write(out, `${family}.json`, table);
  const isHtml = (tag) => tag !== "svg" && htmlTagNames.includes(tag);
  const svgTags = known.filter((tag) => svgTagNames.includes(tag));
  write(out, "html.json", elementTable(probed, known.filter(isHtml), "div", htmlElementAttributes));
  write(out, "svg.json", elementTable(probed, svgTags.filter((tag) => !isHtml(tag)), "g"));
  write(out, "prism.json", await readLanguages(NODE_MODULES));
  api.close();
  console.log(`described ${types.size - known.length} components, ${known.length} elements`);
}

await main();

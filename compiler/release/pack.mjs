// Release step: packs React, the component libraries and the page runtime for the linker.
//
//   node compiler/release/pack.mjs [--page-runtime FOLDER] [--out FOLDER]
//
// Writes units.bin (code), manifest.json (what is where), icons.json, css.json,
// shared.json, code_themes.json, KaTeX's style and fonts, early.js and licenses.txt.
// Authors never run this: the wheel holds the output.

import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { rolldown } from "rolldown";
import { readCodeThemes, readLanguages } from "./code.mjs";
import { readStylesheet } from "./css.mjs";
import { readUse } from "./css_use.mjs";
import { entrySources, LANGUAGES, LOCALES } from "./entries.mjs";
import { readIcons } from "./icons.mjs";
import { licenseNotices } from "./licenses.mjs";
import { radixPlugin } from "./radix.mjs";
import { sharedModules, wholeEntries } from "./shared.mjs";
import { toUnits } from "./units.mjs";

const HERE = path.dirname(fileURLToPath(import.meta.url));
const ROOT = path.resolve(HERE, "../..");
const NODE_MODULES = path.join(ROOT, "node_modules");
const ENTRY = "entry:";
const FILES = {
  "react-dom/server": "react-dom/cjs/react-dom-server-legacy.browser.production.js",
  "prism-core": "refractor/lib/prism-core.js",
};
// What the browser's version of a module needs the DOM for, and what replaces it at prerender.
const RENDER_ONLY = {
  "decode-named-character-reference": "decode-named-character-reference/index.js",
  "hast-util-from-html-isomorphic": "hast-util-from-html-isomorphic/index.js",
};
const KATEX = path.join(NODE_MODULES, "katex");
const KATEX_FOLDER = `katex-${JSON.parse(fs.readFileSync(path.join(KATEX, "package.json"), "utf8")).version}`;

process.env.NODE_ENV = "production";

/** Returns a stylesheet with those that it imports in their places. */
function inlined(file) {
  const other = (_, name) => inlined(path.resolve(path.dirname(file), name));
  return fs
    .readFileSync(file, "utf8")
    .replace(/\/\*[^]*?\*\//g, "")
    .replace(/@import\s+"([^"]+)";/g, other)
    .replace(/\s+/g, " ");
}

/** Serves the virtual entries, and lets our own files import npm packages from anywhere. */
function entryPlugin(sources) {
  return {
    name: "entries",
    async resolveId(id, importer) {
      if (id.startsWith(ENTRY)) return `\0${id}`;
      if (id === LANGUAGES || id === LOCALES) return `\0${ENTRY}${id}`;
      if (id in FILES) return path.join(NODE_MODULES, FILES[id]);
      const outside = importer && (importer.startsWith("\0") || !importer.includes("node_modules"));
      if (outside && !/^[./]/.test(id) && !path.isAbsolute(id))
        return this.resolve(id, path.join(ROOT, "entry.js"), { skipSelf: true });
      return null;
    },
    load(id) {
      if (id.endsWith(".css"))
        return { code: `export default ${JSON.stringify(inlined(id))}`, moduleType: "js" };
      if (id.startsWith(`\0${ENTRY}`))
        return { code: sources[id.slice(ENTRY.length + 1)], moduleType: "js" };
      return null;
    },
  };
}

const BUILD = {
  platform: "browser",
  transform: {
    target: "es2022",
    define: {
      "process.env.NODE_ENV": '"production"',
      global: "globalThis",
      KATEX_FOLDER: JSON.stringify(KATEX_FOLDER),
    },
  },
  onLog(level, log, handle) {
    if (log.code !== "MODULE_LEVEL_DIRECTIVE") handle(level, log);
  },
};

/** Builds `sources` (alias → code); returns {chunks, fileOf: alias → file name}. */
async function bundle(sources, resolve = {}) {
  const aliases = Object.keys(sources);
  const entryName = (alias) => alias.replace(/@/g, "").replace(/[^\w.-]/g, "_");
  const build = await rolldown({
    ...BUILD,
    input: Object.fromEntries(aliases.map((alias) => [entryName(alias), ENTRY + alias])),
    resolve: { mainFields: ["browser", "module", "main"], ...resolve },
    plugins: [entryPlugin(sources), radixPlugin(NODE_MODULES)],
  });
  const { output } = await build.generate({
    format: "esm",
    minify: true,
    comments: false,
    entryFileNames: "e/[name].js",
    chunkFileNames: "c/[name]-[hash].js",
  });
  return {
    chunks: output.filter(({ type }) => type === "chunk"),
    fileOf: (alias) => `e/${entryName(alias)}.js`,
  };
}

/** Looks through a unit that only passes another one on: [number, public name → name there]. */
function provider(units, number) {
  const { body, deps, exports } = units[number];
  if (body || deps.length !== 1)
    return [number, new Map(exports.map(([, name]) => [name, name]))];
  const [target, bindings] = deps[0];
  const there = new Map(bindings.map(([name, local]) => [local, name]));
  return [target, new Map(exports.map(([local, name]) => [name, there.get(local)]))];
}

/** Adds what replaces units in the prerender engine; returns unit number → unit number. */
async function addRenderUnits(units, aliases) {
  const render = {};
  for (const [alias, file] of Object.entries(RENDER_ONLY)) {
    const source = `export * from ${JSON.stringify(path.join(NODE_MODULES, file))}`;
    const { units: own } = toUnits((await bundle({ [alias]: source })).chunks);
    const [replaced, names] = provider(units, aliases[alias]);
    const exports = own[0].exports.map(([local, name]) => [local, names.get(name)]);
    const complete = units[replaced].exports.every(([, name]) =>
      exports.some(([, given]) => given === name),
    );
    if (own.length !== 1 || !complete) throw new Error(`${alias} cannot be replaced by ${file}`);
    render[replaced] = units.push({ ...own[0], exports }) - 1;
  }
  return render;
}

function writeUnits(out, units, aliases, render) {
  const bodies = units.map(({ body }) => Buffer.from(body));
  let offset = 0;
  const rows = units.map(({ deps, exports, lazy }, index) => {
    const row = { deps, exports, lazy, offset, size: bodies[index].length };
    offset += bodies[index].length;
    return row;
  });
  fs.writeFileSync(path.join(out, "units.bin"), Buffer.concat(bodies));
  fs.writeFileSync(path.join(out, "manifest.json"), JSON.stringify({ aliases, units: rows, render }));
}

/** Copies KaTeX's stylesheet and fonts, the fonts of today's browsers only. */
function writeKatex(out) {
  const css = fs
    .readFileSync(path.join(KATEX, "dist/katex.min.css"), "utf8")
    .replace(/,url\([^)]*\) format\("(?:woff|truetype)"\)/g, "")
    .replaceAll("fonts/", "");
  fs.writeFileSync(path.join(out, "katex.css"), css);
  const fonts = fs.readdirSync(path.join(KATEX, "dist/fonts")).filter((name) => name.endsWith(".woff2"));
  for (const name of fonts) fs.copyFileSync(path.join(KATEX, "dist/fonts", name), path.join(out, name));
  fs.writeFileSync(path.join(out, "katex.json"), JSON.stringify({ folder: KATEX_FOLDER, fonts }));
}

async function writeEarly(out, pageRuntime) {
  const build = await rolldown({ ...BUILD, input: path.join(pageRuntime, "early.ts") });
  const { output } = await build.generate({ format: "iife", minify: true, comments: false });
  fs.writeFileSync(path.join(out, "early.js"), output[0].code);
}

async function main() {
  const { values } = parseArgs({
    options: { "page-runtime": { type: "string" }, out: { type: "string" } },
  });
  const pageRuntime = path.resolve(values["page-runtime"] ?? path.join(ROOT, "runtime/ts"));
  const out = path.resolve(values.out ?? path.join(ROOT, "compiler/_assets"));
  fs.mkdirSync(out, { recursive: true });

  const languages = await readLanguages(NODE_MODULES);
  const sources = {
    ...entrySources(NODE_MODULES, pageRuntime, HERE, languages),
    ...wholeEntries,
  };
  const { chunks, fileOf } = await bundle(sources);
  const { units, ids } = toUnits(chunks);
  const aliases = Object.fromEntries(
    Object.keys(sources).map((alias) => [alias, ids.get(fileOf(alias))]),
  );
  const render = await addRenderUnits(units, aliases);
  writeUnits(out, units, aliases, render);
  const shared = sharedModules(NODE_MODULES, units, aliases);
  fs.writeFileSync(path.join(out, "shared.json"), JSON.stringify(shared));

  const css = { ...readStylesheet(NODE_MODULES), ...(await readUse(NODE_MODULES, chunks, ids)) };
  fs.writeFileSync(path.join(out, "css.json"), JSON.stringify(css));
  fs.writeFileSync(path.join(out, "code_themes.json"), JSON.stringify(readCodeThemes()));

  const icons = await readIcons(NODE_MODULES);
  fs.writeFileSync(path.join(out, "icons.json"), JSON.stringify(icons));
  const modules = chunks.flatMap(({ moduleIds }) => moduleIds);
  fs.writeFileSync(
    path.join(out, "licenses.txt"),
    licenseNotices(NODE_MODULES, modules, ["lucide-react", "pyodide", "react-syntax-highlighter"]),
  );
  writeKatex(out);
  await writeEarly(out, pageRuntime);
  console.log(
    `packed ${Object.keys(aliases).length} modules into ${units.length} units, ` +
      `${Object.keys(icons).length} icons`,
  );
}

await main();

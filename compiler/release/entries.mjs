// What compiled pages may import: one entry per alias, as small as the library allows.
//
// An entry is the source of a virtual module. Rolldown cuts the graph of all of them into chunks
// such that a page takes what it needs and nothing else.

import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import * as acorn from "acorn";

const DAYJS_PLUGINS = ["relativeTime", "utc", "timezone", "duration", "localizedFormat"];
const RADIX_PRIMITIVES = ["accordion", "dialog", "form", "progress", "slider", "tooltip"];
export const VAUL_PARTS = [
  ...["Root", "Trigger", "Portal", "Overlay", "Content", "Close"],
  ...["Title", "Description", "Handle"],
];
export const LOCALES = "dayjs-locales";
export const LANGUAGES = "prism-languages";
const SHARED_WITH_RENDERER = ["decode-named-character-reference", "hast-util-from-html-isomorphic"];

const quote = JSON.stringify;

/** Re-exports a CommonJS module's names, which a star export cannot see. */
function fromCommonJs(require, module, extra = []) {
  const names = Object.keys(require(module)).filter((name) => !name.startsWith("__"));
  return `export {${[...new Set([...names, ...extra])].sort().join(",")}} from ${quote(module)}`;
}

function reactEntries(require) {
  return {
    react: fromCommonJs(require, "react"),
    "react/jsx-runtime": fromCommonJs(require, "react/jsx-runtime"),
    "react-dom": fromCommonJs(require, "react-dom"),
    "react-dom/client": `export {createRoot,hydrateRoot} from "react-dom/client"`,
    "react-dom/server": `export {renderToString,renderToStaticMarkup} from "react-dom/server"`,
  };
}

function radixEntries(nodeModules) {
  const folder = path.join(nodeModules, "@radix-ui/themes/dist/esm/components");
  const components = fs
    .readdirSync(folder)
    .filter((file) => /^[a-z-]+\.js$/.test(file) && file !== "index.js")
    .map((file) => file.slice(0, -".js".length));
  return Object.fromEntries([
    ...components.map((name) => [
      `@radix-ui/themes/${name}`,
      `export * from "@radix-ui/themes/components/${name}"`,
    ]),
    ...RADIX_PRIMITIVES.map((name) => [
      `@radix-ui/react-${name}`,
      `export * from "@radix-ui/react-${name}"`,
    ]),
  ]);
}

function rechartsEntries(nodeModules) {
  const folder = path.join(nodeModules, "recharts/es6");
  const index = acorn.parse(fs.readFileSync(path.join(folder, "index.js"), "utf8"), {
    ecmaVersion: "latest",
    sourceType: "module",
  });
  const entries = {};
  for (const statement of index.body)
    for (const { local, exported } of statement.specifiers ?? []) {
      const file = path.join(folder, `${statement.source.value}.js`);
      entries[`recharts/${exported.name}`] =
        `export {${local.name} as ${exported.name}} from ${quote(file)}`;
    }
  return entries;
}

/** One entry for each grammar of Prism, and one that fetches them by any name. */
function languageEntries(languages) {
  const loaders = Object.entries(languages).flatMap(([name, others]) =>
    [name, ...others].map((each) => `${quote(each)}:()=>import(${quote(`refractor/${name}`)})`),
  );
  return {
    ...Object.fromEntries(
      Object.keys(languages).map((name) => [
        `prism/${name}`,
        `export {default} from ${quote(`refractor/${name}`)}`,
      ]),
    ),
    [LANGUAGES]: `export const languages={${loaders}}`,
  };
}

/** Returns how to fetch each of the languages in which dates can be written. */
function localeLoaders(nodeModules) {
  const files = fs.readdirSync(path.join(nodeModules, "dayjs/locale"));
  return files
    .filter((file) => file.endsWith(".js") && file !== "en.js")
    .map((file) => `${quote(file.slice(0, -".js".length))}:()=>import(${quote(`dayjs/locale/${file}`)})`);
}

/** Returns alias → source of its entry. `pageRuntime` is the folder of page.ts, server.ts and py.ts. */
export function entrySources(nodeModules, pageRuntime, here, languages) {
  const require = createRequire(path.join(nodeModules, "x.js"));
  const runtime = (file) => `export * from ${quote(path.join(pageRuntime, file))}`;
  const lucide = path.join(nodeModules, "lucide-react/dist/esm/createLucideIcon.mjs");
  return {
    ...reactEntries(require),
    ...radixEntries(nodeModules),
    ...rechartsEntries(nodeModules),
    ...languageEntries(languages),
    ...Object.fromEntries(
      ["react-markdown", "remark-gfm", "rehype-raw", "dayjs"].map((name) => [
        name,
        `export {default} from ${quote(name)}`,
      ]),
    ),
    ...Object.fromEntries(
      DAYJS_PLUGINS.map((name) => [
        `dayjs/plugin/${name}`,
        `export {default} from "dayjs/plugin/${name}.js"`,
      ]),
    ),
    ...Object.fromEntries(
      SHARED_WITH_RENDERER.map((name) => [name, `export * from ${quote(name)}`]),
    ),
    ...Object.fromEntries(
      fs
        .readdirSync(path.join(pageRuntime, "components"))
        .filter((file) => file.endsWith(".ts"))
        .map((file) => [`wasmrx/${file.slice(0, -".ts".length)}`, runtime(`components/${file}`)]),
    ),
    [LOCALES]: `export const locales={${localeLoaders(nodeModules)}}`,
    sonner: `export * from "sonner"`,
    vaul: `import {Drawer} from "vaul";export const {${VAUL_PARTS}}=Drawer;`,
    plotly: `export * from ${quote(path.join(here, "plotly.mjs"))}`,
    "lucide-react/core": `export {default as createLucideIcon} from ${quote(lucide)}`,
    "wasmrx/page": runtime("page.ts"),
    ...Object.fromEntries(
      ["py", "py_dates", "py_format", "py_text"].map((name) => [
        `wasmrx/${name}`,
        runtime(`${name}.ts`),
      ]),
    ),
    "wasmrx/server": runtime("server.ts"),
  };
}

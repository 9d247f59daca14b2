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
const SHARED_WITH_RENDERER = ["decode-named-character-reference"];

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

/** Returns alias → source of its entry. `pageRuntime` is the folder of page.ts, py.ts, server.ts. */
export function entrySources(nodeModules, pageRuntime, here) {
  const require = createRequire(path.join(nodeModules, "x.js"));
  const runtime = (file) => `export * from ${quote(path.join(pageRuntime, file))}`;
  const lucide = path.join(nodeModules, "lucide-react/dist/esm/createLucideIcon.mjs");
  return {
    ...reactEntries(require),
    ...radixEntries(nodeModules),
    ...rechartsEntries(nodeModules),
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
    sonner: `export * from "sonner"`,
    plotly: `export * from ${quote(path.join(here, "plotly.mjs"))}`,
    "lucide-react/core": `export {default as createLucideIcon} from ${quote(lucide)}`,
    "wasmrx/page": runtime("page.ts"),
    "wasmrx/py": runtime("py.ts"),
    "wasmrx/server": runtime("server.ts"),
  };
}

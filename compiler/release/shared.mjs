// What an author's npm packages get from the site instead of a copy of their own.
//
// React must exist once on a page, and what keeps state or a context of its own had better, too.
// The table tells by module and exported name which unit has it: [alias, name there].

import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import * as acorn from "acorn";

const WHOLE = "default";
const COMMON_JS = {
  react: "react/whole",
  "react-dom": "react-dom/whole",
  "react/jsx-runtime": "react/jsx-runtime",
};
const CLIENT = ["createRoot", "hydrateRoot"];

/** Entries that give a CommonJS module whole: renderers other than React DOM need its inside. */
export const wholeEntries = {
  "react/whole": `export {default} from "react"`,
  "react-dom/whole": `export {default} from "react-dom"`,
};

/** Reads the index of Radix Themes: exported name → [alias of its file, name there or "*"]. */
function themes(nodeModules, aliases) {
  const file = path.join(nodeModules, "@radix-ui/themes/dist/esm/components/index.js");
  const index = acorn.parse(fs.readFileSync(file, "utf8"), {
    ecmaVersion: "latest",
    sourceType: "module",
  });
  const from = new Map();
  for (const { type, source, specifiers } of index.body)
    if (type === "ImportDeclaration")
      for (const { local, imported } of specifiers) {
        const alias = `@radix-ui/themes/${path.basename(source.value, ".js")}`;
        from.set(local.name, [alias, imported?.name ?? "*"]);
      }
  const exported = index.body
    .filter(({ type }) => type === "ExportNamedDeclaration")
    .flatMap(({ specifiers }) => specifiers)
    .map(({ local, exported: { name } }) => [name, from.get(local.name)])
    .filter(([, target]) => target && target[0] in aliases);
  return Object.fromEntries(exported);
}

/** Returns {versions, modules}: the packages' versions, and the table by module. */
export function sharedModules(nodeModules, units, aliases) {
  const require = createRequire(path.join(nodeModules, "x.js"));
  const version = (name) =>
    JSON.parse(fs.readFileSync(path.join(nodeModules, name, "package.json"), "utf8")).version;
  const names = (alias) => units[aliases[alias]].exports.map(([, name]) => name);
  const all = (alias) => Object.fromEntries(names(alias).map((name) => [name, [alias, name]]));
  const modules = {};
  for (const [module, alias] of Object.entries(COMMON_JS)) {
    const given = Object.keys(require(module)).map((name) => [name, [alias, name]]);
    modules[module] = { ...Object.fromEntries(given), default: [alias, names(alias).includes(WHOLE) ? WHOLE : "*"] };
  }
  modules["react-dom/client"] = Object.fromEntries(
    CLIENT.map((name) => [name, ["react-dom/client", name]]),
  );
  modules.sonner = all("sonner");
  modules["@radix-ui/themes"] = themes(nodeModules, aliases);
  const packages = ["react", "react-dom", "sonner", "@radix-ui/themes"];
  return { versions: Object.fromEntries(packages.map((name) => [name, version(name)])), modules };
}

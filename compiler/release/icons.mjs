// Lucide's icons as data: kebab name → drawing, or the name of the icon that it is an alias of.
//
// The parts' React keys are left out: the parts of an icon never change their order.

import fs from "node:fs";
import path from "node:path";

const ALIAS = /export \{ default \} from '\.\/([^']+)\.mjs'/;

const withoutKey = ([tag, { key, ...attributes }, ...children]) => [tag, attributes, ...children];

/** Returns {name: [[tag, attributes], …] | "other-name"}, sorted by name. */
export async function readIcons(nodeModules) {
  const folder = path.join(nodeModules, "lucide-react/dist/esm/icons");
  const icons = {};
  const aliases = {};
  for (const file of fs.readdirSync(folder).filter((name) => name.endsWith(".mjs"))) {
    const name = file.slice(0, -".mjs".length);
    const alias = ALIAS.exec(fs.readFileSync(path.join(folder, file), "utf8"));
    if (alias) aliases[name] = alias[1];
    else {
      const { __iconData: data } = await import(path.join(folder, file));
      if (data) icons[name] = data.node.map(withoutKey);
    }
  }
  for (const [name, target] of Object.entries(aliases)) if (icons[target]) icons[name] = target;
  return Object.fromEntries(Object.entries(icons).sort(([a], [b]) => (a < b ? -1 : 1)));
}

// Rewrites the ES modules of Radix Themes so that every component can be taken alone.
//
// They import their primitives from the barrel `radix-ui`, which ties all of them together, and
// `Theme` carries the tooltip provider (and with it the floating-layer code) into every page.
// Both are taken apart here; a page that shows a tooltip gets its provider from the compiler.

import fs from "node:fs";
import path from "node:path";

const IMPORTS = /import\s*(?:\*\s*as\s+(\w+)|\{([^}]*)\})\s*from\s*"([^"]+)"/g;
const BARREL_IMPORT = /import\{([^}]*)\}from"(radix-ui(?:\/internal)?)";/g;
const TOOLTIP_PROVIDER =
  /e\.createElement\(w\.Provider,\{delayDuration:200\},(e\.createElement\(G\.Provider,\{dir:"ltr"\},e\.createElement\(I,\{\.\.\.a,ref:s\}\)\))\)/;
const NAMESPACE = "*";

/** Splits `a as b, c` into [["a", "b"], ["c", "c"]]. */
function specifiers(list) {
  return list
    .split(",")
    .map((part) => part.trim())
    .filter(Boolean)
    .map((part) => {
      const [name, local] = part.split(/\s+as\s+/);
      return [name, local ?? name];
    });
}

/** Reads a barrel file: exported name → [imported name or "*", module]. */
function readBarrel(file) {
  const found = new Map();
  for (const [, namespace, named, module] of fs.readFileSync(file, "utf8").matchAll(IMPORTS)) {
    if (namespace) found.set(namespace, [NAMESPACE, module]);
    else for (const [name, local] of specifiers(named)) found.set(local, [name, module]);
  }
  return found;
}

/** Makes the rolldown plugin that applies both rewrites. */
export function radixPlugin(nodeModules) {
  const barrels = {
    "radix-ui": readBarrel(path.join(nodeModules, "radix-ui/dist/index.mjs")),
    "radix-ui/internal": readBarrel(path.join(nodeModules, "radix-ui/dist/internal.mjs")),
  };
  barrels["radix-ui/internal"].set("Primitive", ["Primitive", "@radix-ui/react-primitive"]);

  const unbarrel = (code, id) =>
    code.replace(BARREL_IMPORT, (_, list, barrel) =>
      specifiers(list)
        .map(([name, local]) => {
          const target = barrels[barrel].get(name);
          if (!target) throw new Error(`${id}: ${barrel} has no export ${name}`);
          if (name === "Primitive" && new RegExp(`\\b${local}\\.Root\\b`).test(code))
            throw new Error(`${id}: Primitive.Root exists only in the barrel`);
          const [imported, module] = target;
          const binding = imported === NAMESPACE ? `* as ${local}` : `{${imported} as ${local}}`;
          return `import ${binding} from"${module}";`;
        })
        .join(""),
    );

  const slimTheme = (code, id) => {
    const slim = code.replace(TOOLTIP_PROVIDER, "$1").replace(/import \* as w from"[^"]+";/, "");
    if (/\bw\./.test(slim)) throw new Error(`${id}: the tooltip provider is not where it was`);
    return slim;
  };

  // The one thumb of a slider is what has a name, not the box around it.
  const namedThumbs = (code, id) => {
    const named = code
      .replace("tabIndex:t,...r}=P(", 'tabIndex:t,"aria-label":wl,"aria-labelledby":wb,...r}=P(')
      .replace('className:"rt-SliderThumb",', 'className:"rt-SliderThumb","aria-label":wl,"aria-labelledby":wb,');
    if (named.split("wl").length !== 3) throw new Error(`${id}: the thumbs are not where they were`);
    return named;
  };

  return {
    name: "radix",
    transform(code, id) {
      if (!/@radix-ui\/themes\/dist\/esm\/.*\.js$/.test(id.replaceAll("\\", "/"))) return null;
      const rewritten = unbarrel(code, id);
      const changed = id.endsWith("/theme.js") ? slimTheme : id.endsWith("/slider.js") ? namedThumbs : null;
      return { code: changed ? changed(rewritten, id) : rewritten, map: null };
    },
  };
}

// Pyodide's own script, without what it does at its start for compiled packages that may come later.
//
// The module exports 8,000 names. The script gives each a variable, and an address in the table of
// functions; those that nothing else in the scripts speaks of need neither. A compiled package is
// linked with the exports themselves, and what it refers to gets an address then. Memory that was
// filled with this script fits workers that use it, and no others.
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { ROOT } from "./runtime_sources.mjs";

const { resolve } = createRequire(import.meta.url);
const SCRIPT = resolve("pyodide/pyodide.asm.mjs");
const USERS = [
  resolve("pyodide/pyodide.mjs"),
  path.join(ROOT, "wasm/ts/snapshot.ts"),
  path.join(import.meta.dirname, "image.mjs"),
];

const ADDRESSES = "updateGOT(origExports);";
const BY_NAME = 'func=Module["_"+ident]';
const VARIABLES = /var ((?:\w+,){1000,}\w+);(function assignWasmExports\(wasmExports\)\{)([^{}]*)\}/;
const ASSIGNED = /^(\w+)=Module\["(\w+)"\]=.*wasmExports\["\w+"\](?:\.value>>>0)?$/;

/** The script's text. */
export async function glue() {
  const text = await readFile(SCRIPT, "utf8");
  const found = VARIABLES.exec(text);
  if (!found) throw new Error("pyodide.asm.mjs does not assign its exports as it did");
  const [whole, names, head, statements] = found;
  const others = await Promise.all(USERS.map((file) => readFile(file, "utf8")));
  const used = new Set([text.replace(whole, ""), ...others].join("\n").match(/[\w$]+/g));
  const kept = statements.split(";").filter((statement) => {
    const assigned = ASSIGNED.exec(statement);
    return !assigned || used.has(assigned[1]) || used.has(assigned[2]);
  });
  const body = kept.join(";");
  const inBody = new Set(body.match(/\w+/g));
  const declared = names.split(",").filter((name) => inBody.has(name) || used.has(name));
  let made = text.replace(whole, () => `var ${declared.join(",")};${head}${body}}`);
  made = replaced(made, ADDRESSES, "");
  return replaced(made, BY_NAME, `${BY_NAME}??wasmExports[ident]`);
}

function replaced(text, old, next) {
  const parts = text.split(old);
  if (parts.length !== 2) throw new Error(`pyodide.asm.mjs does not say ${old} once any more`);
  return parts.join(next);
}

async function imported() {
  const folder = await mkdtemp(path.join(tmpdir(), "wasmrx-"));
  try {
    const file = path.join(folder, "glue.mjs");
    await writeFile(file, await glue());
    return (await import(pathToFileURL(file))).default;
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** The function that the script exports, for Node. */
export const createModule = await imported();

// The modules of wasmrx that run in the worker, as wasm/files.py lists them.
import { createHash } from "node:crypto";
import { readFile, readdir } from "node:fs/promises";
import path from "node:path";

export const ROOT = path.resolve(import.meta.dirname, "../..");

/** `[file name, bytes]` of each module in runtime/, sorted by name. */
export async function runtimeSources() {
  const folder = path.join(ROOT, "runtime");
  const names = (await readdir(folder)).filter((name) => name.endsWith(".py")).sort();
  return Promise.all(names.map(async (name) => [name, await readFile(path.join(folder, name))]));
}

/** The digest that wasm/files.py:runtime_digest computes. */
export function runtimeDigest(sources) {
  const digest = createHash("sha256");
  for (const [name, bytes] of sources) digest.update(`${name}\0${sha256(bytes)}\n`);
  return digest.digest("hex");
}

export function sha256(bytes) {
  return createHash("sha256").update(bytes).digest("hex");
}

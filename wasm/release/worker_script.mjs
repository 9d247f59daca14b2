// Bundles the scripts of wasm/ts, each with what it imports inside: worker.ts has Pyodide's loader.
import path from "node:path";
import { rolldown } from "rolldown";
import { ROOT } from "./runtime_sources.mjs";

const NODE_ONLY = /^(node:|ws$)/;

/** The text of a worker's script, by the name of its source. */
export const workerScript = (source) => bundled(path.join(ROOT, "wasm/ts", source), "browser");

/** The text of a script for Node, by the name of its source in this folder. */
export const nodeScript = (source) => bundled(path.join(import.meta.dirname, source), "node");

async function bundled(input, platform) {
  const bundle = await rolldown({
    input,
    platform,
    external: NODE_ONLY,
    tsconfig: path.join(ROOT, "wasm/ts/tsconfig.json"),
  });
  try {
    const { output } = await bundle.generate({ format: "es", minify: true, codeSplitting: false });
    return output[0].code;
  } finally {
    await bundle.close();
  }
}

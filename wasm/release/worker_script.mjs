// Bundles wasm/ts/worker.ts, with Pyodide's loader inside, into one module.
import path from "node:path";
import { rolldown } from "rolldown";
import { ROOT } from "./runtime_sources.mjs";

const NODE_ONLY = /^(node:|ws$)/;

/** The text of worker.js. */
export async function workerScript() {
  const bundle = await rolldown({
    input: path.join(ROOT, "wasm/ts/worker.ts"),
    platform: "browser",
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

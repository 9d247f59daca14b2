// Builds the test site: node build.mjs OUT

import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";

const here = path.dirname(fileURLToPath(import.meta.url));
const runtime = path.resolve(here, "../../../runtime/ts");
const out = path.resolve(process.argv[2]);
const files = path.join(out, "wasmrx");
const modules = path.resolve(here, "../../../node_modules");

const shared = {
  transform: { target: "es2022", define: { "process.env.NODE_ENV": '"production"' } },
  onLog(level, log, handle) {
    if (log.code !== "MODULE_LEVEL_DIRECTIVE") handle(level, log);
  },
  resolve: {
    alias: {
      "wasmrx/form_data": path.join(runtime, "components/form_data.ts"),
      "wasmrx/page": path.join(runtime, "page.ts"),
      "wasmrx/server": path.join(runtime, "server.ts"),
    },
    modules: [modules],
  },
};

async function bundle(input, output, platform = "browser") {
  const build = await rolldown({ ...shared, input, platform });
  await build.write({ minify: true, ...output });
}

await bundle(
  { main: path.join(here, "main.js") },
  { dir: files, format: "esm", entryFileNames: "[name].js", chunkFileNames: "[name]-[hash].js" },
);
await bundle(path.join(runtime, "early.ts"), {
  file: path.join(files, "early.js"),
  format: "iife",
});
await bundle(
  path.join(here, "render.js"),
  { file: path.join(out, ".render.mjs"), format: "esm", codeSplitting: false },
  "node",
);
await bundle(path.join(here, "property.js"), {
  file: path.join(files, "property.js"),
  format: "esm",
});
fs.copyFileSync(path.join(here, "worker.js"), path.join(files, "worker.js"));
execFileSync(process.execPath, [path.join(out, ".render.mjs"), out], { stdio: "inherit" });

// Bundles the page runtime alone: node size.mjs OUT. What it loads later, and React, stay outside.

import path from "node:path";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";

const runtime = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../../../runtime/ts");

const build = await rolldown({
  input: path.join(runtime, "page.ts"),
  external: [
    ...[/^react/, /toaster\.ts$/, /rare\.ts$/, /kept\.ts$/, /offline\.ts$/, /still\.ts$/],
    ...[/stuck\.ts$/, /restart\.ts$/],
  ],
  platform: "browser",
  transform: { target: "es2022" },
});
await build.write({
  file: path.resolve(process.argv[2]),
  format: "esm",
  minify: true,
  comments: false,
});

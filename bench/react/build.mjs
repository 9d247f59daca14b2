// Bundles a hand-written page for production: node build.mjs PAGE FOLDER
import { copyFile } from "node:fs/promises";
import path from "node:path";
import { rolldown } from "rolldown";

const [page, folder] = process.argv.slice(2);
const here = import.meta.dirname;
const bundle = await rolldown({
  input: { page: path.join(here, `${page}.jsx`) },
  logLevel: "silent",
  transform: { define: { "process.env.NODE_ENV": '"production"' }, jsx: "react-jsx" },
});
await bundle.write({ dir: folder, format: "es", minify: true });
await bundle.close();
await copyFile(path.join(here, "index.html"), path.join(folder, "index.html"));
const styles = path.join(here, "../../node_modules/@radix-ui/themes/styles.css");
await copyFile(styles, path.join(folder, "styles.css"));

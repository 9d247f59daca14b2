// Runs pytest inside Pyodide under Node: node run.mjs SITE_PACKAGES FOLDER TEST…
//
// The repository is mounted at /repo and the host's pure-Python packages (pytest itself) at /host,
// both as they are on disk. runtime/ is wasmrx there, too. Exits with pytest's exit code.
import path from "node:path";
import { startPyodide } from "../../wasm/release/pyodide_node.mjs";

const ROOT = path.resolve(import.meta.dirname, "../..");
const [sitePackages, folder, ...tests] = process.argv.slice(2);
const MOUNTS = {
  "/repo": ROOT,
  "/site/wasmrx": path.join(ROOT, "runtime"),
  "/host": sitePackages,
};

async function run() {
  const py = await startPyodide();
  for (const [at, root] of Object.entries(MOUNTS)) {
    py.FS.mkdirTree(at);
    py.FS.mount(py.FS.filesystems.NODEFS, { root }, at);
  }
  const { path: search } = py.pyimport("sys");
  for (const entry of ["/host", "/site", "/repo/tests/pyodide"]) search.append(entry);
  return py.pyimport("runner").run(`/repo/${folder}`, tests);
}

try {
  process.exitCode = await run();
} catch (error) {
  console.error(error.message);
  process.exitCode = 70;
}

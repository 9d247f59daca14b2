// Pyodide under Node, from the npm package, with nothing of this machine in its environment.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { loadPyodide, version } from "pyodide";
import { createModule } from "./glue.mjs";

export { version };

const require = createRequire(import.meta.url);

/** What the worker's interpreter is told, too: a snapshot keeps it. */
export const interpreter = require("../ts/interpreter.json");

export const CORE = path.dirname(require.resolve("pyodide/package.json"));

/** Starts an interpreter whose standard library is the zip at `stdlib`. */
export function startPyodide({ stdlib = path.join(CORE, "python_stdlib.zip"), ...options } = {}) {
  return loadPyodide({
    indexURL: CORE,
    stdLibURL: stdlib,
    ...structuredClone(interpreter),
    createPyodideModule: createModule,
    ...options,
  });
}

/** Imports the Python file `file` inside `py` and returns the module. */
export async function importFile(py, file) {
  const name = path.basename(file, ".py");
  py.FS.mkdirTree("/release");
  py.FS.writeFile(`/release/${name}.py`, await readFile(file));
  if (!py.pyimport("sys").path.includes("/release")) py.pyimport("sys").path.append("/release");
  py.pyimport("importlib").invalidate_caches();
  return py.pyimport(name);
}

// Compiles wheels by the very Python that a site's worker runs: Pyodide, under Node.
//
// Arguments: a folder with Pyodide's files, the file bytecode.py. The jobs come on standard input,
// as JSON: {wheel, out, place, sources}. Each archive is written whole.
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

const [folder, script] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(path.join(folder, "pyodide.mjs")).href);
const py = await loadPyodide({
  indexURL: folder + path.sep,
  lockFileContents: readFileSync(path.join(folder, "pyodide-lock.json"), "utf8"),
});
py.FS.writeFile("/home/pyodide/bytecode.py", readFileSync(script));
const { archive_file } = py.pyimport("bytecode");
for (const { wheel, out, place, sources } of JSON.parse(readFileSync(0, "utf8"))) {
  py.FS.writeFile("/wheel", new Uint8Array(readFileSync(wheel)));
  archive_file("/wheel", "/archive", place, sources);
  const unfinished = `${out}.${process.pid}.new`;
  writeFileSync(unfinished, py.FS.readFile("/archive"));
  renameSync(unfinished, out);
}

// Writes wasm/_assets/: all that a worker boots from. Run with Node when a wheel is built.
//
// The output depends only on the sources and the pinned npm packages: two runs give the same bytes.
import { mkdir, readFile, readdir, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { halves } from "./divide.mjs";
import { glue } from "./glue.mjs";
import { CORE, importFile, interpreter, startPyodide, version } from "./pyodide_node.mjs";
import { ROOT, runtimeDigest, runtimeSources, sha256 } from "./runtime_sources.mjs";
import { baseSnapshot, plainSnapshot } from "./snapshot.mjs";
import { nodeScript, workerScript } from "./worker_script.mjs";

const ASSETS = path.join(ROOT, "wasm/_assets");
const STDLIB_MOUNT = "/lib/python314.zip";

/** The standard library and the wasmrx runtime as one zip of bytecode. */
async function stdlib(runtime) {
  const py = await startPyodide({ env: { ...interpreter.env, PYTHONNODEBUGRANGES: "1" } });
  py.FS.writeFile("/sources.zip", await readFile(path.join(CORE, "python_stdlib.zip")));
  py.FS.mkdirTree("/runtime/wasmrx");
  for (const [name, bytes] of runtime) py.FS.writeFile(`/runtime/wasmrx/${name}`, bytes);
  const { precompile } = await importFile(py, path.join(import.meta.dirname, "precompile.py"));
  precompile("/sources.zip", "/runtime", "/out.zip", STDLIB_MOUNT);
  return py.FS.readFile("/out.zip");
}

async function build() {
  const runtime = await runtimeSources();
  const library = await stdlib(runtime);
  const wasm = await readFile(path.join(CORE, "pyodide.asm.wasm"));
  const [first, rest] = await halves(wasm);
  const files = {
    worker: ["worker.js", Buffer.from(await workerScript("worker.ts"))],
    whole: ["pyodide.wasm", wasm],
    wasm: ["pyodide-first.wasm", first],
    rest: ["rest.wasm", rest],
    asm: ["pyodide.js", Buffer.from(await glue())],
    stdlib: ["stdlib.zip", library],
    snapshot: ["snapshot.bin", await baseSnapshot(library)],
    plain: ["plain.bin", await plainSnapshot(library)],
  };
  const { info } = JSON.parse(await readFile(path.join(CORE, "pyodide-lock.json"), "utf8"));
  const { python, abi_version: abi } = info;
  const index = { pyodide: version, python, abi, runtime: runtimeDigest(runtime), files: {} };
  for (const [key, [file, bytes]] of Object.entries(files)) {
    index.files[key] = { file, sha256: sha256(bytes), size: bytes.length };
  }
  const contents = Object.values(files);
  const loader = ["pyodide.mjs", await readFile(path.join(CORE, "pyodide.mjs"))];
  const scripts = [
    ["sw.js", await workerScript("service_worker.ts")],
    ["app_image.mjs", await nodeScript("app_image.mjs")],
    loader,
  ];
  await publish([...contents, ...scripts, ["index.json", `${JSON.stringify(index, null, 1)}\n`]]);
  for (const [file, { length }] of contents) {
    console.log(`  ${file.padEnd(19)} ${(length / 1e6).toFixed(2).padStart(6)} MB`);
  }
}

/** Replaces what ASSETS holds, file by file, so that a reader finds each one whole. */
async function publish(contents) {
  await mkdir(ASSETS, { recursive: true });
  for (const [file, content] of contents) {
    const unfinished = path.join(ASSETS, `.${file}`);
    await writeFile(unfinished, content);
    await rename(unfinished, path.join(ASSETS, file));
  }
  const wanted = new Set(contents.map(([file]) => file));
  for (const file of await readdir(ASSETS)) {
    if (!wanted.has(file)) await rm(path.join(ASSETS, file));
  }
}

await build();

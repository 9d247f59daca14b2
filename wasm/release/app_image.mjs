// An app's own snapshot, made by `wasmrx build` under the author's Node: the memory after the app was
// imported, against the base snapshot's. Bundled into wasm/_assets/app_image.mjs.
//
//   node app_image.mjs ASSETS APP.ZIP MODULE OUT
// The answer on stdout is one line of JSON: {"ok": true}, or {"ok": false, "refused", "why"}, where
// "refused" says that it is the app that cannot be kept in an image.
import { copyFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { loadPyodide } from "pyodide";
import { info } from "pyodide/pyodide-lock.json";
import interpreter from "../ts/interpreter.json";
import { APP_FOLDER } from "../ts/boot_error";
import { mount } from "../ts/project";
import { parseSnapshot } from "../ts/snapshot";
import { unzip } from "../ts/unzip";
import { freezeClocks, packDifference, zeroFreeMemory } from "./image.mjs";

const LEVEL = 19;

class Refused extends Error {}

/** An interpreter that starts from the base snapshot, and its memory right after that was written. */
async function restored(assets, folder) {
  const { default: createModule } = await import(pathToFileURL(path.join(assets, "pyodide.js")));
  await copyFile(path.join(assets, "pyodide.wasm"), path.join(folder, "pyodide.asm.wasm"));
  const base = parseSnapshot(new Uint8Array(await readFile(path.join(assets, "snapshot.bin"))));
  let memory;
  const py = await loadPyodide({
    indexURL: folder,
    packageBaseUrl: folder,
    stdLibURL: path.join(assets, "stdlib.zip"),
    lockFileContents: JSON.stringify({ info, packages: {} }),
    ...structuredClone(interpreter),
    stdout: (line) => console.error(line),
    stderr: (line) => console.error(line),
    _loadSnapshot: Promise.resolve(base.header),
    _makeSnapshot: true,
    createPyodideModule: async (settings) => {
      const module = await createModule(settings);
      base.writeInto(module);
      memory = module.HEAPU8.slice();
      return module;
    },
  });
  return { py, memory };
}

/** What the host keeps beside memory: an image cannot hold it. */
function outside(py) {
  const { FS, LDSO } = py._module;
  return {
    files: FS.streams.filter(Boolean).length,
    libraries: Object.keys(LDSO.loadedLibsByName).length,
    objects: snapshotOf(py).header.hiwireKeys.length,
  };
}

function snapshotOf(py) {
  const bytes = Buffer.from(py.makeMemorySnapshot());
  const length = bytes.readUInt32LE(8);
  return { bytes, header: JSON.parse(bytes.subarray(48, 48 + length).toString()) };
}

const KEPT_OUTSIDE = {
  files: "keeps a file open",
  libraries: "loads a compiled package",
  objects: "keeps a JavaScript object",
};

async function image(assets, archive, app, folder) {
  const { py, memory } = await restored(assets, folder);
  const before = outside(py);
  mount(py, await unzip(new Uint8Array(await readFile(archive))));
  const taking = py.pyimport("wasmrx_snapshot");
  const why = taking.take(app, `${APP_FOLDER}/`);
  taking.destroy();
  if (why) throw new Refused(why);
  let after;
  try {
    after = outside(py);
  } catch {
    throw new Refused(`the app ${KEPT_OUTSIDE.objects} from its import on`);
  }
  for (const [name, what] of Object.entries(KEPT_OUTSIDE)) {
    if (after[name] > before[name]) throw new Refused(`the app ${what} from its import on`);
  }
  zeroFreeMemory(py._module);
  return packDifference(snapshotOf(py).bytes, memory, (content) => compressed(py, content));
}

/** Python's own compressor: older versions of Node have none. */
function compressed(py, content) {
  const compress = py.runPython(`
from compression.zstd import CompressionParameter as Is, compress
options = {Is.compression_level: ${LEVEL}, Is.checksum_flag: 1}
lambda data: compress(data.to_bytes(), options=options)`);
  const frame = compress(new Uint8Array(content));
  return Buffer.from(frame.toJs());
}

const [assets, archive, app, out] = process.argv.slice(2);
const folder = await mkdtemp(path.join(tmpdir(), "wasmrx-"));
freezeClocks();
let answer = { ok: true };
try {
  await writeFile(out, await image(assets, archive, app, folder));
} catch (error) {
  const refused = error instanceof Refused;
  answer = { ok: false, refused, why: refused ? error.message : String(error) };
} finally {
  await rm(folder, { recursive: true });
}
process.stdout.write(`${JSON.stringify(answer)}\n`, () => process.exit(0));

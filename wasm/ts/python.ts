// Starts Pyodide from files that are already on their way, and from nothing else: from the memory
// snapshot where that works, else the longer way from the standard library.
import { loadPyodide, type PyodideAPI } from "pyodide";
import { info } from "pyodide/pyodide-lock.json";
import interpreter from "./interpreter.json";
import { Halves } from "./halves";
import { LazyFile } from "./lazy_file";
import type { PythonModule, Snapshot } from "./snapshot";

/** Pyodide's package index stays empty: packages come with the app. */
const EMPTY_LOCK = JSON.stringify({ info, packages: {} });

const STDLIB_NAME = "python_stdlib.zip";
const STDLIB_PATH = "/lib/python314.zip";
const WASM_NAME = "pyodide.asm.wasm";

type Config = NonNullable<Parameters<typeof loadPyodide>[0]>;
export type CreateModule = NonNullable<Config["createPyodideModule"]>;

export interface PythonParts {
  wasm: Promise<WebAssembly.Module>;
  createModule: Promise<CreateModule>;
  snapshot: Promise<Snapshot> | undefined;
  /** What the app's import changes of it. */
  image: Promise<Snapshot> | undefined;
  /** Starts the standard library's download. */
  stdlib(): Promise<Uint8Array<ArrayBuffer>>;
  stdlibURL: string;
  /** Starts the download of the module's second half. */
  rest(): Promise<WebAssembly.Module>;
  restURL: string;
}

/** wasm/release/wasmrx_snapshot.py */
interface SnapshotModule {
  restored(keepRuntime: boolean): void;
}

export interface Python {
  py: PyodideAPI;
  /** Called before the first import; without `keepRuntime` the app brings its own wasmrx. */
  wake(keepRuntime: boolean): void;
  /** Called when the page has been served: fetches what boot could do without. */
  complete(): Promise<void>;
}

/** A running interpreter. Rejects with the first part that fails. */
export async function startPython(parts: PythonParts): Promise<Python> {
  const { snapshot, image } = parts;
  if (snapshot && image) {
    try {
      return await restorePython(parts, await Promise.all([snapshot, image]));
    } catch (error) {
      console.warn("Python starts without the app's own image:", error);
    }
  }
  if (snapshot) {
    try {
      return await restorePython(parts, [await snapshot]);
    } catch (error) {
      console.warn("Python starts without its snapshot:", error);
    }
  }
  const stdlib = parts.stdlib();
  const halves = new Halves(parts.restURL, parts.rest());
  const createModule = await parts.createModule;
  const py = await load(parts.wasm, halves, stdlib, { createPyodideModule: createModule });
  return { py, wake: () => {}, complete: () => Promise.resolve() };
}

/** Writes the layers into memory, the later over the earlier. */
async function restorePython(parts: PythonParts, layers: Snapshot[]): Promise<Python> {
  const createModule = await parts.createModule;
  const halves = new Halves(parts.restURL);
  const py = await load(parts.wasm, halves, Promise.resolve(new Uint8Array()), {
    _loadSnapshot: Promise.resolve(layers.at(-1)!.header),
    createPyodideModule: async (settings) => {
      const module = await createModule(settings);
      for (const layer of layers) layer.writeInto(module as unknown as PythonModule);
      return module;
    },
  });
  const stdlib = new LazyFile(py.FS, STDLIB_PATH, parts.stdlibURL);
  return {
    py,
    wake: (keepRuntime) => (py.pyimport("wasmrx_snapshot") as SnapshotModule).restored(keepRuntime),
    complete: async () => {
      const [library] = await Promise.all([parts.stdlib(), parts.rest().then((rest) => halves.provide(rest))]);
      stdlib.provide(library);
    },
  };
}

/** Pyodide itself would wait for ever when a part fails; here its failure is the result. */
async function load(
  wasm: Promise<WebAssembly.Module>,
  halves: Halves,
  stdlib: Promise<Uint8Array<ArrayBuffer>>,
  config: Config,
): Promise<PyodideAPI> {
  const indexURL = new URL("./", self.location.href).href;
  const restore = answerLoader(wasm, halves, stdlib, indexURL);
  const failure = new Promise<never>((_, reject) => {
    wasm.catch(reject);
    halves.rest?.catch(reject);
    stdlib.catch(reject);
  });
  try {
    const py = loadPyodide({
      indexURL,
      packageBaseUrl: indexURL,
      stdLibURL: indexURL + STDLIB_NAME,
      lockFileContents: EMPTY_LOCK,
      ...interpreter,
      stdout: (line) => console.log(line),
      stderr: (line) => console.warn(line),
      ...config,
    });
    return await Promise.race([py, failure]);
  } finally {
    restore();
  }
}

/** Makes the loader's own requests end in what is given; the result undoes it. */
function answerLoader(
  wasm: Promise<WebAssembly.Module>,
  halves: Halves,
  stdlib: Promise<Uint8Array<ArrayBuffer>>,
  indexURL: string,
): () => void {
  const { fetch } = self;
  const { instantiateStreaming } = WebAssembly;
  self.fetch = (input, init) => {
    const url = String(input);
    if (url === indexURL + WASM_NAME) return Promise.resolve(new Response());
    if (url === indexURL + STDLIB_NAME) return stdlib.then((bytes) => new Response(bytes));
    return fetch(input, init);
  };
  WebAssembly.instantiateStreaming = async (_, imports = {}) => {
    const module = await wasm;
    return { module, instance: await halves.instantiate(module, imports) };
  };
  return () => {
    self.fetch = fetch;
    WebAssembly.instantiateStreaming = instantiateStreaming;
  };
}

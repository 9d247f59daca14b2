// Starts Pyodide from files that are already on their way, and from nothing else.
import { loadPyodide, type PyodideAPI } from "pyodide";
import { info } from "pyodide/pyodide-lock.json";
import { BootError } from "./boot_error";
import { download } from "./download";

/** Pyodide's package index stays empty: packages come with the app. */
const EMPTY_LOCK = JSON.stringify({ info, packages: {} });

const STDLIB_NAME = "python_stdlib.zip";
const WASM_NAME = "pyodide.asm.wasm";

/** An import that takes longer is looked after by a fetch, which notices a stalled server. */
const SLOW_IMPORT_MS = 2_000;

type Config = NonNullable<Parameters<typeof loadPyodide>[0]>;
type CreateModule = NonNullable<Config["createPyodideModule"]>;

export interface PythonParts {
  wasm: Promise<WebAssembly.Module>;
  createModule: Promise<CreateModule>;
  stdlib: Promise<Uint8Array<ArrayBuffer>>;
}

/** A running interpreter. Rejects with the first part that fails. */
export async function startPython(parts: PythonParts): Promise<PyodideAPI> {
  const createModule = await parts.createModule;
  const indexURL = new URL("./", self.location.href).href;
  const restore = answerLoader(parts, indexURL);
  try {
    return await Promise.race([
      loadPyodide({
        indexURL,
        packageBaseUrl: indexURL,
        stdLibURL: indexURL + STDLIB_NAME,
        lockFileContents: EMPTY_LOCK,
        env: { HOME: "/home/pyodide", LANG: "C.UTF-8" },
        stdout: (line) => console.log(line),
        stderr: (line) => console.warn(line),
        createPyodideModule: createModule,
      }),
      firstFailure(parts),
    ]);
  } finally {
    restore();
  }
}

/** Never resolves: Pyodide itself would wait for ever when a part fails. */
function firstFailure(parts: PythonParts): Promise<never> {
  return new Promise((_, reject) => {
    for (const part of [parts.wasm, parts.stdlib]) part.catch(reject);
  });
}

/** Makes the loader's own requests end in `parts`; the result undoes it. */
function answerLoader(parts: PythonParts, indexURL: string): () => void {
  const { fetch } = self;
  const { instantiateStreaming } = WebAssembly;
  self.fetch = (input, init) => {
    const url = String(input);
    if (url === indexURL + WASM_NAME) return Promise.resolve(new Response());
    if (url === indexURL + STDLIB_NAME) return parts.stdlib.then((bytes) => new Response(bytes));
    return fetch(input, init);
  };
  WebAssembly.instantiateStreaming = async (_, imports) => {
    const module = await parts.wasm;
    return { module, instance: await WebAssembly.instantiate(module, imports) };
  };
  return () => {
    self.fetch = fetch;
    WebAssembly.instantiateStreaming = instantiateStreaming;
  };
}

/** The module's factory at `url`. `import()` does not say why it failed or waits: a fetch does. */
export async function importScript(url: string): Promise<CreateModule> {
  let slow = 0;
  const diagnosis = new Promise<never>((_, reject) => {
    slow = setTimeout(() => download(url).catch(reject), SLOW_IMPORT_MS);
  });
  try {
    const loading = import(url) as Promise<{ default: CreateModule }>;
    return (await Promise.race([loading, diagnosis])).default;
  } catch (error) {
    if (error instanceof BootError) throw error;
    await download(url);
    throw new BootError(`${url.slice(url.lastIndexOf("/") + 1)} does not run.`, String(error));
  } finally {
    clearTimeout(slow);
  }
}

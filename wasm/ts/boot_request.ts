// The first message of the page to its worker: what to boot from. All later ones are JSON texts
// of runtime/protocol.py.

/** The worker's files by key; every value is an absolute URL. */
export interface BootFiles {
  /** Pyodide's WebAssembly module, or its first half. */
  wasm: string;
  /** Its second half. */
  rest: string;
  /** The script that belongs to that module. */
  asm: string;
  /** The memory of a started interpreter; without it, boot takes the longer way. */
  snapshot?: string;
  /** The same for browsers whose WebAssembly cannot switch stacks. */
  plain?: string;
  /** What the app's import changes of `snapshot`. */
  image?: string;
  /** The standard library and the wasmrx runtime, as bytecode. */
  stdlib: string;
  /** The author's project. */
  app: string;
  /** The code of components, where vars hold components. */
  components?: string;
  /** Which Python packages the site has. */
  packages?: string;
  /** The archives of those that the app imports at once. */
  [first: `package:${string}`]: string;
}

export interface Sources {
  files: BootFiles;
  /** Bytes of each file after content decoding. */
  sizes?: Partial<Record<keyof BootFiles, number>>;
  /** What an earlier worker of the page has made of `files.wasm`. */
  module?: WebAssembly.Module;
  /** A copy of the WebAssembly module elsewhere, which is tried first, and its SHA-256. */
  shared?: { wasm: string; sha256: string } | undefined;
}

export interface Boot extends Sources {
  /** The author's module, such as "app" or "counter.counter". */
  app: string;
  /** JSON text for the runtime: routes and initial state. */
  manifest: string;
  dev: boolean;
  /** The lock to hold for as long as the worker lives. */
  lock?: string;
  /** An address that leads somewhere until the visitor wants a stop. */
  signal?: string;
}

/** A page that has not loaded its own scripts yet can let Python start in the meantime. */
export interface PrepareMessage {
  prepare: Sources;
}

/** A worker that runs functions for another one of the page starts from the same parts. */
export interface PoolMessage {
  pool: Sources;
}

export interface BootMessage {
  boot: Boot;
}

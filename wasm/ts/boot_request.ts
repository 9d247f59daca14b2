// The first message of the page to its worker: what to boot from. All later ones are JSON texts
// of runtime/protocol.py.

/** The worker's files by key; every value is an absolute URL. */
export interface BootFiles {
  /** Pyodide's WebAssembly module. */
  wasm: string;
  /** The script that belongs to that module. */
  asm: string;
  /** The memory of a started interpreter; without it, boot takes the longer way. */
  snapshot?: string;
  /** The standard library and the wasmrx runtime, as bytecode. */
  stdlib: string;
  /** The author's project. */
  app: string;
}

export interface Sources {
  files: BootFiles;
  /** Bytes of each file after content decoding. */
  sizes?: Partial<Record<keyof BootFiles, number>>;
}

export interface Boot extends Sources {
  /** The author's module, such as "app" or "counter.counter". */
  app: string;
  /** JSON text for the runtime: routes and initial state. */
  manifest: string;
  dev: boolean;
}

/** A page that has not loaded its own scripts yet can let Python start in the meantime. */
export interface PrepareMessage {
  prepare: Sources;
}

export interface BootMessage {
  boot: Boot;
}

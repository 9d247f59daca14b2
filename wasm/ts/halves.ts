// Puts the two halves of Pyodide's module together, as wasm/release/divide.mjs made them: the second
// comes when there is time, or when the first calls one of its functions.
import { fetchNow } from "./fetch_now";

interface Shared extends WebAssembly.Exports {
  wasmrx_whole: WebAssembly.Global<"i32">;
}

export class Halves {
  #imports: WebAssembly.Imports = {};
  #first: Shared | undefined;

  /** The second half lies at `url`; with `rest`, it is there from the start. */
  constructor(
    readonly url: string,
    readonly rest?: Promise<WebAssembly.Module>,
  ) {}

  /** An instance with the exports of the whole module; `first` may be that, too. */
  async instantiate(
    first: WebAssembly.Module,
    imports: WebAssembly.Imports,
  ): Promise<Pick<WebAssembly.Instance, "exports">> {
    const complete = (): void => this.provide(new WebAssembly.Module(fetchNow(this.url)));
    const rest = await this.rest;
    const { exports } = await WebAssembly.instantiate(first, { ...imports, wasmrx: { complete } });
    if (!("wasmrx_whole" in exports)) return { exports };
    this.#imports = imports;
    this.#first = exports as Shared;
    if (rest) this.provide(rest);
    return { exports };
  }

  /** Whether the second half is needed and not there. */
  get isOpen(): boolean {
    return this.#first?.wasmrx_whole.value === 0;
  }

  /** Takes the second half, unless it came before. */
  provide(rest: WebAssembly.Module): void {
    if (!this.isOpen) return;
    new WebAssembly.Instance(rest, { ...this.#imports, first: this.#first! });
    this.#first!.wasmrx_whole.value = 1;
  }
}

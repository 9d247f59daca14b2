// A copy of Pyodide's module in which each function reports its number when it is called:
//
//   node instrument.mjs OUT.WASM
// Started by profile.py.
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import binaryen from "binaryen";
import { definedFunctions, readModule } from "./functions.mjs";
import { CORE } from "./pyodide_node.mjs";

const REPORT = "wasmrx_report";

const module = readModule(await readFile(path.join(CORE, "pyodide.asm.wasm")));
module.addFunctionImport(REPORT, "wasmrx", "report", binaryen.i32, binaryen.none);
definedFunctions(module).forEach(({ ref, results }, number) => {
  const told = module.call(REPORT, [module.i32.const(number)], binaryen.none);
  const body = binaryen.Function.getBody(ref);
  binaryen.Function.setBody(ref, module.block(null, [told, body], results));
});
await writeFile(process.argv[2], module.emitBinary());

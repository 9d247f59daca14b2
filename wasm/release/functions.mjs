// The functions of a WebAssembly module, by Binaryen.
import binaryen from "binaryen";

export function readModule(wasm) {
  return binaryen.readBinary(wasm);
}

/** The functions that the module defines, in the order of its code: imports are none of them. */
export function definedFunctions(module) {
  const found = [];
  for (let index = 0; index < module.getNumFunctions(); index++) {
    const ref = module.getFunctionByIndex(index);
    const info = binaryen.getFunctionInfo(ref);
    if (!info.base) found.push({ ref, ...info });
  }
  return found;
}

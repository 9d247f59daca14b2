// Divides Pyodide's module: what a page's first events run comes first, the rest when it is called.
//
// The first half exports a table of all functions: at its begin those that it keeps, then room for
// those of the second, which puts them there when it is instantiated. In the first half, such a
// function calls the import `wasmrx.complete`, once, which must instantiate the second half, and then
// what lies in the table. Nothing else changes: memory, exports and Pyodide's own table are those of
// the whole module, so that a snapshot made with that fits. wasm/ts/halves.ts puts them together.
import { readFile } from "node:fs/promises";
import path from "node:path";
import binaryen from "binaryen";
import { definedFunctions, readModule } from "./functions.mjs";
import { sha256 } from "./runtime_sources.mjs";

const OWN = "wasmrx_";
const TABLE = `${OWN}functions`;
const WHOLE = `${OWN}whole`;
const COMPLETE = `${OWN}complete`;
const FIRST = "first";
/** A body this short is no longer than what would stand in its place. */
const SHORT = 24;
/** Functions of one source file lie together: where one runs, those beside it soon will. */
const NEAR = 24;

/** The two halves of Pyodide's module `wasm`, by what profile.mjs has found out about it. */
export async function halves(wasm) {
  const file = path.join(import.meta.dirname, "hot_functions.json");
  const profile = JSON.parse(await readFile(file, "utf8"));
  if (profile.wasm !== sha256(wasm)) {
    throw new Error(`${file} is of another Pyodide: run \`make profile\`.`);
  }
  const hot = new Set();
  let number = 0;
  for (const step of profile.hot) {
    number += step;
    for (let near = number - NEAR; near <= number + NEAR; near++) hot.add(near);
  }
  return divide(wasm, (each) => hot.has(each));
}

/** The two halves of the module `wasm`; `isHot` tells of a function's number whether it comes first. */
function divide(wasm, isHot) {
  const first = readModule(wasm);
  const sizes = bodySizes(wasm);
  const all = definedFunctions(first).map(({ name, params, results }) => ({ name, params, results }));
  if (all.length !== sizes.length) throw new Error("functions and bodies do not match");
  const stays = all.map((_, number) => isHot(number) || sizes[number] <= SHORT);
  const kept = all.filter((_, number) => stays[number]);
  const left = all.filter((_, number) => !stays[number]);
  const slots = new Map([...kept, ...left].map(({ name }, slot) => [name, slot]));
  const second = readModule(wasm);
  for (const module of [first, second]) module.addTable(TABLE, all.length, all.length);
  cut(first, left, slots);
  fill(first, kept, 0);
  share(second, first);
  strip(second, kept, slots);
  fill(second, left, kept.length);
  second.runPasses(["remove-unused-module-elements"]);
  return [Buffer.from(first.emitBinary()), Buffer.from(second.emitBinary())];
}

/** Puts a call through the table in the place of each of `left`. */
function cut(module, left, slots) {
  module.addGlobal(WHOLE, binaryen.i32, true, module.i32.const(0));
  module.addGlobalExport(WHOLE, WHOLE);
  module.addFunctionImport(COMPLETE, "wasmrx", "complete", binaryen.none, binaryen.none);
  for (const each of left) {
    const isWhole = module.global.get(WHOLE, binaryen.i32);
    const complete = module.call(COMPLETE, [], binaryen.none);
    const body = [module.if(module.i32.eqz(isWhole), complete), throughTable(module, each, slots)];
    replace(module, each, module.block(null, body, each.results));
  }
}

function throughTable(module, { name, params, results }, slots) {
  const given = binaryen.expandType(params).map((type, index) => module.local.get(index, type));
  return module.call_indirect(TABLE, module.i32.const(slots.get(name)), given, params, results);
}

function replace(module, { name, params, results }, body) {
  module.removeFunction(name);
  module.addFunction(name, params, results, [], body);
}

function fill(module, functions, offset) {
  const names = functions.map(({ name }) => name);
  module.addActiveElementSegment(TABLE, TABLE, names, module.i32.const(offset));
}

/** Makes `module` import what it must have in common with `first`, which exports it. */
function share(module, first) {
  for (let index = 0; index < first.getNumTables(); index++) {
    const { name } = binaryen.getTableInfo(first.getTableByIndex(index));
    const external = name === TABLE ? TABLE : `${OWN}table_${name}`;
    first.addTableExport(name, external);
    module.addTableImport(name, FIRST, external);
  }
  for (let index = 0; index < module.getNumGlobals(); index++) {
    const { name, mutable, base, type } = binaryen.getGlobalInfo(module.getGlobalByIndex(index));
    if (!mutable || base) continue;
    first.addGlobalExport(name, OWN + name);
    module.addGlobalImport(name, FIRST, OWN + name, type, true);
  }
  for (const { name, value } of exported(first, binaryen.ExternalTag)) {
    const { params, results } = binaryen.getTagInfo(module.getTag(value));
    module.addTagImport(value, FIRST, name, params, results);
  }
  for (const { name, value } of exported(first, binaryen.ExternalMemory)) {
    const { initial, max } = module.getMemoryInfo(value);
    module.setMemory(initial, max, null, [], false, false, value);
    module.addMemoryImport(value, FIRST, name);
  }
}

function exported(module, kind) {
  const found = [];
  for (let index = 0; index < module.getNumExports(); index++) {
    const each = binaryen.getExportInfo(module.getExportByIndex(index));
    if (each.kind === kind) found.push(each);
  }
  return found;
}

/** Leaves nothing of `kept` in the second half but calls through the table. */
function strip(module, kept, slots) {
  for (let index = module.getNumExports() - 1; index >= 0; index--) {
    module.removeExport(binaryen.getExportInfo(module.getExportByIndex(index)).name);
  }
  for (let index = module.getNumElementSegments() - 1; index >= 0; index--) {
    const segment = module.getElementSegmentByIndex(index);
    module.removeElementSegment(binaryen.getElementSegmentInfo(segment).name);
  }
  for (const each of kept) replace(module, each, throughTable(module, each, slots));
}

/** The length of each body in the module's code section. */
function bodySizes(wasm) {
  let at = 8;
  const number = () => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = wasm[at++];
      value += (byte & 127) * 2 ** shift;
      if (byte < 128) return value;
    }
  };
  while (at < wasm.length) {
    const section = wasm[at++];
    const end = number() + at;
    if (section === 10) {
      return Array.from({ length: number() }, () => {
        const size = number();
        at += size;
        return size;
      });
    }
    at = end;
  }
  throw new Error("the module has no code");
}

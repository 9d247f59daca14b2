// Turns the chunks of a rolldown build into units: code bodies that the linker
// (compiler/link.py) wraps in functions and writes one after the other.
//
// A unit's exports are read once, when it has run. So a chunk may not change an exported binding
// later, and chunks may not import each other in a circle; both are checked here.

import path from "node:path";
import * as acorn from "acorn";
import { findLiveBindings } from "./bindings.mjs";

const named = (node) => node.name ?? node.value;

class Converter {
  constructor(fileName, code, ids) {
    this.fileName = fileName;
    this.code = code;
    this.ids = ids;
    this.unit = { deps: [], exports: [], lazy: [] };
    this.cuts = [];
  }

  idOf(source) {
    const target = path.posix.join(path.posix.dirname(this.fileName), source);
    if (!this.ids.has(target)) throw new Error(`${this.fileName} imports unknown ${source}`);
    return this.ids.get(target);
  }

  fail(node, what) {
    throw new Error(`${this.fileName}: ${what}: ${this.code.slice(node.start, node.start + 90)}`);
  }

  importDeclaration(node) {
    const bindings = node.specifiers.map((specifier) => {
      if (specifier.type !== "ImportSpecifier") this.fail(node, "import of a whole chunk");
      return [named(specifier.imported), specifier.local.name];
    });
    this.unit.deps.push([this.idOf(node.source.value), bindings]);
  }

  exportDeclaration(node) {
    if (node.declaration) this.fail(node, "export of a declaration");
    const pairs = node.specifiers.map(({ local, exported }, index) =>
      node.source
        ? [named(local), `$r${this.unit.deps.length}_${index}`, named(exported)]
        : [null, named(local), named(exported)],
    );
    if (node.source)
      this.unit.deps.push([
        this.idOf(node.source.value),
        pairs.map(([imported, local]) => [imported, local]),
      ]);
    this.unit.exports.push(...pairs.map(([, local, exported]) => [local, exported]));
  }

  defaultExport(node) {
    if (/Declaration/.test(node.declaration.type)) this.fail(node, "export of a declaration");
    this.cuts.push([node.start, node.declaration.start, "const $default="]);
    this.unit.exports.push(["$default", "default"]);
  }

  dynamicImport(node) {
    const source = node.source.value ?? node.source.quasis?.map(({ value }) => value.cooked).join();
    if (!source || node.source.expressions?.length) return; // an address that is made in the page
    const id = this.idOf(source);
    this.unit.lazy.push(id);
    this.cuts.push([node.start, node.end, `LAZY(${id})`]);
  }

  convert() {
    const ast = acorn.parse(this.code, { ecmaVersion: "latest", sourceType: "module" });
    for (const node of ast.body) {
      if (node.type === "ImportDeclaration") this.importDeclaration(node);
      else if (node.type === "ExportNamedDeclaration") this.exportDeclaration(node);
      else if (node.type === "ExportDefaultDeclaration") {
        this.defaultExport(node);
        continue;
      } else if (node.type.startsWith("Export")) this.fail(node, node.type);
      else continue;
      this.cuts.push([node.start, node.end, ""]);
    }
    const { live, dynamicImports } = findLiveBindings(
      ast,
      new Set(this.unit.exports.map(([local]) => local)),
    );
    if (live.length) throw new Error(`${this.fileName} changes its exports later: ${live}`);
    dynamicImports.forEach((node) => this.dynamicImport(node));
    return { ...this.unit, body: this.apply() };
  }

  apply() {
    let body = "";
    let position = 0;
    for (const [start, end, text] of this.cuts.sort((a, b) => a[0] - b[0])) {
      body += this.code.slice(position, start) + text;
      position = end;
    }
    return (body + this.code.slice(position)).trim();
  }
}

function checkAcyclic(units, fileNames) {
  const state = new Array(units.length).fill(0);
  const visit = (id, trail) => {
    if (state[id] === 2) return;
    if (state[id] === 1)
      throw new Error(`chunks import each other: ${[...trail, id].map((i) => fileNames[i])}`);
    state[id] = 1;
    for (const [dep] of units[id].deps) visit(dep, [...trail, id]);
    state[id] = 2;
  };
  units.forEach((_, id) => visit(id, []));
}

/** Returns the units of `chunks` ({fileName, code}) and each file's unit number. */
export function toUnits(chunks) {
  const sorted = [...chunks].sort((a, b) => (a.fileName < b.fileName ? -1 : 1));
  const ids = new Map(sorted.map(({ fileName }, index) => [fileName, index]));
  const units = sorted.map(({ fileName, code }) => new Converter(fileName, code, ids).convert());
  checkAcyclic(
    units,
    sorted.map(({ fileName }) => fileName),
  );
  return { units, ids };
}

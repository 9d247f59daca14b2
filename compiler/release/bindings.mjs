// Finds module-level names that are assigned inside functions, which may run after the module.
//
// The minifier gives inner variables the names of outer ones, so scopes have to be followed.

import * as walk from "acorn-walk";

const isFunction = (node) => /Function/.test(node.type);
const opensScope = (node) =>
  isFunction(node) ||
  ["BlockStatement", "ForStatement", "ForInStatement", "ForOfStatement", "CatchClause",
    "ClassExpression", "ClassDeclaration", "StaticBlock", "SwitchStatement"].includes(node.type);

/** Yields the names that a binding pattern declares. */
function* patternNames(pattern) {
  switch (pattern?.type) {
    case "Identifier":
      yield pattern.name;
      break;
    case "ObjectPattern":
      for (const property of pattern.properties)
        yield* patternNames(property.type === "RestElement" ? property.argument : property.value);
      break;
    case "ArrayPattern":
      for (const element of pattern.elements) yield* patternNames(element);
      break;
    case "AssignmentPattern":
      yield* patternNames(pattern.left);
      break;
    case "RestElement":
      yield* patternNames(pattern.argument);
      break;
  }
}

/** Collects what each scope declares: node → names. */
function declarations(ast) {
  const scopes = new Map([[ast, new Set()]]);
  const scopeOf = (node) => {
    if (!scopes.has(node)) scopes.set(node, new Set());
    return scopes.get(node);
  };
  const enclosing = (ancestors, test) => ancestors.findLast((node) => node === ast || test(node));
  walk.ancestor(ast, {
    VariableDeclaration(node, _, ancestors) {
      const outer = ancestors.slice(0, -1);
      const scope = enclosing(outer, node.kind === "var" ? isFunction : opensScope);
      for (const { id } of node.declarations)
        for (const name of patternNames(id)) scopeOf(scope).add(name);
    },
    Function(node, _, ancestors) {
      for (const param of node.params)
        for (const name of patternNames(param)) scopeOf(node).add(name);
      if (!node.id) return;
      const outer = enclosing(ancestors.slice(0, -1), opensScope);
      scopeOf(node.type === "FunctionDeclaration" ? outer : node).add(node.id.name);
    },
    Class(node, _, ancestors) {
      if (!node.id) return;
      const outer = enclosing(ancestors.slice(0, -1), opensScope);
      scopeOf(node.type === "ClassDeclaration" ? outer : node).add(node.id.name);
    },
    CatchClause(node) {
      for (const name of patternNames(node.param)) scopeOf(node).add(name);
    },
  });
  return scopes;
}

/**
 * Returns the names among `exported` that a function of the module assigns, and the nodes of the
 * module's dynamic imports.
 *
 * A function that replaces itself when first called (Babel's `_extends`) is no live binding:
 * whoever holds the first version gets the same results.
 */
export function findLiveBindings(ast, exported) {
  const scopes = declarations(ast);
  const live = new Set();
  const dynamicImports = [];
  const assign = (name, ancestors) => {
    if (!exported.has(name)) return;
    const owner = ancestors.findLast((node) => scopes.get(node)?.has(name));
    if (owner && owner !== ast) return;
    const functions = ancestors.filter(isFunction);
    if (functions.length && functions[0].id?.name !== name) live.add(name);
  };
  walk.ancestor(ast, {
    AssignmentExpression(node, _, ancestors) {
      for (const name of patternNames(node.left)) assign(name, ancestors);
    },
    UpdateExpression(node, _, ancestors) {
      for (const name of patternNames(node.argument)) assign(name, ancestors);
    },
    ImportExpression(node) {
      dynamicImports.push(node);
    },
  });
  return { live: [...live], dynamicImports };
}

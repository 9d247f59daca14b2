// Values of Vars that come as data, in components that a var holds.
//
// An expression is JSON: a constant is itself, anything else a list that begins with its kind.
// What it can do is a closed set: nothing here turns text into code, and the only functions that
// are ever called are those made here. `compiler/held_data.py` writes what is read here.

import { OPS } from "./ops.gen.ts";
import { get, truth } from "./py.ts";
import { text } from "./py_format.ts";

/** A constant, or a list such as `["v", state, name]`. */
export type Expr = null | boolean | number | string | readonly [kind: string, ...rest: any[]];

/** The names that are bound around an expression. */
export type Env = Readonly<Record<string, unknown>>;

/** What an expression is evaluated in. */
export interface Scope {
  env: Env;
  /** The value of a var, subscribed to or not. */
  read: (state: string, name: string) => unknown;
  /** Makes the function of a trigger. */
  trigger: (scope: Scope, params: readonly string[], ...chain: any[]) => object;
  /** Shows a component that stands where a value does. */
  show: (node: any, scope: Scope) => unknown;
  /** What a module of the site exports. */
  find: (name: string) => unknown;
}

const INHERITED =
  /^(?:__\w+__|constructor|hasOwnProperty|isPrototypeOf|propertyIsEnumerable|toLocaleString|toString|valueOf)$/;

/** The functions that expressions have made; no other is called. */
const own = new WeakSet<object>();

const isConstant = (expr: Expr): expr is Exclude<Expr, readonly unknown[]> => !Array.isArray(expr);

/** Returns a property as compiled pages read it: never what every object inherits. */
function member(base: any, key: any): unknown {
  if (INHERITED.test(String(key))) return get(base, key);
  const found = base?.[key];
  return typeof found === "function" && !own.has(found) ? undefined : found;
}

function run(fn: any, args: unknown[]): unknown {
  if (typeof fn !== "function" || !own.has(fn)) throw new Error("This function cannot be called.");
  return fn(...args);
}

function made<T extends object>(fn: T): T {
  own.add(fn);
  return fn;
}

/** Returns `scope` with the names in `params` bound to `args`. */
export const bound = ({ env, ...rest }: Scope, params: readonly string[], args: readonly unknown[]): Scope => ({
  ...rest,
  env: { ...env, ...Object.fromEntries(params.map((name, index) => [name, args[index]])) },
});

function operation(scope: Scope, name: string, args: Expr[]): unknown {
  const at = (index: number): any => value(args[index]!, scope);
  const rest = (): unknown[] => args.slice(1).map((arg) => value(arg, scope));
  switch (name) {
    case "attr":
    case "key":
      return member(at(0), at(1));
    case "at":
      return at(0)?.at?.(at(1));
    case "not":
      return !truth(at(0));
    case "known_bool":
      return at(0);
    case "slice":
      if (args.length < 4 && args.slice(1).every((arg) => typeof arg === "number"))
        return at(0)?.slice?.(...args.slice(1));
      break;
    case "call":
      return run(at(0), rest());
    case "partial": {
      const given = rest();
      const fn = at(0);
      return made((...more: unknown[]) => run(fn, [...given, ...more]));
    }
  }
  if (!Object.hasOwn(OPS, name)) throw new Error(`There is no operation ${name}.`);
  return OPS[name]!(...args.map((arg) => () => value(arg, scope)));
}

function object(pairs: Expr[], scope: Scope): object {
  const entries: [string, unknown][] = [];
  for (let i = 0; i < pairs.length; i += 2)
    entries.push([String(value(pairs[i]!, scope)), value(pairs[i + 1]!, scope)]);
  return Object.fromEntries(entries);
}

/** Returns the value of an expression. */
export function value(expr: Expr, scope: Scope): any {
  if (isConstant(expr)) return expr;
  const [kind, ...rest] = expr;
  switch (kind) {
    case "v":
      return scope.read(rest[0], rest[1]);
    case "l":
      return get(scope.env, rest[0], undefined);
    case "o":
      return operation(scope, rest[0], rest.slice(1));
    case "a":
      return rest.map((item: Expr) => value(item, scope));
    case "d":
      return object(rest, scope);
    case "t":
      return rest.map((piece: Expr) => text(value(piece, scope))).join("");
    case "?":
      return value(rest[truth(value(rest[0], scope)) ? 1 : 2], scope);
    case "f":
      return made((...args: unknown[]) => value(rest[1], bound(scope, rest[0], args)));
    case "c":
      return made(scope.trigger(scope, rest[0], ...rest.slice(1)));
    case "m":
      return scope.show(rest[0], scope);
    case "x":
      return scope.find(rest[0]);
    case "y": {
      const fn = scope.find(rest[0]) as (...args: unknown[]) => unknown;
      return fn(...rest.slice(1).map((arg: Expr) => value(arg, scope)));
    }
    case "n":
      return Number(rest[0]);
    case "int":
      return parseInt(value(rest[0], scope), 10);
    case "float":
      return parseFloat(value(rest[0], scope));
    default:
      throw new Error(`There is no expression of the kind ${kind}.`);
  }
}

const reads = new WeakMap<object, readonly (readonly [string, string])[]>();

/** Returns the vars that showing `expr` reads; a trigger reads when its event happens. */
export function readsOf(expr: Expr): readonly (readonly [string, string])[] {
  if (isConstant(expr)) return [];
  let found = reads.get(expr);
  if (!found) {
    const [kind, ...rest] = expr;
    if (kind === "v") found = [[rest[0], rest[1]]];
    else if (kind === "c" || kind === "m") found = [];
    else if (kind === "f") found = readsOf(rest[1]);
    else found = rest.flatMap(readsOf);
    reads.set(expr, found);
  }
  return found;
}

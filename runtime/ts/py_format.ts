// str(), round() and format(), as Python writes values.

import { codePoint, isNumber, isText, list } from "./py_kinds.ts";

// JavaScript rounds an exact half up, Python to the even digit: look at 30 more digits.
const even = (short: string, long: string, size: number): string =>
  /^\.?50*$/.test(long.slice(size)) && +long.slice(0, size).at(-1)! % 2 === 0 ? long.slice(0, size) : short;

const fixed = (x: number, digits: number): string => {
  if (x >= 1e21) return BigInt(x) + (digits ? "." + "0".repeat(digits) : "");
  const long = x.toFixed(Math.min(digits + 30, 100));
  return even(x.toFixed(digits), long, long.indexOf(".") + (digits && digits + 1));
};

const exponential = (x: number, digits: number): string => {
  const [long = "", power = ""] = x.toExponential(Math.min(digits + 30, 100)).split("e");
  const [short = "", shortPower = power] = x.toExponential(digits).split("e");
  const rounded = even(short, long, digits ? digits + 2 : 1);
  const shown = rounded === short ? shortPower : power;
  return rounded + "e" + shown[0] + shown.slice(1).padStart(2, "0");
};

/** round(x, digits) */
export const round = (x: number, digits?: number | null): number => {
  if (!Number.isFinite(x)) return x;
  if (digits != null && digits < 0) return round(x / 10 ** -digits) * 10 ** -digits;
  return Math.sign(x) * Number(fixed(Math.abs(x), digits ?? 0));
};

/** repr(x) of a float */
const floatRepr = (x: number): string => {
  const size = Math.abs(x);
  if (x !== x) return "nan";
  if (size === Infinity) return x < 0 ? "-inf" : "inf";
  if (x && (size >= 1e16 || size < 1e-4)) return x.toExponential().replace(/e(.)(\d)$/, "e$10$2");
  return (Object.is(x, -0) ? "-0" : String(x)) + (Number.isInteger(x) ? ".0" : "");
};

const quote = (s: string): string => {
  const mark = s.includes("'") && !s.includes('"') ? '"' : "'";
  const escape = (c: string): string => {
    if (c === "'" || c === "\\") return c === "'" && c !== mark ? c : "\\" + c;
    const known = "\t\n\r".indexOf(c);
    if (known >= 0) return "\\" + "tnr"[known];
    const code = codePoint(c).toString(16);
    const [sign, size] = code.length < 3 ? ["x", 2] : code.length < 5 ? ["u", 4] : ["U", 8];
    return `\\${sign}${code.padStart(size as number, "0")}`;
  };
  return mark + s.replace(/[\\']|(?! )[\p{C}\p{Z}]/gu, escape) + mark;
};

/** str(x); unless numbers are floats, a whole one has no ".0": JSON cannot tell 1.0 from 1. */
export const text = (x: unknown, floats = false): string => {
  const repr = (inner: unknown): string => (isText(inner) ? quote(inner) : text(inner, floats));
  if (isText(x)) return x;
  if (x == null) return "None";
  if (x === true) return "True";
  if (x === false) return "False";
  if (isNumber(x) && floats) return floatRepr(x);
  if (isNumber(x)) return Number.isInteger(x) ? fixed(Math.abs(x), 0).replace(/^/, x < 0 ? "-" : "") : floatRepr(x);
  if (Array.isArray(x)) return `[${x.map(repr).join(", ")}]`;
  return `{${Object.entries(x).map(([key, value]) => `${quote(key)}: ${repr(value)}`).join(", ")}}`;
};

/** str(x) where the numbers in x are floats */
export const floatText = (x: unknown): string => text(x, true);

export const join = (x: unknown, by: string, floats = false): string =>
  list(x)
    .map((each) => text(each, floats))
    .join(by);

// digits significant digits, without zeros at the end; scientific from 10 ** limit.
const general = (x: number, digits: number, limit = digits): string => {
  const scientific = exponential(x, digits - 1);
  const power = Number(scientific.split("e")[1]);
  const shown = power < -4 || power >= limit ? scientific : fixed(x, digits - 1 - power);
  return shown.includes(".") ? shown.replace(/\.?0*(?=e|$)/, "") : shown;
};

const SPEC = /^(?:(.)?([<>=^]))?([-+ ])?(#)?(0)?(\d+)?([,_])?(?:\.(\d+))?([a-zA-Z%])?$/su;

/** format(x, spec); float tells a float that is a whole number. */
export const format = (x: unknown, spec: string, float = false): string => {
  const found = SPEC.exec(spec) ?? [];
  const [, givenFill, givenAlign, sign, alt, zero, width, group, digits, type = ""] = found;
  const fill = givenFill ?? (zero && !givenAlign ? "0" : (zero ?? " "));
  let body: string;
  let head = "";
  let align = givenAlign;
  if (isText(x) || !(isNumber(x) || typeof x === "boolean")) {
    body = text(x);
    if (digits) body = [...body].slice(0, +digits).join("");
    align ??= "<";
  } else {
    const n = Number(x);
    body = digitsOf(Math.abs(n), type, digits === undefined ? undefined : +digits, float);
    const negative = n < 0 || (Object.is(n, -0) && float);
    head = negative ? "-" : sign === "+" || sign === " " ? sign : "";
    if (alt && /[boxX]/.test(type)) head += "0" + type;
    align ??= zero ? "=" : ">";
    if (group && Number.isFinite(n)) {
      const [whole = ""] = /^[\da-fA-F]+(?![\w])|^\d+/.exec(body) ?? [];
      const rest = body.slice(whole.length);
      const every = /[boxX]/.test(type) ? /\B(?=(.{4})+$)/g : /\B(?=(.{3})+$)/g;
      let padded = whole;
      const grouped = (): string => head + padded.replace(every, group) + rest;
      while (fill === "0" && align === "=" && grouped().length < Number(width)) padded = "0" + padded;
      body = grouped().slice(head.length);
    }
  }
  const pad = Math.max(0, Number(width ?? 0) - list(head + body).length);
  const left = align === "<" ? 0 : align === "^" ? pad >> 1 : pad;
  if (align === "=") return head + fill.repeat(pad) + body;
  return fill.repeat(left) + head + body + fill.repeat(pad - left);
};

const digitsOf = (x: number, type: string, given: number | undefined, float: boolean): string => {
  const low = type.toLowerCase();
  const base = { b: 2, o: 8, x: 16 }[low];
  const digits = given ?? 6;
  const percent = type === "%" ? type : "";
  if (percent) x *= 100;
  let shown: string;
  if (base) shown = x.toString(base);
  else if (!Number.isFinite(x)) shown = x === x ? "inf" : "nan";
  else if (low === "f" || percent) shown = fixed(x, digits);
  else if (low === "e") shown = exponential(x, digits);
  else if (low === "g") shown = general(x, digits || 1);
  else if (low || !float) shown = fixed(x, 0);
  else if (given === undefined) shown = floatRepr(x);
  else {
    shown = general(x, given || 1, given - 1);
    if (!/[.e]/.test(shown)) shown += ".0";
  }
  return (type === low ? shown : shown.toUpperCase()) + percent;
};

// Python's rules for values that came out of JSON, for what the compiler cannot print inline.
// `null` and `undefined` are both `None`; a page renders before all its values are there, so
// reading functions allow for them.

type Dict = Record<string, unknown>;

const isText = (x: unknown): x is string => typeof x === "string";
const isNumber = (x: unknown): x is number => typeof x === "number";
const isObject = (x: unknown): x is object => typeof x === "object" && x !== null;
const list = (x: unknown): unknown[] =>
  x == null ? [] : isText(x) ? [...x] : Array.isArray(x) ? x : Object.keys(x as Dict);

/** len(x): text counts code points. */
export const len = (x: unknown): number => list(x).length;

/** bool(x) */
export const truth = (x: unknown): boolean => (isObject(x) ? len(x) > 0 : !!x || x !== x);

/** a and b */
export const and = (a: unknown, b: () => unknown): unknown => (truth(a) ? b() : a);

/** a or b */
export const or = (a: unknown, b: () => unknown): unknown => (truth(a) ? a : b());

/** a == b, nested values included; True equals 1. */
export const eq = (a: unknown, b: unknown): boolean => {
  if (a === b || a == null || b == null) return a == b;
  if (!isObject(a) || !isObject(b))
    return !isText(a) && !isText(b) && !isObject(a) && !isObject(b) && Number(a) === Number(b);
  const keys = Object.keys(a);
  return (
    Array.isArray(a) === Array.isArray(b) &&
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && eq((a as Dict)[key], (b as Dict)[key]))
  );
};

const codePoint = (char: unknown): number => (char as string).codePointAt(0) ?? 0;

/** The sign of a - b for numbers, text (by code points) and lists. */
export const cmp = (a: unknown, b: unknown): number => {
  if (!isText(a) && !Array.isArray(a)) return Number(a) - Number(b);
  const x = list(a);
  const y = list(b);
  for (let i = 0; i < x.length && i < y.length; i++)
    if (!eq(x[i], y[i]))
      return isText(a) ? codePoint(x[i]) - codePoint(y[i]) : cmp(x[i], y[i]);
  return x.length - y.length;
};

/** d.get(key, otherwise), never what objects inherit. */
export const get = (x: unknown, key: unknown, otherwise: unknown = null): unknown =>
  x != null && Object.hasOwn(x, key as string) ? (x as Dict)[key as string] : otherwise;

/** item in x, or any(item == each[field] for each in x) */
export const has = (x: unknown, item: unknown, field?: unknown): boolean =>
  list(x).some((each) => eq(field === undefined ? each : get(each, field), item));

export const pluck = (x: unknown, field: unknown): unknown[] => list(x).map((each) => get(each, field));

export const reduce = (x: unknown[] | null, fn: (a: unknown, b: unknown) => unknown): unknown =>
  x?.length ? x.reduce(fn) : null;

/** x[from:to:step] of a list or of text */
export const slice = (x: unknown, from?: number | null, to?: number | null, step?: number | null): unknown => {
  let items = list(x);
  const by = step ?? 1;
  if (by < 0) {
    const size = items.length;
    const place = (at: number | null | undefined, none: number): number =>
      at == null ? none : at < 0 ? Math.max(at + size, -1) : Math.min(at, size - 1);
    const picked: unknown[] = [];
    for (let i = place(from, size - 1), end = place(to, -1); i > end; i += by) picked.push(items[i]);
    items = picked;
  } else {
    items = items.slice(from ?? 0, to ?? undefined);
    if (by > 1) items = items.filter((_, i) => i % by === 0);
  }
  return isText(x) ? items.join("") : items;
};

/** x * times of a list or of text */
export const repeat = (x: unknown, times: number): unknown =>
  isText(x) ? x.repeat(Math.max(times, 0)) : range(times).flatMap(() => x);

export const range = (from: number, to?: number, step = 1): number[] => {
  const start = to === undefined ? 0 : from;
  const size = Math.max(0, Math.ceil(((to ?? from) - start) / step)) || 0;
  return Array.from({ length: size }, (_, i) => start + i * step);
};

const SPACE = "(?:(?!\ufeff)[\\s\x1c-\x1f\x85])";

/** s.strip(chars); ends: 1 left, 2 right, 3 both */
export const strip = (s: string | null, chars: string | null | undefined, ends: number): string => {
  const set = chars == null ? SPACE : `[${chars.replace(/[\\\]^-]/g, "\\$&")}]`;
  const text = s ?? "";
  if (chars === "") return text;
  return text.replace(new RegExp(ends === 3 ? `^${set}+|${set}+$` : ends === 1 ? `^${set}+` : `${set}+$`, "gu"), "");
};

export const split = (s: string | null, by?: string | null): string[] =>
  by == null
    ? strip(s, null, 3).split(new RegExp(SPACE + "+", "u")).filter(Boolean)
    : by
      ? (s ?? "").split(by)
      : [...(s ?? "")];

export const replace = (s: string | null, old: string, by: string): string =>
  old ? (s ?? "").replaceAll(old, () => by) : ["", ...(s ?? ""), ""].join(by);

/** s[from:to] with its first character in upper case; what is a last sigma is seen in all of s. */
const capital = (s: string, from: number, to: number): string => {
  const first = String.fromCodePoint(codePoint(s.slice(from)));
  const [head = "", ...tail] = first.toUpperCase();
  const place = (at: number): number => s.slice(0, at).toLowerCase().length;
  const rest = s.toLowerCase().slice(place(from + first.length), place(to));
  return head + tail.join("").toLowerCase() + rest;
};

export const capitalize = (s: string | null): string => (s ? capital(s, 0, s.length) : "");

export const title = (s: string | null): string =>
  (s ?? "").replace(/\p{Cased}+/gu, (word, at: number, all: string) => capital(all, at, at + word.length));

/** a % b, with the sign of b */
export const mod = (a: number, b: number): number => {
  const rest = a % b;
  return rest && rest < 0 !== b < 0 ? rest + b : rest;
};

/** a // b */
export const floordiv = (a: number, b: number): number => {
  const rest = a % b;
  return Math.round((a - rest) / b) - (rest && rest < 0 !== b < 0 ? 1 : 0);
};

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
  if (digits != null && digits < 0) return round(x * 10 ** digits) * 10 ** -digits;
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

const repr = (x: unknown): string => (isText(x) ? quote(x) : text(x));

/** str(x); a whole number has no ".0", as JSON cannot tell 1.0 from 1. */
export const text = (x: unknown): string => {
  if (isText(x)) return x;
  if (x == null) return "None";
  if (x === true) return "True";
  if (x === false) return "False";
  if (isNumber(x)) return Number.isInteger(x) ? fixed(Math.abs(x), 0).replace(/^/, x < 0 ? "-" : "") : floatRepr(x);
  if (Array.isArray(x)) return `[${x.map(repr).join(", ")}]`;
  return `{${Object.entries(x).map(([key, value]) => `${quote(key)}: ${repr(value)}`).join(", ")}}`;
};

/** str(x) where x is a float */
export const floatText = (x: unknown): string => (isNumber(x) ? floatRepr(x) : text(x));

export const join = (x: unknown, by: string): string => list(x).map(text).join(by);

/** A date, as str() writes it, for comparing. */
export const time = (x: string | null): number | null => (x == null ? null : Date.parse(x.replace(" ", "T")));

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
  const pad = Math.max(0, Number(width ?? 0) - len(head + body));
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

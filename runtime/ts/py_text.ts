// Methods of Python's str: characters are code points, letters those of Unicode.

import { codePoint } from "./py_kinds.ts";

const SPACE = "(?:(?!\ufeff)[\\s\x1c-\x1f\x85])";

/** s.strip(chars); ends: 1 left, 2 right, 3 both */
export const strip = (s: string | null, chars: string | null | undefined, ends: number): string => {
  const set = chars == null ? SPACE : `[${chars.replace(/[\\\]^-]/g, "\\$&")}]`;
  const text = s ?? "";
  if (chars === "") return text;
  return text.replace(new RegExp(ends === 3 ? `^${set}+|${set}+$` : ends === 1 ? `^${set}+` : `${set}+$`, "gu"), "");
};

/** s.split(by, most): by "" gives the characters. */
export const split = (s: string | null, by?: string | null, most = -1): string[] => {
  if (by != null) {
    const parts = by ? (s ?? "").split(by) : [...(s ?? "")];
    const rest = most < 0 ? [] : parts.splice(most);
    return rest.length ? [...parts, rest.join(by)] : parts;
  }
  const found: string[] = [];
  let rest = strip(s, null, most < 0 ? 3 : 1);
  if (most < 0) return rest ? rest.split(new RegExp(SPACE + "+", "u")) : [];
  while (rest && found.length < most) {
    const [word = ""] = rest.split(new RegExp(SPACE, "u"), 1);
    found.push(word);
    rest = strip(rest.slice(word.length), null, 1);
  }
  return rest ? [...found, rest] : found;
};

export const replace = (s: string | null, old: string, by: string): string =>
  old ? (s ?? "").replaceAll(old, () => by) : ["", ...(s ?? ""), ""].join(by);

/** A letter as the first of a word, which for few letters is not what upper() gives. */
const titled = (c: string): string => {
  if (/[\u10d0-\u10ff]/.test(c)) return c;
  if (c === "\u0149") return c.toUpperCase();
  const pair = "ǄǅǆǇǈǉǊǋǌǱǲǳ".indexOf(c);
  if (pair >= 0) return "ǅǈǋǲ"[Math.floor(pair / 3)]!;
  const [base = "", iota] = c.normalize("NFD").split("\u0345");
  if (base && iota !== undefined) {
    const apart = base.toUpperCase().normalize("NFC") + "\u0345" + iota;
    const joined = apart.normalize("NFC");
    return joined.length === 1 ? joined : apart;
  }
  const [head = "", ...tail] = c.toUpperCase();
  return head + tail.join("").toLowerCase();
};

/** s[from:to], its first letter as that of a title; what is a last sigma is seen in all of s. */
const capital = (s: string, from: number, to: number): string => {
  const first = String.fromCodePoint(codePoint(s.slice(from)));
  const place = (at: number): number => s.slice(0, at).toLowerCase().length;
  return titled(first) + s.toLowerCase().slice(place(from + first.length), place(to));
};

export const capitalize = (s: string | null): string => (s ? capital(s, 0, s.length) : "");

export const title = (s: string | null): string =>
  (s ?? "").replace(/\p{Cased}+/gu, (word, at: number, all: string) => capital(all, at, at + word.length));

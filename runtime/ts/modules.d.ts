// The core of Prism that refractor carries: no global, no DOM. The pack gives it this name.

declare module "prism-core" {
  interface Token {
    type: string;
    alias?: string | string[];
    content: Part | Part[];
  }
  type Part = string | Token;
  type Grammar = { (prism: Prism): void; displayName: string };
  interface Prism {
    languages: Record<string, object>;
    register(grammar: Grammar): void;
    hooks: { run(name: string, env: object): void };
    tokenize(code: string, grammar: object): Part[];
  }
  export const Prism: Prism;
  export type { Grammar, Part };
}

/** Made by the pack: how to fetch the grammar of a language, by each of its names. */
declare module "prism-languages" {
  import type { Grammar } from "prism-core";
  export const languages: Record<string, () => Promise<{ default: Grammar }>>;
}

/** Made by the pack: how to fetch the words of a language that dates are written in. */
declare module "dayjs-locales" {
  export const locales: Record<string, () => Promise<unknown>>;
}

declare module "*.css" {
  const text: string;
  export default text;
}

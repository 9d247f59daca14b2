// A block of code whose language comes from the state: its grammar is fetched when it is shown.

import type { Grammar } from "prism-core";
import { createElement, type ReactElement, useEffect, useState } from "react";
import { CodeBlock, type CodeProps } from "./code.ts";

async function fetchGrammar(language: string): Promise<Grammar | undefined> {
  const { languages } = await import("prism-languages");
  const load = Object.hasOwn(languages, language) ? languages[language] : undefined;
  return (await load?.())?.default;
}

/** Returns the grammar of a language, null until it is here and where there is none. */
export function useGrammar(language: string): Grammar | null {
  const [found, setFound] = useState<{ language: string; grammar: Grammar }>();
  useEffect(() => {
    let isWanted = true;
    fetchGrammar(language).then(
      (grammar) => isWanted && grammar && setFound({ language, grammar }),
      (error: unknown) => console.warn(`The grammar of ${language} cannot be fetched.`, error),
    );
    return () => {
      isWanted = false;
    };
  }, [language]);
  return found?.language === language ? found.grammar : null;
}

/** A block of code in the language of that name; plain text until its grammar is here. */
export function AnyCodeBlock({ language, ...props }: CodeProps & { language?: unknown }): ReactElement {
  const name = String(language ?? "").toLowerCase();
  return createElement(CodeBlock, { ...props, grammar: useGrammar(name) });
}

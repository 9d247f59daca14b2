// Formulas of a text that is only known in the page: KaTeX, with its stylesheet.

declare const KATEX_FOLDER: string;

export * from "./maths.ts";

/** Adds the stylesheet; resolves when it is there, for without it a formula is shown twice. */
export function addStyle(): Promise<void> {
  return new Promise((done) => {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = new URL(`${KATEX_FOLDER}/katex.css`, import.meta.url).href;
    link.onload = () => done();
    link.onerror = () => done();
    document.head.append(link);
  });
}

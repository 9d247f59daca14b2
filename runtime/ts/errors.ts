// Exceptions in words: the traceback with the author's file and line in development, a short
// notice in production.

import { Component, createElement, type ReactNode } from "react";
import { notice } from "./notice.ts";
import type { ErrorReport } from "./protocol.gen.ts";

let dev = false;

export function showDetails(on: boolean): void {
  dev = on;
}

const place = ({ file, line }: { file?: string; line?: number }): string =>
  file ? ` (${file}${line ? `:${line}` : ""})` : "";

/** Shows an exception of the author's Python code. */
export function showError(error: ErrorReport): void {
  const { title, message, handler, traceback } = error;
  const where = handler ? `${handler}: ` : "";
  console.error(`${where}${title}: ${message}${place(error)}${traceback ? `\n${traceback}` : ""}`);
  if (dev) notice(`${where}${title}: ${message}${place(error)}`, { level: "error", key: "error", detail: traceback });
  else notice(`Something went wrong. ${title}: ${message}`, { level: "error", key: "error" });
}

interface BoundaryProps {
  children?: ReactNode;
}

/** Shows words in place of a part of the page that could not be rendered. */
export class ErrorBoundary extends Component<BoundaryProps, { error: unknown }> {
  override state = { error: null as unknown };

  static getDerivedStateFromError(error: unknown): { error: unknown } {
    return { error };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === null) return this.props.children;
    const words = error instanceof Error ? error.message : String(error);
    return createElement(
      "div",
      { role: "alert" },
      createElement("p", null, "This part of the page could not be shown."),
      dev && createElement("pre", null, words),
      createElement("button", { type: "button", onClick: () => this.setState({ error: null }) }, "Try again"),
    );
  }
}

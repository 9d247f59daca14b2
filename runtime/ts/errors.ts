// Exceptions in words: the traceback with the author's file and line in development, a short
// notice in production.

import { Component, createElement, type ReactNode } from "react";
import { notice, words } from "./notice.ts";
import type { ErrorReport } from "./protocol.gen.ts";

let dev = false;

export function showDetails(on: boolean): void {
  dev = on;
}

/** Returns the author's file and line, to stand behind a message. */
export const place = ({ file, line }: { file?: string; line?: number }): string =>
  file ? ` (${file}:${line ?? "?"})` : "";

/** Shows an exception of the author's Python code. */
export function showError(error: ErrorReport): void {
  const { title, message, traceback } = error;
  const full = `${title}: ${message}${place(error)}`;
  console.error(full, traceback ?? "");
  if (dev) notice(full, { key: "error", detail: traceback });
  else notice(`Something went wrong. ${title}: ${message}`, { key: "error" });
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
    return createElement(
      "div",
      { role: "alert" },
      createElement("p", null, "This part of the page could not be shown."),
      dev && createElement("pre", null, words(error)),
      createElement(
        "button",
        { type: "button", onClick: () => this.setState({ error: null }) },
        "Retry",
      ),
    );
  }
}

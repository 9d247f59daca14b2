// Toasts, loaded when the first one is shown.

import { createElement } from "react";
import { createRoot } from "react-dom/client";
import { type ExternalToast, toast, Toaster } from "sonner";
import { peek } from "./store.ts";

type Answer = (callback: unknown, value?: unknown) => void;
type Options = Record<string, unknown>;
type Show = (message: string, options: ExternalToast) => unknown;

const LEVELS = new Set(["info", "success", "warning", "error", "loading"]);

/** Marks an app that places a toaster itself: `provide` is called with it. */
let isPlaced = false;

function place(): void {
  if (isPlaced || document.querySelector("[data-sonner-toaster],section[aria-label^=Notifications]")) return;
  isPlaced = true;
  const host = document.createElement("div");
  document.body.append(host);
  const theme = peek("client", "resolved_color_mode") === "dark" ? "dark" : "light";
  createRoot(host).render(createElement(Toaster, { theme, richColors: true, closeButton: true, position: "bottom-right" }));
}

function runnable(options: Options, answer: Answer): ExternalToast {
  const found: Options = { ...options };
  for (const name of ["action", "cancel"]) {
    const button = found[name] as { label: string; onClick: unknown } | undefined;
    if (button && typeof button === "object")
      found[name] = { ...button, onClick: () => answer(button.onClick) };
  }
  for (const name of ["onDismiss", "onAutoClose"]) {
    const callback = found[name];
    if (callback) found[name] = () => answer(callback);
  }
  return found as ExternalToast;
}

export function showToast(level: string | null, message: unknown, options: Options, answer: Answer): void {
  if (level === "dismiss") {
    toast.dismiss((options.id ?? undefined) as string | undefined);
    return;
  }
  place();
  const show = (level !== null && LEVELS.has(level) ? toast[level as "info"] : toast) as Show;
  show(String(message), runnable(options, answer));
}

// Toasts, loaded when the first one is shown.

import { createElement } from "react";
import { createRoot } from "react-dom/client";
import { type ExternalToast, toast } from "sonner";
import { answer } from "./callback.ts";
import { PlacedToaster } from "./components/placed_toaster.ts";

type Options = Record<string, unknown>;
type Show = (message: string, options: ExternalToast) => unknown;

const LEVELS = new Set<unknown>(["info", "success", "warning", "error", "loading"]);
const TOASTER = "section[aria-label^=Notifications]";

let isPlaced = false;

/** Places a toaster where the author has placed none. */
function place(): void {
  if (isPlaced || document.querySelector(TOASTER)) return;
  isPlaced = true;
  const host = document.createElement("div");
  document.body.append(host);
  createRoot(host).render(createElement(PlacedToaster, { containerAriaLabel: "Notifications" }));
}

/** Returns the options with functions in place of the handlers that they name. */
function runnable(options: Options): ExternalToast {
  const found: Options = { ...options };
  for (const name of ["action", "cancel"]) {
    const button = found[name] as { label: string; onClick: unknown } | null | undefined;
    if (button) found[name] = { ...button, onClick: () => answer(button.onClick) };
  }
  for (const name of ["onDismiss", "onAutoClose"]) {
    const callback = found[name];
    if (callback)
      found[name] = ({ action, cancel, onDismiss, onAutoClose, icon, ...plain }: Options) =>
        answer(callback, plain);
  }
  return found as ExternalToast;
}

export function showToast(
  level: unknown,
  message: unknown,
  options: Options,
): void {
  if (level === "dismiss") {
    toast.dismiss((options.id ?? undefined) as string | undefined);
    return;
  }
  place();
  const show = (LEVELS.has(level) ? toast[level as "info"] : toast) as Show;
  show(String(message), runnable(options));
}

// A toaster that the author places, `rx.toast.provider()`.

import { createElement, type ReactElement } from "react";
import { Toaster, type ToasterProps } from "sonner";
import { useVar } from "../store.ts";

/** The toaster in the page's own colour mode. */
export function PlacedToaster(props: ToasterProps): ReactElement {
  const theme = useVar("client", "resolved_color_mode") === "dark" ? "dark" : "light";
  return createElement(Toaster, { theme, richColors: true, expand: true, position: "bottom-right", ...props });
}

// Development: the server says when a new build is there, and what the compiler complains about.

import { dismiss, notice } from "./notice.ts";

const KEY = "compiler";

export function listenToDevServer(url: string): void {
  const source = new EventSource(url);
  source.addEventListener("reload", () => location.reload());
  source.addEventListener("error", (event) => {
    if (!(event instanceof MessageEvent)) return;
    notice("The app does not compile.", { level: "error", key: KEY, detail: String(event.data) });
  });
  source.addEventListener("built", () => dismiss(KEY));
}

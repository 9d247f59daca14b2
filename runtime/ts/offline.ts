// Lets the browser keep the site, so that it opens without a network.

import { words, notice } from "./notice.ts";
import { tellWorker } from "./worker.ts";

const ANSWER_MS = 1_000;

/** Returns what registers service workers; a sandboxed frame has none, and throws. */
function container(): ServiceWorkerContainer | undefined {
  try {
    return navigator.serviceWorker;
  } catch {
    return undefined;
  }
}

/** Resolves when the worker has written what it still had to keep, or does not answer. */
async function settled(): Promise<void> {
  const { heard } = await import("./stuck.ts");
  const answer = heard("alive", ANSWER_MS);
  tellWorker({ flush: true });
  tellWorker({ ping: true });
  await answer;
}

/** Registers the service worker at `base`; where a site is not to be kept, takes it away. */
export async function keepSite(base: URL, isWanted: boolean): Promise<void> {
  const serviceWorker = container();
  if (!serviceWorker) return;
  if (!isWanted) {
    const known = await serviceWorker.getRegistration(base);
    if (known?.scope === base.href) await known.unregister();
    return;
  }
  const { dataset } = document.documentElement;
  serviceWorker.addEventListener("message", ({ data }) => {
    const what = data?.wasmrx;
    // For the author's styles: how much is kept in percent, then "ready".
    if (what === "keeps") dataset.offline = `${Math.floor((data.bytes / data.of) * 100)}`;
    if (what === "kept") dataset.offline = "ready";
    if (what !== "update") return;
    notice("A new version of this site is ready.", {
      role: "status",
      key: "update",
      label: "Reload",
      run: () => void settled().finally(() => location.reload()),
    });
  });
  serviceWorker.controller?.postMessage("asks");
  try {
    await serviceWorker.register(new URL("sw.js", base), { scope: base.pathname });
  } catch (error) {
    console.warn(`The site cannot be kept for offline use: ${words(error)}`);
  }
}

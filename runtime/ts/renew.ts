// A page whose files are gone because the host has another build by now: a document that was kept
// on the way names scripts that the host no longer has.

const KEY = "wasmrx:renewed";
/** A host whose machines disagree which build is the newest must not keep a page loading. */
const AGAIN_MS = 30_000;
/** Whoever asks has words to show where no answer comes. */
const ANSWER_MS = 2000;

/**
 * Loads `address` anew where the host has another build for it than the one that this page runs.
 * Resolves to whether it does, so that what failed need not be told.
 */
export async function renew(address = location.href): Promise<boolean> {
  try {
    const main = document.querySelector<HTMLScriptElement>("script[type=module]")!.src;
    const name = main.slice(main.lastIndexOf("/"));
    // Past the caches on the way, and into the browser's own.
    const signal = AbortSignal.timeout(ANSWER_MS);
    const text = await (await fetch(address, { cache: "reload", signal })).text();
    const isNewer = text.includes(name.slice(0, 6)) && !text.includes(name);
    if (!isNewer || Date.now() - Number(sessionStorage.getItem(KEY)) < AGAIN_MS) return false;
    sessionStorage.setItem(KEY, `${Date.now()}`);
    if (address === location.href) location.reload();
    else location.assign(address);
    return true;
  } catch {
    return false;
  }
}

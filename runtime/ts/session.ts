// The conversation with the worker: what it says is carried out, what it needs is given.

import { runAction } from "./actions.ts";
import { changesOf } from "./delta.ts";
import { place, showError } from "./errors.ts";
import { dismiss, notice, words } from "./notice.ts";
import { removeOld, restore, save, saved } from "./persist.ts";
import { endProgress, showProgress } from "./progress.ts";
import type { BootFailure, Hydrate, Update } from "./protocol.gen.ts";
import { connect, disconnect, finish, nextId, sendNavigate } from "./queue.ts";
import { here } from "./router.ts";
import { decode } from "./routes.ts";
import { fileUrl } from "./site.ts";
import { commit } from "./store.ts";
import { startWorker, type WorkerConfig } from "./worker.ts";

export interface Session {
  worker: WorkerConfig;
  manifest: string;
  dev: boolean;
  /** Names this app among those of the same origin. */
  id: string;
}

const BOOT = "boot";
const REMOVE_AFTER_MS = 5000;
/** A replaced worker that dies this soon after it began to run is not replaced again by itself. */
const LOOP_MS = 5000;

function cookies(): Record<string, string> {
  const pairs = document.cookie.split("; ").map((pair) => {
    const [name = "", ...value] = pair.split("=").map(decode);
    return [name, value.join("=")];
  });
  return Object.fromEntries(pairs) as Record<string, string>;
}

/** Returns what the browser keeps for this site; nothing where it does not let the page look. */
function storage(): Hydrate["storage"] {
  const read = (from: () => object): Record<string, string> => {
    try {
      return { ...from() } as Record<string, string>;
    } catch {
      return {};
    }
  };
  return {
    cookie: read(cookies),
    local: read(() => localStorage),
    session: read(() => sessionStorage),
  };
}

function hydrateText(): string {
  const message: Hydrate = { t: "hydrate", id: nextId(), location: here(), storage: storage() };
  return JSON.stringify({ ...message, saved: saved() });
}

/** Carries an update out. One that does not fit the page's state changes nothing. */
function update(message: Update): void {
  try {
    commit(changesOf(message));
  } catch (error) {
    showError({ title: "An update was dropped", message: words(error) });
  }
  if (message.saved) void save(message.saved);
  for (const { name, args } of message.actions ?? []) void runAction(name, args);
  if (message.error) showError(message.error);
  if (message.final) finish(message.id);
}

/** Starts Python; ends in a page that works, or in a notice that says why not. */
export function startSession(session: Session): void {
  const restored = restore(session.id);
  let starts = 0;
  let restarts = 0;
  let readyAt = 0;

  function start(): void {
    const mine = ++starts;
    showProgress();
    startWorker(session.worker, session.manifest, session.dev, {
      progress: showProgress,
      // A worker that is replaced while the store is read is given nothing.
      ready: (post) => restored.then(() => mine === starts && ready(post)),
      update,
      failed: (failure) => fail(failure, retry),
      silent: () =>
        notice("Python is still starting.", {
          role: "status",
          key: BOOT,
          label: "Retry",
          run: start,
        }),
      died,
    });
  }

  /** Starts again with the scripts past the cache, where a damaged copy would be kept. */
  function retry(): void {
    const { script, files } = session.worker;
    const again = async (path: string): Promise<unknown> =>
      (await fetch(fileUrl(path), { cache: "reload" })).blob();
    void Promise.allSettled([script, files.asm!].map(again)).then(start);
  }

  function ready(post: (text: string) => void): void {
    readyAt = performance.now();
    connect(post, hydrateText());
    endProgress();
    dismiss(BOOT);
    setTimeout(removeOld, REMOVE_AFTER_MS);
  }

  function died(detail: string): void {
    const handler = disconnect();
    sendNavigate(here());
    if (restarts++ && performance.now() - readyAt < LOOP_MS)
      return fail({ t: "failed", what: "Python stops at once.", detail }, start);
    start();
    showError({
      title: "Python was started again",
      message: handler ? `${handler} is not run again. ${detail}` : detail,
    });
  }

  start();
}

function fail(failure: BootFailure, run: () => void): void {
  endProgress();
  const { what, detail } = failure;
  console.error(what, place(failure), detail ?? "");
  notice(`The page cannot respond yet. ${what}${place(failure)}`, {
    key: BOOT,
    detail,
    label: "Retry",
    run,
  });
}

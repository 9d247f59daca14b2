// The conversation with the worker: what it says is carried out, what it needs is given.

import { runAction } from "./actions.ts";
import { changesOf } from "./delta.ts";
import { showError } from "./errors.ts";
import { dismiss, notice } from "./notice.ts";
import { removeOld, restore, save, saved } from "./persist.ts";
import { endProgress, showProgress } from "./progress.ts";
import type { BootFailure, Hydrate, Update } from "./protocol.gen.ts";
import { connect, disconnect, finish, nextId } from "./queue.ts";
import { here } from "./router.ts";
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

function entries(storage: Storage): Record<string, string> {
  return Object.fromEntries(Object.entries(storage) as [string, string][]);
}

function cookies(): Record<string, string> {
  const pairs = document.cookie.split("; ").filter(Boolean).map((pair) => {
    const at = pair.indexOf("=");
    return [pair.slice(0, at), pair.slice(at + 1)].map(decodeCookie);
  });
  return Object.fromEntries(pairs) as Record<string, string>;
}

function decodeCookie(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function storage(): Record<string, Record<string, string>> {
  const read = (from: () => Record<string, string>): Record<string, string> => {
    try {
      return from();
    } catch {
      return {};
    }
  };
  return {
    cookie: read(cookies),
    local: read(() => entries(localStorage)),
    session: read(() => entries(sessionStorage)),
  };
}

function hydrateText(): string {
  const message: Hydrate = { t: "hydrate", id: nextId(), location: here(), storage: storage() };
  const texts = saved();
  if (Object.keys(texts).length) message.saved = texts;
  return JSON.stringify(message);
}

/** Carries an update out. One that does not fit the page's state changes nothing. */
function update(message: Update): void {
  try {
    commit(changesOf(message));
  } catch (error) {
    console.error(error);
    showError({ title: "An update was dropped", message: String(error) });
  }
  if (message.saved) void save(message.saved);
  for (const { name, args } of message.actions ?? []) void runAction(name, args);
  if (message.error) showError(message.error);
  if (message.final) finish(message.id);
}

/** Starts Python; ends in a page that works, or in a notice that says why not. */
export function startSession(session: Session): void {
  const restored = restore(session.id);
  const start = (): void => {
    showProgress(0);
    startWorker(session.worker, session.manifest, session.dev, {
      progress: ({ phase, loaded, total }) =>
        showProgress(phase === "download" ? (total ? (0.7 * loaded) / total : 0) : phase === "start" ? 0.75 : 0.9),
      ready: (post) =>
        void restored.then(() => {
          connect(post, [hydrateText()]);
          endProgress();
          dismiss(BOOT);
          setTimeout(removeOld, 5000);
        }),
      update,
      failed: (failure) => fail(failure, start),
      silent: () =>
        notice("Python is still starting. The network may be slow.", {
          key: BOOT,
          button: { label: "Start again", run: start },
        }),
      died: (why) => restart(why, start),
    });
  };
  start();
}

function fail({ what, detail, file, line }: BootFailure, retry: () => void): void {
  endProgress();
  const where = file ? ` (${file}${line ? `:${line}` : ""})` : "";
  console.error(`${what}${where}${detail ? `\n${detail}` : ""}`);
  notice(`The page is shown, but does not respond yet. ${what}${where}`, {
    level: "error",
    key: BOOT,
    detail,
    button: { label: "Retry", run: retry },
  });
}

function restart(why: string, start: () => void): void {
  const handler = disconnect();
  showError({
    title: "Python stopped and is started again with the last saved state",
    message: handler ? `${handler} was running and is not run again. ${why}` : why,
  });
  start();
}

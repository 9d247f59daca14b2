// The conversation with the worker: what it says is carried out, what it needs is given.

import { actionsLoading, addActions, runAction } from "./actions.ts";
import { changesOf } from "./delta.ts";
import { isRenewed } from "./early_window.ts";
import { place, showError } from "./errors.ts";
import { whenStaying } from "./leaving.ts";
import { dismiss, notice, words } from "./notice.ts";
import type { Place } from "./kept.ts";
import type { Home } from "./home.ts";
import { beforeLeaving, findHome } from "./persist.ts";
import { patience } from "./patience.ts";
import { endProgress, showProgress } from "./progress.ts";
import type {
  BootFailure,
  Hydrate,
  Notice,
  Update,
  Visitor,
} from "./protocol.gen.ts";
import {
  begin,
  changed,
  connect,
  disconnect,
  finish,
  nextId,
  patient,
  sendNavigate,
  unanswered,
} from "./queue.ts";
import { here } from "./router.ts";
import { fileUrl, site } from "./site.ts";
import { commit } from "./store.ts";
import { startWorker, tellWorker, type Why, type WorkerConfig } from "./worker.ts";

export interface Session {
  worker: WorkerConfig;
  manifest: string;
  dev: boolean;
  /** Names this app among those of the same origin. */
  id: string;
  /** Whether the browser is to keep the site for visits without a network. */
  offline: boolean;
  /** What the browser keeps for the app's vars; the code for it is loaded where there is some. */
  kept: readonly Place[] | undefined;
}

const BOOT = "boot";
/** So many workers in a row that died before they had answered an event are not replaced again. */
const FRUITLESS = 3;
const SETTLED_MS = 300;

/** Called with each final update: the first words to a worker are answered by one. */
let answered: ((id: number) => void) | undefined;

/** Names this load of the page. */
const LOAD = `${Date.now()}${Math.random()}`;

let fruitless = 0;

/** Returns what the browser knows of the visitor and a server would be told. */
function visitor(home: Home | null): Visitor {
  return {
    token: home?.token ?? "",
    session: LOAD,
    agent: navigator.userAgent,
    languages: navigator.languages.join(),
    cookie: document.cookie,
  };
}

function hydrateText(
  id: number,
  storage: Hydrate["storage"],
  home: Home | null,
  more: object,
): string {
  const message: Hydrate = {
    t: "hydrate",
    id,
    location: here(),
    storage,
    visitor: visitor(home),
    ...more,
  };
  return JSON.stringify(message);
}

/** Carries an update out. One that does not fit the page's state changes nothing. */
function update(message: Update): void {
  const before = actionsLoading();
  if (before) return void before.then(() => update(message));
  try {
    commit(changesOf(message));
  } catch (error) {
    showError({ title: "An update was dropped", message: words(error) });
  }
  if (message.delta || message.patches) changed(message.id);
  for (const { name, args } of message.actions ?? []) void runAction(name, args);
  if (message.error) showError(message.error);
  if (message.final) answered?.(message.id);
  if (message.final && finish(message.id)) fruitless = 0;
}

function showNotice({ key, text, reload }: Notice): void {
  const button = reload && { label: "Reload", run: () => location.reload() };
  if (text) notice(text, { role: "status", key, ...button });
  else dismiss(key);
}

/** Starts Python; ends in a page that works, or in a notice that says why not. */
export function startSession(session: Session): void {
  const { kept } = session;
  const following = kept && import("./kept.ts").then(({ follow, storageActions }) => {
    addActions(storageActions);
    return follow(kept);
  });
  const home = findHome(session.id);
  const prepared = Promise.all([home, following]);
  prepared.catch(() => {});
  let starts = 0;
  let death: Why | undefined;
  let loaded = false;
  let keeping: Promise<void> | undefined;

  function start(): void {
    const mine = ++starts;
    const isCurrent = (): boolean => mine === starts;
    const isSeen = death !== null;
    if (isSeen) showProgress();
    startWorker(session.worker, session.manifest, session.dev, {
      progress: (message) => isSeen && showProgress(message),
      // A worker that is replaced while the tab's home is looked for is given nothing.
      ready: (post, kept) =>
        // Of the worker before, all is done that it has said.
        Promise.all([prepared, death !== undefined && import("./restart.ts"), actionsLoading()]).then(
          ([[found, stored], again]) => {
            if (!isCurrent()) return;
            const more = again ? again.restart(kept, death!, loaded) : {};
            const greeting = nextId();
            if (again) answered = (id) => id === greeting && again.told();
            ready(post, hydrateText(greeting, stored?.() ?? {}, found, more));
          },
          (error: unknown) => fail({ t: "failed", what: words(error) }, () => location.reload()),
        ),
      begun: begin,
      update,
      notice: showNotice,
      sign: (message) =>
        import("./stuck.ts")
          .then(({ hear }) => hear(message, session.worker.memoryLimit))
          .catch(console.warn),
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
    void home.then((found) => isCurrent() && tellWorker({ home: found && { ...found, worker: mine } }));
  }

  /** Starts again with the scripts past the cache, where a damaged copy would be kept. */
  function retry(): void {
    const { script, files } = session.worker;
    const again = async (path: string): Promise<unknown> =>
      (await fetch(fileUrl(path), { cache: "reload" })).blob();
    void Promise.allSettled([script, files.asm!].map(again)).then(start);
  }

  function ready(post: (text: string, files?: File[]) => void, first: string): void {
    death = undefined;
    connect(post, first);
    // The first events come before it.
    keeping ??= patience(SETTLED_MS)
      .then(() => import("./offline.ts"))
      .then(({ keepSite }) => keepSite(site.base!, session.offline))
      .catch(console.warn);
    endProgress();
    dismiss(BOOT);
  }

  function died(why: Why): void {
    death = why;
    disconnect();
    // What entering the page does is not begun again.
    loaded = why === null || unanswered().some(({ isEvent, isBegun }) => !isEvent && isBegun);
    if (!loaded) sendNavigate(here());
    starts++;
    if (why && ++fruitless >= FRUITLESS)
      return void fail({ t: "failed", what: "Python stops again and again.", detail: why }, start);
    start();
  }

  patient((session.worker.stopAfter ?? 0) * 1000);

  beforeLeaving(() => tellWorker({ flush: true }));
  start();
}

async function fail(failure: BootFailure, run: () => void): Promise<void> {
  await whenStaying();
  endProgress();
  const { what, detail } = failure;
  console.error(what, place(failure), detail ?? "");
  if (await isRenewed()) return;
  notice(`The page cannot respond yet. ${what}${place(failure)}`, {
    key: BOOT,
    detail,
    label: "Retry",
    run,
  });
}

// A page that needs no Python, in a site where others do: when the browser has nothing else to do, or
// a link to such a page is pointed at, it fetches what the worker starts from. Who asked the browser
// to save data is spared that.

import { keepSite } from "./offline.ts";
import { findRoute, inside, linkOf, type Route } from "./router.ts";
import type { Session } from "./session.ts";
import { fileUrl, site } from "./site.ts";
import { switchesStacks } from "./stacks.ts";

/** What boot does not wait for, and the memory that is for other browsers. */
const LEFT_OUT = [
  "stdlib",
  "rest",
  "components",
  ...(switchesStacks ? ["plain"] : ["snapshot", "image"]),
];

let isFetched = false;

function fetchWorker({ script, files }: Session["worker"]): void {
  if (isFetched) return;
  isFetched = true;
  const paths = Object.keys(files).filter((key) => !LEFT_OUT.includes(key)).map((key) => files[key]!);
  for (const path of [script, ...paths]) {
    fetch(fileUrl(path), { priority: "low" })
      .then((answer) => answer.blob())
      .catch(() => {});
  }
}

function whenIdle(run: () => void): void {
  const wait = (): unknown =>
    "requestIdleCallback" in globalThis ? requestIdleCallback(run) : setTimeout(run, 1000);
  if (document.readyState === "complete") wait();
  else addEventListener("load", wait, { once: true });
}

/** Prepares for the pages that need Python. Where the site is kept for offline use, that does it. */
export function prepare({ worker, offline }: Session, routes: readonly Route[]): void {
  const { connection } = navigator as { connection?: { saveData?: boolean } };
  if (connection?.saveData) return;
  const isOfUse = routes.some(({ still }) => !still);
  whenIdle(() => {
    keepSite(site.base!, offline).catch(console.warn);
    if (isOfUse && !offline) fetchWorker(worker);
  });
  const onPointed = (event: Event): void => {
    const url = inside(linkOf(event));
    if (url && !findRoute(url)!.route.still) fetchWorker(worker);
  };
  for (const type of ["pointerover", "focusin"]) document.addEventListener(type, onPointed);
}

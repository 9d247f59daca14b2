// Events on their way to the worker: in order, each exactly once.
//
// An event is open from its trigger until the worker's final update for it. Open events that were
// not yet posted wait for a worker; those posted to a worker that died are told apart in
// `disconnect`: the oldest one was running, the ones behind it had not begun.

import type { Json, Location } from "./protocol.gen.ts";

const MARK_AFTER_MS = 150;

interface Open {
  id: number;
  kind: "event" | "navigate";
  name: string;
  text: string;
  element: Element | null;
  marked: boolean;
  posted: boolean;
}

type Post = (text: string) => void;

const open = new Map<number, Open>();
const busy = new WeakMap<Element, number>();
let lastId = 0;
let post: Post | null = null;

export const nextId = (): number => ++lastId;
export const isConnected = (): boolean => post !== null;

/** Counts an element's open events and shows that it has some. */
function mark(entry: Open, step: 1 | -1): void {
  const { element } = entry;
  entry.marked = step === 1;
  if (!element) return;
  const count = (busy.get(element) ?? 0) + step;
  busy.set(element, count);
  element.toggleAttribute("data-pending", count > 0);
  if (count > 0) element.setAttribute("aria-busy", "true");
  else element.removeAttribute("aria-busy");
}

function add(entry: Open): void {
  open.set(entry.id, entry);
  if (post) deliver(entry, post);
  if (!entry.element) return;
  if (!post) mark(entry, 1);
  else
    setTimeout(() => {
      if (open.has(entry.id) && !entry.marked) mark(entry, 1);
    }, MARK_AFTER_MS);
}

function deliver(entry: Open, to: Post): void {
  entry.posted = true;
  to(entry.text);
}

/** Takes an event in. Throws where the payload is nothing that JSON can write. */
export function sendEvent(
  handler: string,
  payload: Record<string, Json>,
  location: Location,
  element: Element | null,
): void {
  const id = nextId();
  const text = JSON.stringify({ t: "event", id, handler, payload, location });
  add({ id, kind: "event", name: handler, text, element, marked: false, posted: false });
}

/** Takes in that a page was entered. One that no worker has seen yet is replaced. */
export function sendNavigate(location: Location): void {
  for (const entry of open.values())
    if (entry.kind === "navigate" && !entry.posted) open.delete(entry.id);
  const id = nextId();
  const text = JSON.stringify({ t: "navigate", id, location });
  add({ id, kind: "navigate", name: location.route, text, element: null, marked: false, posted: false });
}

/** Ends an event: the worker has said its last word on it. */
export function finish(id: number): void {
  const entry = open.get(id);
  open.delete(id);
  if (entry?.marked) mark(entry, -1);
}

/** Gives a worker that runs Python what waits: `first` texts, then page entries, then events. */
export function connect(to: Post, first: readonly string[]): void {
  first.forEach(to);
  post = to;
  const waiting = [...open.values()].filter((entry) => !entry.posted);
  for (const kind of ["navigate", "event"])
    for (const entry of waiting) if (entry.kind === kind) deliver(entry, to);
}

/** Takes the worker away. Returns the name of the handler that was running; it is not run again. */
export function disconnect(): string | null {
  post = null;
  let running: string | null = null;
  for (const entry of open.values()) {
    if (entry.posted && entry.kind === "event" && running === null) {
      running = entry.name;
      finish(entry.id);
    } else if (entry.posted && entry.kind === "navigate") open.delete(entry.id);
    else entry.posted = false;
  }
  return running;
}

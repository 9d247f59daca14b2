// Events on their way to the worker: in order, each exactly once.
//
// An event is open from its trigger until the worker's final update for it. Open events that were
// not yet posted wait for a worker; those posted to a worker that died are told apart in
// `disconnect`: the oldest one was running, the ones behind it had not begun.

import type { Json, Location } from "./protocol.gen.ts";

const MARK_AFTER_MS = 150;

interface Open {
  id: number;
  isEvent: boolean;
  name: string;
  text: string;
  element: Element | null;
  isMarked?: boolean;
  isPosted?: boolean;
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
  entry.isMarked = step === 1;
  if (!element) return;
  const count = (busy.get(element) ?? 0) + step;
  busy.set(element, count);
  element.toggleAttribute("data-pending", count > 0);
  element.ariaBusy = count > 0 ? "true" : null;
}

function deliver(entry: Open): void {
  entry.isPosted = true;
  post!(entry.text);
}

function add(isEvent: boolean, name: string, message: object, element: Element | null): void {
  const id = nextId();
  const content = { t: isEvent ? "event" : "navigate", id, ...message };
  const text = JSON.stringify(content, (_, value: unknown) => (value === undefined ? null : value));
  const entry: Open = { id, isEvent, name, text, element };
  open.set(id, entry);
  if (!post) return mark(entry, 1);
  deliver(entry);
  if (element) setTimeout(() => open.has(id) && !entry.isMarked && mark(entry, 1), MARK_AFTER_MS);
}

/** Takes an event in. Throws where the payload is nothing that JSON can write. */
export function sendEvent(
  handler: string,
  payload: Record<string, Json>,
  location: Location,
  element: Element | null,
): void {
  add(true, handler, { handler, payload, location }, element);
}

/** Takes in that a page was entered. One that no worker has seen yet is replaced. */
export function sendNavigate(location: Location): void {
  for (const { id, isEvent, isPosted } of open.values()) if (!isEvent && !isPosted) open.delete(id);
  add(false, location.route, { location }, null);
}

/** Ends an event: the worker has said its last word on it. */
export function finish(id: number): void {
  const entry = open.get(id);
  open.delete(id);
  if (entry?.isMarked) mark(entry, -1);
}

/** Gives a worker that runs Python what waits: `first`, then page entries, then events. */
export function connect(to: Post, first: string): void {
  to(first);
  post = to;
  [...open.values()]
    .filter(({ isPosted }) => !isPosted)
    .sort((a, b) => Number(a.isEvent) - Number(b.isEvent))
    .forEach(deliver);
}

/** Takes the worker away. Returns the name of the handler that was running; it is not run again. */
export function disconnect(): string | null {
  post = null;
  let running: string | null = null;
  for (const entry of open.values()) {
    if (entry.isPosted && entry.isEvent && running === null) {
      running = entry.name;
      finish(entry.id);
    } else entry.isPosted = false;
  }
  return running;
}

/** Tells whether every event has been answered. */
export const isIdle = (): boolean => ![...open.values()].some(({ isEvent }) => isEvent);

// Events on their way to the worker: in order, each exactly once.
//
// An event is open from its trigger until the worker's final update for it. The worker says of each
// that it begins, and the saved state which it knows of: so, when a worker has died, restart.ts tells
// those that are not to begin again from those that had not begun and wait for the next worker.

import type { Json, Location } from "./protocol.gen.ts";

const MARK_AFTER_MS = 150;
/** So many of the last events that changed state are known by name. */
const REMEMBERED = 100;

export interface Open {
  id: number;
  isEvent: boolean;
  name: string;
  /** The message without its location and without its closing brace. */
  text: string;
  location: Location;
  element: Element | null;
  /** What the message speaks of by number, from 1 on. */
  files?: File[];
  /** When it was given to the worker. */
  since?: number;
  isMarked?: boolean;
  isPosted?: boolean;
  isBegun?: boolean;
  hasChanged?: boolean;
}

type Post = (text: string, files?: File[]) => void;

const open = new Map<number, Open>();
/** The last events that have ended and changed state. */
export const changers: Open[] = [];
const busy = new WeakMap<Element, number>();
let lastId = 0;
let post: Post | null = null;
/** Where the worker takes the visitor to be. */
let told: Location | null = null;

/** Starts Python, until that is done: when a page needs it, or an event. */
export const python: { start?: () => void } = {};

export const nextId = (): number => ++lastId;
/** Sends what matters to the running worker only: one that starts is told all anew. */
export const tell = (text: string): void => post?.(text);
export const isConnected = (): boolean => post !== null;

/** Returns what the worker was given and has not ended, oldest first. */
export const unanswered = (): Open[] => [...open.values()].filter(({ isPosted }) => isPosted);

let limit = 0;
let looking: unknown = 0;

/** Has events looked into that are open after so many milliseconds; after none where that is 0. */
export const patient = (ms: number): unknown => (limit = ms);

function look(): void {
  const isDone = !unanswered().length;
  const done = isDone || import("./stuck.ts").then(({ lookAfter }) => lookAfter(limit));
  void Promise.resolve(done).catch(console.warn).then(() => (looking = 0));
}

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
  const { isEvent, text, location, files } = entry;
  entry.isPosted = true;
  entry.since = performance.now();
  if (limit) looking ||= setTimeout(look, limit);
  const isKnown = isEvent && location === told;
  post!(isKnown ? `${text}}` : `${text},"location":${JSON.stringify(location)}}`, files);
  told = location;
}

function add(entry: Open): void {
  const { id, element } = entry;
  open.set(id, entry);
  if (entry.isEvent) python.start?.();
  if (!post) return mark(entry, 1);
  deliver(entry);
  if (element) setTimeout(() => open.has(id) && !entry.isMarked && mark(entry, 1), MARK_AFTER_MS);
}

/** Takes an event in; files go beside it. Throws where the payload is nothing that JSON can write. */
export function sendEvent(
  handler: string,
  payload: Record<string, Json>,
  location: Location,
  element: Element | null,
): void {
  const id = nextId();
  const name = JSON.stringify(handler);
  const files: File[] = [];
  const args = JSON.stringify(payload, (_, value: unknown) =>
    value instanceof File ? files.push(value) : value ?? null,
  );
  const text = `{"t":"event","id":${id},"handler":${name},"payload":${args}`;
  add({ id, isEvent: true, name: handler, text, location, element, files });
}

/** Takes in that a page was entered. One that no worker has seen yet is replaced. */
export function sendNavigate(location: Location): void {
  for (const { id, isEvent, isPosted } of open.values())
    if (!isEvent && !(isPosted && post)) open.delete(id);
  const id = nextId();
  const text = `{"t":"navigate","id":${id}`;
  const name = `on_load of ${location.route}`;
  add({ id, isEvent: false, name, text, location, element: null });
}

/** Notes that an event has begun. */
export function begin(id: number): void {
  const entry = open.get(id);
  if (entry) entry.isBegun = true;
}

/** Notes that an event has changed state. */
export function changed(id: number): void {
  const entry = open.get(id);
  if (entry) entry.hasChanged = true;
}

/** Ends an event: the worker has said its last word on it. Tells whether it was one of a trigger. */
export function finish(id: number): boolean {
  const entry = open.get(id);
  if (!entry) return false;
  open.delete(id);
  if (entry.isMarked) mark(entry, -1);
  if (entry.isEvent && entry.hasChanged) changers.push(entry);
  if (changers.length > REMEMBERED) changers.shift();
  return entry.isEvent;
}

/** Gives a worker that runs Python what waits: `first`, then page entries, then events. */
export function connect(to: Post, first: string): void {
  to(first);
  post = to;
  told = null;
  [...open.values()]
    .filter(({ isPosted }) => !isPosted)
    .sort((a, b) => Number(a.isEvent) - Number(b.isEvent))
    .forEach(deliver);
}

/** Takes the worker away. */
export function disconnect(): void {
  post = null;
}

/** Tells whether every event has been answered. */
export const isIdle = (): boolean => ![...open.values()].some(({ isEvent }) => isEvent);

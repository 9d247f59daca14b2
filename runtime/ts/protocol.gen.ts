// Generated from runtime/protocol.py by compiler/release/protocol_ts.py; edit that.

export type Json = unknown;

export type PathStep = number | string;

/** Where the visitor is, sent with every event; `State.router` is made from it. */
export interface Location {
  href: string;
  path: string;
  route: string;
  params: Record<string, string | string[]>;
  query: Record<string, string>;
}

/** Page → worker: run one event handler. */
export interface Event {
  t: "event";
  id: number;
  handler: string;
  payload: Record<string, Json>;
  location: Location;
}

/** Page → worker: a page was entered; run its `on_load` events. */
export interface Navigate {
  t: "navigate";
  id: number;
  location: Location;
}

/** Page → worker, once, first: answer with what differs from the prerendered state. */
export interface Hydrate {
  t: "hydrate";
  id: number;
  location: Location;
  storage: Record<string, Record<string, string>>;
  saved?: Record<string, string>;
}

/** Put `value` at `path` of a var; the last step may be new (dict key, attribute). */
export interface SetPatch {
  op: "set";
  path: PathStep[];
  value: Json;
}

/** Remove the dict key that `path` ends in. */
export interface DeletePatch {
  op: "del";
  path: PathStep[];
}

/** In the list at `path`, replace `remove` items from `start` with `insert`. */
export interface SplicePatch {
  op: "splice";
  path: PathStep[];
  start: number;
  remove: number;
  insert: Json[];
}

export type Patch = SetPatch | DeletePatch | SplicePatch;

/** What a handler asks the page to do: redirect, toast, download… */
export interface PageAction {
  name: string;
  args: Record<string, Json>;
}

/** An exception of a handler or a computed var, for people to read. */
export interface ErrorReport {
  title: string;
  message: string;
  handler?: string;
  file?: string;
  line?: number;
  traceback?: string;
}

/**
 * Worker → page: what one step of an event changed.
 *
 * `id` is the event's; 0 where no event of the page caused it (a background handler).
 * `delta` holds whole new values, `patches` changes inside containers; patches of one var
 * apply in order, in the coordinates that the ones before leave. `special` lists paths
 * `[state, var, *steps, "nan" | "inf" | "-inf"]` of floats that JSON cannot write (they stand
 * as null in their place). `saved`, the new stored text of each changed state, comes in an
 * update of its own, after the one that shows the change.
 */
export interface Update {
  t: "update";
  id: number;
  delta?: Record<string, Record<string, Json>>;
  patches?: Record<string, Record<string, Patch[]>>;
  special?: PathStep[][];
  actions?: PageAction[];
  error?: ErrorReport;
  saved?: Record<string, string>;
  final: boolean;
}

/** Worker → page: how far boot is. `loaded` and `total` are bytes. */
export interface Progress {
  t: "progress";
  phase: "download" | "start" | "import";
  loaded: number;
  total: number;
}

/** Worker → page: Python runs; queued messages are being handled. */
export interface Ready {
  t: "ready";
}

/** Worker → page: boot ended without Python; `what` says it in words. */
export interface BootFailure {
  t: "failed";
  what: string;
  detail?: string;
  file?: string;
  line?: number;
}

export type ToWorker = Event | Navigate | Hydrate;

export type ToPage = Update | Progress | Ready | BootFailure;

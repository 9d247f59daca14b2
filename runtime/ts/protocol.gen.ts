// Generated from runtime/protocol.py by compiler/release/protocol_ts.py; edit that.

export type Json = unknown;

export type PathStep = number | string;

/** Where the visitor is; `State.router` is made from it. */
export interface Location {
  href: string;
  path: string;
  route: string;
  params: Record<string, string | string[]>;
  query: Record<string, string>;
}

/**
 * Page → worker: run one event handler.
 *
 * `location` is left out where it is that of the message before. Files of an upload stand in the
 * payload as `{"$files": [1, 2], "upload", "steps"}`: numbers of those that the message comes
 * with, beside its text, and what runs with the progress.
 */
export interface Event {
  t: "event";
  id: number;
  handler: string;
  payload: Record<string, Json>;
  location?: Location;
}

/** Page → worker: a page was entered; run its `on_load` events. */
export interface Navigate {
  t: "navigate";
  id: number;
  location: Location;
}

/**
 * What the page knows of the visitor; `State.router` holds it.
 *
 * `token` names the tab, `session` this load of the page.
 */
export interface Visitor {
  token: string;
  session: string;
  agent: string;
  languages: string;
  cookie: string;
}

/**
 * What became of the events of a worker that ended; the lists hold handlers, one a run.
 *
 * `stopped` had begun and are not run again; what `lost` had changed is not in the saved
 * state. `why` is what the browser said of the end, "" where the visitor wanted it.
 */
export interface Ended {
  why: string;
  stopped: string[];
  lost: string[];
}

/**
 * Page → worker, once, first: answer with what differs from the prerendered state.
 *
 * `anew` asks for everything: the page shows what an earlier worker said. `loaded` tells that
 * `on_load` of the page is not to run: it did, or was stopped. `ended` is to be put in words.
 */
export interface Hydrate {
  t: "hydrate";
  id: number;
  location: Location;
  storage: Record<string, Record<string, string>>;
  visitor?: Visitor;
  anew?: boolean;
  loaded?: boolean;
  ended?: Ended;
}

/**
 * What the browser has under one key; null where it has nothing.
 *
 * `kind` is `"local"`, `"session"` or `"cookie"`. `writes` counts the writes to the key
 * that the worker asked for and that were made before this was read.
 */
export interface KeptValue {
  kind: string;
  key: string;
  value: string | null;
  writes: number;
}

/** Page → worker: what the browser keeps changed by another hand. */
export interface Stored {
  t: "stored";
  id: number;
  kept: KeptValue[];
}

/** Page → worker: stop the events up to `last` that bring files of the upload. */
export interface CancelUpload {
  t: "cancel";
  id: number;
  upload: string;
  last: number;
}

/** Page → worker: make an address for a file in the folder of uploads. */
export interface Publish {
  t: "publish";
  id: number;
  name: string;
}

/**
 * Page → worker: cancel what events wait for, or all runs of `handler`.
 *
 * Without `handler` it is answered by `Stopped`.
 */
export interface Stop {
  t: "stop";
  id: number;
  handler?: string;
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
 * as null in their place). A step that changed only what the page does not see has an empty
 * `delta`.
 */
export interface Update {
  t: "update";
  id: number;
  delta?: Record<string, Record<string, Json>>;
  patches?: Record<string, Record<string, Patch[]>>;
  special?: PathStep[][];
  actions?: PageAction[];
  error?: ErrorReport;
  final: boolean;
}

/** Worker → page: how far boot is. `loaded` and `total` are bytes. */
export interface Progress {
  t: "progress";
  phase: "download" | "start" | "import";
  loaded: number;
  total: number;
}

/**
 * Worker → page: how far packages are that come after boot; no `total` when all are there.
 *
 * `waiting` is the package that a handler waits for, `""` where none does.
 */
export interface Loading {
  t: "loading";
  loaded: number;
  total: number;
  waiting: string;
}

/**
 * Worker → page: Python runs; queued messages are being handled.
 *
 * After a restart of the worker, `begun` is the last event of this page that the saved state
 * knows of; of those up to it, `open` had not ended.
 */
export interface Ready {
  t: "ready";
  begun?: number;
  open?: number[];
}

/**
 * Worker → page: words for the page to show; none takes those with the same key away.
 *
 * `reload` puts a button for it beside them.
 */
export interface Notice {
  t: "notice";
  key: string;
  text: string;
  reload?: boolean;
}

/**
 * Worker → page: answers a question; and unasked when Python's memory has grown much.
 *
 * `memory` is in bytes. `idle` tells, where that was asked, that a new worker would go on with
 * the saved state as this one does.
 */
export interface Alive {
  t: "alive";
  memory: number;
  idle?: boolean;
}

/** Worker → page: what was to be stopped has ended; `text` names it, "" where nothing ran. */
export interface Stopped {
  t: "stopped";
  text: string;
}

/** Worker → page: boot ended without Python; `what` says it in words. */
export interface BootFailure {
  t: "failed";
  what: string;
  detail?: string;
  file?: string;
  line?: number;
}

export type ToWorker = Event | Navigate | Hydrate | Stored | CancelUpload | Publish | Stop;

export type ToPage = Update | Progress | Loading | Ready | BootFailure | Notice | Alive | Stopped;

// The files that a visitor chose, by the id of their upload, and those that handlers wrote.
//
// Chosen files stay here as the browser's handles; an event carries handles to the worker, which
// reads them. Of a written file the page knows the name, and asks for an address to show it by.

import { addActions } from "../actions.ts";
import { notice } from "../notice.ts";
import type { CancelUpload, Json, Publish } from "../protocol.gen.ts";
import { nextId } from "../queue.ts";
import { cell, commit } from "../store.ts";
import { tellWorker } from "../worker.ts";

type Args = Record<string, Json>;

/** Files as an event's payload has them: the queue puts numbers in their place. */
interface Given {
  $files: readonly File[];
  upload: string;
  steps: Json;
}

const chosen = new Map<string, readonly File[]>();

function tell(name: string, value: unknown): void {
  commit(new Map([[cell("client", name), value]]));
}

/** Makes an upload known: events may name it, and its actions begin at once. */
export function enter(id: string): void {
  addActions(uploadActions);
  if (!chosen.has(id)) chosen.set(id, []);
}

/** Keeps what was chosen in an upload, in place of what was there. */
export function choose(id: string, files: readonly File[]): void {
  chosen.set(id, files);
  const named = [...chosen].map(([key, each]) => [key, each.map(({ name }) => name)]);
  tell("files", Object.fromEntries(named));
}

/** Returns the files chosen in an upload; says so where the page has none of that id. */
export function uploadFiles({ id, steps }: { id: Json; steps: Json }): Given {
  const upload = String(id);
  const $files = chosen.get(upload);
  if (!$files) {
    const known = [...chosen.keys()].map((key) => JSON.stringify(key)).join(", ") || "none";
    const message = `No rx.upload of this page has the id ${JSON.stringify(upload)} (known: ${known}).`;
    notice(`Nothing was uploaded. ${message}`, { key: "error" });
    throw new Error(message);
  }
  return { $files, upload, steps };
}

/** Files that an upload has just got, and its id. */
export type Dropped = readonly File[] & { upload: string };

/** Returns the files that an upload has just got. */
export const droppedFiles = (files: Dropped): Given => ({
  $files: files,
  upload: files.upload,
  steps: [],
});

const wanted = new Set<string>();
const written = new Map<string, string>();
const asked = new Map<string, string>();
const urls = new Map<string, string>();

/** Asks for the address of a file that is shown, once for each time that it was written. */
function ask(name: string): void {
  const stamp = written.get(name);
  if (stamp === undefined || asked.get(name) === stamp || !wanted.has(name)) return;
  asked.set(name, stamp);
  const message: Publish = { t: "publish", id: 0, name };
  tellWorker(JSON.stringify(message));
}

/** Returns the address of a written file, "" until there is one. The var makes its readers follow. */
export function uploadUrl([, path]: [follow: unknown, path: Json]): string {
  const name = String(path ?? "").replace(/^\/+/, "");
  wanted.add(name);
  ask(name);
  return urls.get(name) ?? "";
}

export const uploadActions = {
  clear_selected_files: ({ id }: Args): void => choose(String(id), []),
  cancel_upload({ id }: Args): void {
    const message: CancelUpload = { t: "cancel", id: 0, upload: String(id), last: nextId() };
    tellWorker(JSON.stringify(message));
  },
  uploads_written({ files }: Args): void {
    for (const [name, stamp] of Object.entries(files as Record<string, number[]>)) {
      written.set(name, stamp.join());
      ask(name);
    }
  },
  upload_url({ name, url }: Args): void {
    urls.set(String(name), String(url));
    tell("upload_urls", Object.fromEntries(urls));
  },
};

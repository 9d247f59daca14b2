// What runs with a result: of a script, or of a toast's button.

import { runAction } from "./actions.ts";
import type { Json } from "./protocol.gen.ts";
import { sendEvent } from "./queue.ts";
import { here } from "./router.ts";

/** A call as a handler sends it: `ways` leads from the result to the arguments that are parts of it. */
interface Step {
  kind: "event" | "action";
  name: string;
  args: Record<string, Json>;
  ways: Record<string, (string | number)[]>;
}

const part = (value: unknown, key: string | number): unknown =>
  typeof key === "number" && key < 0
    ? (value as unknown[] | null)?.at?.(key)
    : (value as Record<string | number, unknown> | null)?.[key];

/** Gives `value` to `callback`: a function of the page's module, steps of a handler, or nothing. */
export function answer(callback: Json, value: unknown = null): void {
  if (typeof callback === "function") return void callback(value);
  for (const { kind, name, args, ways } of (callback ?? []) as Step[]) {
    const found = Object.entries(ways).map(([key, way]) => [key, way.reduce(part, value) ?? null]);
    const all = { ...args, ...Object.fromEntries(found) };
    if (kind === "event") sendEvent(name, all, here(), null);
    else void runAction(name, all);
  }
}

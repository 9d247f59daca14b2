// What a trigger does: steps (events for Python, actions of the page) with their modifiers.

import { runAction } from "./actions.ts";
import type { Json } from "./protocol.gen.ts";
import { isConnected, sendEvent } from "./queue.ts";
import { here } from "./router.ts";

export interface Modifiers {
  stopPropagation?: boolean;
  preventDefault?: boolean;
  throttle?: number;
  debounce?: number;
  temporal?: boolean;
}

export interface Step {
  isAction: boolean;
  name: string;
  args: Record<string, Json>;
  mods: Modifiers;
}

type Call = (...args: never[]) => Step | null | undefined | false;

interface DomEvent {
  currentTarget?: unknown;
  target?: unknown;
  preventDefault(): void;
  stopPropagation(): void;
}

const lastRun = new Map<string, number>();
const timers = new Map<string, ReturnType<typeof setTimeout>>();

/** Returns a step that runs an event handler in the worker. */
export const call = (
  name: string,
  args: Record<string, Json> = {},
  mods: Modifiers = {},
): Step => ({
  isAction: false,
  name,
  args,
  mods,
});

/** Returns a step that the page does itself. */
export const act = (name: string, args: Record<string, Json> = {}, mods: Modifiers = {}): Step => ({
  isAction: true,
  name,
  args,
  mods,
});

const isDomEvent = (value: unknown): value is DomEvent =>
  typeof (value as DomEvent | null | undefined)?.preventDefault === "function";

function run(step: Step, element: Element | null): void {
  if (step.isAction) runAction(step.name, step.args);
  else sendEvent(step.name, step.args, here(), element);
}

function schedule(step: Step, mods: Modifiers, element: Element | null): void {
  const { name } = step;
  if (mods.temporal && !isConnected()) return;
  if (mods.throttle) {
    const now = performance.now();
    if (now - (lastRun.get(name) ?? -Infinity) < mods.throttle) return;
    lastRun.set(name, now);
  }
  if (!mods.debounce) return run(step, element);
  clearTimeout(timers.get(name));
  timers.set(name, setTimeout(run, mods.debounce, step, element));
}

/** Returns a trigger's function: makes each call's step from the event's arguments and runs it. */
export function on(calls: readonly Call[], mods: Modifiers = {}): (...args: unknown[]) => void {
  return (...args) => {
    const event = isDomEvent(args[0]) ? args[0] : null;
    const element = event?.currentTarget instanceof Element ? event.currentTarget : null;
    const steps = calls.map((make) => make(...(args as never[])));
    for (const each of [mods, ...steps.map((step) => (step ? step.mods : {}))]) {
      if (each.preventDefault) event?.preventDefault();
      if (each.stopPropagation) event?.stopPropagation();
    }
    for (const step of steps) if (step) schedule(step, { ...mods, ...step.mods }, element);
  };
}

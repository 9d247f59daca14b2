// What a trigger of a component does that a var holds: the steps of its chain, from their data.

import { act, call, type Modifiers, on, type Step } from "./events.ts";
import { bound, type Expr, type Scope, value } from "./expression.ts";
import type { Json } from "./protocol.gen.ts";
import { truth } from "./py.ts";
import { peek } from "./store.ts";

type Call = [when: Expr, isEvent: boolean, target: string, args: Record<string, Expr>, mods?: Modifiers];
type Maker = (...args: never[]) => Step | null;

function step(scope: Scope, [when, isEvent, target, args, mods]: Call): Step | null {
  if (when !== null && !truth(value(when, scope))) return null;
  const entries = Object.entries(args).map(([name, arg]) => [name, value(arg, scope)]);
  return (isEvent ? call : act)(target, Object.fromEntries(entries) as Record<string, Json>, mods);
}

/** Returns the function of a trigger. State is read when the event happens. */
export function trigger(
  scope: Scope,
  params: readonly string[],
  calls: Call[],
  mods?: Modifiers,
): (...args: unknown[]) => void {
  const late = { ...scope, read: peek };
  const makers = calls.map((each): Maker => (...args) => step(bound(late, params, args), each));
  return on(makers, mods);
}

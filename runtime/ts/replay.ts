// Repeats, once and in order, what early.ts kept while React was not listening.

import { earlyWindow } from "./early_window.ts";

type Field = HTMLInputElement | HTMLTextAreaElement;

const isTick = (element: Element): element is HTMLInputElement =>
  element instanceof HTMLInputElement && /^(checkbox|radio)$/.test(element.type);

/** Makes React believe that a field held something else: it hears only of what differs. */
function forget(field: Field): void {
  const native = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), "value");
  const { value } = field;
  field.value = `${value} `;
  native?.set?.call(field, value);
}

function repeat(type: string, target: Element): void {
  if (!target.isConnected) return;
  if (type === "click") (target as HTMLElement).click();
  else if (type === "submit") (target as HTMLFormElement).requestSubmit();
  else if (isTick(target)) {
    if (type !== "change") return;
    target.checked = !target.checked;
    target.click();
  } else if (target instanceof HTMLSelectElement) {
    if (type === "change") target.dispatchEvent(new Event(type, { bubbles: true }));
  } else {
    if (type === "input" && (target as Field).type !== "file") forget(target as Field);
    target.dispatchEvent(new Event(type, { bubbles: true }));
  }
}

/** Ends the keeping: from now on React's own listeners hear everything. */
export function stopKeeping(): () => void {
  const { wasmrx } = earlyWindow;
  wasmrx?.stop();
  return () => {
    const events = wasmrx?.events.splice(0) ?? [];
    const isLast = ([type, target]: [string, Element], index: number): boolean =>
      type !== "input" ||
      !events.some((later, at) => at > index && later[0] === type && later[1] === target);
    events.filter(isLast).forEach(([type, target]) => repeat(type, target));
  };
}

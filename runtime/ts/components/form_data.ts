// What a form holds when it is submitted.

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;
type Value = string | boolean | null;
type Pair = [name: string, value: Value];

interface Submit {
  currentTarget?: unknown;
  target?: unknown;
}

const isField = (element: Element): element is Field =>
  /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName);

/** What shows a choice of its own and submits under its name only: Radix draws its own boxes. */
const OWN = "[role=checkbox],[role=switch],[role=radiogroup],.rt-SliderRoot";

function valueOf(field: Field): Value {
  if (!(field instanceof HTMLInputElement)) return field.value;
  if (field.type === "file") return field.files?.[0]?.name ?? "";
  return field.type === "checkbox" ? field.checked : field.value;
}

function ownValue(element: Element): Value {
  if (element.role === "checkbox" || element.role === "switch")
    return element.ariaChecked === "true";
  const thumb = element.querySelector("[role=slider]");
  if (thumb) return thumb.ariaValueNow;
  return element.querySelector<HTMLInputElement>(":checked,[aria-checked=true]")?.value ?? null;
}

function pairsById(form: HTMLFormElement): Pair[] {
  const found: Pair[] = [];
  for (const element of form.querySelectorAll(`input,select,textarea,${OWN}`)) {
    const { id } = element;
    if (!id || element.matches(":disabled,[data-disabled]")) continue;
    if (element.matches(OWN)) found.push([id, ownValue(element)]);
    else if (isField(element)) found.push([id, valueOf(element)]);
  }
  return found;
}

/**
 * Returns a submitted form as pairs of name and value, in order; of a file the name is given. As
 * in Reflex, a field with an id is there under its id as well, a box then as whether it is ticked;
 * that also stands for the value under a name that is the same.
 */
export function formPairs({ currentTarget, target }: Submit): Pair[] {
  const form = [currentTarget, target].find((each) => each instanceof HTMLFormElement);
  if (!form) return [];
  const named: Pair[] = Array.from(new FormData(form), ([name, value]) => [
    name,
    typeof value === "string" ? value : value.name,
  ]);
  const own = new Map(pairsById(form));
  const names = named.map(([name]) => name);
  for (const id of own.keys()) if (names.indexOf(id) !== names.lastIndexOf(id)) own.delete(id);
  return [
    ...named.map(([name, value]): Pair => [name, own.has(name) ? own.get(name)! : value]),
    ...[...own].filter(([id]) => !names.includes(id)),
  ];
}

/** Returns the same as {name: value}; of fields that share a name the last one counts. */
export const formData = (event: Submit): Record<string, Value> =>
  Object.fromEntries(formPairs(event));

// What a form holds when it is submitted.

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

const isField = (element: Element): element is Field =>
  /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName);

interface Submit {
  currentTarget?: unknown;
  target?: unknown;
}

/** Returns a submitted form as {name: value}; fields without a name go by their id. */
export function formData({ currentTarget, target }: Submit): Record<string, string | boolean> {
  const form = [currentTarget, target].find((each) => each instanceof HTMLFormElement);
  if (!form) return {};
  const pairs: [string, string | boolean][] = [];
  for (const field of form.elements)
    if (isField(field) && field.id && !field.name) pairs.push([field.id, valueOf(field)]);
  for (const [name, value] of new FormData(form))
    if (typeof value === "string") pairs.push([name, value]);
  return Object.fromEntries(pairs);
}

const valueOf = (field: Field): string | boolean =>
  field instanceof HTMLInputElement && field.type === "checkbox" ? field.checked : field.value;

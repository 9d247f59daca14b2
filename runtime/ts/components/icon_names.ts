// What tells, in development, of a name that no icon has.

/** Returns how many letters lie between two words: inserted, left out or exchanged. */
function distance(a: string, b: string): number {
  let above = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 0; i < a.length; i++) {
    const row = [i + 1];
    for (let j = 0; j < b.length; j++)
      row.push(Math.min(above[j]! + Number(a[i] !== b[j]), above[j + 1]! + 1, row[j]! + 1));
    above = row;
  }
  return above[b.length]!;
}

/** Returns the name that is nearest to `wrong`, undefined where none is like it. */
export function near(wrong: string, names: readonly string[]): string | undefined {
  let best: string | undefined;
  let least = Math.max(1, wrong.length / 2);
  for (const name of names) {
    const letters = Math.abs(name.length - wrong.length) < least ? distance(wrong, name) : least;
    if (letters < least) [best, least] = [name, letters];
  }
  return best;
}

const told = new Set<string>();

/** Returns what says in the console, once for each name, that there is no such icon. */
export function reporter(names: readonly string[]): (name: string) => void {
  return (name) => {
    if (told.has(name)) return;
    told.add(name);
    const hint = near(name, names);
    console.warn(`rx.icon knows no icon "${name}".${hint ? ` Did you mean "${hint}"?` : ""}`);
  };
}

// Compares shared and patched values with a plain model that changes a deep copy in place.

import { Draft, share } from "../../../runtime/ts/patch.ts";

const KEYS = ["a", "b", "1", "0", "__proto__", "constructor", "toString", ""];

const clone = (value) => JSON.parse(JSON.stringify(value));
const text = (value) => JSON.stringify(value);

function put(object, key, value) {
  const plain = { writable: true, enumerable: true, configurable: true };
  Object.defineProperty(object, key, { value, ...plain });
}

function freeze(value) {
  if (typeof value === "object" && value !== null) {
    Object.values(value).forEach(freeze);
    Object.freeze(value);
  }
  return value;
}

function places(value, path = []) {
  if (typeof value !== "object" || value === null) return [];
  const keys = Array.isArray(value) ? [...value.keys()] : Object.keys(value);
  return [[path, value], ...keys.flatMap((key) => places(value[key], [...path, key]))];
}

class Maker {
  constructor(seed) {
    this.state = seed;
  }

  random(below) {
    this.state = (this.state * 1103515245 + 12345) % 2147483648;
    return Math.floor((this.state / 2147483648) * below);
  }

  pick(list) {
    return list[this.random(list.length)];
  }

  value(depth) {
    const kind = this.random(depth ? 7 : 4);
    if (kind < 4) return this.pick([this.random(5), `text ${this.random(3)}`, null, true, false]);
    if (kind < 6) return Array.from({ length: this.random(5) }, () => this.value(depth - 1));
    const object = {};
    for (let i = this.random(4); i > 0; i--) put(object, this.pick(KEYS), this.value(depth - 1));
    return object;
  }

  /** Changes the model and returns the patch that says the same. */
  change(model) {
    const [path, container] = this.pick(places(model));
    return Array.isArray(container)
      ? this.changeList(path, container)
      : this.changeObject(path, container);
  }

  changeList(path, list) {
    const value = this.value(2);
    if (list.length && this.random(3) === 0) {
      const index = this.random(list.length);
      list[index] = clone(value);
      return { op: "set", path: [...path, index], value };
    }
    const start = this.random(list.length + 1);
    const remove = this.random(list.length - start + 1);
    const insert = Array.from({ length: this.random(3) }, () => this.value(2));
    list.splice(start, remove, ...clone(insert));
    return { op: "splice", path, start, remove, insert };
  }

  changeObject(path, object) {
    const keys = Object.keys(object);
    if (keys.length && this.random(3) === 0) {
      const key = this.pick(keys);
      delete object[key];
      return { op: "del", path: [...path, key] };
    }
    const key = this.pick(KEYS);
    const value = this.value(2);
    put(object, key, clone(value));
    return { op: "set", path: [...path, key], value };
  }
}

function difference(maker) {
  const before = freeze({ root: maker.value(4), list: [maker.value(3)] });
  const start = text(before);
  const model = clone(before);
  const patches = Array.from({ length: 1 + maker.random(6) }, () => maker.change(model));
  const draft = new Draft(before);
  for (const patch of clone(patches)) draft.apply(patch);
  const wanted = text(model);
  if (text(draft.value) !== wanted) return ["patches", start, text(patches), text(draft.value)];
  if (text(before) !== start) return ["the old value changed", start];
  const shared = share(before, clone(model));
  if (text(shared) !== wanted) return ["share", start, text(shared), wanted];
  if (share(shared, clone(shared)) !== shared) return ["an equal value is another", wanted];
  return {}.a === undefined ? null : ["the prototype of objects changed", text(patches)];
}

/** Returns "same", or the first difference from the model. */
export function compare(seed, rounds) {
  const maker = new Maker(seed);
  for (let round = 0; round < rounds; round++) {
    const found = difference(maker);
    if (found) return found;
  }
  return "same";
}

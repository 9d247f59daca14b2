"""Deltas and patches against a plain model, and what of a value keeps its identity."""

from __future__ import annotations

import json

import pytest
from page_peer import Visit, say
from playwright.sync_api import Page, expect

STATE = "app.State"

# Random values and patches; the model changes a deep copy in place.
PROPERTY = """async ({seed, rounds}) => {
  const { Draft, share } = await import(new URL('wasmrx/patch.js', location.href).href);
  let x = seed;
  const random = (n) => ((x = (x * 1103515245 + 12345) % 2147483648), Math.floor((x / 2147483648) * n));
  const KEYS = ['a', 'b', '1', '0', '__proto__', 'constructor', 'toString', ''];
  const own = (object, key, value) =>
    Object.defineProperty(object, key, {value, writable: true, enumerable: true, configurable: true});
  const make = (depth) => {
    const kind = depth ? random(7) : random(4);
    if (kind < 4) return [random(5), 'text ' + random(3), null, random(2) === 0][kind];
    if (kind < 6) return Array.from({length: random(5)}, () => make(depth - 1));
    const object = {};
    for (let i = random(4); i > 0; i--) own(object, KEYS[random(KEYS.length)], make(depth - 1));
    return object;
  };
  const clone = (value) => JSON.parse(JSON.stringify(value));
  const freeze = (value) => {
    if (typeof value === 'object' && value !== null) { Object.values(value).forEach(freeze); Object.freeze(value); }
    return value;
  };
  const places = (value, path = []) => {
    if (typeof value !== 'object' || value === null) return [];
    const keys = Array.isArray(value) ? [...value.keys()] : Object.keys(value);
    return [[path, value], ...keys.flatMap((key) => places(value[key], [...path, key]))];
  };
  const step = (model) => {
    const [path, container] = places(model)[random(places(model).length)];
    if (Array.isArray(container)) {
      const start = random(container.length + 1), remove = random(container.length - start + 1);
      const insert = Array.from({length: random(3)}, () => make(2));
      if (container.length && random(3) === 0) {
        const index = random(container.length), value = make(2);
        container[index] = clone(value);
        return {op: 'set', path: [...path, index], value};
      }
      container.splice(start, remove, ...clone(insert));
      return {op: 'splice', path, start, remove, insert};
    }
    const keys = Object.keys(container);
    if (keys.length && random(3) === 0) {
      const key = keys[random(keys.length)];
      delete container[key];
      return {op: 'del', path: [...path, key]};
    }
    const key = KEYS[random(KEYS.length)], value = make(2);
    own(container, key, clone(value));
    return {op: 'set', path: [...path, key], value};
  };
  for (let round = 0; round < rounds; round++) {
    const before = freeze({root: make(4), list: [make(3)]});
    const text = JSON.stringify(before), model = clone(before), patches = [];
    for (let i = 1 + random(6); i > 0; i--) patches.push(step(model));
    const draft = new Draft(before); clone(patches).forEach((patch) => draft.apply(patch));
    const after = draft.value;
    const wanted = JSON.stringify(model);
    if (JSON.stringify(after) !== wanted) return ['patched', text, JSON.stringify(patches), JSON.stringify(after), wanted];
    if (JSON.stringify(before) !== text) return ['the old value changed', text];
    const shared = share(before, clone(model));
    if (JSON.stringify(shared) !== wanted) return ['share', text, JSON.stringify(shared), wanted];
    if (share(shared, clone(shared)) !== shared) return ['an equal value lost its identity', wanted];
    if (Object.getPrototypeOf({}) !== Object.prototype || {}.a !== undefined) return ['prototype'];
  }
  return 'same';
}"""


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_patches_do_what_a_plain_model_does(visit: Visit, seed: int) -> None:
    page = visit()
    assert page.evaluate(PROPERTY, {"seed": seed * 7919, "rounds": 2000}) == "same"


def rows_rendered(page: Page) -> dict[str, int]:
    return page.evaluate("probe.rendered")


def update(**more: object) -> dict[str, object]:
    return {"t": "update", "id": 0, "final": True, **more}


def test_only_the_changed_row_renders(visit: Visit) -> None:
    page = visit()
    before = rows_rendered(page)
    patch = {"op": "set", "path": [2, "text"], "value": "changed"}
    say(page, update(patches={STATE: {"rows": [patch]}}))
    expect(page.locator("#rows li").nth(2)).to_have_text("changed")
    assert rows_rendered(page) == {**before, "row 3": before["row 3"] + 1}


def test_a_whole_value_shares_what_is_equal(visit: Visit) -> None:
    page = visit()
    before = rows_rendered(page)
    rows = [{"id": i, "text": f"row {i}"} for i in (1, 2, 3, 4)]
    rows[1]["text"] = "other"
    say(page, update(delta={STATE: {"rows": rows}}))
    expect(page.locator("#rows li").nth(1)).to_have_text("other")
    assert rows_rendered(page) == {**before, "row 2": before["row 2"] + 1}


def test_rows_keep_their_elements_when_others_go(visit: Visit) -> None:
    page = visit()
    page.evaluate("window.last = document.querySelector('#rows li:last-child')")
    patch = {"op": "splice", "path": [], "start": 1, "remove": 1, "insert": []}
    say(page, update(patches={STATE: {"rows": [patch]}}))
    expect(page.locator("#rows li")).to_have_text(["row 1", "row 3", "row 4"])
    assert page.evaluate("window.last === document.querySelector('#rows li:last-child')")


def test_floats_that_json_cannot_write(visit: Visit) -> None:
    page = visit()
    say(
        page,
        update(
            delta={STATE: {"value": [None, {"a": None}], "count": None}},
            special=[
                [STATE, "value", 0, "nan"],
                [STATE, "value", 1, "a", "-inf"],
                [STATE, "count", "inf"],
            ],
        ),
    )
    expect(page.locator("#count")).to_have_text("Infinity")
    value = page.evaluate(f"probe.peek('{STATE}', 'value').map(String)")
    assert value[0] == "NaN"
    assert page.evaluate(f"probe.peek('{STATE}', 'value')[1].a === -Infinity")


def test_dangerous_names_are_plain_data(visit: Visit) -> None:
    page = visit()
    delta = '{"__proto__":{"polluted":1},"app.State":{"value":{"__proto__":{"polluted":1},"constructor":2},"__proto__":3}}'
    say(page, f'{{"t":"update","id":0,"final":true,"delta":{delta}}}')
    wanted = {"__proto__": {"polluted": 1}, "constructor": 2}
    expect(page.locator("#value-value")).to_have_text(json.dumps(wanted, separators=(",", ":")))
    assert page.evaluate("({}).polluted") is None
    assert page.evaluate("probe.peek('__proto__', 'polluted')") == 1
    assert page.evaluate("probe.peek('app.State', '__proto__')") == 3


def test_an_update_that_does_not_fit_changes_nothing(visit: Visit, console) -> None:
    console.allow("leads into|An update was dropped")
    page = visit()
    bad = {"op": "set", "path": ["no", "such", "place"], "value": 1}
    say(page, update(delta={STATE: {"count": 99}}, patches={STATE: {"rows": [bad]}}))
    expect(page.get_by_role("alert")).to_contain_text("An update was dropped")
    expect(page.locator("#count")).to_have_text("0")
    page.click("#inc")
    expect(page.locator("#count")).to_have_text("2")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "not json",
        "null",
        "[]",
        '{"t":"update"}',
        '{"t":"update","id":"1","final":true,"delta":{"app.State":{"count":9}}}',
        '{"t":"update","id":0,"final":true,"delta":[1]}',
        '{"t":"update","id":0,"final":true,"actions":{}}',
        '{"t":"else","id":0}',
    ],
)
def test_malformed_messages_are_dropped(visit: Visit, text: str) -> None:
    page = visit()
    say(page, text)
    page.click("#inc")
    expect(page.locator("#count")).to_have_text("2")


def test_final_updates_of_unknown_events_are_harmless(visit: Visit) -> None:
    page = visit()
    say(page, {"t": "update", "id": 4711, "final": True}, {"t": "update", "id": -1, "final": True})
    page.click("#inc")
    expect(page.locator("#count")).to_have_text("2")

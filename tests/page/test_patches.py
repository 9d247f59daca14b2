"""Deltas and patches against a plain model, and what of a value keeps its identity."""

from __future__ import annotations

import json

import pytest
from page_peer import Visit, say
from playwright.sync_api import Page, expect

STATE = "app.State"


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_patches_do_what_a_plain_model_does(visit: Visit, seed: int) -> None:
    page = visit()
    assert (
        page.evaluate(
            "async (seed) => (await import(new URL('wasmrx/property.js', location)))"
            ".compare(seed, 2000)",
            seed * 7919,
        )
        == "same"
    )


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
    wanted = {"__proto__": {"polluted": 1}, "constructor": 2}
    delta = {"__proto__": {"polluted": 1}, STATE: {"value": wanted, "__proto__": 3}}
    say(page, json.dumps(update(delta=delta)))
    expect(page.locator("#value-value")).to_have_text(json.dumps(wanted, separators=(",", ":")))
    assert page.evaluate("({}).polluted") is None
    assert page.evaluate("probe.peek('__proto__', 'polluted')") == 1
    assert page.evaluate("probe.peek('app.State', '__proto__')") == 3


def test_an_update_that_does_not_fit_changes_nothing(visit: Visit, console) -> None:
    console.allow("does not fit|An update was dropped")
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

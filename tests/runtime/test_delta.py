"""Patches lead from what the page has to the true value, whatever a handler does."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Callable
from typing import Any

import pytest

import wasmrx as rx

Visit = Callable[..., Any]


@dataclasses.dataclass
class Row:
    id: int
    name: str
    tags: list[Any] = dataclasses.field(default_factory=list)


class Data(rx.State):
    value: Any = None
    rows: list[Row] = []
    grid: list[list[int]] = []
    numbers: dict[int, str] = {}
    unique: set[int] = set()
    wrong: Any = None

    def act(self):
        STEPS.pop(0)(self)


STEPS: list[Callable[[Data], None]] = []


def truth(value: Any) -> Any:
    if isinstance(value, Row):
        return {"id": value.id, "name": value.name, "tags": truth(value.tags)}
    if isinstance(value, list):
        return [truth(item) for item in value]
    if isinstance(value, dict):
        return {key: truth(item) for key, item in value.items()}
    return value


def run(visit: Visit, *steps: Callable[[Data], None]) -> list[dict[str, Any]]:
    """Run steps as events; return the update of the last."""
    last: list[dict[str, Any]] = []

    async def story(v: Any) -> None:
        STEPS[:] = steps
        while STEPS:
            last[:] = await v.run(Data.act)
        for name in ("value", "rows", "grid"):
            true = truth(v.instance(Data).__wx_values__[name])
            assert v.of(Data)[name] == true

    v = visit(story)
    assert v.errors == []
    return last


def patches(update: dict[str, Any], name: str) -> Any:
    return update["patches"][Data.get_full_name()][name]


def fill(state: Data) -> None:
    state.rows = [Row(i, f"row {i}") for i in range(1000)]


@pytest.mark.parametrize("index", [1, -3])
def test_an_object_in_two_places_changes_in_both(visit: Visit, index: int) -> None:
    def share(state: Data) -> None:
        row = Row(1, "one", [[]])
        state.rows = [Row(0, "zero"), row, Row(2, "two"), row]

    def edit(state: Data) -> None:
        state.rows[index].name = "new"

    def edit_deep(state: Data) -> None:
        state.rows[index].tags[0].append("deep")

    for change in (edit, edit_deep):
        (update,) = run(visit, share, change)
        places = [patch["path"][0] for patch in patches(update, "rows")]
        assert sorted(places) == [1, 3]


def test_an_object_found_at_another_place_than_before(visit: Visit) -> None:
    def edit(state: Data) -> None:
        state.rows[500].name = "new"
        state.rows.insert(0, Row(-1, "first"))
        state.rows[500].name = "other"
        state.rows[-1].tags.append("last")

    run(visit, fill, edit)


def test_one_row_of_a_thousand_is_a_small_message(visit: Visit) -> None:
    def edit(state: Data) -> None:
        state.rows[500].name = "new"

    (update,) = run(visit, fill, edit)
    assert patches(update, "rows") == [{"op": "set", "path": [500, "name"], "value": "new"}]


def test_a_row_found_by_iteration_keeps_its_place_after_a_shift(visit: Visit) -> None:
    def edit(state: Data) -> None:
        found = next(row for row in state.rows if row.id == 500)
        del state.rows[0]
        found.name = "new"
        found.tags.append("t")

    (update,) = run(visit, fill, edit)
    assert patches(update, "rows") == [
        {"op": "splice", "path": [], "start": 0, "remove": 1, "insert": []},
        {"op": "set", "path": [499, "name"], "value": "new"},
        {"op": "splice", "path": [499, "tags"], "start": 0, "remove": 0, "insert": ["t"]},
    ]


def test_a_removed_row_needs_no_patch_of_its_own(visit: Visit) -> None:
    def edit(state: Data) -> None:
        row = state.rows[3]
        row.name = "gone"
        state.rows.remove(row)

    (update,) = run(visit, fill, edit)
    assert patches(update, "rows") == [
        {"op": "splice", "path": [], "start": 3, "remove": 1, "insert": []}
    ]


def test_a_list_assigned_anew_is_compared_by_identity(visit: Visit) -> None:
    def edit(state: Data) -> None:
        state.rows = [row for row in state.rows if row.id != 7]

    (update,) = run(visit, fill, edit)
    assert patches(update, "rows") == [
        {"op": "splice", "path": [], "start": 7, "remove": 1, "insert": []}
    ]


def test_two_cells_far_apart_are_two_patches(visit: Visit) -> None:
    def fill_grid(state: Data) -> None:
        state.value = [0] * 400

    def edit(state: Data) -> None:
        state.value[3] = 1
        state.value[390] = 2

    (update,) = run(visit, fill_grid, edit)
    assert len(update["patches"][Data.get_full_name()]["value"]) == 2


def test_one_row_in_several_places_changes_everywhere(visit: Visit) -> None:
    def fill_grid(state: Data) -> None:
        state.grid = [[0] * 3] * 3

    def edit(state: Data) -> None:
        state.grid[0][1] = 5

    run(visit, fill_grid, edit)


def test_an_object_held_by_two_containers_changes_in_both(visit: Visit) -> None:
    def build(state: Data) -> None:
        shared = {"done": False}
        state.value = {"all": [shared, {"done": True}], "first": [shared]}

    def edit(state: Data) -> None:
        state.value["all"][0]["done"] = True

    run(visit, build, edit)


def test_an_object_held_by_two_vars_changes_in_both(visit: Visit) -> None:
    def build(state: Data) -> None:
        fill(state)
        state.value = state.rows[5]

    def edit(state: Data) -> None:
        state.value.name = "both"

    run(visit, build, edit)


def test_a_value_that_is_shorter_than_its_patches_is_sent_whole(visit: Visit) -> None:
    def build(state: Data) -> None:
        state.value = [{"key": i} for i in range(40)]

    def edit(state: Data) -> None:
        for item in state.value:
            item["key"] += 1

    (update,) = run(visit, build, edit)
    assert "value" in update["delta"][Data.get_full_name()]


def test_keys_are_text_for_the_page(visit: Visit) -> None:
    async def story(v: Any) -> None:
        STEPS[:] = [
            lambda state: setattr(state, "numbers", {i: str(i) for i in range(100)}),
            lambda state: state.numbers.__setitem__(5, "five"),
            lambda state: state.numbers.pop(7),
            lambda state: state.unique.update({3, 1, 2}),
        ]
        for _ in range(4):
            await v.run(Data.act)
        expected = {str(i): str(i) for i in range(100) if i != 7} | {"5": "five"}
        assert v.of(Data)["numbers"] == expected
        assert v.of(Data)["unique"] == [1, 2, 3]

    visit(story)


@pytest.mark.parametrize("odd", [math.nan, math.inf, -math.inf])
def test_floats_that_json_cannot_write(visit: Visit, odd: float) -> None:
    async def story(v: Any) -> None:
        STEPS[:] = [
            lambda state: setattr(state, "value", {"a": [1, odd], "b": odd}),
            lambda state: state.value["a"].append(odd),
        ]
        for _ in range(2):
            await v.run(Data.act)
        assert repr(v.of(Data)["value"]) == repr({"a": [1, odd, odd], "b": odd})

    visit(story)


def test_a_value_without_json_form_is_named_and_the_rest_is_sent(visit: Visit) -> None:
    def step(state: Data) -> None:
        state.wrong = {"deep": [object()]}
        state.value = "sent"

    async def story(v: Any) -> None:
        STEPS[:] = [step]
        await v.run(Data.act)
        assert v.of(Data)["value"] == "sent"
        (error,) = v.errors
        assert 'Data.wrong["deep"][0] cannot be sent to the page' in error["message"]
        assert "@rx.serializer" in error["message"]

    visit(story)


def test_a_value_that_holds_itself_is_named(visit: Visit) -> None:
    def step(state: Data) -> None:
        state.value = [1]
        state.value.append(state.value)

    async def story(v: Any) -> None:
        STEPS[:] = [step]
        await v.run(Data.act)
        assert "Data.value holds itself" in v.errors[0]["message"]

    visit(story)

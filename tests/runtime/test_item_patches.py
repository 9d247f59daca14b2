"""A computed list is sent as what changed in it."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest

from wasmrx.delta import item_patches
from wasmrx.protocol import Patch

pytest.importorskip("hypothesis", exc_type=ImportError)
from hypothesis import given
from hypothesis import strategies as st

ITEMS = st.lists(st.one_of(st.integers(0, 3), st.booleans(), st.just({"a": [1]})), max_size=30)


def applied(before: list[Any], patches: list[Patch]) -> list[Any]:
    value = copy.deepcopy(before)
    for patch in patches:
        if patch["op"] == "splice":
            end = patch["start"] + patch["remove"]
            value[patch["start"] : end] = patch["insert"]
        elif patch["op"] == "set":
            (index,) = patch["path"]
            value[int(index)] = patch["value"]
    return value


def texts(items: list[Any]) -> list[str]:
    return [json.dumps(item) for item in items]


@given(ITEMS, ITEMS)
def test_patches_lead_to_the_new_list(before: list[Any], after: list[Any]) -> None:
    patches = item_patches(texts(before), texts(after), after, ())
    if patches is not None:
        assert texts(applied(before, patches)) == texts(after)


def test_one_row_is_one_patch() -> None:
    before = [{"id": number} for number in range(1000)]
    after = copy.deepcopy(before)
    after[500]["id"] = -1
    change = {"op": "splice", "path": [], "start": 500, "remove": 1, "insert": [{"id": -1}]}
    assert item_patches(texts(before), texts(after), after, ()) == [change]
    assert item_patches(texts(before), texts(after[::2]), after[::2], ()) is None
    patches = item_patches(texts(before), texts(before[:300] + before[310:]), before[:300], ())
    assert patches == [{"op": "splice", "path": [], "start": 300, "remove": 10, "insert": []}]

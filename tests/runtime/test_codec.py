"""Values as the page gets them."""

from __future__ import annotations

import dataclasses
import datetime
import decimal
import enum
import json
import math
import pathlib
import types
import uuid
from collections import deque
from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest

import wasmrx as rx
from wasmrx import serializers
from wasmrx.codec import dumps, plain, to_json
from wasmrx.errors import SerializerValueError, StateSerializationError


class Kind(enum.Enum):
    A = "a"


class Level(enum.IntEnum):
    LOW = 1


@dataclasses.dataclass
class Point:
    x: int
    inner: list[Any]


@dataclasses.dataclass
class Model:
    """Stands for a model class that can dump itself."""

    def model_dump(self) -> dict[str, Any]:
        return {"a": 1}


class Pair(NamedTuple):
    left: int
    right: str


class Money:
    def __init__(self, cents: int) -> None:
        self.cents = cents


class Text(str):
    __slots__ = ()


@pytest.fixture(autouse=True)
def registered() -> Iterator[None]:
    kept, slow = dict(serializers.registered), list(serializers.slow)
    yield
    serializers.registered.clear()
    serializers.registered.update(kept)
    serializers.slow[:] = slow
    serializers._found.clear()


CASES: list[tuple[Any, Any]] = [
    (None, None),
    (True, True),
    (3, 3),
    (1.5, 1.5),
    ("é\u2028", "é\u2028"),
    ([1, [2]], [1, [2]]),
    ((1, 2), [1, 2]),
    (Pair(1, "b"), [1, "b"]),
    ({1: "a", "k": 2}, {"1": "a", "k": 2}),
    ({None: 1, 2.5: 2}, {"null": 1, "2.5": 2}),
    ({True: 1}, {"true": 1}),
    ({Kind.A: 1}, {"a": 1}),
    ({3, 1, 2}, [1, 2, 3]),
    (frozenset(["b", "a"]), ["a", "b"]),
    (deque([2, 1]), [2, 1]),
    (range(3), [0, 1, 2]),
    ({"a": 1}.keys(), ["a"]),
    (Kind.A, "a"),
    ([Level.LOW], [1]),
    (Point(1, [Kind.A]), {"x": 1, "inner": ["a"]}),
    (datetime.date(2026, 1, 2), "2026-01-02"),
    (datetime.datetime(2026, 1, 2, 3, 4, 5), "2026-01-02 03:04:05"),
    (datetime.time(3, 4), "03:04:00"),
    (datetime.timedelta(seconds=61), "0:01:01"),
    (uuid.UUID(int=1), "00000000-0000-0000-0000-000000000001"),
    (decimal.Decimal("1.5"), 1.5),
    (pathlib.PurePosixPath("a/b"), "a/b"),
    (types.SimpleNamespace(a=1), {"a": 1}),
    (types.MappingProxyType({"a": 1}), {"a": 1}),
    (rx.color("gray", 3), "var(--gray-3)"),
    (rx.LocalStorage("kept"), "kept"),
    (b"ab", [97, 98]),
]


@pytest.mark.parametrize(("value", "expected"), CASES, ids=lambda v: type(v).__name__)
def test_forms(value: Any, expected: Any) -> None:
    found = plain(value, [], [])
    assert json.dumps(found) == json.dumps(expected)
    assert to_json(value, "S", "v", []) == expected


def test_the_fast_writer_gives_the_same_text() -> None:
    for value, expected in CASES:
        try:
            text = dumps(value)
        except TypeError:
            continue
        assert json.loads(text) == expected


def test_floats_that_json_cannot_write_are_listed() -> None:
    special: list[Any] = []
    value = {"a": [1.0, math.nan], "b": {2: math.inf}, "c": -math.inf}
    found = to_json(value, "S", "v", special)
    assert found == {"a": [1.0, None], "b": {"2": None}, "c": None}
    assert special == [
        ["S", "v", "a", 1, "nan"],
        ["S", "v", "b", "2", "inf"],
        ["S", "v", "c", "-inf"],
    ]


def test_a_serializer_of_the_author() -> None:
    @rx.serializer
    def money(value: Money) -> str:
        return f"{value.cents / 100:.2f} €"

    class Price(Money): ...

    assert json.loads(dumps({"price": [Money(150), Price(5)]})) == {"price": ["1.50 €", "0.05 €"]}


def test_a_serializer_may_give_what_needs_another() -> None:
    @rx.serializer
    def money(value: Money) -> Any:
        return {"cents": Kind.A, "of": Point(value.cents, [])}

    assert json.loads(dumps(Money(1))) == {"cents": "a", "of": {"x": 1, "inner": []}}


def test_a_serializer_of_a_kind_that_json_knows() -> None:
    @rx.serializer
    def text(value: Text) -> str:
        return value.upper()

    @rx.serializer
    def point(value: Point) -> list[int]:
        return [value.x]

    assert to_json([Text("a"), "a", Point(3, [])], "S", "v", []) == ["A", "a", [3]]


def test_a_serializer_needs_an_annotation() -> None:
    with pytest.raises(SerializerValueError, match="annotated"):

        @rx.serializer
        def nothing(value):  # type: ignore[no-untyped-def]
            return 1


def test_no_form_names_the_var() -> None:
    with pytest.raises(StateSerializationError, match=r"S\.v\[0\] cannot be sent.* type Money has"):
        to_json([Money(1)], "S", "v", [])
    loop: list[Any] = []
    loop.append(loop)
    with pytest.raises(StateSerializationError, match=r"S\.v holds itself"):
        to_json(loop, "S", "v", [])


def test_keys_that_look_special_are_plain_data() -> None:
    value = {"__proto__": {"x": 1}, "constructor": 2}
    assert to_json(value, "S", "v", []) == value


class Wide(rx.State):
    id: int = 2**53
    rows: list[dict[str, int]] = [{"id": 1}]

    @rx.var
    def text(self) -> str:
        return str(self.id)

    @rx.var
    def double(self) -> float:
        return self.id * 1.0

    @rx.event
    def set_ids(self, id: int):
        self.id = id

    @rx.event
    def set_row(self, id: int):
        self.rows[0]["id"] = id

    @rx.event
    def add_row(self, id: int):
        self.rows.append({"id": id})


@pytest.mark.parametrize("dev", [True, False])
def test_a_number_that_the_page_rounds_is_told_in_development(visit: Any, dev: bool) -> None:
    def told(v: Any, about: str) -> list[str]:
        return [words for words in v.told if about in words]

    async def story(v: Any) -> None:
        for exact in (2**53, 10**18, -(10**20), 12345):
            await v.run(Wide.set_ids, id=exact)
        assert not told(v, "Wide.id")
        for number in (2**53 + 1, 2**60, 10**21, 10**400):
            await v.run(Wide.set_ids, id=str(number))
            assert v.of(Wide)["id"] == number
        assert len(told(v, f"Wide.id is {2**53 + 1}")) == len(told(v, "Wide.id")) == dev
        assert len(told(v, "test_codec.py:")) == dev

    visit(story, dev=dev)


def test_a_number_that_the_page_was_built_with_is_told_too(visit: Any, make_visitor: Any) -> None:
    async def story(v: Any) -> None:
        await v.run(Wide.set_ids, id=2**60 + 1)
        built = make_visitor(initial=v.state)
        built.saved = v.saved
        await built.hydrate()
        assert not any("test_codec.Wide" in update.get("delta", {}) for update in built.updates)
        assert "Wide.id is 1152921504606846977, which the page rounds" in built.told[0]

    visit(story)


def test_a_number_that_the_page_rounds_is_found_in_what_changed(visit: Any) -> None:
    async def story(v: Any) -> None:
        await v.run(Wide.set_row, id=2**60 + 1)
        assert "Wide.rows[0]['id'] is 1152921504606846977" in v.told[-1]

    visit(story)

    async def other(v: Any) -> None:
        await v.run(Wide.add_row, id=-(2**60) - 1)
        assert "Wide.rows[1]['id'] is -1152921504606846977" in v.told[-1]

    visit(other)

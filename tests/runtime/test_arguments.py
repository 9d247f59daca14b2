"""What a handler gets for what the page sends, by annotation; and what it refuses."""

from __future__ import annotations

import dataclasses
import datetime as dt
import decimal
import enum
import fractions
import pathlib
import uuid
from collections.abc import Callable
from typing import Annotated, Any, Literal, NamedTuple, NewType, NotRequired, Optional, TypedDict

import pytest

import wasmrx as rx
from wasmrx.coercers import coercer_for
from wasmrx.errors import EventHandlerArgTypeMismatchError
from wasmrx.events import (
    bind,
    checked_input_event,
    float_input_event,
    input_event,
    int_input_event,
    on_submit_event,
    passthrough_event_spec,
)
from wasmrx.expr import Raw
from wasmrx.form_data import FormData

Visit = Callable[..., Any]
got: list[Any] = []
UserId = NewType("UserId", int)


class Size(enum.Enum):
    SMALL = 1
    LARGE = 2


class Tone(enum.StrEnum):
    DARK = "dark"


class Spot(enum.Enum):
    HERE = (1, 2)


@dataclasses.dataclass
class Point:
    x: int
    y: float = 0.0


@dataclasses.dataclass
class Line:
    start: Point
    ends: list[Point]
    made: dt.date | None = None
    length: float = dataclasses.field(init=False, default=9.0)


class Model:
    """Looks like a pydantic model to whoever asks."""

    def __init__(self, name: str) -> None:
        self.name = name

    @classmethod
    def model_validate(cls, value: Any) -> Model:
        if not isinstance(value, dict) or "name" not in value:
            raise ValueError("name is missing")
        return cls(str(value["name"]))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Model) and other.name == self.name

    __hash__ = None


class Ticket(TypedDict):
    title: str
    tags: list[str]
    urgent: bool
    count: NotRequired[int]


class Pair(NamedTuple):
    a: int
    b: int


FITS = [
    (int, "3", 3),
    (int, 3.0, 3),
    (int, " -7 ", -7),
    (float, "1.5", 1.5),
    (float, 2, 2),
    (bool, True, True),
    (bool, "on", True),
    (bool, "off", False),
    (bool, "", False),
    (bool, 0, False),
    (str, "é", "é"),
    (bytes, "é", "é".encode()),
    (bytes, [97, 98], b"ab"),
    (dt.datetime, "2024-05-06T07:08", dt.datetime(2024, 5, 6, 7, 8)),
    (dt.datetime, "2024-05-06T07:08:09Z", dt.datetime(2024, 5, 6, 7, 8, 9, tzinfo=dt.UTC)),
    (dt.date, "2024-05-06", dt.date(2024, 5, 6)),
    (dt.date, "2024-05-06T07:08", dt.date(2024, 5, 6)),
    (dt.time, "07:08", dt.time(7, 8)),
    (dt.timedelta, 90, dt.timedelta(seconds=90)),
    (dt.timedelta, "1 day, 2:03:04.5", dt.timedelta(days=1, hours=2, minutes=3, seconds=4.5)),
    (dt.timedelta, "0:00:05", dt.timedelta(seconds=5)),
    (Size, 2, Size.LARGE),
    (Size, "2", Size.LARGE),
    (Tone, "dark", Tone.DARK),
    (Spot, [1, 2], Spot.HERE),
    (Literal["a", "b"], "b", "b"),
    (Literal[1, 2], "2", 2),
    (uuid.UUID, str(uuid.UUID(int=7)), uuid.UUID(int=7)),
    (decimal.Decimal, "1.10", decimal.Decimal("1.10")),
    (decimal.Decimal, 0.1, decimal.Decimal("0.1")),
    (fractions.Fraction, "1/3", fractions.Fraction(1, 3)),
    (pathlib.Path, "a/b", pathlib.Path("a/b")),
    (set[int], ["1", 1, 2], {1, 2}),
    (set, ["a"], {"a"}),
    (frozenset[str], ["a"], frozenset("a")),
    (tuple[int, str], ["1", "b"], (1, "b")),
    (tuple[int, ...], ["1", "2"], (1, 2)),
    (tuple, [1], (1,)),
    (list[dt.date], ["2024-01-02"], [dt.date(2024, 1, 2)]),
    (list, [1, "a"], [1, "a"]),
    (list[int | None], ["1", None], [1, None]),
    (dict[int, Size], {"7": 1}, {7: Size.SMALL}),
    (dict[str, Any], {"a": 1}, {"a": 1}),
    (dict, {"a": 1}, {"a": 1}),
    (Point, {"x": "1", "y": 2, "more": 3}, Point(1, 2)),
    (
        Line,
        {"start": {"x": 0}, "ends": [{"x": 1}], "made": "2024-01-02", "length": 4},
        Line(Point(0), [Point(1)], dt.date(2024, 1, 2)),
    ),
    (Model, {"name": "x"}, Model("x")),
    (Ticket, {"title": "t", "count": "4", "x": 1}, {"title": "t", "count": 4, "x": 1}),
    (Optional[int], "4", 4),  # noqa: UP045 - both spellings are an author's
    (int | None, "", None),
    (int | str, "4", "4"),
    (int | float, "4.5", 4.5),
    (dt.date | Literal["never"], "never", "never"),
    (dt.date | Literal["never"], "2024-01-02", dt.date(2024, 1, 2)),
    (Annotated[int, "cents"], "4", 4),
    (UserId, "4", 4),
    (Any, {"a": [1]}, {"a": [1]}),
    (object, 3, 3),
    (FormData, [["a", "1"], ["a", "2"]], FormData([("a", "1"), ("a", "2")])),
]  # fmt: skip


@pytest.mark.parametrize(
    ("hint", "sent", "expected"),
    FITS,
    ids=lambda v: f"{v}"[:30] if type(v) in (str, int, list, dict) else type(v).__name__,
)
def test_what_fits(hint: Any, sent: Any, expected: Any) -> None:
    coercer = coercer_for(hint)
    found = sent if coercer is None else coercer(sent)
    assert found == expected
    assert type(found) is type(expected)


MISFITS = [
    (int, "many"),
    (int, 1.5),
    (int, [1]),
    (int, {}),
    (float, "x"),
    (float, []),
    (float, True),
    (bool, 2),
    (bool, []),
    (str, 3),
    (str, True),
    (str, ["a"]),
    (bytes, 3),
    (dt.datetime, "yesterday"),
    (dt.datetime, 17),
    (dt.date, "2024-13-40"),
    (dt.time, "25:00"),
    (dt.timedelta, "soon"),
    (Size, 3),
    (Tone, "Dark"),
    (Literal["a"], "b"),
    (Literal[1], True),
    (uuid.UUID, "nope"),
    (uuid.UUID, 5),
    (decimal.Decimal, "1,5"),
    (fractions.Fraction, "1/0"),
    (pathlib.Path, 3),
    (set[int], "12"),
    (list[int], "12"),
    (list[int], ["x"]),
    (list, {"a": 1}),
    (tuple[int, int], [1]),
    (tuple[int, ...], 3),
    (dict, [1]),
    (dict[str, int], {"a": "x"}),
    (Point, {"y": 1}),
    (Point, {"x": "a"}),
    (Point, 3),
    (Model, {}),
    (Ticket, "x"),
    (Ticket, {"title": "t", "tags": "a", "urgent": True}),
    (int | float, "x"),
    (int | None, "x"),
]


@pytest.mark.parametrize(
    ("hint", "sent"),
    MISFITS,
    ids=lambda v: f"{v}"[:30] if type(v) in (str, int, list, dict) else type(v).__name__,
)
def test_what_does_not_fit(hint: Any, sent: Any) -> None:
    coercer = coercer_for(hint)
    assert coercer is not None
    with pytest.raises((TypeError, ValueError, LookupError, ArithmeticError)):
        coercer(sent)


@pytest.mark.parametrize(
    "value",
    [Point(1), {1, 2}, Size.LARGE, dt.date(2024, 1, 2), uuid.UUID(int=1), b"x", (1, 2), Model("x")],
    ids=lambda value: type(value).__name__,
)
def test_values_of_a_chained_event_stay(value: Any) -> None:
    coercer = coercer_for(type(value))
    assert coercer is None or coercer(value) == value


class Forms(rx.State):
    ran: int = 0

    @rx.event
    def number(self, amount: int, note: str = "none"):
        self.ran += 1
        got.append((amount, note))

    @rx.event
    def ticket(self, data: Ticket):
        got.append(data)

    @rx.event
    def point(self, data: Point | None):
        got.append(data)

    @rx.event
    def pairs(self, data: FormData[str, str]):
        got.append((dict(data), data.getlist("a")))

    @rx.event
    def plain(self, data: dict[str, Any]): ...

    @rx.event
    def many(self, first: int, *rest: Any, **named: Any):
        got.append((first, rest, named))

    @rx.event
    def only_named(self, *, a: int, b: int = 2):
        got.append((a, b))

    @rx.event
    def later(self, value: Later):
        got.append(value)

    @rx.event
    def unknown(self, value: Nowhere):  # noqa: F821 # type: ignore[name-defined]
        got.append(value)

    @rx.event
    def text(self, value: str): ...

    @rx.event
    def items(self, value: list[str]): ...

    @rx.event
    def day(self, value: dt.date): ...

    @rx.event
    def tone(self, value: Tone): ...

    @rx.event
    def flag(self, value: bool): ...

    @rx.event
    def wait(self, value: dt.timedelta): ...


@dataclasses.dataclass
class Later:
    a: int


def test_a_misfit_is_told_with_handler_parameter_value_and_place(visit: Visit) -> None:
    got.clear()

    async def story(v: Any) -> None:
        await v.run(Forms.number, amount="a lot")
        (error,) = v.errors
        assert error["message"].startswith(
            "test_arguments.Forms.number takes amount: int, but the page sent 'a lot' (a str): "
        )
        assert error["message"].endswith("The handler was not run.")
        assert error["file"].endswith("test_arguments.py")
        with open(__file__) as source:
            assert "def number" in "".join(source.read().splitlines()[error["line"] - 1 :][:2])
        assert v.of(Forms)["ran"] == 0
        await v.run(Forms.number, amount="3")
        assert v.of(Forms)["ran"] == 1

    visit(story)
    assert got == [(3, "none")]


def test_none_is_passed_on(visit: Visit) -> None:
    """An emptied number field is null on the wire, as in Reflex."""
    got.clear()

    async def story(v: Any) -> None:
        await v.run(Forms.number, amount=None, note=None)
        assert v.errors == []

    visit(story)
    assert got == [(None, None)]


def test_a_form_as_the_declared_type(visit: Visit) -> None:
    got.clear()

    async def story(v: Any) -> None:
        await v.run(Forms.ticket, data=[["title", "t"], ["tags", "a"], ["tags", "b"]])
        await v.run(Forms.ticket, data=[["title", "t"], ["tags[]", "a"], ["urgent", "on"]])
        await v.run(Forms.ticket, data=[["title", "t"], ["count", "3"]])
        await v.run(Forms.point, data=[["x", "1"], ["y", "2.5"]])
        await v.run(Forms.pairs, data=[["a", "1"], ["b", "x"], ["a", "2"]])
        assert v.errors == []

    visit(story)
    assert got == [
        {"title": "t", "tags": ["a", "b"], "urgent": False},
        {"title": "t", "tags": ["a"], "urgent": True},
        {"title": "t", "tags": [], "urgent": False, "count": 3},
        Point(1, 2.5),
        ({"a": "2", "b": "x"}, ["1", "2"]),
    ]


def test_a_form_is_sent_whole_where_the_handler_has_use_for_it() -> None:
    def sent(handler: Any) -> Any:
        ((_, call),) = bind(handler, on_submit_event).calls
        value = call.args[0][1]
        assert isinstance(value, Raw)
        return value.pieces[0]

    assert sent(Forms.plain) == "formData("
    assert sent(Forms.ticket) == "formPairs("
    assert sent(Forms.point) == "formPairs("
    assert sent(Forms.pairs) == "formPairs("
    assert sent(lambda data: Forms.ticket(data)) == "formPairs("


def test_any_number_of_arguments(visit: Visit) -> None:
    got.clear()

    async def story(v: Any) -> None:
        for spec in (
            Forms.many(1),
            Forms.many(1, 2, "c"),
            Forms.many(1, 2, key="x"),
            Forms.only_named(a=1),
            Forms.only_named(a=1, b=3),
        ):
            await v.run(spec.handler, **dict(spec.values))
        v.instance(Forms).many(7, 8, z=9)
        assert v.errors == []

    visit(story)
    assert got == [
        (1, (), {}),
        (1, (2, "c"), {}),
        (1, (2,), {"key": "x"}),
        (1, 2),
        (1, 3),
        (7, (8,), {"z": 9}),
    ]
    ((_, call),) = bind(Forms.many(1), passthrough_event_spec(str, int)).calls
    assert [name for name, _ in call.args] == ["first", "*0", "*1"]


def test_annotations_that_come_later_or_never(visit: Visit) -> None:
    got.clear()

    async def story(v: Any) -> None:
        await v.run(Forms.later, value={"a": "1"})
        await v.run(Forms.unknown, value="as it is")
        assert v.errors == []

    visit(story)
    assert got == [Later(1), "as it is"]


FIT_AT_BUILD = [
    (Forms.text, input_event),
    (Forms.day, input_event),
    (Forms.tone, input_event),
    (Forms.number, input_event),
    (Forms.number, int_input_event),
    (Forms.number, float_input_event),
    (Forms.flag, checked_input_event),
    (Forms.flag, input_event),
    (Forms.items, passthrough_event_spec(list[str])),
    (Forms.wait, float_input_event),
    (Forms.unknown, input_event),
    (Forms.ticket, on_submit_event),
]
NEVER_FIT = [
    (Forms.items, input_event, "str", "list"),
    (Forms.ticket, input_event, "str", "Ticket"),
    (Forms.text, float_input_event, "float", "str"),
    (Forms.text, checked_input_event, "bool", "str"),
    (Forms.day, checked_input_event, "bool", "date"),
    (Forms.number, passthrough_event_spec(list[int]), "list", "int"),
    (Forms.text, on_submit_event, "dict", "str"),
]


def test_types_that_may_fit_build() -> None:
    for handler, spec in FIT_AT_BUILD:
        assert bind(handler, spec).calls


def test_types_that_never_fit_do_not_build() -> None:
    for handler, spec, gives, takes in NEVER_FIT:
        with pytest.raises(EventHandlerArgTypeMismatchError) as caught:
            bind(handler, spec, trigger="on_change of rx.input")
        text = str(caught.value)
        assert f"on_change of rx.input gives {gives}" in text
        assert handler.name in text
        assert takes in text

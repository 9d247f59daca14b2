"""The JavaScript of Vars: text, literals, None on the way, what is printed inline."""

from __future__ import annotations

import dataclasses
import datetime
import enum
import math
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

from vars_engine import js, state, value_of

from wasmrx.color import Color
from wasmrx.expr import Literal as LiteralExpr
from wasmrx.expr import Template
from wasmrx.var import Var, conditional, from_text


@dataclasses.dataclass
class Author:
    name: str
    born: int | None = None


@dataclasses.dataclass
class Book:
    title: str
    author: Author
    tags: list[str] = dataclasses.field(default_factory=list)
    values: dict[int, float] = dataclasses.field(default_factory=dict)
    later: Missing = None  # noqa: F821 # pyright: ignore


class Size(enum.Enum):
    SMALL = "s"
    LARGE = "l"


def test_marks_carry_vars_through_text() -> None:
    name, count = state("name", str), state("n", int)
    assert from_text("plain") == LiteralExpr("plain")
    assert from_text(f"{name}") == name._expr
    made = from_text(f"{name} has {count + 1} items")
    assert isinstance(made, Template)
    assert value_of(f"{name} has {count + 1} items", name="Ann", n=1) == "Ann has 2 items"
    assert value_of("<" + str(name) + ">", name="Ann") == "<Ann>"
    assert value_of([f"{name}!"], name="Ann") == ["Ann!"]
    assert value_of({f"{name}": count}, name="Ann", n=1) == {"Ann": 1}
    assert value_of(f"{f'{name}-{name}'.upper()}", name="Ann") == "Ann-Ann"


def test_raw_javascript_holds_vars() -> None:
    count = state("n", int)
    assert js(Var(f"Math.max({count}, {count + 1})", int) * 2) == "(Math.max(v.n, (v.n + 1))) * 2"
    assert value_of(Var(f"{count} + 1").to(int) * 2, n=2) == 6
    assert value_of(Var("Math.PI", float), n=0) == math.pi
    assert value_of(Var("(x) => x * 2").to(Callable[..., int])(count), n=4) == 8


def test_literals_take_the_form_that_the_page_gets() -> None:
    assert value_of(Color("red", 3)) == "var(--red-3)"
    assert value_of(Color(state("c", str), 3), c="blue") == "var(--blue-3)"
    assert value_of(Size.LARGE) == "l"
    assert value_of(Book("T", Author("A"))) == {
        "title": "T",
        "author": {"name": "A", "born": None},
        "tags": [],
        "values": {},
        "later": None,
    }
    assert Var.create(Author("A")).name._type is str
    assert value_of(datetime.datetime(2024, 5, 1, 12, 30)) == "2024-05-01 12:30:00"
    assert value_of({"b", "a"}) == ["a", "b"]
    assert value_of((1, None, True)) == [1, None, True]
    assert value_of({1: "a", None: "c"}) == {"1": "a", "null": "c"}
    assert value_of(Decimal("1.5")) == 1.5
    assert value_of(Path("a/b")) == "a/b"
    assert value_of("\ud800") == "\ud800"
    assert value_of('"\\\n\u2028</script>`${x}') == '"\\\n\u2028</script>`${x}'


def test_bytes_are_numbers_on_the_page() -> None:
    assert value_of(b"ab") == [97, 98]
    for hint in (bytes, bytearray, bytes | None):
        data = state("data", hint)
        assert (data[0]._type, data[:1]._type) == (int, list[int])
        assert value_of(data[0] + 1, data=[97, 98]) == 98
        assert value_of(data.contains(98), data=[97, 98]) is True
        assert value_of(data == b"ab", data=[97, 98]) is True
        assert value_of(f"{data}", data=[97, 98]) == "[97, 98]"


def test_int_keys_of_a_dict_are_found_by_a_var() -> None:
    colors = state("colors", dict[int, str])
    assert value_of(colors[state("n", int)], colors={2: "red"}, n=2) == "red"
    assert value_of(colors[2], colors={2: "red"}) == "red"
    assert value_of(colors.items(), colors={2: "red"}) == [[2, "red"]]
    assert value_of(colors.contains(2), colors={2: "red"}) is True


def test_dates_compare() -> None:
    start = state("start", datetime.datetime)
    noon = datetime.datetime(2024, 5, 1, 12)
    for hour, earlier in ((11, True), (12, False), (13, False)):
        given = str(datetime.datetime(2024, 5, 1, hour))
        assert value_of(start < noon, start=given) is earlier
        assert value_of(start == noon, start=given) is (hour == 12)
        assert value_of(start >= noon, start=given) is (not earlier)
    assert value_of(state("a", datetime.date) != state("b", datetime.date), a="2024-01-01", b=None)


def test_none_on_the_way_gives_none() -> None:
    book = state("book", Book | None)
    empty: list[object] = [
        book.title,
        book.author.name,
        book.tags[0],
        book.tags[1:],
        book.author.name.upper(),
        book.tags.map(lambda tag: tag.upper()),
        book.values[1],
    ]
    for value in empty:
        assert value_of(value, book=None) is None, js(value)
    assert value_of(book.author.name.strip(), book=None) == ""
    assert value_of(f"{state('x', int)}", x=None) == "None"


def test_what_objects_inherit_is_never_found() -> None:
    data = state("d", dict[str, Any])
    for name in ("constructor", "__proto__", "toString"):
        assert value_of(data[name], d={}) is None
        assert value_of(data[state("k", str)], d={}, k=name) is None
        assert value_of(data.contains(name), d={}) is False
        assert value_of(data[name], d={name: 1}) == 1


def test_simple_operations_print_inline() -> None:
    count, name, items = state("n", int), state("s", str), state("l", list[int])
    shown = {
        js(count + 1): "v.n + 1",
        js((count + 1) * -2): "(v.n + 1) * (-2)",
        js(count > 3): "v.n > 3",
        js(name == "a"): 'v.s === "a"',
        js(name + "!"): 'v.s + "!"',
        js(items[0]): "v.l?.[0]",
        js(items[-1]): "v.l?.at(-1)",
        js(items[1:]): "v.l?.slice(1)",
        js(conditional(state("b", bool), 1, 2)): "v.b ? 1 : 2",
        js(conditional(count, 1, 2)): "v.n ? 1 : 2",
        js(state("d", dict[str, int])["a"]): "v.d?.a",
        js(items.map(lambda x: x + count)): "v.l?.map((x$1) => x$1 + v.n)",
        js({"a b": [count, None]}): '({"a b": [v.n, null]})',
    }
    for got, wanted in shown.items():
        assert got == wanted

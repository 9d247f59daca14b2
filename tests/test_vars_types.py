"""What a Var knows of its type, and what it says when an operation cannot work."""

from __future__ import annotations

import copy
import dataclasses
import datetime
import enum
import math
import typing
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple, NewType, Optional, TypedDict

import pytest
from vars_engine import js, state, value_of

from wasmrx.color import Color
from wasmrx.errors import UntypedVarError, VarAttributeError, VarTypeError, VarValueError
from wasmrx.expr import Literal as LiteralExpr
from wasmrx.expr import StateVar, Template
from wasmrx.var import Var, conditional, from_text, local, to_expr
from wasmrx.var_types import kind_of


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


class Point(NamedTuple):
    x: int
    label: str


class Movie(TypedDict):
    title: str
    year: int


class Size(enum.Enum):
    SMALL = "s"
    LARGE = "l"


class Plain:
    width: int
    parts: list[Author]


UserId = NewType("UserId", int)


@pytest.mark.parametrize(
    ("hint", "kind"),
    [
        (int, "number"),
        (float, "number"),
        (Decimal, "number"),
        (bool, "bool"),
        (str, "str"),
        (Path, "str"),
        (Optional[int], "number"),  # noqa: UP045
        (int | float | None, "number"),
        (int | str, "any"),
        (Literal["a", "b"], "str"),
        (Annotated[list[int], "note"], "array"),
        (typing.List[int], "array"),  # noqa: UP006
        (tuple[int, str], "array"),
        (Sequence[int], "array"),
        (set[str], "array"),
        (Point, "array"),
        (dict[str, int], "object"),
        (Mapping[str, int], "object"),
        (Book, "object"),
        (Movie, "object"),
        (Plain, "object"),
        (Size, "str"),
        (UserId, "number"),
        (datetime.date, "datetime"),
        (datetime.datetime, "datetime"),
        (Callable[[int], str], "function"),
        (None, "none"),
        (Any, "any"),
        (object, "any"),
    ],
)
def test_kind_of_a_hint(hint: object, kind: str) -> None:
    assert kind_of(hint) == kind


def test_types_follow_attributes_items_and_methods() -> None:
    books = state("books", list[Book])
    assert books[0].title._type is str
    assert books[0].author.born._type == int | None
    assert books[0].tags[0].upper()._type is str
    assert books[0].values._type == dict[int, float]
    assert books.map(lambda book: book.author)._type == list[Author]
    assert books.pluck("author")[0].name._type is str
    assert state("movie", Movie)["year"]._type is int
    assert state("movie", Movie).title._type is str
    assert state("point", Point).label._type is str
    assert state("point", Point)[0]._type is int
    assert state("pair", tuple[int, str])[1]._type is str
    assert state("plain", Plain).parts[0].name._type is str
    assert state("d", dict[str, list[int]]).items()[0][1][0]._type is int
    assert (state("a", int) + state("b", int))._type is int
    assert (state("a", int) / 2)._type is float
    assert (state("a", int) + 1.5)._type is float
    assert conditional(state("a", bool), 1, "x")._type == int | str
    assert Var.create([1, "x"])._type == list[int | str]
    assert Var.create({"a": 1})._type == dict[str, int]


def test_a_type_may_be_found_late() -> None:
    seen: list[int] = []

    def hint() -> object:
        seen.append(1)
        return list[int]

    items = Var(StateVar("m.S", "items"), hint)
    assert not seen
    assert items[0]._type is int and items.length()._type is int
    assert seen == [1]


REFUSED: list[tuple[Callable[[], object], type[Exception], str]] = [
    (lambda: state("n", int) + "a", VarTypeError, "`State.n` (int)"),
    (lambda: "a" + state("n", int), VarTypeError, "f-string"),
    (lambda: state("s", str) - 1, VarTypeError, "`-` does not work between `State.s` (str)"),
    (lambda: state("n", int) < "a", VarTypeError, "`<` does not work"),
    (lambda: state("d", dict[str, int]) + 1, VarTypeError, "dict[str, int]"),
    (lambda: state("x") + 1, VarTypeError, ".to(int)"),
    (lambda: state("n", int) // 0, VarValueError, "by zero"),
    (lambda: bool(state("n", int)), VarTypeError, "rx.cond"),
    (lambda: list(state("l", list[int])), VarTypeError, "rx.foreach"),
    (lambda: 1 in state("l", list[int]), VarTypeError, ".contains(item)"),
    (lambda: len(state("l", list[int])), VarTypeError, ".length()"),
    (lambda: int(state("n", int)), VarTypeError, ".to(int)"),
    (lambda: state("s", str).foo, VarAttributeError, "capitalize, contains"),
    (lambda: state("b", Book).titel, VarAttributeError, "title, author, tags, values, later"),
    (lambda: state("x").title, UntypedVarError, ".to(desired_type)"),
    (lambda: state("x")[0], UntypedVarError, ".to(desired_type)"),
    (lambda: state("n", int)[0], VarTypeError, "has no items"),
    (lambda: state("l", list[int])["a"], VarTypeError, "whole number as index"),
    (lambda: state("l", list[int])[1.5], VarTypeError, "whole number as index"),
    (lambda: state("l", list[int])[::0], VarValueError, "must not be zero"),
    (lambda: state("d", dict[str, int])[1:], VarTypeError, "no slices"),
    (lambda: state("s", str).strip(1), VarTypeError, "`chars`"),
    (lambda: state("s", str).replace("a"), VarTypeError, "new_value"),
    (lambda: state("s", str).upper(1), VarTypeError, "takes no arguments"),
    (lambda: state("l", list[int]).map(), VarTypeError, "fn"),
    (lambda: state("l", list[int]).map(3), VarTypeError, "needs a function"),
    (lambda: state("l", list[int]).join(1), VarTypeError, "join"),
    (lambda: state("n", int)(), VarTypeError, "no function"),
    (lambda: -state("s", str), VarTypeError, "needs a number"),
    (lambda: round(state("s", str)), VarTypeError, "round()"),
    (lambda: Var.range("a"), VarTypeError, "whole numbers"),
    (lambda: f"{state('n', int):q}", VarValueError, ":q"),
    (lambda: f"{state('l', list[int]):>5}", VarTypeError, "computed var"),
    (lambda: Var.create(object()), VarTypeError, "rx.serializer"),
]


@pytest.mark.parametrize(("refused", "error", "says"), REFUSED)
def test_refusals_name_the_var_and_the_fix(
    refused: Callable[[], object], error: type[Exception], says: str
) -> None:
    with pytest.raises(error) as caught:
        refused()
    assert says in str(caught.value)


def test_an_error_inside_a_render_function_stays_what_it_is() -> None:
    with pytest.raises(TypeError, match="unsupported operand") as caught:
        state("l", list[int]).map(lambda _: 1 + "a")  # pyright: ignore
    assert not isinstance(caught.value, VarTypeError)


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


def test_equal_expressions_are_equal_keys() -> None:
    first, second = state("n", int) + 1, state("n", int) + 1
    assert hash(first) == hash(second) and first._expr == second._expr
    assert copy.deepcopy(first) is first
    assert repr(first) == "<Var (State.n + 1): int>"
    assert to_expr(local("item", int)) == local("item", int)._expr

"""What a Var knows of its type, and what it says when an operation cannot work."""

from __future__ import annotations

import copy
import dataclasses
import datetime
import enum
import typing
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal, NamedTuple, NewType, Optional, TypedDict

import pytest

from wasmrx.errors import UntypedVarError, VarAttributeError, VarTypeError, VarValueError
from wasmrx.expr import StateVar
from wasmrx.var import Var, conditional, local, to_expr
from wasmrx.var_types import kind_of


def state(name: str, hint: object = Any) -> Var[Any]:
    """Return a state var named ``name``."""
    return Var(StateVar("tests.State", name), hint)


@dataclasses.dataclass
class Author:
    name: str
    born: int | None = None
    shelf_mark: ClassVar[str] = "A"

    @property
    def shown(self) -> str:
        return self.name


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
        (bytes, "array"),
        (range, "array"),
        (Fraction, "number"),
        (datetime.timedelta, "any"),
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
    (lambda: state("x").title, UntypedVarError, ".to(int)"),
    (lambda: state("x")[0], UntypedVarError, ".to(int)"),
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
    (lambda: state("b", Book).titel, VarAttributeError, "Did you mean `title`?"),
    (lambda: state("b", Book)["titel"], VarAttributeError, "Did you mean `title`?"),
    (lambda: state("b", Book | Author).title, VarAttributeError, "may be Author"),
    (lambda: state("b", Author).shown, VarAttributeError, "is a property"),
    (lambda: state("b", Author).shelf_mark, VarAttributeError, "Its fields are: name, born."),
    (lambda: state("l", list[int]).lenght(), VarAttributeError, "Did you mean `length`?"),
    (lambda: state("l", list[int]).append(1), VarAttributeError, "event handler"),
    (lambda: state("d", dict[str, int]).update({}), VarTypeError, "event handler"),
    (lambda: state("l", list[int]).__setitem__(0, 1), VarTypeError, "event handler"),
    (lambda: state("x", int | str) + 1, VarTypeError, "may be any of int | str"),
    (lambda: state("x", int | str).upper(), UntypedVarError, "may be any of int | str"),
    (lambda: state("x", datetime.timedelta) < 1, VarTypeError, "computed var"),
    (lambda: state("x", datetime.date) - state("y", datetime.date), VarTypeError, "computed var"),
    (lambda: f"{state('x', datetime.date):%Y}", VarTypeError, "rx.moment"),
    (lambda: f"{state('x', float):.{state('n', int)}f}", VarTypeError, "holds a Var"),
    (lambda: Var.create(f"{state('s', str)}"[:2]), VarValueError, "State.name[:3]"),
    (lambda: Var.create(f"{state('s', str)!r}"), VarValueError, "Leave `!r` out"),
    (lambda: Var.create(f"{state('s', str)!a}"), VarValueError, "Leave `!r` out"),
    (lambda: state("n", int) + (2**60 + 1), VarValueError, "Give it as text"),
    (lambda: Var.create(10**400), VarValueError, "Give it as text"),
    (lambda: 1 < state("n", int) < 5, VarTypeError, "(1 < x) & (x < 5)"),
    (lambda: state("n", int) in [1, 2], VarTypeError, ".contains(x)"),
    (lambda: float(state("n", int)), VarTypeError, ".to(float)"),
    (lambda: state("s", str) * 1.5, VarTypeError, "`*` does not work"),
    (lambda: state("s", str) * state("f", float), VarTypeError, "`*` does not work"),
    (lambda: Var.range(state("f", float)), VarTypeError, "whole numbers"),
    (lambda: state("l", list[int])[state("f", float)], VarTypeError, "whole number as index"),
    (lambda: state("l", list[int]).reduce(lambda x: x), VarTypeError, "needs two arguments"),
    (lambda: state("n", int).to("int"), VarTypeError, "takes a type"),
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


def test_equal_expressions_are_equal_keys() -> None:
    first, second = state("n", int) + 1, state("n", int) + 1
    assert hash(first) == hash(second) and first._expr == second._expr
    assert copy.deepcopy(first) is first
    assert repr(first) == "<\u2060Var (State.n + 1): int>"
    assert to_expr(local("item", int)) == local("item", int)._expr

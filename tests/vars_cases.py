"""The values that operations are tried with, and the operations on numbers and truth.

An operation is a function that works on Vars and on values alike, or a pair of functions where
the names differ.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from wasmrx.var import conditional, match_value

whole = st.integers(-(10**6), 10**6) | st.integers(-3, 3)


def _prints_alike(x: float) -> bool:
    """Tell whether QuickJS writes ``x`` in as few digits as a browser: not small powers of two."""
    return not x or abs(x) > 1e-3 or math.frexp(x)[0] not in (0.5, -0.5)


real = st.one_of(
    st.floats(allow_nan=True, allow_infinity=True, width=64),
    st.floats(-1000, 1000),
    st.sampled_from([0.5, 1.5, 2.5, -0.5, 0.125, 2.675, 1e16, 1e-5, 1e22, 0.1, -0.0, 5.0]),
).filter(_prints_alike)
finite = (
    st.floats(-1e9, 1e9, allow_subnormal=False) | st.sampled_from([0.5, 2.5, -2.5, 0.125])
).filter(_prints_alike)
flag = st.booleans()
printable = st.characters(exclude_categories=("Cn", "Co", "Cs"))
text = st.text(printable, max_size=6) | st.text("aAbB 😀é\t", max_size=8)
CASED = "abzABZ éÉßñ'-1😀ΣσςЖжİıﬁ_\n"
cased = st.text(CASED, max_size=10)
numbers = st.lists(whole, max_size=5)
texts = st.lists(text, max_size=4)
_leaf = st.sampled_from([None, True, False, -2, -1, 0, 1, 2, "", "a", "1"])


def _held(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Return values of ``inner``, lists of them and dicts of them."""
    in_dicts = st.dictionaries(st.sampled_from("ab"), inner, max_size=2)
    return inner | st.lists(inner, max_size=2) | in_dicts


nested = _held(_held(_leaf))
mapping = st.dictionaries(st.text("ab_c", max_size=3), whole, max_size=4)
index = st.integers(-8, 8)
edge = st.none() | index
step = st.sampled_from([-3, -2, -1, 1, 2, 3]) | st.none()


@dataclass(frozen=True)
class Case:
    """One operation: what the values are, what it does to Vars, what it does in Python."""

    name: str
    kinds: tuple[tuple[object, st.SearchStrategy[Any]], ...]
    on_vars: Callable[..., Any]
    in_python: Callable[..., Any]


CASES: list[Case] = []
INT, FLOAT, BOOL = (int, whole), (float, finite), (bool, flag)
REAL, STR, CASED_STR = (float, real), (str, text), (str, cased)
INTS, STRS, DICT = (list[int], numbers), (list[str], texts), (dict[str, int], mapping)
ANY, SMALL, INDEX = (Any, nested), (int, st.integers(-4, 6)), (int, index)


def case(name: str, *kinds: tuple[object, st.SearchStrategy[Any]], on: Any, py: Any = None) -> None:
    """Add one operation; ``py`` is what it does in Python, where that is not the same code."""
    CASES.append(Case(name, kinds, on, py or on))


for _name in ("add", "sub", "mul", "floordiv", "mod", "truediv"):
    _op = getattr(operator, _name)
    case(f"int {_name}", INT, INT, on=_op)
    case(f"float {_name}", REAL, REAL, on=_op)
    case(f"mixed {_name}", FLOAT, INT, on=_op)
    case(f"bool {_name}", BOOL, INT, on=_op)
    case(f"reflected {_name}", INT, on=lambda a, f=_op: f(7, a))
    case(f"by constant {_name}", INT, on=lambda a, f=_op: f(a, -3))
case("pow", (int, st.integers(-9, 9)), (int, st.integers(0, 8)), on=operator.pow)
case("reflected pow", (int, st.integers(0, 9)), on=lambda a: 2**a)
case("negative pow", (int, st.sampled_from([1, 2, 4, -2])), on=lambda a: a**-2)
case("neg", INT, on=operator.neg)
case("pos", FLOAT, on=operator.pos)
case("abs", REAL, on=abs)
case("ceil", FLOAT, on=math.ceil)
case("floor", FLOAT, on=math.floor)
case("trunc", FLOAT, on=math.trunc)
case("round", FLOAT, on=round)
for _digits in (-2, 0, 1, 2, 5):
    case(f"round to {_digits}", FLOAT, on=lambda a, n=_digits: round(a, n))
case("round int", INT, on=lambda a: round(a, -1))
case("round by var", FLOAT, (int, st.integers(0, 4)), on=round)
case("precedence", INT, INT, INT, on=lambda a, b, c: (a - (b - c)) * -(a + b) - -c)
for _name in ("lt", "le", "gt", "ge", "eq", "ne"):
    _op = getattr(operator, _name)
    case(f"int {_name}", INT, INT, on=_op)
    case(f"float {_name}", REAL, INT, on=_op)
    case(f"bool {_name}", BOOL, BOOL, on=_op)
    case(f"text {_name}", STR, STR, on=_op)
    case(f"list {_name}", INTS, INTS, on=_op)
    case(f"lists of text {_name}", STRS, STRS, on=_op)
case("nested eq", ANY, ANY, on=operator.eq)
case("nested ne", ANY, ANY, on=operator.ne)
case("int eq bool", INT, BOOL, on=operator.eq)
case("eq constant", ANY, on=lambda a: a == [1, {"a": True}])
case("eq text", ANY, on=lambda a: a == "a")
case("eq number", ANY, on=lambda a: a == 1)
case("eq true", BOOL, on=lambda a: a == True)  # noqa: E712
case("eq none", ANY, on=lambda a: a == None)  # noqa: E711
case("is_none", ANY, on=lambda a: a.is_none(), py=lambda a: a is None)
case("is_not_none", ANY, on=lambda a: a.is_not_none(), py=lambda a: a is not None)
for _kind in (INT, REAL, BOOL, STR, INTS, DICT, ANY):
    _shown = getattr(_kind[0], "__name__", str(_kind[0]))
    case(f"bool({_shown})", _kind, on=lambda a: a.bool(), py=bool)
    case(f"not {_shown}", _kind, on=lambda a: ~a, py=lambda a: not a)
    case(f"{_shown} and", _kind, ANY, on=lambda a, b: a & b, py=lambda a, b: a and b)
    case(f"{_shown} or", _kind, ANY, on=lambda a, b: a | b, py=lambda a, b: a or b)
    case(
        f"{_shown} cond",
        _kind,
        on=lambda a: conditional(a, "yes", "no"),
        py=lambda a: "yes" if a else "no",
    )
case("reflected and", INT, on=lambda a: [] & a, py=lambda a: [])
case("reflected or", INT, on=lambda a: {} | a, py=lambda a: a)
case(
    "nested cond",
    BOOL,
    INTS,
    on=lambda a, b: conditional(a, conditional(b, 1, 2), conditional(~b, 3, 4)),
    py=lambda a, b: (1 if b else 2) if a else (3 if not b else 4),
)
case(
    "match",
    (int, st.integers(0, 4)),
    on=lambda a: match_value(a, [(1, 2, "low"), (3, "mid")], "other"),
    py=lambda a: {1: "low", 2: "low", 3: "mid"}.get(a, "other"),
)

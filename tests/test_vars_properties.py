"""Every Var operation gives in the browser what Python gives for the same values.

An operation is a function that works on Vars and on values alike (or a pair of functions where
the names differ). Hypothesis makes batches of values; a batch is one call of the engine.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from vars_engine import evaluate, js, same, state

from wasmrx.var import Var, conditional, match_value

BATCH, ROUNDS = 25, 8
PHASES = (Phase.generate,)  # a message names the one example; shrinking a batch takes long

whole = st.integers(-(10**6), 10**6) | st.integers(-3, 3)
real = st.one_of(
    st.floats(allow_nan=True, allow_infinity=True, width=64),
    st.floats(-1000, 1000),
    st.sampled_from([0.5, 1.5, 2.5, -0.5, 0.125, 2.675, 1e16, 1e-5, 1e22, 0.1, -0.0, 5.0]),
).filter(lambda x: not x or abs(x) > 1e-3 or math.frexp(x)[0] not in (0.5, -0.5))
# QuickJS writes small powers of two with one digit too many.
finite = st.floats(-1e9, 1e9, allow_subnormal=False) | st.sampled_from([0.5, 2.5, -2.5, 0.125])
flag = st.booleans()
printable = st.characters(exclude_categories=("Cn", "Co", "Cs"))
text = st.text(printable, max_size=6) | st.text("aAbB 😀é\t", max_size=8)
CASED = "abzABZ éÉßñ'-1😀ΣσςЖжİıﬁ_\n"
cased = st.text(CASED, max_size=10)
numbers = st.lists(whole, max_size=5)
texts = st.lists(text, max_size=4)
nested = st.recursive(
    st.none() | flag | st.integers(-2, 2) | st.sampled_from(["", "a", "1"]),
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from("ab"), inner, max_size=2)
    ),
    max_leaves=4,
)
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

case("text +", STR, STR, on=operator.add)
case("text + constant", STR, on=lambda a: "<" + a + "`${}\\")
case("text *", STR, SMALL, on=operator.mul)
case("* text", STR, on=lambda a: 2 * a)
case("text []", STR, INDEX, on=operator.getitem)
case("text [-1]", STR, on=lambda a: a[-1])
case("text len", STR, on=lambda a: a.length(), py=len)
case("lower", CASED_STR, on=lambda a: a.lower())
case("upper", CASED_STR, on=lambda a: a.upper())
case("title", CASED_STR, on=lambda a: a.title())
case("capitalize", CASED_STR, on=lambda a: a.capitalize())
for _name in ("strip", "lstrip", "rstrip"):
    case(
        _name,
        (str, st.text(" \t\nab\x1c\xa0\ufeff😀", max_size=6)),
        on=operator.methodcaller(_name),
    )
    case(
        f"{_name} chars",
        (str, st.text("ab]^-\\x😀", max_size=6)),
        (str, st.text("ab]^-\\😀", max_size=3)),
        on=lambda a, b, n=_name: getattr(a, n)(b),
    )
case("contains", STR, STR, on=lambda a, b: a.contains(b), py=lambda a, b: b in a)
case("split", (str, st.text(" \tab\x1f", max_size=8)), on=lambda a: a.split())
case("split by", (str, st.text("ab,", max_size=8)), on=lambda a: a.split(","))
case("split characters", STR, on=lambda a: a.split(""), py=list)
case("startswith", STR, STR, on=lambda a, b: a.startswith(b))
case("endswith", STR, STR, on=lambda a, b: a.endswith(b))
case(
    "replace",
    (str, st.text("ab$&", max_size=6)),
    (str, st.text("ab", max_size=1)),
    on=lambda a, b: a.replace(b, "$&$1"),
)
case("text reversed", STR, on=lambda a: a.reversed(), py=lambda a: a[::-1])
case("to int", (str, whole.map(str)), on=lambda a: a.to(int), py=int)
case("to float", (str, finite.map(str)), on=lambda a: a.to(float), py=float)
case("int to str", INT, on=lambda a: a.to(str), py=str)
case("bool to str", BOOL, on=lambda a: a.to(str), py=str)

case("list +", INTS, INTS, on=operator.add)
case("list + constant", INTS, on=lambda a: a + [1, 2])  # noqa: RUF005
case("list *", INTS, SMALL, on=operator.mul)
case("list []", INTS, INDEX, on=operator.getitem)
case("list [0]", INTS, on=lambda a: a[0])
case("list [-2]", INTS, on=lambda a: a[-2])
case("list len", INTS, on=lambda a: a.length(), py=len)
case("list contains", INTS, INT, on=lambda a, b: a.contains(b), py=lambda a, b: b in a)
case(
    "nested contains",
    (list[Any], st.lists(nested, max_size=3)),
    ANY,
    on=lambda a, b: a.contains(b),
    py=lambda a, b: b in a,
)
case("list reverse", INTS, on=lambda a: a.reverse(), py=lambda a: a[::-1])
case("join", STRS, STR, on=lambda a, b: a.join(b), py=lambda a, b: b.join(a))
case("join numbers", INTS, on=lambda a: a.join(), py=lambda a: "".join(map(str, a)))
case(
    "join values",
    (list[Any], st.lists(nested, max_size=3)),
    on=lambda a: a.join("|"),
    py=lambda a: "|".join(map(str, a)),
)
case(
    "map",
    INTS,
    INT,
    on=lambda a, b: a.map(lambda x: x * 2 + b),
    py=lambda a, b: [x * 2 + b for x in a],
)
case(
    "map with index",
    INTS,
    on=lambda a: a.map(lambda x, i: x + i),
    py=lambda a: [x + i for i, x in enumerate(a)],
)
case(
    "nested map",
    INTS,
    INTS,
    on=lambda a, b: a.map(lambda x: b.map(lambda x2: x2 - x)),
    py=lambda a, b: [[y - x for y in b] for x in a],
)
case(
    "map to objects",
    INTS,
    on=lambda a: a.map(lambda x: {"n": x, "b c": [x]}),
    py=lambda a: [{"n": x, "b c": [x]} for x in a],
)
case(
    "filter",
    INTS,
    INT,
    on=lambda a, b: a.filter(lambda x: x > b),
    py=lambda a, b: [x for x in a if x > b],
)
case(
    "filter truth",
    (list[list[int]], st.lists(numbers, max_size=4)),
    on=lambda a: a.filter(lambda x: x),
    py=lambda a: [x for x in a if x],
)
case("filter itself", STRS, on=lambda a: a.filter(), py=lambda a: [x for x in a if x])
case(
    "reduce", INTS, INT, on=lambda a, b: a.reduce(lambda x, y: x - y, b), py=lambda a, b: b - sum(a)
)
case(
    "flat_map",
    INTS,
    on=lambda a: a.flat_map(lambda x: [x, x + 1]),
    py=lambda a: [y for x in a for y in (x, x + 1)],
)
case("range", SMALL, on=lambda a: Var.range(a), py=lambda a: list(range(a)))
case("range from", SMALL, SMALL, on=lambda a, b: Var.range(a, b), py=lambda a, b: list(range(a, b)))
case(
    "range step",
    INDEX,
    INDEX,
    (int, st.sampled_from([-3, -1, 1, 2])),
    on=lambda a, b, c: Var.range(a, b, c),
    py=lambda a, b, c: list(range(a, b, c)),
)
case(
    "Array literal",
    INT,
    INT,
    on=lambda a, b: Var.create([a, "x", [b, None]]),
    py=lambda a, b: [a, "x", [b, None]],
)

_keys = (
    str,
    st.text("ab_c", max_size=2) | st.sampled_from(["constructor", "__proto__", "toString"]),
)
case("dict key", DICT, _keys, on=operator.getitem, py=dict.get)
case("dict constant key", DICT, on=lambda a: a["a"], py=lambda a: a.get("a"))
case("dict inherited key", DICT, on=lambda a: a["constructor"], py=lambda a: a.get("constructor"))
case("dict attribute", DICT, on=lambda a: a.ab, py=lambda a: a.get("ab"))
case(
    "int keys",
    (dict[int, str], st.dictionaries(st.integers(0, 9), text, max_size=4)),
    INDEX,
    on=operator.getitem,
    py=dict.get,
)
case("dict get", DICT, _keys, INT, on=lambda a, b, c: a.get(b, c))
case(
    "dict get None",
    (dict[str, Any], st.dictionaries(st.sampled_from("ab"), nested)),
    on=lambda a: a.get("a", 1),
)
case("dict keys", DICT, on=lambda a: a.keys(), py=lambda a: list(a.keys()))
case(
    "int dict keys",
    (
        dict[int, int],
        st.dictionaries(st.integers(0, 9), whole, max_size=4).map(
            lambda d: dict(sorted(d.items()))
        ),
    ),
    on=lambda a: a.keys(),
    py=lambda a: list(a.keys()),
)
case("dict values", DICT, on=lambda a: a.values(), py=lambda a: list(a.values()))
case("dict items", DICT, on=lambda a: a.items(), py=lambda a: list(a.items()))
case("dict entries", DICT, on=lambda a: a.entries(), py=lambda a: list(a.items()))
case("dict len", DICT, on=lambda a: a.length(), py=len)
case("dict merge", DICT, DICT, on=lambda a, b: a.merge(b), py=lambda a, b: {**a, **b})
case("dict contains", DICT, _keys, on=lambda a, b: a.contains(b), py=lambda a, b: b in a)
case(
    "dict literal",
    INT,
    STR,
    on=lambda a, b: Var.create({"n": a, 1: b, "__proto__": 2}),
    py=lambda a, b: {"n": a, 1: b, "__proto__": 2},
)
case(
    "pluck",
    (list[dict[str, int]], st.lists(mapping, max_size=3)),
    on=lambda a: a.pluck("a"),
    py=lambda a: [x.get("a") for x in a],
)
case(
    "contains by field",
    (list[dict[str, int]], st.lists(mapping, max_size=3)),
    INT,
    on=lambda a, b: a.contains(b, "a"),
    py=lambda a, b: any(x.get("a", ...) == b for x in a),
)

for _kind in (INT, BOOL, STR, INTS, STRS, ANY):
    _shown = getattr(_kind[0], "__name__", str(_kind[0]))
    case(
        f"f-string {_shown}",
        _kind,
        on=lambda a: Var.create(f"<{a}>`${{1}}\n"),
        py=lambda a: f"<{a}>`${{1}}\n",
    )
    case(f"f-string of one {_shown}", _kind, on=lambda a: Var.create(f"{a}"), py=str)
case("f-string float", REAL, on=lambda a: Var.create(f"{a}!"), py=lambda a: f"{a}!")
case("f-string quotient", INT, on=lambda a: Var.create(f"{a / 4}"), py=lambda a: f"{a / 4}")
case(
    "f-string of dict",
    (dict[str, Any], st.dictionaries(st.text("ab\n'"), nested, max_size=2)),
    on=lambda a: Var.create(f"{a}"),
    py=str,
)

_INT_SPECS = [
    "d",
    ",",
    "_",
    "05",
    "+d",
    " d",
    ">8",
    "<8d",
    "^9",
    "*^9",
    "x",
    "#X",
    "b",
    "#010b",
    "o",
    "_x",
    "08,",
    "=+9",
    ".2f",
    ",.1f",
    "e",
    ".3g",
    "%",
    "n",
]
_FLOAT_SPECS = [
    ".2f",
    ".0f",
    ".1f",
    "f",
    ",.2f",
    "_.3f",
    ",",
    "_",
    "e",
    ".3e",
    ".0e",
    "E",
    "g",
    ".3g",
    ".10g",
    "G",
    "%",
    ".1%",
    ".3",
    ".1",
    "",
    "+.2f",
    " .1f",
    "012.3f",
    "<12.2f",
    "^12.1f",
    "x>12",
    "+012,.1f",
    "n",
]
_STR_SPECS = [">8", "<8", "^9", "*^9", ".3", "é>5.2", "05", "s", "10s"]
for _spec in _INT_SPECS:
    case(
        f"int:{_spec}",
        INT,
        on=lambda a, s=_spec: Var.create(format(a, s)),
        py=lambda a, s=_spec: format(a, s),
    )
for _spec in _FLOAT_SPECS:
    case(
        f"float:{_spec}",
        REAL,
        on=lambda a, s=_spec: Var.create(f"{a:{s}}"),
        py=lambda a, s=_spec: format(a, s),
    )
for _spec in _STR_SPECS:
    case(
        f"str:{_spec}",
        STR,
        on=lambda a, s=_spec: Var.create(format(a, s)),
        py=lambda a, s=_spec: format(a, s),
    )
case("bool:5", BOOL, on=lambda a: Var.create(f"{a:7}|{a:<3d}"), py=lambda a: f"{a:7}|{a:<3d}")


def _wanted(run: Case, values: tuple[Any, ...]) -> tuple[bool, Any]:
    """Return Python's answer; what Python refuses has no answer to compare."""
    try:
        return True, run.in_python(*values)
    except (ArithmeticError, IndexError, ValueError):
        return False, None


@pytest.mark.parametrize("run", CASES, ids=lambda c: c.name)
def test_operation_gives_what_python_gives(run: Case) -> None:
    names = "abcd"[: len(run.kinds)]
    hints = [hint for hint, _ in run.kinds]
    code = js(run.on_vars(*map(state, names, hints)))

    @settings(
        max_examples=ROUNDS,
        deadline=None,
        derandomize=True,
        phases=PHASES,
        suppress_health_check=list(HealthCheck),
    )
    @given(
        st.lists(st.tuples(*(values for _, values in run.kinds)), min_size=BATCH, max_size=BATCH)
    )
    def check(batch: list[tuple[Any, ...]]) -> None:
        answers = evaluate([(code, dict(zip(names, values, strict=True))) for values in batch])
        for values, answer in zip(batch, answers, strict=True):
            comparable, wanted = _wanted(run, values)
            assert not comparable or same(answer, wanted), (
                f"{code} with {values!r} gives {answer!r}, Python {wanted!r}"
            )

    check()


@pytest.mark.parametrize("hint", [str, list[int]], ids=["str", "list"])
def test_slices_with_constant_and_var_bounds(hint: object) -> None:
    values = text if hint is str else numbers
    bounds = st.tuples(edge, edge, step, st.booleans())

    @settings(
        max_examples=ROUNDS * 2,
        deadline=None,
        phases=PHASES,
        suppress_health_check=list(HealthCheck),
    )
    @given(st.lists(st.tuples(values, bounds), min_size=BATCH, max_size=BATCH))
    def check(batch: list[Any]) -> None:
        runs = []
        for value, (*ends, constant) in batch:
            given_ends = ends if constant else [state(n, int | None) for n in "bcd"]
            code = js(state("a", hint)[slice(*given_ends)])
            runs.append((code, dict(zip("abcd", [value, *ends], strict=True))))
        for (value, (*ends, _)), answer, run in zip(batch, evaluate(runs), runs, strict=True):
            assert same(answer, value[slice(*ends)]), f"{run}: {answer!r}"

    check()

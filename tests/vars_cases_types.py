"""Operations on dates, functions and unknown values, conversions, types and choices."""

from __future__ import annotations

import datetime
import json
import operator
from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st
from vars_cases import (
    ANY,
    BOOL,
    DICT,
    INT,
    INTS,
    REAL,
    STR,
    STRS,
    case,
    finite,
    mapping,
    nested,
    numbers,
    whole,
)

from wasmrx.expr import Op
from wasmrx.var import Var, conditional, match_value, to_expr

_zones = st.sampled_from(
    [
        datetime.timezone(datetime.timedelta(hours=hours, minutes=minutes))
        for hours, minutes in ((0, 0), (5, 30), (-8, 0), (13, 45), (-3, -30))
    ]
)
_near = {
    "min_value": datetime.datetime(2024, 1, 1),
    "max_value": datetime.datetime(2024, 1, 1, 0, 0, 2),
}
_naive = st.datetimes(**_near) | st.datetimes(
    min_value=datetime.datetime(1000, 1, 1), max_value=datetime.datetime(9000, 1, 1)
)
_aware = st.datetimes(
    min_value=datetime.datetime(1000, 1, 2),
    max_value=datetime.datetime(9000, 1, 1),
    timezones=_zones,
) | st.datetimes(
    min_value=datetime.datetime(2024, 1, 1),
    max_value=datetime.datetime(2024, 1, 1, 6),
    timezones=_zones,
)
_days = st.dates(min_value=datetime.date(2024, 1, 1), max_value=datetime.date(2024, 1, 4))
NAIVE, AWARE = (datetime.datetime, _naive), (datetime.datetime, _aware)
DATE = (datetime.date, _days | st.dates(min_value=datetime.date(1000, 1, 1)))
_NOON = datetime.datetime(2024, 1, 1, 0, 0, 1, 5)

for _name in ("lt", "le", "gt", "ge", "eq", "ne"):
    _op = getattr(operator, _name)
    case(f"datetime {_name}", NAIVE, NAIVE, on=_op)
    case(f"aware datetime {_name}", AWARE, AWARE, on=_op)
    case(f"date {_name}", DATE, DATE, on=_op)
    case(f"datetime {_name} constant", NAIVE, on=lambda a, f=_op: f(a, _NOON))
case("f-string datetime", NAIVE, on=lambda a: Var.create(f"on {a}"), py=lambda a: f"on {a}")
case("f-string date", DATE, on=lambda a: Var.create(f"{a}"), py=str)
case("datetime to str", AWARE, on=lambda a: a.to(str), py=str)
case(
    "datetime or",
    (datetime.date | None, st.none() | _days),
    INT,
    on=lambda a, b: a | b,
    py=lambda a, b: a or b,
)

_double: Any = Var("(x) => x * 2").to(Callable[[int], int])
_minus: Any = Var("(x, y) => x - y").to(Callable[[int, int], int])
case("call", INT, on=lambda a: _double.call(a), py=lambda a: a * 2)
case("()", INT, on=lambda a: _double(a + 1), py=lambda a: (a + 1) * 2)
case("call of two", INT, INT, on=lambda a, b: _minus(a, b), py=operator.sub)
case("partial", INT, INT, on=lambda a, b: _minus.partial(a)(b), py=operator.sub)
case("partial of all", INT, INT, on=lambda a, b: _minus.partial(a, b).call(), py=operator.sub)
case("map by function", INTS, on=lambda a: a.map(_double), py=lambda a: [x * 2 for x in a])

for _kind in (INT, BOOL, STR, INTS, STRS, DICT, ANY):
    _shown = getattr(_kind[0], "__name__", str(_kind[0]))
    case(
        f"to_string {_shown}",
        _kind,
        on=lambda a: a.to_string(),
        py=lambda a: json.dumps(a, ensure_ascii=False, separators=(",", ":")),
    )
    case(f"plain to_string {_shown}", _kind, on=lambda a: a.to_string(use_json=False), py=str)
    case(f"deep_equals {_shown}", _kind, ANY, on=lambda a, b: a.deep_equals(b), py=operator.eq)
_JS_TYPES = {bool: "boolean", int: "number", str: "string"}
case(
    "js_type",
    ANY,
    on=lambda a: a.js_type(),
    py=lambda a: _JS_TYPES.get(type(a), "object"),
)
case("guess_type", INT, on=lambda a: a.guess_type() + 1, py=lambda a: a + 1)
case("guess_type of any", ANY, on=lambda a: a.guess_type() == 1, py=lambda a: a == 1)
case("str()", ANY, on=lambda a: Var.create("<" + str(a) + ">"), py=lambda a: f"<{a}>")
case("float to int", (float, finite), on=lambda a: a.to(int), py=int)
case("bool to int", BOOL, on=lambda a: a.to(int), py=int)
case("bool to float", BOOL, on=lambda a: a.to(float), py=float)
case("int to float", INT, on=lambda a: Var.create(f"{a.to(float)}"), py=lambda a: str(float(a)))
case("float to str", REAL, on=lambda a: a.to(str), py=str)
case("list to bool", INTS, on=lambda a: a.to(bool), py=bool)
case("any to list", (Any, st.lists(nested)), on=lambda a: a.to(list).length(), py=len)
case("any to int", (Any, whole), on=lambda a: a.to(int) + 1, py=lambda a: a + 1)
case(
    "any to dict",
    (Any, mapping),
    on=lambda a: a.to(dict[str, int]).values(),
    py=lambda a: list(a.values()),
)
case(
    "text to float", (str, finite.map(str)), on=lambda a: a.to(float) * 2, py=lambda a: float(a) * 2
)
case(
    "client state",
    (Any, st.none() | whole),
    on=lambda a: Var(Op("unless_unset", (a._expr, to_expr("unset"))), Any),
    py=lambda a: a,
)
case("none eq", (None, st.none()), ANY, on=operator.eq)
case(
    "any to none",
    ANY,
    on=lambda a: a.to(None) == None,  # noqa: E711
    py=lambda a: a is None,
)

case(
    "floats as text",
    (list[float], st.lists(finite, max_size=3)),
    on=lambda a: Var.create(f"{a}"),
    py=str,
)
case(
    "floats of a dict",
    (dict[str, float], st.dictionaries(st.text("ab"), finite, max_size=3)),
    on=lambda a: Var.create(f"{a}"),
    py=str,
)
case(
    "join floats",
    (list[float], st.lists(finite, max_size=3)),
    on=lambda a: a.join(", "),
    py=lambda a: ", ".join(map(str, a)),
)

case(
    "cond of mixed types",
    ANY,
    INT,
    on=lambda a, b: conditional(a, b, "none"),
    py=lambda a, b: b if a else "none",
)
case(
    "match by vars",
    INT,
    (int, st.integers(0, 3)),
    (int, st.integers(0, 3)),
    on=lambda a, b, c: match_value(b, [(c, "c"), (a, 1, "a or one"), ([b], "list")], None),
    py=lambda a, b, c: "c" if b == c else "a or one" if b in (a, 1) else None,
)
case(
    "match of nested values",
    ANY,
    on=lambda a: match_value(a, [([], {}, "empty"), (True, "one"), (None, "none")], "other"),
    py=lambda a: (
        "empty" if a in ([], {}) else "one" if a == 1 else "none" if a is None else "other"
    ),
)
case(
    "match in match",
    INT,
    BOOL,
    on=lambda a, b: match_value(b, [(True, match_value(a, [(0, "zero")], "some"))], "off"),
    py=lambda a, b: ("some" if a else "zero") if b else "off",
)
case(
    "reduce without start",
    (list[int], st.lists(whole, min_size=1, max_size=5)),
    on=lambda a: a.reduce(lambda x, y: x - y),
    py=lambda a: a[0] - sum(a[1:]),
)
case(
    "flat_map of text",
    STRS,
    on=lambda a: a.flat_map(lambda x: x),
    py=lambda a: [c for x in a for c in x],
)
case(
    "flat_map of dicts",
    (list[dict[str, int]], st.lists(mapping, max_size=3)),
    on=lambda a: a.flat_map(lambda x: x.keys()),
    py=lambda a: [k for x in a for k in x],
)
case("bool and bool", BOOL, BOOL, on=operator.and_, py=lambda a, b: a and b)
case("bool or bool", BOOL, BOOL, on=operator.or_, py=lambda a, b: a or b)
case("+bool", BOOL, on=operator.pos)
case("any reflected and", ANY, on=lambda a: 1 & a, py=lambda a: a)
case("any reflected or", ANY, on=lambda a: "" | a, py=lambda a: a)
case("foreach", INTS, on=lambda a: a.foreach(lambda x: x * 2), py=lambda a: [x * 2 for x in a])
case(
    "set",
    (set[int], st.sets(st.integers(0, 9))),
    INT,
    on=lambda a, b: [a.contains(b), a.length()],
    py=lambda a, b: [b in a, len(a)],
)
case(
    "nested slices",
    (list[list[int]], st.lists(numbers, max_size=4)),
    on=lambda a: a[1:].map(lambda x: x[::-1]),
    py=lambda a: [x[::-1] for x in a[1:]],
)

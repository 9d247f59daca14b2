"""Operations on lists and dicts."""

from __future__ import annotations

import operator
from typing import Any

from hypothesis import strategies as st
from vars_cases import (
    ANY,
    BOOL,
    DICT,
    INDEX,
    INT,
    INTS,
    SMALL,
    STR,
    STRS,
    case,
    mapping,
    nested,
    numbers,
    text,
    whole,
)

from wasmrx.var import Var

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

_KEYS = (
    str,
    st.text("ab_c", max_size=2) | st.sampled_from(["constructor", "__proto__", "toString"]),
)
case("dict key", DICT, _KEYS, on=operator.getitem, py=dict.get)
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
case("dict get", DICT, _KEYS, INT, on=lambda a, b, c: a.get(b, c))
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
case("dict contains", DICT, _KEYS, on=lambda a, b: a.contains(b), py=lambda a, b: b in a)
case(
    "dict literal",
    INT,
    STR,
    on=lambda a, b: Var.create({"n": a, "a b": b, "__proto__": 2}),
    py=lambda a, b: {"n": a, "a b": b, "__proto__": 2},
)
case("dict literal of ints", INT, on=lambda a: Var.create({1: a, 2: 0})[2], py=lambda a: 0)
case(
    "int dict items",
    (dict[int, int], st.dictionaries(st.integers(0, 9), whole, max_size=4)),
    on=lambda a: a.items(),
    py=lambda a: sorted(a.items()),
)
case("* list", INTS, on=lambda a: 2 * a)
case("list * bool", INTS, BOOL, on=operator.mul)
case(
    "range literal",
    INT,
    on=lambda a: Var.create(range(9, 0, -2)).map(lambda x: x + a),
    py=lambda a: [x + a for x in range(9, 0, -2)],
)
case(
    "pluck",
    (list[dict[str, int | None]], st.lists(mapping, max_size=3)),
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

"""Operations on text, f-strings and format specs."""

from __future__ import annotations

import operator
from typing import Any

from hypothesis import strategies as st
from vars_cases import (
    ANY,
    BOOL,
    CASED_STR,
    INDEX,
    INT,
    INTS,
    REAL,
    SMALL,
    STR,
    STRS,
    case,
    finite,
    nested,
    whole,
)

from wasmrx.var import Var

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
for _most in (0, 1, 2):
    case(
        f"split at most {_most}",
        (str, st.text(" \tab", max_size=8)),
        on=lambda a, n=_most: a.split(None, n),
    )
    case(
        f"split by at most {_most}",
        (str, st.text("ab,", max_size=8)),
        on=lambda a, n=_most: a.split(",", n),
    )
case(
    "split by var",
    (str, st.text("ab😀", max_size=8)),
    (str, st.text("ab😀", min_size=1, max_size=2)),
    SMALL,
    on=lambda a, b, c: a.split(b, c),
)
case("split characters", STR, on=lambda a: a.split(""), py=list)
case("startswith", STR, STR, on=lambda a, b: a.startswith(b))
case("endswith", STR, STR, on=lambda a, b: a.endswith(b))
case(
    "replace",
    (str, st.text("ab$&", max_size=6)),
    (str, st.text("ab", max_size=1)),
    on=lambda a, b: a.replace(b, "$&$1"),
)
case("text slice of var", STR, INDEX, INDEX, on=lambda a, b, c: a[b:c])
case("!s with a width", INT, on=lambda a: Var.create(f"{a!s:>8}|"), py=lambda a: f"{a!s:>8}|")
case("text reversed", STR, on=lambda a: a.reversed(), py=lambda a: a[::-1])
case("to int", (str, whole.map(str)), on=lambda a: a.to(int), py=int)
case(
    "to a number, of empty text",
    (str, st.sampled_from(["", " "])),
    on=lambda a: [a.to(int), a.to(float)],
    py=lambda a: [0, 0.0],
)
case("to float", (str, finite.map(str)), on=lambda a: a.to(float), py=float)
case("int to str", INT, on=lambda a: a.to(str), py=str)
case("bool to str", BOOL, on=lambda a: a.to(str), py=str)

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

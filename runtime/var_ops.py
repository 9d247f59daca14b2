"""The operators of Vars: which kinds each takes, and the type of what it gives.

Operators are chosen by the kinds of both sides. An operation that Python would refuse is refused
when the page is built, with the names and types of both sides and the likely fix.
"""

# pyright: reportPrivateUsage=false
# A Var's own names start with "_": every other name belongs to the author's value.
from __future__ import annotations

from typing import Any, cast

from .errors import VarTypeError, VarValueError
from .expr import Conditional, Expr, Literal, Local, Op, StateVar
from .var_literal import Typed, text_of, typed
from .var_types import element, hint_name, kind_of, plain, union

ARITHMETIC = {
    "-": "sub",
    "*": "mul",
    "/": "div",
    "//": "floordiv",
    "%": "mod",
    "**": "pow",
}
ORDER = {"<": "lt", "<=": "le", ">": "gt", ">=": "ge"}
PRIMITIVE = ("number", "str", "bool")
NUMERIC = ("number", "bool")
ORDERED = ("str", "array")


def describe(expr: Expr) -> str:
    """Return how the author would write ``expr``, as well as it can be told."""
    if isinstance(expr, StateVar):
        return f"{expr.state.rsplit('.', 1)[-1]}.{expr.name}"
    if isinstance(expr, Local):
        return expr.name.split("$")[0]
    if isinstance(expr, Literal):
        return repr(expr.value)
    if isinstance(expr, Op):
        args = [describe(arg) for arg in expr.args]
        if expr.name == "attr":
            return f"{args[0]}.{cast(Literal, expr.args[1]).value}"
        if expr.name in ("at", "key", "char"):
            return f"{args[0]}[{args[1]}]"
        if expr.name in _SIGNS:
            return f"({args[0]} {_SIGNS[expr.name]} {args[1]})"
        return f"{args[0]}.{expr.name}({', '.join(args[1:])})" if args else f"{expr.name}()"
    return type(expr).__name__.lower()


_SIGNS = {name: sign for sign, name in (*ARITHMETIC.items(), *ORDER.items())} | {
    "add": "+",
    "concat": "+",
    "extend": "+",
    "eq": "==",
    "same": "==",
    "ne": "!=",
    "differs": "!=",
}


def named(value: Typed) -> str:
    """Return the name and the type of ``value`` for a message."""
    return f"`{describe(value._expr)}` ({hint_name(value._type)})"


def refuse(sign: str, left: Typed, right: Typed) -> VarTypeError:
    """Return the error for ``left sign right``."""
    text = f"`{sign}` does not work between {named(left)} and {named(right)}."
    for value in (left, right):
        if value._kind == "any" and not isinstance(value._expr, Literal):
            return VarTypeError(f"{text} {ambiguous(value)}")
    if sign == "+" and "str" in (left._kind, right._kind):
        other = left if right._kind == "str" else right
        return VarTypeError(
            f'{text} Use an f-string, f"…{{{describe(other._expr)}}}", or `.to(str)`.'
        )
    if "datetime" in (left._kind, right._kind):
        return VarTypeError(f"{text} Dates only compare in the page: use a computed var.")
    return VarTypeError(f"{text} Convert one side with `.to(…)`, or use a computed var.")


def ambiguous(value: Typed) -> str:
    """Return what to do about a value whose type has no operations."""
    name, hint = describe(value._expr), plain(value._type)
    if hint is Any or hint is object:
        return (
            f"The type of `{name}` is not known: annotate it, or say what it holds with "
            "`.to(int)`, `.to(str)`, …"
        )
    if len(_options(hint)) > 1:
        return (
            f"`{name}` may be any of {hint_name(hint)}: choose with rx.cond, and say in each "
            "case what it holds with `.to(…)`."
        )
    return f"The page knows no operations on a {hint_name(hint)}: use a computed var."


def _is(value: Typed, *hints: object) -> bool:
    return plain(value._type) in hints


def arithmetic_type(sign: str, left: Typed, right: Typed) -> object:
    """Return the type of a number operation: int only where Python gives an int."""
    if sign == "/":
        return float
    if _is(left, int, bool) and _is(right, int, bool):
        negative = (
            sign == "**"
            and isinstance(right._expr, Literal)
            and cast(float, right._expr.value or 0) < 0
        )
        return float if negative else int
    return float if _is(left, float) or _is(right, float) else int | float


def binary(sign: str, left: Typed, right: Typed) -> Typed:
    """Return ``left sign right`` for ``+ - * / // % **``."""
    kinds = (left._kind, right._kind)
    args = (left._expr, right._expr)
    if kinds[0] in NUMERIC and kinds[1] in NUMERIC:
        if sign in ("/", "//", "%") and isinstance(right._expr, Literal) and not right._expr.value:
            raise VarValueError(f"`{sign}` divides {named(left)} by zero.")
        name = "add" if sign == "+" else ARITHMETIC[sign]
        return Typed(Op(name, args), arithmetic_type(sign, left, right))
    if sign == "+" and kinds[0] == kinds[1] == "str":
        return Typed(Op("concat", args), str)
    if sign == "+" and kinds[0] == kinds[1] == "array":
        inside = cast(Any, union((element(left._type), element(right._type))))
        return Typed(Op("extend", args), list[inside])
    if sign == "*" and kinds[0] in ORDERED and is_whole(right):
        return Typed(Op("repeat", args), plain(left._type))
    if sign == "*" and kinds[1] in ORDERED and is_whole(left):
        return Typed(Op("repeat", args[::-1]), plain(right._type))
    raise refuse(sign, left, right)


def is_whole(value: Typed) -> bool:
    """Tell whether ``value`` may count or index: a number that is not declared as a float."""
    return value._kind in NUMERIC and not _is(value, float)


def compare(sign: str, left: Typed, right: Typed) -> Typed:
    """Return ``left sign right`` for ``< <= > >=``."""
    kinds = (left._kind, right._kind)
    name = ORDER[sign]
    if kinds[0] in NUMERIC and kinds[1] in NUMERIC:
        return Typed(Op(name, (left._expr, right._expr)), bool)
    if kinds[0] == kinds[1] and kinds[0] in ORDERED:
        return Typed(Op(f"order_{name}", (left._expr, right._expr)), bool)
    if kinds[0] == kinds[1] == "datetime":
        return Typed(Op(f"time_{name}", (left._expr, right._expr)), bool)
    raise refuse(sign, left, right)


def equal(left: Typed, right: Typed, *, negate: bool = False) -> Typed:
    """Return ``left == right``, or ``!=``, by Python's rules for nested values."""
    kinds = (left._kind, right._kind)
    for value, kind in ((left, kinds[1]), (right, kinds[0])):
        if isinstance(value._expr, Literal) and (
            isinstance(value._expr.value, str)
            or (isinstance(value._expr.value, (int, float)) and kind == value._kind)
        ):
            return Typed(Op("differs" if negate else "same", (left._expr, right._expr)), bool)
        if isinstance(value._expr, Literal) and value._expr.value is None:
            other = right if value is left else left
            return Typed(Op("is_not_none" if negate else "is_none", (other._expr,)), bool)
    if kinds[0] == kinds[1] == "datetime":
        return Typed(Op("time_ne" if negate else "time_eq", (left._expr, right._expr)), bool)
    return Typed(Op("ne" if negate else "eq", (left._expr, right._expr)), bool)


_FALSY_AS_PYTHON = ("bool", "str", "function", "none", "datetime", "component", "color")


def javascript_truth(value: Typed) -> bool:
    """Tell whether the page's own truth of ``value`` is Python's (not so for lists and NaN)."""
    kinds = {kind_of(option) for option in _options(value._type)}
    return kinds <= set(_FALSY_AS_PYTHON) or _is(value, int)


def _options(hint: object) -> list[object]:
    args = getattr(plain(hint), "__args__", None)
    return list(args) if args and kind_of(hint) == "any" else [hint]


def truth(value: Typed) -> Typed:
    """Return ``bool(value)``."""
    if _is(value, bool):
        return Typed(Op("known_bool", (value._expr,)), bool)
    name = "known_truth" if javascript_truth(value) else "truth"
    return Typed(Op(name, (value._expr,)), bool)


def inverse(value: Typed) -> Typed:
    """Return ``not value``."""
    return Typed(Op("not", (truth(value)._expr,)), bool)


def both(left: Typed, right: Typed) -> Typed:
    """Return ``left and right``: the left value where it is false, the right one elsewhere."""
    return _logical("and", left, right)


def either(left: Typed, right: Typed) -> Typed:
    """Return ``left or right``: the left value where it is true, the right one elsewhere."""
    return _logical("or", left, right)


def _logical(name: str, left: Typed, right: Typed) -> Typed:
    args = (left._expr, right._expr)
    if _is(left, bool) and _is(right, bool):
        return Typed(Op(f"bool_{name}", args), bool)
    hint = union((left._type, right._type))
    return Typed(Op(f"known_{name}" if javascript_truth(left) else name, args), hint)


def unary(name: str, value: Typed) -> Typed:
    """Return ``-x``, ``+x``, ``abs(x)``, ``math.ceil(x)``, ``math.floor(x)``, ``math.trunc(x)``."""
    if value._kind not in NUMERIC:
        raise VarTypeError(
            f"`{_UNARY[name]}` needs a number, but {named(value)} is none. "
            "Convert it with `.to(int)` or `.to(float)`."
        )
    keeps = name in ("neg", "pos", "abs")
    hint = float if keeps and _is(value, float) else int | float if keeps else int
    return Typed(Op(name, (value._expr,)), int if _is(value, int, bool) else hint)


_UNARY = {
    "neg": "-",
    "pos": "+",
    "abs": "abs()",
    "ceil": "math.ceil()",
    "floor": "math.floor()",
    "trunc": "math.trunc()",
    "round": "round()",
}


def rounded(value: Typed, digits: object) -> Typed:
    """Return ``round(value, digits)``, halves to even."""
    if value._kind not in NUMERIC:
        return unary("round", value)
    if digits is None:
        return Typed(Op("round", (value._expr,)), int)
    places = typed(digits)
    if places._kind not in NUMERIC:
        raise refuse("round", value, places)
    return Typed(Op("round", (value._expr, places._expr)), int if _is(value, int) else float)


def choose(test: Typed, then: Typed, orelse: Typed) -> Typed:
    """Return ``then if test else orelse``."""
    hint = union((then._type, orelse._type))
    return Typed(Conditional(truth(test)._expr, then._expr, orelse._expr), hint)


def converted(value: Typed, hint: object) -> Typed:
    """Return ``value`` taken as ``hint``, converted where Python's ``int``, ``str``, … would."""
    kind, wanted, target = value._kind, kind_of(hint), plain(hint)
    if wanted == "str" and kind in ("number", "bool", "datetime"):
        return Typed(text_of(value), str)
    if wanted == "number" and kind == "bool":
        return Typed(Op("pos", (value._expr,)), hint)
    if wanted == "number" and (kind == "str" or (target is int and _is(value, float))):
        return Typed(Op("to_int" if target is int else "to_float", (value._expr,)), hint)
    if wanted == "bool" and kind not in ("bool", "any"):
        return truth(value)
    return Typed(value._expr, hint)


def ranged(*ends: Typed) -> Typed:
    """Return ``list(range(*ends))``."""
    for end in ends:
        if not is_whole(end):
            raise VarTypeError(f"Var.range needs whole numbers, but got {named(end)}.")
    if len(ends) == 3 and isinstance(ends[2]._expr, Literal) and ends[2]._expr.value == 0:
        raise VarValueError("Var.range's step must not be zero.")
    return Typed(Op("range", tuple(end._expr for end in ends)), list[int])

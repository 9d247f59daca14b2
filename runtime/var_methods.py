"""The methods of Vars, by kind, as plain tables.

A table's entry names the operation, what arguments it takes and the type that it gives; the few
methods whose type or form depends on their arguments are functions.
"""

# pyright: reportPrivateUsage=false
# A Var's own names start with "_": every other name belongs to the author's value.
from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any, NamedTuple, cast, get_args

from .errors import VarTypeError
from .expr import Expr, Function, Literal, Local, Op
from .var_literal import Typed, key_text, typed
from .var_ops import NUMERIC, describe, named, refuse, truth
from .var_types import (
    element,
    fields_of,
    key_of,
    kind_of,
    only_floats,
    plain,
    union,
    value_of,
)

REQUIRED = object()


class Param(NamedTuple):
    """One argument: its name, the kinds it may have, its default."""

    name: str
    kinds: tuple[str, ...] = ()
    default: object = REQUIRED


class Method(NamedTuple):
    """One operation: its name in the expression tree, its arguments, its type."""

    op: str
    params: tuple[Param, ...] = ()
    result: object = str


_TEXT = ("str",)
_CHARS = (Param("chars", _TEXT, None),)

STR: dict[str, Any] = {
    "length": Method("str_length", (), int),
    "lower": Method("lower"),
    "upper": Method("upper"),
    "title": Method("title"),
    "capitalize": Method("capitalize"),
    "strip": Method("strip", _CHARS),
    "lstrip": Method("lstrip", _CHARS),
    "rstrip": Method("rstrip", _CHARS),
    "reversed": Method("str_reversed"),
    "reverse": Method("str_reversed"),
    "split": Method(
        "split", (Param("separator", _TEXT, None), Param("maxsplit", NUMERIC, None)), list[str]
    ),
    "startswith": Method("startswith", (Param("prefix", _TEXT),), bool),
    "endswith": Method("endswith", (Param("suffix", _TEXT),), bool),
    "replace": Method("replace", (Param("search_value", _TEXT), Param("new_value", _TEXT))),
}


def _call_table(var: Typed, name: str, method: Method, args: Any, kwargs: Any) -> Typed:
    given = dict(zip((param.name for param in method.params), args, strict=False))
    unknown = set(kwargs) - {param.name for param in method.params}
    if len(args) > len(method.params) or unknown:
        names = ", ".join(param.name for param in method.params) or "no arguments"
        raise VarTypeError(f"`{describe(var._expr)}.{name}` takes {names}.")
    given.update(kwargs)
    exprs: list[Expr] = [var._expr]
    for param in method.params:
        value = given.get(param.name, param.default)
        if value is REQUIRED:
            raise VarTypeError(f"`{describe(var._expr)}.{name}` needs `{param.name}`.")
        arg = typed(value)
        if arg._kind == "none" and param.default is None:
            exprs.append(arg._expr)
            continue
        if param.kinds and arg._kind not in param.kinds:
            wanted = " or ".join(param.kinds)
            raise VarTypeError(
                f"`{describe(var._expr)}.{name}` needs {wanted} for `{param.name}`, "
                f"but got {named(arg)}."
            )
        exprs.append(arg._expr)
    while exprs[-1] == Literal(None):
        exprs.pop()
    return Typed(Op(method.op, tuple(exprs)), method.result)


def _str_contains(var: Typed, other: object, field: object = None) -> Typed:
    if field is not None:
        raise VarTypeError(f"`field` is for lists of objects, but {named(var)} is text.")
    part = typed(other)
    if part._kind != "str":
        raise refuse("contains", var, part)
    return Typed(Op("str_contains", (var._expr, part._expr)), bool)


def _array_contains(var: Typed, other: object, field: object = None) -> Typed:
    wanted = typed(other)
    args = (var._expr, wanted._expr)
    if field is None:
        return Typed(Op("array_contains", args), bool)
    return Typed(Op("array_contains", (*args, typed(field)._expr)), bool)


def _join(var: Typed, sep: object = "") -> Typed:
    glue = typed(sep)
    if glue._kind != "str":
        raise refuse("join", var, glue)
    inside = element(var._type)
    if plain(inside) in cast("tuple[object, ...]", (str, int)):
        return Typed(Op("join", (var._expr, glue._expr)), str)
    floats = (Literal(True),) if only_floats(inside) else ()
    return Typed(Op("join_text", (var._expr, glue._expr, *floats)), str)


def _pluck(var: Typed, field: object) -> Typed:
    name = typed(field)
    item_type = element(var._type)
    key = name._expr.value if isinstance(name._expr, Literal) else None
    inside = cast(Any, value_of(item_type, key))
    return Typed(Op("pluck", (var._expr, name._expr)), list[inside])


_depth = 0


def _trace(var: Typed, fn: Any, *hints: object, doing: str) -> tuple[Function, Typed]:
    """Call the author's ``fn`` with Vars, and return it as a function with its result."""
    global _depth
    if isinstance(fn, Typed):
        names = tuple(f"x${index}" for index in range(len(hints)))
        args = tuple(Local(name) for name in names)
        result = Typed(Op("call", (fn._expr, *args)), Any)
        return Function(names, result._expr), result
    if not callable(fn):
        raise VarTypeError(f"`{describe(var._expr)}.{doing}` needs a function, but got {fn!r}.")
    least = 2 if doing == "reduce" else 1
    names = _parameters(fn, least, len(hints))
    if least > 1 and len(names) < 2:
        raise VarTypeError(
            f"The function of `{describe(var._expr)}.reduce` needs two arguments: what the items "
            "before gave, and the item."
        )
    _depth += 1
    try:
        params = tuple(f"{name}${_depth}" for name in names)
        make = cast("Callable[[Expr, object], Typed]", cast(Any, var)._new)
        args = [make(Local(name), hint) for name, hint in zip(params, hints, strict=False)]
        result = typed(fn(*args))
    finally:
        _depth -= 1
    return Function(params, result._expr), result


def _parameters(fn: Callable[..., object], least: int, most: int) -> tuple[str, ...]:
    """Return the names of the arguments that ``fn`` takes by position, ``least`` to ``most``."""
    try:
        parameters = list(inspect.signature(fn).parameters.values())
    except ValueError:  # some functions written in C do not say what they take
        return ("item", "next")[:least]
    if any(parameter.kind is parameter.VAR_POSITIONAL for parameter in parameters):
        return ("item", "next")[:least]
    kinds = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
    return tuple(p.name for p in parameters if p.kind in kinds)[:most]


def _map(var: Typed, fn: object) -> Typed:
    body, result = _trace(var, fn, element(var._type), int, doing="map")
    inside = cast(Any, result._type)
    return Typed(Op("map", (var._expr, body)), list[inside])


def _filter(var: Typed, fn: object = None) -> Typed:
    if fn is None:
        fn = _itself
    body, result = _trace(var, fn, element(var._type), int, doing="filter")
    test = Function(body.params, truth(result)._expr)
    inside = cast(Any, element(var._type))
    return Typed(Op("filter", (var._expr, test)), list[inside])


def _itself(item: object) -> object:
    return item


def _reduce(var: Typed, fn: object, initial: object = REQUIRED) -> Typed:
    start = None if initial is REQUIRED else typed(initial)
    first = element(var._type) if start is None else start._type
    body, result = _trace(var, fn, first, element(var._type), doing="reduce")
    hint = union((result._type, first))
    if start is None:
        return Typed(Op("reduce", (var._expr, body)), hint)
    return Typed(Op("fold", (var._expr, body, start._expr)), hint)


def _flat_map(var: Typed, fn: object) -> Typed:
    body, result = _trace(var, fn, element(var._type), int, doing="flat_map")
    inside = cast(Any, element(result._type) if result._kind == "array" else result._type)
    return Typed(Op("flat_map", (var._expr, body)), list[inside])


def _reverse(var: Typed) -> Typed:
    inside = cast(Any, element(var._type))
    return Typed(Op("reverse", (var._expr,)), list[inside])


ARRAY: dict[str, Any] = {
    "length": Method("length", (), int),
    "reverse": _reverse,
    "reversed": _reverse,
    "join": _join,
    "contains": _array_contains,
    "pluck": _pluck,
    "map": _map,
    "foreach": _map,
    "filter": _filter,
    "reduce": _reduce,
    "flat_map": _flat_map,
}
STR["contains"] = _str_contains


def _keys(var: Typed) -> Typed:
    hint = cast(Any, key_of(var._type))
    name = "int_keys" if kind_of(hint) == "number" else "keys"
    return Typed(Op(name, (var._expr,)), list[hint])


def _values(var: Typed) -> Typed:
    hint = cast(Any, value_of(var._type))
    return Typed(Op("values", (var._expr,)), list[hint])


def _entries(var: Typed) -> Typed:
    key, value = cast(Any, key_of(var._type)), cast(Any, value_of(var._type))
    name = "int_entries" if kind_of(key) == "number" else "entries"
    return Typed(Op(name, (var._expr,)), list[tuple[key, value]])


def _merge(var: Typed, other: object) -> Typed:
    right = typed(other)
    if right._kind != "object":
        raise refuse("merge", var, right)
    key = cast(Any, union((key_of(var._type), key_of(right._type))))
    value = cast(Any, union((value_of(var._type), value_of(right._type))))
    return Typed(Op("merge", (var._expr, right._expr)), dict[key, value])


def _get(var: Typed, key: object, default: object = None) -> Typed:
    name = typed(key)
    fallback = typed(default)
    literal = name._expr.value if isinstance(name._expr, Literal) else None
    hint = union((value_of(var._type, literal), fallback._type))
    return Typed(Op("get", (var._expr, key_expr(name), fallback._expr)), hint)


def _object_contains(var: Typed, key: object) -> Typed:
    return Typed(Op("has_key", (var._expr, key_expr(typed(key)))), bool)


def key_expr(key: Typed) -> Expr:
    """Return a dict's key as the page has it: text."""
    if isinstance(key._expr, Literal):
        return Literal(key_text(key._expr.value))
    return key._expr


OBJECT: dict[str, Any] = {
    "keys": _keys,
    "values": _values,
    "entries": _entries,
    "items": _entries,
    "length": Method("size", (), int),
    "merge": _merge,
    "get": _get,
    "contains": _object_contains,
}


def _call(var: Typed, *args: object) -> Typed:
    result = getattr(plain(var._type), "__args__", (Any,))[-1]
    return Typed(Op("call", (var._expr, *(typed(arg)._expr for arg in args))), result)


def _partial(var: Typed, *args: object) -> Typed:
    if not args:
        return var
    hint = var._type
    taken, *result = get_args(plain(hint)) or (None, None)
    if isinstance(taken, list):
        hint = cast(Any, Callable)[taken[len(args) :], result[0]]
    return Typed(Op("partial", (var._expr, *(typed(arg)._expr for arg in args))), hint)


FUNCTION: dict[str, Any] = {"call": _call, "partial": _partial}
TABLES: dict[str, dict[str, Any]] = {
    "str": STR,
    "array": ARRAY,
    "object": OBJECT,
    "function": FUNCTION,
}


def call_method(var: Typed, name: str, args: tuple[object, ...], kwargs: Any) -> Typed:
    """Return ``var.name(*args)``."""
    method = TABLES[var._kind][name]
    if isinstance(method, Method):
        return _call_table(var, name, method, args, kwargs)
    try:
        return method(var, *args, **kwargs)
    except TypeError as error:
        if isinstance(error, VarTypeError) or error.__traceback__ is None:
            raise
        if error.__traceback__.tb_next is not None:
            raise
        text = str(error).replace(method.__name__, f"{describe(var._expr)}.{name}", 1)
        raise VarTypeError(text) from error


def has_method(var: Typed, name: str) -> bool:
    """Tell whether ``name`` is a method of the kind; a field of that name comes first."""
    if name not in TABLES.get(var._kind, ()):
        return False
    cls = plain(var._type)
    return not (isinstance(cls, type) and name in fields_of(cls))

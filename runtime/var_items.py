"""Items, slices and attributes of Vars, with the types of what they give."""

# pyright: reportPrivateUsage=false
# A Var's own names start with "_": every other name belongs to the author's value.
from __future__ import annotations

import importlib
from typing import Any, cast

from .errors import UntypedVarError, VarAttributeError, VarTypeError, VarValueError, WasmrxError
from .expr import Literal, Op
from .var_literal import Typed, typed
from .var_methods import TABLES, key_expr
from .var_ops import ambiguous, describe, is_whole, named
from .var_types import (
    attribute,
    element,
    fields_of,
    hint_name,
    lacking,
    plain,
    value_of,
)

MUTATORS = frozenset(
    (
        *("append", "extend", "insert", "remove", "pop", "clear", "sort", "update", "add"),
        *("discard", "setdefault", "popitem"),
    )
)
"""What changes a container; only event handlers do that."""


def get_attribute(var: Typed, name: str) -> Typed:
    """Return ``var.name``."""
    hint = var._type
    cls = plain(hint)
    if var._kind == "array":
        names: tuple[str, ...] = getattr(cls, "_fields", ())
        if name in names:
            return get_item(var, names.index(name))
    elif var._kind == "object":
        found, inside = attribute(hint, name)
        if found:
            return Typed(Op("attr", (var._expr, Literal(name))), inside)
    raise _no_attribute(var, name)


def not_callable(var: Typed) -> VarTypeError:
    """Return the error for calling what is no function; for a dict's own methods, what to do."""
    text = f"{named(var)} is no function and cannot be called."
    looked_up = isinstance(var._expr, Op) and var._expr.name == "attr"
    if looked_up and cast(Literal, var._expr.parts()[1]).value in MUTATORS:
        text += " A page only shows state: change it in an event handler."
    return VarTypeError(text)


def _no_attribute(var: Typed, name: str) -> WasmrxError:
    if name in MUTATORS and var._kind in ("array", "object"):
        return VarAttributeError(
            f"{named(var)} cannot be changed by `.{name}()` here: a page only shows state. Change "
            "it in an event handler, where it is a Python value."
        )
    if var._kind == "object":
        cls = lacking(var._type, name)
        if isinstance(getattr(cls, name, None), property):
            return VarAttributeError(
                f"`{name}` of {named(var)} is a property, and the page gets only the fields of "
                f"{hint_name(cls)}. Use a computed var, or make it a field."
            )
        known = list(fields_of(cls)) if isinstance(cls, type) else []
        owner = "" if cls is plain(var._type) else f", whose type may be {hint_name(cls)},"
        fix = (
            f"Its fields are: {', '.join(known)}." if known else "Annotate the fields of its class."
        )
        return VarAttributeError(
            f"{named(var)}{owner} has no field `{name}`. {_near(name, known)}{fix}"
        )
    if var._kind == "any":
        text = f"`{describe(var._expr)}.{name}` cannot be looked up."
        return UntypedVarError(f"{text} {ambiguous(var)}")
    known = sorted({*TABLES.get(var._kind, ()), *getattr(plain(var._type), "_fields", ())})
    fix = f"It has: {', '.join(known)}. For the rest" if known else "For what operators cannot do"
    return VarAttributeError(
        f"{named(var)} has no `{name}`. {_near(name, known)}{fix} use a computed var."
    )


def _near(name: str, known: list[str]) -> str:
    found = importlib.import_module("difflib").get_close_matches(name, known, 1)
    return f"Did you mean `{found[0]}`? " if found else ""


def get_item(var: Typed, key: object) -> Typed:
    """Return ``var[key]``, slices included."""
    if var._kind not in ("str", "array", "object"):
        if var._kind == "any":
            text = f"`{describe(var._expr)}[…]` cannot be looked up."
            raise UntypedVarError(f"{text} {ambiguous(var)}")
        raise VarTypeError(f"{named(var)} has no items.")
    if isinstance(key, slice):
        return _slice(var, cast("slice[Any, Any, Any]", key))
    index = typed(key)
    if var._kind == "object":
        literal = index._expr.value if isinstance(index._expr, Literal) else None
        if isinstance(literal, str) and not attribute(var._type, literal)[0]:
            raise _no_attribute(var, literal)
        return Typed(Op("key", (var._expr, key_expr(index))), value_of(var._type, literal))
    if not is_whole(index):
        raise VarTypeError(f"{named(var)} takes a whole number as index, but got {named(index)}.")
    literal = index._expr.value if isinstance(index._expr, Literal) else None
    args = (var._expr, index._expr)
    if var._kind == "str":
        return Typed(Op("char", args), str)
    hint = element(var._type, literal if isinstance(literal, int) else None)
    return Typed(Op("at", args), hint)


def _slice(var: Typed, key: slice[Any, Any, Any]) -> Typed:
    if var._kind == "object":
        raise VarTypeError(f"{named(var)} is no list: it has no slices.")
    if type(key.step) is int and key.step == 0:
        raise VarValueError(f"The step of a slice of {named(var)} must not be zero.")
    ends = [typed(part) for part in (key.start, key.stop, key.step)]
    for end in ends:
        if end._kind != "none" and not is_whole(end):
            raise VarTypeError(f"A slice of {named(var)} takes whole numbers, not {named(end)}.")
    while ends and ends[-1]._kind == "none":
        ends.pop()
    name = "str_slice" if var._kind == "str" else "slice"
    inside = cast(Any, element(var._type)) if var._kind == "array" else str
    hint = str if var._kind == "str" else list[inside]
    return Typed(Op(name, (var._expr, *(end._expr for end in ends))), hint)

"""What components ask about the values that authors give them."""

from __future__ import annotations

import typing
from enum import Enum
from types import UnionType
from typing import Any, TypeGuard, get_args, get_origin

from wasmrx.expr import Literal, Template
from wasmrx.var import Var, to_expr
from wasmrx.var_types import kind_of


def is_var(value: Any) -> TypeGuard[Var[Any]]:
    """Tell whether ``value`` is only known in the browser."""
    return isinstance(value, Var)


def var_kind(value: Any) -> str:
    """Return the kind of value that a Var stands for (``"str"``, ``"array"``); "" of others."""
    if not is_var(value):
        return ""
    return kind_of(value._type)  # pyright: ignore[reportPrivateUsage]


def joined(*parts: Any) -> Any:
    """Return the parts as one text, a Var where one of them is."""
    if not any(is_var(part) for part in parts):
        return "".join(map(str, parts))
    text: Var[str] = Var(Template(tuple(to_expr(part) for part in parts)), str)
    return text


def constant(value: Any) -> Any:
    """Return what a Var of a constant stands for, and any other value itself."""
    expr = to_expr(value) if is_var(value) else None
    return expr.value if isinstance(expr, Literal) else value


def texts_of(hint: Any) -> dict[Any, str] | None:
    """Return the texts that a value of type ``hint`` can be, by value; None where that is open.

    ``Literal["sun", "moon"] | None`` gives ``{"sun": "sun", "moon": "moon"}``, an Enum its members.
    """
    if type(hint).__name__ == "TypeAliasType":
        return texts_of(hint.__value__)
    origin, args = get_origin(hint), get_args(hint)
    if origin is typing.Annotated:
        return texts_of(args[0])
    if origin in (typing.Union, UnionType):
        parts = [texts_of(part) for part in args]
        return None if None in parts else {k: v for part in parts if part for k, v in part.items()}
    values: dict[Any, Any] = {}
    if isinstance(hint, type) and issubclass(hint, Enum):
        values = {member: member.value for member in hint}
    elif origin is typing.Literal:
        values = {value: value for value in args if value is not None}
    elif hint not in (None, type(None)):
        return None
    return values if all(isinstance(value, str) for value in values.values()) else None

"""What components ask about the values that authors give them."""

from __future__ import annotations

from typing import Any, TypeGuard

from wasmrx.var import Var
from wasmrx.var_types import kind_of


def is_var(value: Any) -> TypeGuard[Var[Any]]:
    """Tell whether ``value`` is only known in the browser."""
    return isinstance(value, Var)


def var_kind(value: Any) -> str:
    """Return the kind of value that a Var stands for (``"str"``, ``"array"``); "" of others."""
    if not is_var(value):
        return ""
    return kind_of(value._type)  # pyright: ignore[reportPrivateUsage]

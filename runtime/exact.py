"""Whole numbers that the page rounds: JavaScript's are exact up to 2**53. Loaded in development."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, cast

_EXACT = 2**53
_EXPONENT = 10**21
"""From here on the page writes a number with an exponent."""

_LONG = re.compile(r"(?<![.\d])\d{16}")

Rounded = tuple[str, str, str, int]
"""A state, a var, the way to a place in its value, and the number there."""


def rounded(text: str) -> Iterator[Rounded]:
    """Yield what of an update, as JSON text, the page cannot hold."""
    if not _LONG.search(text):
        return
    message: dict[str, dict[str, dict[str, Any]]] = json.loads(text)
    for state, vars in message.get("delta", {}).items():
        for name, value in vars.items():
            yield from _inside(state, name, value, [])
    for state, vars in message.get("patches", {}).items():
        for name, patches in vars.items():
            for patch in patches:
                if patch["op"] == "splice":
                    for i, value in enumerate(patch["insert"], patch["start"]):
                        yield from _inside(state, name, value, [*patch["path"], i])
                elif patch["op"] == "set":
                    yield from _inside(state, name, patch["value"], patch["path"])


def _inside(state: str, name: str, value: object, path: list[Any]) -> Iterator[Rounded]:
    if isinstance(value, dict):
        for key, item in cast("dict[str, Any]", value).items():
            yield from _inside(state, name, item, [*path, key])
    elif isinstance(value, list):
        for i, item in enumerate(cast("list[Any]", value)):
            yield from _inside(state, name, item, [*path, i])
    elif type(value) is int and _differs(value):
        yield state, name, "".join(f"[{step!r}]" for step in path), value


def _differs(number: int) -> bool:
    """Tell whether the page writes other digits: the shortest that tell its number from others."""
    size = abs(number)
    return size > _EXACT and (size >= _EXPONENT or int(Decimal(repr(float(size)))) != size)

"""Widths at which a responsive value changes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

NAMES = ("initial", "xs", "sm", "md", "lg", "xl")

_widths: list[str] = ["30em", "48em", "62em", "80em", "96em"]


class Breakpoints(dict[str, Any]):
    """A value by breakpoint: a name (``"initial"``, ``"xs"`` … ``"xl"``) or a width."""


def breakpoints(custom: Mapping[str, Any] | None = None, /, **named: Any) -> Breakpoints:
    """Return a responsive value: ``rx.breakpoints(initial="1", sm="2")``.

    Names are ``initial``, ``xs``, ``sm``, ``md``, ``lg``, ``xl``; ``custom`` has widths as keys.
    """
    values = {**(custom or {}), **named}
    return Breakpoints({name: value for name, value in values.items() if value is not None})


def set_breakpoints(values: tuple[str, str, str, str, str]) -> None:
    """Set the widths of ``xs``, ``sm``, ``md``, ``lg`` and ``xl`` for style props."""
    _widths[:] = values


def by_name(value: Any) -> dict[str, Any]:
    """Return a responsive prop's list, tuple or dict as a dict by breakpoint name."""
    if isinstance(value, Mapping):
        return dict(cast("Mapping[str, Any]", value))
    return {name: item for name, item in zip(NAMES, value, strict=False) if item is not None}


def media(name: str) -> str:
    """Return the media query of a breakpoint, nothing for the widths from zero on."""
    if name in ("initial", "0px", "0", "0em"):
        return ""
    width = _widths[NAMES.index(name) - 1] if name in NAMES else name
    return f"@media screen and (min-width: {width})"

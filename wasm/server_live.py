"""What expressions in a project's source stand for, in the modules that the build has imported."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator, Mapping
from types import ModuleType
from typing import Any

UNKNOWN: Any = object()
"""Stands for what only shows when the code runs."""


def live_value(module: str, node: ast.expr, local: Mapping[str, Any]) -> Any:
    """Return what a name, or attributes of modules and classes, is at the top of ``module``.

    ``local`` are the names that mean something else where the expression is.
    """
    match node:
        case ast.Name(id=name):
            return local[name] if name in local else named(sys.modules.get(module), name)
        case ast.Attribute(value=value, attr=attr):
            return named(live_value(module, value, local), attr)
        case _:
            return UNKNOWN


def named(home: Any, name: str) -> Any:
    """Return what a module or a class has under ``name``, without running descriptors."""
    if isinstance(home, ModuleType):
        return getattr(home, name, UNKNOWN)
    if isinstance(home, type):
        return next((vars(base)[name] for base in home.__mro__ if name in vars(base)), UNKNOWN)
    return UNKNOWN


def below(cls: type) -> Iterator[type]:
    """Yield the classes that derive from ``cls``."""
    for child in type.__subclasses__(cls):
        yield child
        yield from below(child)

"""The one door from the runtime to component code.

On the host a name such as ``rx.button`` resolves to ``wasmrx.compiler.library``. In the worker
that package does not exist: names resolve to inert objects, so that modules which build component
trees, subclass components or decorate with ``@rx.memo`` import there, and cost next to nothing.
"""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Iterator
from importlib.machinery import PathFinder
from types import ModuleType
from typing import Any

IN_WORKER = sys.platform == "emscripten"


class _InertMeta(type):
    """Makes the base of component subclasses answer any attribute."""

    def __getattr__(cls, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return INERT

    def __instancecheck__(cls, instance: object) -> bool:
        return isinstance(instance, Inert)


class InertBase(metaclass=_InertMeta):
    """What a component subclass of the author has as base in the worker."""

    def __init_subclass__(cls, **_: Any) -> None:
        """Accept any class options."""

    def __new__(cls, *_: Any, **__: Any) -> Any:
        """Return the inert object: nothing is built in the worker."""
        return INERT


class Inert:
    """Absorbs what component code does: calls, attributes, items, operators, iteration."""

    def __call__(self, *_: Any, **__: Any) -> Inert:
        """Return itself."""
        return self

    def __getattr__(self, name: str) -> Inert:
        """Return itself for any public name."""
        if name.startswith("__"):
            raise AttributeError(name)
        return self

    def __setattr__(self, name: str, value: object) -> None:
        """Ignore."""

    def __getitem__(self, key: object) -> Inert:
        """Return itself."""
        return self

    def __setitem__(self, key: object, value: object) -> None:
        """Ignore."""

    def __iter__(self) -> Iterator[Any]:
        """Yield nothing."""
        return iter(())

    def __len__(self) -> int:
        """Return 0."""
        return 0

    def __bool__(self) -> bool:
        """Return True, as a component is."""
        return True

    def __mro_entries__(self, bases: tuple[Any, ...]) -> tuple[type, ...]:
        """Stand for ``InertBase`` in a list of base classes."""
        others = [b for b in bases if isinstance(b, Inert)]
        return (InertBase,) if others and others[0] is self and self is bases[0] else ()

    def __instancecheck__(self, instance: object) -> bool:
        """Tell whether ``instance`` is inert too."""
        return isinstance(instance, Inert)

    def __subclasscheck__(self, cls: type) -> bool:
        """Tell whether ``cls`` is a component class."""
        return issubclass(cls, InertBase)

    def __or__(self, other: object) -> Any:
        """Return itself: annotations such as ``rx.Component | None``."""
        return self

    __ror__ = __and__ = __rand__ = __add__ = __radd__ = __or__
    __sub__ = __rsub__ = __mul__ = __rmul__ = __truediv__ = __or__

    def __invert__(self) -> Inert:
        """Return itself."""
        return self

    def __hash__(self) -> int:
        """Hash by identity."""
        return id(self)

    def __eq__(self, other: object) -> Any:
        """Compare by identity."""
        return self is other

    def __str__(self) -> str:
        """Return no text."""
        return ""

    __format__ = lambda self, spec: ""  # noqa: E731

    def __repr__(self) -> str:
        """Say what it is."""
        return "<component code, inert in the worker>"


INERT = Inert()


def resolve(name: str) -> Any:
    """Return what ``rx.<name>`` is where the runtime itself has no such name.

    Raises AttributeError, with a likely name, where nothing has.
    """
    if name.startswith("__"):
        raise AttributeError(f"module 'wasmrx' has no attribute {name!r}")
    if IN_WORKER:
        return _submodule(name) or INERT
    library = importlib.import_module("wasmrx.compiler.library")
    try:
        return getattr(library, name)
    except AttributeError:
        close = _closest(name, dir(library))
        hint = f" Did you mean rx.{close}?" if close else ""
        raise AttributeError(f"wasmrx has no {name!r}.{hint}") from None


def _submodule(name: str) -> ModuleType | None:
    """Return the runtime's module ``name``: ``from wasmrx import bridge`` asks here first."""
    found = PathFinder.find_spec(f"wasmrx.{name}", [os.path.dirname(__file__)])
    return None if found is None else importlib.import_module(f"wasmrx.{name}")


def _closest(name: str, names: list[str]) -> str | None:
    difflib = importlib.import_module("difflib")
    found = difflib.get_close_matches(name, [n for n in names if not n.startswith("_")], 1)
    return found[0] if found else None

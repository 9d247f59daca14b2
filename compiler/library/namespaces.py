"""``rx.text`` is called and has parts too, ``rx.text.span``: a namespace."""

from __future__ import annotations

from typing import Any

from wasmrx.compiler.component import Component
from wasmrx.compiler.diagnostics import author_line
from wasmrx.errors import ComponentTypeError


class ComponentNamespace:
    """Base of an author's own namespace of components; its parts are static methods.

    ``class Card(rx.ComponentNamespace): root = staticmethod(CardRoot.create)``
    """

    def __hash__(self) -> int:
        """Hash by class, of which there is one namespace."""
        return hash(type(self).__name__)


class Namespace:
    """Parts of a component family; calling it makes the family's main component.

    >>> tabs = Namespace("tabs", root=TabsRoot, list=TabsList)
    >>> tabs.root(tabs.list())
    """

    def __init__(self, name: str, main: type[Component] | None = None, /, **parts: Any) -> None:
        """Take the component that a call makes, and the parts by name."""
        self._name = name
        self._main = main
        for part, value in parts.items():
            setattr(self, part, value)

    def __call__(self, *children: Any, **props: Any) -> Component:
        """Return the main component of the family."""
        if self._main is None:
            parts = ", ".join(f"rx.{self._name}.{part}" for part in self.part_names())
            raise ComponentTypeError(
                f"rx.{self._name} is not a component by itself. It has {parts}."
            ).at(author_line())
        return self._main.create(*children, **props)

    create = __call__

    @property
    def __component__(self) -> type[Component] | None:
        """Return the class that a call makes an instance of."""
        return self._main

    def part_names(self) -> list[str]:
        """Return the names of the parts."""
        return [name for name in vars(self) if not name.startswith("_")]

    def __getattr__(self, name: str) -> Any:
        """Return the class of a part (``AreaChart``), or say which parts there are."""
        if name.startswith("__"):
            raise AttributeError(name)
        for part in self.part_names() if name[:1].isupper() else ():
            if part.replace("_", "") == name.lower():
                return getattr(getattr(self, part), "__self__", None)
        raise AttributeError(
            f"rx.{self._name} has no part {name!r}; it has {', '.join(self.part_names())}."
        )

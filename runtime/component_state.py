"""``rx.ComponentState``: a component with a state of its own each time it is placed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, ClassVar

from .registry import state_named
from .state import State


class ComponentState(State, mixin=True):
    """Base of such a state; the subclass's ``get_component`` builds the component.

    Each ``create`` makes a new state class, numbered in the order of the calls, so that host and
    worker agree on the name as long as they build the same pages in the same order.
    """

    __wx_made__: ClassVar[int] = 0

    def __init_subclass__(cls, mixin: bool = True, **kwargs: Any) -> None:
        """Declare the state as a pattern for copies."""
        super().__init_subclass__(mixin=mixin, **kwargs)

    @classmethod
    def get_component(cls, *children: Any, **props: Any) -> Any:
        """Return the component; the subclass says how."""
        raise NotImplementedError(
            f"{cls.__qualname__} must define the class method "
            "get_component(cls, *children, **props)."
        )

    @classmethod
    def create(cls, *children: Any, **props: Any) -> Any:
        """Return the component with a new copy of the state, which is its ``State``."""
        cls.__wx_made__ += 1
        copy = cls.__wx_copy__(cls.__wx_made__)
        component = copy.get_component(*children, **props)
        component.State = copy
        return component

    @classmethod
    def __wx_copy__(cls, number: int) -> Any:
        """Return the state class of the ``number``th component."""
        space = {"__module__": cls.__module__, "__qualname__": f"{cls.__qualname__}_n{number}"}
        make: Any = type(State)
        return make(f"{cls.__name__}_n{number}", (cls, State), space, mixin=False)


def make_copies(names: Iterable[str]) -> None:
    """Make the states among ``names`` that only building the pages has made elsewhere.

    The worker builds no page, and so makes no component; the page's initial state names all.
    """
    patterns = {f"{cls.__module__}.{cls.__qualname__}": cls for cls in _patterns(ComponentState)}
    for name in names:
        pattern, _, number = name.rpartition("_n")
        if pattern in patterns and number.isdecimal() and state_named(name) is None:
            patterns[pattern].__wx_copy__(int(number))


def _patterns(cls: type[ComponentState]) -> Iterator[type[ComponentState]]:
    for inner in cls.__subclasses__():
        yield inner
        yield from _patterns(inner)

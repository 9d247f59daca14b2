"""``rx.ComponentState``: a component with a state of its own each time it is placed."""

from __future__ import annotations

from typing import Any, ClassVar

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
        name = f"{cls.__name__}_n{cls.__wx_made__}"
        space = {
            "__module__": cls.__module__,
            "__qualname__": f"{cls.__qualname__}_n{cls.__wx_made__}",
        }
        copy: Any = type(State)(name, (cls, State), space, mixin=False)
        component = copy.get_component(*children, **props)
        component.State = copy
        return component

"""All state classes of the app, by wire name and in the order of their definition."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from .errors import StateValueError
from .handlers import EventHandler

if TYPE_CHECKING:
    from .state import State

_states: dict[str, type[State]] = {}
_handlers: dict[str, EventHandler] = {}


def add(cls: type[State]) -> None:
    """Register a new state class under its full name."""
    name = cls.get_full_name()
    old = _states.get(name)
    if old is not None and old is not cls and "<locals>" not in cls.__qualname__:
        space: Any = sys.modules.get(cls.__module__)
        for part in cls.__qualname__.split("."):
            space = getattr(space, part, None)
        if space is old:
            raise StateValueError(
                f"The state {name!r} is defined twice in its module. Give one another name."
            )
    if old is not None:
        _states.pop(name)
        for wire in [w for w, h in _handlers.items() if h.state is old]:
            del _handlers[wire]
    _states[name] = cls
    for handler in cls.__wx_handlers__.values():
        _handlers[handler.name] = handler


def add_handler(handler: EventHandler) -> None:
    """Register a handler that joins its state after the class was made."""
    _handlers[handler.name] = handler


def handler_named(name: str) -> EventHandler | None:
    """Return the handler with this wire name."""
    return _handlers.get(name)


def all_handlers() -> list[EventHandler]:
    """Return every handler that an event can name."""
    return list(_handlers.values())


def state_named(name: str) -> type[State] | None:
    """Return the state class with this full name."""
    return _states.get(name)


def all_states() -> list[type[State]]:
    """Return every state class, parents before children, in the order of definition."""
    return list(_states.values())


def forget(module: str) -> None:
    """Remove the states that ``module`` (or a module below it) defined, before it is reloaded."""
    for name, cls in list(_states.items()):
        home = cls.__module__
        if home == module or home.startswith(module + "."):
            del _states[name]
            for wire in [w for w, h in _handlers.items() if h.state is cls]:
                del _handlers[wire]

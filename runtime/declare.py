"""What a state's class body declares, read once when the class is made."""

from __future__ import annotations

from collections.abc import Callable
from types import FunctionType
from typing import Any

from .computed import ComputedVar
from .fields import MISSING, Field
from .handlers import EventHandler
from .hints import is_class_var, own_annotations

Member = tuple[Any, Any]
"""The annotation and the value of one name, MISSING where there is none."""


def members(cls: type) -> dict[str, Member]:
    """Return what the class body and its mixins declare, by name; the body wins."""
    mixins = [base for base in reversed(cls.__mro__[1:]) if vars(base).get("__wx_mixin__")]
    found: dict[str, Member] = {}
    for source in [*mixins, cls]:
        annotations = own_annotations(source)
        for name in dict.fromkeys((*annotations, *vars(source))):
            value = vars(source).get(name, MISSING)
            if _is_member(name, value, source, annotations):
                found[name] = (annotations.get(name, MISSING), value)
    return found


def _is_member(name: str, value: Any, source: type, annotations: dict[str, Any]) -> bool:
    mangled = f"_{source.__name__.lstrip('_')}__"
    if name.startswith(("__", "_abc_", mangled)):
        return False
    if name in annotations and is_class_var(annotations[name]):
        return False
    if isinstance(value, (ComputedVar, EventHandler, Field, FunctionType)):
        return True
    is_descriptor = hasattr(value.__class__, "__get__")
    return not is_descriptor and not isinstance(value, type)


def setter_of(attr: str) -> Callable[..., Any]:
    """Return the handler that assigns the var ``attr``; text becomes a number where it must."""

    def setter(self: Any, value: Any) -> None:
        field: object = self.__wx_names__[attr]
        hint = field.hint if isinstance(field, Field) else Any
        if hint is int or hint is float:
            try:
                value = hint(value)
            except (TypeError, ValueError):
                return
        setattr(self, attr, value)

    setter.__name__ = f"set_{attr}"
    setter.__qualname__ = f"set_{attr}"
    return setter


def route_var(name: str, kind: str) -> ComputedVar[Any]:
    """Return a computed var for a dynamic part of a route: text, or a list of it."""
    many = kind == "list"

    def fget(self: Any) -> Any:
        return self.router.page.params.get(name, [] if many else "")

    fget.__name__ = name
    fget.__qualname__ = f"State.{name}"
    fget.__annotations__ = {"return": list[str] if many else str}
    return ComputedVar(fget)


class SetVar:
    """The setter of a var by name: ``State.setvar("text")`` for a trigger; an instance sets it."""

    def __get__(self, instance: Any, owner: Any) -> Callable[..., Any]:
        """Return what makes the event on the class, what assigns on an instance."""

        def setvar(name: str, *value: Any) -> Any:
            handler = owner.__wx_names__.get(f"set_{name}")
            if not isinstance(handler, EventHandler):
                raise AttributeError(
                    f"{owner.get_full_name()}.setvar: there is no var {name!r} to set."
                )
            return handler(*value) if instance is None else handler.fn(instance, *value)

        return setvar

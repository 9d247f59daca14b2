"""What a state's class body declares, read once when the class is made."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from types import FunctionType
from typing import Any, cast

from .coerce import coercer_for
from .computed import ComputedVar
from .errors import EventDeserializationError, EventHandlerValueError, caller_place
from .fields import MISSING, Field
from .handlers import EventHandler
from .hints import describe, is_class_var, own_annotations
from .var import Var

Member = tuple[Any, Any]
"""The annotation and the value of one name, MISSING where there is none."""


def members(cls: type, root: type | None) -> dict[str, Member]:
    """Return what the class body, its mixins and its plain bases declare, by name.

    Where several declare a name, the first in the class's method resolution order wins; what a
    parent state declares stays the parent's. ``root`` is ``State``, None for itself.
    """
    found: dict[str, Member] = {}
    seen: set[str] = set()
    for source in cls.__mro__[:-1]:
        annotations = own_annotations(source)
        names = dict.fromkeys((*annotations, *vars(source)))
        is_state = root is not None and issubclass(source, root)
        if source is cls or not is_state or vars(source).get("__wx_mixin__"):
            for name in names:
                if name not in seen:
                    member = _member(name, source, annotations)
                    if member is not None and (is_state or _is_plain_backend(name, member)):
                        found[name] = member
        seen.update(names)
    return found


def _is_plain_backend(name: str, member: Member) -> bool:
    """Tell whether a class that is no state declares a backend var for the states that use it."""
    return name.startswith("_") and member[0] is not MISSING and not isinstance(member[1], property)


def _member(name: str, source: type, annotations: dict[str, Any]) -> Member | None:
    """Return the member ``name`` of ``source``, None where it is an attribute like any other."""
    value = vars(source).get(name, MISSING)
    annotation = annotations.get(name, MISSING)
    if is_private(name, source) and not isinstance(value, Field):
        return None
    if annotation is not MISSING and is_class_var(annotation):
        return None
    if isinstance(value, (ComputedVar, Field)):
        return annotation, cast(Any, value)
    inherited = _inherited(name, source)
    if annotation is MISSING:
        if isinstance(value, FunctionType):
            return annotation, value
        if callable(value) or isinstance(value, Var) or _is_descriptor(value):
            return None
        return (_annotation_of(inherited), value)
    if _is_descriptor(inherited if value is MISSING else value):
        return None
    if value is MISSING and inherited is not MISSING:
        owner = getattr(inherited, "owner", None)
        if owner is not None and not owner.__wx_mixin__:
            return None  # Annotated anew: the var stays the parent's.
        return annotation, inherited
    return annotation, value


def _inherited(name: str, source: type) -> Any:
    """Return what the bases of ``source`` have under ``name``, without running descriptors."""
    for base in source.__mro__[1:]:
        if name in vars(base):
            return vars(base)[name]
    return MISSING


def _annotation_of(inherited: Any) -> Any:
    return inherited.annotation if isinstance(inherited, Field) else MISSING


def _is_descriptor(value: Any) -> bool:
    """Tell whether ``value`` says itself how it is read, as a property does."""
    return hasattr(value.__class__, "__get__") and not isinstance(value, (Field, FunctionType))


def is_private(name: str, cls: type) -> bool:
    """Tell whether ``name`` is a dunder, or private to ``cls`` or a base: no var, a plain name."""
    return name.startswith(("__", "_abc_")) or (
        "__" in name and any(name.startswith(prefix) for prefix in _prefixes(cls))
    )


def _prefixes(cls: type) -> Iterator[str]:
    return (f"_{base.__name__.lstrip('_')}__" for base in cls.__mro__)


def setter_of(attr: str) -> Callable[..., Any]:
    """Return the handler that assigns the var ``attr``, converted to the type that it declares.

    Text that is no number leaves a number as it is.
    """

    def setter(self: Any, value: Any) -> None:
        field: object = self.__wx_names__[attr]
        if isinstance(field, Field):
            hint: Any = cast("Field[Any]", field).hint
            if hint is int or hint is float:
                try:
                    value = hint(value)
                except (TypeError, ValueError):
                    return
            else:
                value = _converted(value, cast("Field[Any]", field))
        setattr(self, attr, value)

    setter.__name__ = f"set_{attr}"
    setter.__qualname__ = f"set_{attr}"
    return setter


def _converted(value: Any, field: Field[Any]) -> Any:
    coerce = coercer_for(field.hint)
    if coerce is None:
        return value
    try:
        return coerce(value)
    except (TypeError, ValueError, KeyError, ArithmeticError) as error:
        raise EventDeserializationError(
            f"{field.owner.get_full_name()}.{field.name} is declared {describe(field.hint)}, but "
            f"set_{field.name} got {value!r} ({error})."
        ) from error


class RouteVar(ComputedVar[Any]):
    """A dynamic part of a route, as a computed var of ``State``."""


def route_var(name: str, kind: str) -> RouteVar:
    """Return a computed var for a dynamic part of a route: text, or a list of it."""
    many = kind == "list"

    def fget(self: Any) -> Any:
        return self.router.page.params.get(name, [] if many else "")

    fget.__name__ = name
    fget.__qualname__ = f"State.{name}"
    fget.__annotations__ = {"return": list[str] if many else str}
    return RouteVar(fget)


class SetVar:
    """The setter of a var by name: ``State.setvar("text")`` for a trigger; an instance sets it."""

    def __get__(self, instance: Any, owner: Any) -> Callable[..., Any]:
        """Return what makes the event on the class, what assigns on an instance."""

        def setvar(name: str, *value: Any) -> Any:
            if not isinstance(cast(object, name), str):
                raise EventHandlerValueError(
                    f"setvar takes the name of a var as text, 'setvar(\"x\", …)', not {name!r}."
                ).at(caller_place())
            handler = owner.__wx_names__.get(f"set_{name}")
            if not isinstance(handler, EventHandler):
                raise AttributeError(
                    f"{owner.get_full_name()}.setvar: there is no var {name!r} to set."
                )
            return handler(*value) if instance is None else handler.fn(instance, *value)

        return setvar

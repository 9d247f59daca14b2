"""What the page sends for a handler's argument, as the type that the handler declares.

JSON has few types: ``int("3")`` of an input's text, a dataclass of an object, a set of a list, an
enum of its value. A plan is made once per handler; most arguments need nothing.
"""

from __future__ import annotations

import sys
import types
from collections.abc import Callable
from enum import Enum
from typing import Any, Union, cast, get_args, get_origin, get_type_hints

from .errors import EventDeserializationError
from .handlers import EventHandler, parameter_names, takes_named, unwrapped
from .hints import describe, strip

Coercer = Callable[[Any], Any]


class Plan:
    """How to call one handler: which arguments it takes, which need converting."""

    __slots__ = ("any_name", "coercers", "params")

    def __init__(self, handler: EventHandler) -> None:
        """Read the signature and the annotations."""
        fn = unwrapped(handler.fn)
        self.params = frozenset(parameter_names(fn)[1:])
        self.any_name = takes_named(fn)
        self.coercers: dict[str, Coercer] = {}
        for name, hint in hints_of(fn).items():
            coercer = coercer_for(hint) if name in self.params else None
            if coercer is not None:
                self.coercers[name] = coercer

    def arguments(self, handler: EventHandler, payload: dict[str, Any]) -> dict[str, Any]:
        """Return the payload ready for the call.

        Raises EventDeserializationError, which names handler and argument, where one does not fit.
        """
        if not payload.keys() <= self.params and not self.any_name:
            strange = sorted(set(payload) - self.params)
            raise EventDeserializationError(
                f"{handler.name} was sent {strange[0]!r}, which it does not take."
            ).at(handler.place)
        if not self.coercers:
            return payload
        found = dict(payload)
        for name, coercer in self.coercers.items():
            if name in found:
                try:
                    found[name] = coercer(found[name])
                except (TypeError, ValueError, KeyError, ArithmeticError) as error:
                    hint = hints_of(unwrapped(handler.fn)).get(name)
                    raise EventDeserializationError(
                        f"{handler.name} takes {name}: {describe(hint)}, but the page sent "
                        f"{found[name]!r} ({error})."
                    ).at(handler.place) from error
        return found


def plan_of(handler: EventHandler) -> Plan:
    """Return the handler's plan, made when first asked for."""
    plan = handler.plan
    if isinstance(plan, Plan):
        return plan
    made = Plan(handler)
    handler.plan = made
    return made


def hints_of(fn: Callable[..., Any]) -> dict[str, Any]:
    """Return the resolved annotations of a function; those that do not resolve are left out."""
    try:
        return get_type_hints(fn)
    except Exception:
        found: dict[str, Any] = {}
        try:
            annotations = dict(fn.__annotations__)
        except Exception:
            return found
        scope = getattr(fn, "__globals__", {})
        for name, hint in annotations.items():
            if isinstance(hint, str):
                try:
                    hint = eval(hint, scope)
                except Exception:
                    continue
            found[name] = hint
        return found


def coercer_for(hint: Any) -> Coercer | None:
    """Return what converts JSON data to ``hint``, None where nothing needs converting."""
    hint = strip(hint)
    origin = get_origin(hint)
    args = get_args(hint)
    if origin in (Union, types.UnionType):
        options = [arg for arg in args if arg is not type(None)]
        inner = coercer_for(options[0]) if len(options) == 1 else None
        return None if inner is None else lambda value: None if value is None else inner(value)
    if origin in (list, set, frozenset) or hint in (set, frozenset):
        return _many(origin or hint, args)
    if origin is tuple or hint is tuple:
        return _tuple(args)
    if origin is dict:
        return _dict(args)
    if not isinstance(hint, type):
        return None
    return _class(hint)


def _class(cls: type[Any]) -> Coercer | None:
    if cls is int:
        return _int
    if cls is float:
        return lambda value: float(value) if isinstance(value, str) else value
    if issubclass(cls, Enum):
        return lambda value: value if isinstance(value, cls) else cls(value)
    if hasattr(cls, "__dataclass_fields__"):
        return _dataclass(cls)
    validate = getattr(cls, "model_validate", None)
    if validate is not None:
        return lambda value: value if isinstance(value, cls) else validate(value)
    parse = getattr(cls, "fromisoformat", None)
    if parse is not None:
        return lambda value: parse(value) if isinstance(value, str) else value
    if f"{cls.__module__}.{cls.__qualname__}" in _FROM_TEXT:
        return lambda value: cls(value) if isinstance(value, (str, int)) else value
    return None


_FROM_TEXT = frozenset(
    ("uuid.UUID", "decimal.Decimal", "pathlib.Path", "pathlib._local.Path", "fractions.Fraction")
)


def _int(value: Any) -> Any:
    if isinstance(value, str):
        return int(value)
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def _many(kind: Any, args: tuple[Any, ...]) -> Coercer | None:
    inner = coercer_for(args[0]) if args else None
    if inner is not None:
        return lambda value: kind(inner(item) for item in value)
    return None if kind is list else lambda value: value if isinstance(value, kind) else kind(value)


def _tuple(args: tuple[Any, ...]) -> Coercer:
    if len(args) == 2 and args[1] is Ellipsis:
        inner = coercer_for(args[0])
        return lambda value: tuple(inner(item) if inner else item for item in value)
    inners = [coercer_for(arg) for arg in args]

    def convert(value: Any) -> Any:
        items = list(value)
        for i, one in enumerate(inners[: len(items)]):
            if one is not None:
                items[i] = one(items[i])
        return tuple(items)

    return convert


def _dict(args: tuple[Any, ...]) -> Coercer | None:
    if len(args) != 2:
        return None
    key, value = coercer_for(args[0]), coercer_for(args[1])
    if key is None and value is None:
        return None

    def convert(given: Any) -> Any:
        return {
            (key(k) if key else k): (value(v) if value else v)
            for k, v in cast("dict[Any, Any]", given).items()
        }

    return convert


def _dataclass(cls: Any) -> Coercer:
    inners: dict[str, Coercer | None] = {}

    def convert(value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        if not inners:
            scope = vars(sys.modules.get(cls.__module__, types))
            hints = get_type_hints(cls, dict(scope))
            inners.update({name: coercer_for(hints.get(name)) for name in cls.__dataclass_fields__})
        found: dict[str, Any] = {}
        for name, item in cast("dict[str, Any]", value).items():
            if name in inners:
                inner = inners[name]
                found[name] = inner(item) if inner else item
        return cls(**found)

    return convert

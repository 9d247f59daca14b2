"""The arguments of a handler, from what the page sends, as the types that the handler declares.

A value that does not fit is an error, and the handler is not run. None is passed on wherever it
comes: an emptied number field, a script without a result. A plan is made once per handler.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, get_type_hints

from .coercers import MISFIT, Coercer, coercer_for
from .errors import EventDeserializationError
from .handlers import (
    EventHandler,
    parameter_names,
    takes_any_number,
    takes_named,
    takes_steps,
    unwrapped,
)
from .hints import describe


class Plan:
    """How to call one handler: which arguments it takes, which need converting."""

    __slots__ = ("any_name", "coercers", "params", "takes_steps")

    def __init__(self, handler: EventHandler) -> None:
        """Read the signature and the annotations."""
        fn = unwrapped(handler.fn)
        self.params = frozenset(parameter_names(fn)[1:])
        self.any_name = takes_named(fn) or takes_any_number(fn)
        self.takes_steps = takes_steps(handler.fn)
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
            value = found.get(name)
            if value is not None:
                try:
                    found[name] = coercer(value)
                except MISFIT as error:
                    raise _misfit(handler, name, value, error) from error
        return found


def _misfit(
    handler: EventHandler, name: str, value: Any, error: Exception
) -> EventDeserializationError:
    hint = hints_of(unwrapped(handler.fn)).get(name)
    shown = repr(value)
    shown = shown if len(shown) <= 80 else shown[:77] + "…"
    made = EventDeserializationError(
        f"{handler.name} takes {name}: {describe(hint)}, but the page sent {shown} "
        f"(a {type(value).__name__}): {error}. The handler was not run."
    )
    made.at(handler.place)
    return made


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

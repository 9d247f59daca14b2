"""What a handler returns or yields: other events, and actions for the page."""

from __future__ import annotations

import copy
from collections.abc import Callable
from types import FunctionType, MethodType
from typing import Any, cast

from .binding import EventChain
from .errors import EventHandlerTypeError
from .expr import Literal, StateVar
from .handlers import EventHandler, EventSpec
from .protocol import Location, PageAction
from .proxy import unwrap
from .var import Var, to_expr


class Origin:
    """The page's event that started a chain; ``left`` counts what of it is not done."""

    __slots__ = ("id", "left")

    def __init__(self, id: int) -> None:
        """Start with the event itself."""
        self.id = id
        self.left = 1


class Job:
    """One entry of the queue: a handler with its payload, or a step of the runtime's own."""

    __slots__ = ("call", "chained", "depth", "location", "origin", "payload")

    def __init__(
        self,
        call: EventHandler | Callable[[Job], Any],
        payload: dict[str, Any],
        origin: Origin,
        location: Location | None,
        depth: int = 0,
        chained: bool = False,
    ) -> None:
        """Hold the parts."""
        self.call = call
        self.payload = payload
        self.origin = origin
        self.location = location
        self.depth = depth
        self.chained = chained

    @property
    def name(self) -> str:
        """Return the handler's wire name."""
        return self.call.name if isinstance(self.call, EventHandler) else ""


class Outcome:
    """What is to happen next."""

    __slots__ = ("actions", "chained")

    def __init__(self) -> None:
        """Start empty."""
        self.actions: list[PageAction] = []
        self.chained: list[tuple[EventHandler, dict[str, Any]]] = []


def outcome_of(value: Any, found: Outcome, name: str) -> None:
    """Add to ``found`` what ``value`` asks for; ``name`` is who asks, for messages."""
    if value is None:
        return
    if isinstance(value, EventHandler):
        found.chained.append((value, {}))
    elif isinstance(value, EventSpec):
        _add_spec(value, found)
    elif isinstance(value, (list, tuple)):
        for item in value:  # pyright: ignore[reportUnknownVariableType]
            outcome_of(item, found, name)
    elif isinstance(value, EventChain):
        for _, call in value.chain.calls:
            args = {k: _literal(v) for k, v in call.args}
            if call.kind == "action":
                found.actions.append({"name": call.target, "args": args})
    elif isinstance(value, MethodType) and _handler_of(value) is not None:
        found.chained.append((_handler_of(value), {}))  # type: ignore[arg-type]
    elif isinstance(value, FunctionType) and value.__name__ == "<lambda>":
        outcome_of(value(), found, name)
    else:
        raise EventHandlerTypeError(
            f"{name} returned or yielded {_short(value)} (a {type(value).__name__}). A handler may "
            "return or yield event handlers, actions such as rx.redirect(...), lists of these, or "
            "nothing. To keep a value, assign it to a var."
        )


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "…"


def _literal(expr: Any) -> Any:
    return expr.value if isinstance(expr, Literal) else None


def _handler_of(method: MethodType) -> EventHandler | None:
    found = vars(type(method.__self__)).get(method.__func__.__name__)
    return found if isinstance(found, EventHandler) else None


def _add_spec(spec: EventSpec, found: Outcome) -> None:
    if spec.handler is not None:
        payload = {name: _detached(value) for name, value in spec.values}
        found.chained.append((spec.handler, payload))
    elif spec.target != "noop":
        args = {name: _detached(value) for name, value in spec.values}
        found.actions.append({"name": spec.target, "args": args})


def _detached(value: Any) -> Any:
    """Return an argument as the event will see it, whatever happens to state until then."""
    if isinstance(value, (str, int, float, bool, type(None))):
        return value
    if isinstance(value, Var):
        name = _var_name(cast("Var[Any]", value))
        raise EventHandlerTypeError(
            f"{name} is a Var of the class, not a value. In a handler write self.<name>, or "
            "await self.get_var_value(...)."
        )
    return copy.deepcopy(unwrap(value))


def _var_name(var: Var[Any]) -> str:
    expr = to_expr(var)
    return f"{expr.state}.{expr.name}" if isinstance(expr, StateVar) else repr(var)

"""What a handler returns or yields: other events, and actions for the page."""

from __future__ import annotations

import asyncio
import copy
from collections.abc import Callable
from types import CoroutineType, MethodType
from typing import Any, cast

from ._door import Inert
from .binding import EventChain, handler_named
from .callbacks import value_of
from .errors import EventFnArgMismatchError, EventHandlerTypeError, WasmrxError
from .expr import Chain, Conditional, Literal, StateVar
from .handlers import EventHandler, EventSpec, describe_params, is_partial
from .protocol import Location, PageAction
from .proxy import unwrap
from .var import Var, to_expr


class Origin:
    """The page's event that started a chain; ``left`` counts what of it is not done.

    ``waits`` tells that it has not begun. Of a page that was entered, ``tasks`` are those that the
    next page ends.
    """

    __slots__ = ("id", "left", "tasks", "waits")

    def __init__(self, id: int, waits: bool = False) -> None:
        """Start with the event itself."""
        self.id = id
        self.left = 1
        self.waits = waits
        self.tasks: set[asyncio.Task[None]] | None = None

    @property
    def is_entry(self) -> bool:
        """Tell whether a page was entered."""
        return self.tasks is not None


class Job:
    """One entry of the queue: a handler with its payload, or a step of the runtime's own.

    ``beside`` is one that ends without the lock: another handler may be in the middle then.
    """

    __slots__ = ("beside", "call", "chained", "depth", "location", "origin", "payload")

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
        self.beside = False

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
        _add_spec(value(), found)
    elif isinstance(value, EventSpec):
        _add_spec(value, found)
    elif isinstance(value, (list, tuple)):
        for item in value:  # pyright: ignore[reportUnknownVariableType]
            outcome_of(item, found, name)
    elif isinstance(value, EventChain):
        _add_chain(value.chain, found)
    elif isinstance(value, Var):
        _add_var(cast("Var[Any]", value), found, name)
    elif isinstance(value, MethodType) and _handler_of(value) is not None:
        _add_spec(_handler_of(value)(), found)  # type: ignore[misc]
    elif _takes_nothing(value):
        outcome_of(value(), found, name)
    else:
        raise _no_event(value, name)


def placed(error: Exception, call: object, steps: Any) -> Exception:
    """Return ``error`` with the line of the ``yield`` in ``steps``, else that of the handler."""
    frame = getattr(steps, "gi_frame", None) or getattr(steps, "ag_frame", None)
    if isinstance(error, WasmrxError):
        if frame is not None:
            error.at((frame.f_code.co_filename, frame.f_lineno))
        elif isinstance(call, EventHandler):
            error.at(call.place)
    return error


def _no_event(value: Any, name: str) -> EventHandlerTypeError:
    if type(value) is Inert:
        return EventHandlerTypeError(
            f"{name} returned or yielded what only a page can have, such as rx.cond with a Var. In "
            "a handler decide with Python's own 'if' and read self.<name>."
        )
    got = f"{_short(value)} (a {type(value).__name__})"
    if isinstance(value, CoroutineType):
        value.close()
        got = f"a coroutine, {value.__qualname__}(...), that was not awaited"
    return EventHandlerTypeError(
        f"{name} returned or yielded {got}. A handler may "
        "return or yield event handlers, actions such as rx.redirect(...), lists of these, or "
        "nothing. To keep a value, assign it to a var."
    )


def _takes_nothing(fn: Any) -> bool:
    """Tell whether ``fn`` is a lambda, or a handler with arguments kept by ``partial``."""
    return is_partial(fn) or getattr(fn, "__name__", "") == "<lambda>"


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "…"


def _add_chain(chain: Chain, found: Outcome) -> None:
    for when, call in chain.calls:
        if when is not None and not value_of(when):
            continue
        args = {k: value_of(v) for k, v in call.args}
        handler = handler_named(call.target) if call.kind == "event" else None
        if handler is not None:
            found.chained.append((handler, args))
        elif call.target != "noop":
            found.actions.append({"name": call.target, "args": args})


def _add_var(var: Var[Any], found: Outcome, name: str) -> None:
    """Follow ``rx.cond`` of a Python value; a Var that only the page can evaluate is no event."""
    expr = to_expr(var)
    while isinstance(expr, Conditional):
        expr = expr.then if value_of(expr.test) else expr.orelse
    if isinstance(expr, Chain):
        _add_chain(expr, found)
    elif not (isinstance(expr, Literal) and expr.value is None):
        raise _no_event(var, name)


def _handler_of(method: MethodType) -> EventHandler | None:
    for cls in type(method.__self__).__mro__:
        found = vars(cls).get(method.__func__.__name__)
        if found is not None:
            return found if isinstance(found, EventHandler) else None
    return None


def _add_spec(spec: EventSpec, found: Outcome) -> None:
    if spec.handler is not None:
        if len(spec.values) < len(spec.handler.params):
            _require(spec)
        payload = {name: _detached(value) for name, value in spec.values}
        found.chained.append((spec.handler, payload))
    elif spec.target != "noop":
        args = {name: _detached(value) for name, value in spec.values}
        found.actions.append({"name": spec.target, "args": args})


def _require(spec: EventSpec) -> None:
    """Raise where ``spec`` lacks an argument that its handler needs."""
    handler = spec.handler
    assert handler is not None
    needed = [name for name in spec.missing if name not in handler.optional]
    if needed:
        raise EventFnArgMismatchError(
            f"{handler.name} takes {describe_params(handler.params)}, and {', '.join(needed)} is "
            f"not given. Give it in the call, {handler.name.rpartition('.')[2]}(...)."
        )


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

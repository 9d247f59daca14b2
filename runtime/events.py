"""``rx.event``: the decorator of event handlers, and the namespace of what belongs to events."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar, cast, get_type_hints, overload

from . import actions as _actions
from . import arg_specs as _specs
from .arg_specs import KeyInputInfo as KeyInputInfo
from .arg_specs import MouseEventInfo as MouseEventInfo
from .arg_specs import PointerEventInfo as PointerEventInfo
from .arg_specs import checked_input_event as checked_input_event
from .arg_specs import float_input_event as float_input_event
from .arg_specs import input_event as input_event
from .arg_specs import int_input_event as int_input_event
from .arg_specs import key_event as key_event
from .arg_specs import no_args_event_spec as no_args_event_spec
from .arg_specs import on_submit_event as on_submit_event
from .arg_specs import on_submit_event_spec as on_submit_event_spec
from .arg_specs import on_submit_string_event as on_submit_string_event
from .arg_specs import passthrough_event_spec as passthrough_event_spec
from .arg_specs import pointer_event_spec as pointer_event_spec
from .binding import EventChain as EventChain
from .binding import bind as bind
from .errors import EventHandlerTypeError, EventHandlerValueError, caller_place
from .handlers import BACKGROUND, MODIFIERS, SUPERSEDES, parameter_names, unwrapped
from .handlers import EventHandler as EventHandler
from .handlers import EventSpec as EventSpec
from .handlers import Modifiers as Modifiers

if TYPE_CHECKING:
    from typing import Unpack

    from .remote import ServerOptions

Handler = TypeVar("Handler", bound=Callable[..., Any])

EventType = Any
"""What a trigger takes: a handler, a spec, a lambda, or a list of these."""

EventCallback = Any

_COROUTINE = 0x80
_ASYNC_GENERATOR = 0x200


class _EventNamespace:
    """The type of ``rx.event``: called, it decorates; its attributes are the names of events."""

    @overload
    def __call__(self, func: Handler, /) -> Handler: ...
    @overload
    def __call__(
        self,
        func: None = None,
        /,
        *,
        background: bool | None = None,
        supersedes: bool | None = None,
        stop_propagation: bool | None = None,
        prevent_default: bool | None = None,
        throttle: int | None = None,
        debounce: int | None = None,
        temporal: bool | None = None,
        server: bool | None = None,
        **options: Unpack[ServerOptions],
    ) -> Callable[[Handler], Handler]: ...
    def __call__(
        self,
        func: Any = None,
        /,
        *,
        background: bool | None = None,
        supersedes: bool | None = None,
        stop_propagation: bool | None = None,
        prevent_default: bool | None = None,
        throttle: int | None = None,
        debounce: int | None = None,
        temporal: bool | None = None,
        server: bool | None = None,
        **options: Unpack[ServerOptions],
    ) -> Any:
        """Mark a method of a state, or a function of one, as an event handler.

        ``background`` runs it beside the queue; it then changes state inside ``async with self``.
        ``supersedes`` cancels what is unfinished of an earlier run. ``server`` runs it on the
        backend, with ``options`` as in ``wasmrx.remote.Options``. The rest is for the page: see
        ``EventHandler``. A function outside of a class is attached to the state that its
        first parameter is annotated with.
        """
        marks: dict[str, object | None] = {
            "stopPropagation": stop_propagation,
            "preventDefault": prevent_default,
            "throttle": throttle,
            "debounce": debounce,
            "temporal": temporal,
        }
        modifiers: Modifiers = tuple((k, v) for k, v in marks.items() if v)
        if options and not server:
            raise EventHandlerValueError(
                f"@rx.event takes {sorted(options)[0]!r} for server handlers only: add server=True."
            ).at(caller_place())

        def mark(fn: Callable[..., Any]) -> Any:
            _check(fn, bool(background))
            if background:
                setattr(fn, BACKGROUND, True)
            if supersedes:
                setattr(fn, SUPERSEDES, True)
            if modifiers:
                setattr(fn, MODIFIERS, modifiers)
            if server:
                _mark_for_server(fn, bool(background), options)
            return _attach(fn)

        return mark if func is None else mark(func)

    def __getattr__(self, name: str) -> Any:
        """Return an argument spec, an action or a class of events by name."""
        for place in (globals(), vars(_specs), vars(_actions)):
            if name in place and not name.startswith("__"):
                return place[name]
        if name in ("upload_files", "upload_files_chunk"):
            return getattr(importlib.import_module("wasmrx"), name)
        raise AttributeError(f"rx.event has no attribute {name!r}")


event = _EventNamespace()


def _mark_for_server(fn: Any, background: bool, options: ServerOptions) -> None:
    if background:
        raise EventHandlerTypeError(
            f"{fn.__qualname__} is marked for the server and as a background handler. A server "
            "handler runs beside the queue anyway: take background=True away."
        ).at(caller_place())
    importlib.import_module(f"{__package__}.remote").mark(fn, options)


def _check(fn: Callable[..., Any], background: bool) -> None:
    if isinstance(fn, (staticmethod, classmethod)):
        kind = type(cast("object", fn)).__name__
        raise EventHandlerTypeError(
            f"The event handler {fn.__qualname__!r} is a {kind}: a handler gets the state as its "
            f"first argument. Take @{kind} away and write 'self'."
        ).at(caller_place())
    name = getattr(fn, "__name__", "")
    if name.startswith("_"):
        raise EventHandlerValueError(
            f"The event handler {fn.__qualname__!r} starts with an underscore: such methods are "
            "private and no trigger can reach them. Rename it."
        )
    flags = getattr(getattr(unwrapped(fn), "__code__", None), "co_flags", 0)
    if background and not flags & (_COROUTINE | _ASYNC_GENERATOR):
        raise EventHandlerTypeError(
            f"The background handler {fn.__qualname__!r} must be written with 'async def': it "
            "changes state inside 'async with self'."
        )


def _attach(fn: Callable[..., Any]) -> Any:
    """Return ``fn``; for a function outside of a class, its handler on the state it names."""
    path = fn.__qualname__.split(".")
    if len(path) > 1 and path[-2] != "<locals>":
        return fn
    params = parameter_names(fn)
    if not params:
        return fn
    annotation = getattr(fn, "__annotations__", {}).get(params[0])
    if isinstance(annotation, str):
        try:
            annotation = get_type_hints(fn).get(params[0])
        except NameError:
            return fn
    add = getattr(annotation, "__wx_add_event_handler__", None)
    if add is None:
        return fn
    parts = f"{fn.__module__}.{fn.__qualname__}".replace("<locals>", "_").split(".")
    return add("_".join(parts).lstrip("_"), fn)

"""Event handlers, and the specs that say which event to run with which arguments.

An ``EventSpec`` is data: it names a handler (run by the worker) or an action (run by the page)
and holds its arguments. The compiler reads the arguments as expressions, dispatch as values.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial, wraps
from types import FunctionType, MethodType
from typing import TYPE_CHECKING, Annotated, Any, Literal, overload

from .errors import (
    EventFnArgMismatchError,
    EventHandlerTypeError,
    EventHandlerValueError,
    caller_place,
)
from .expr import Call, Chain, Expr
from .var import to_expr

if TYPE_CHECKING:
    from typing import Self

    from .state import State

Modifiers = tuple[tuple[str, object], ...]
"""``stopPropagation``, ``preventDefault``, ``throttle`` and ``debounce`` (ms), ``temporal``."""

BACKGROUND = "_wasmrx_background"
SUPERSEDES = "_wasmrx_supersedes"
SERVER = "_wasmrx_server"
UNREACHED = {"address": None, "fallback": None, "id": ""}
"""Stands for the contract of a server handler that the backend does not know."""

MODIFIERS = "_wasmrx_modifiers"


def merge_modifiers(first: Modifiers, second: Modifiers) -> Modifiers:
    """Return both, the second winning where they name the same."""
    return tuple({**dict(first), **dict(second)}.items())


class Modifiable:
    """What the page does around an event: stop it, delay it, drop it while Python is away."""

    modifiers: Modifiers = ()

    def with_modifiers(self, modifiers: Modifiers) -> Self:
        """Return a copy with ``modifiers`` added."""
        raise NotImplementedError

    @property
    def event_actions(self) -> dict[str, object]:
        """Return the modifiers as a dict."""
        return dict(self.modifiers)

    @property
    def stop_propagation(self) -> Self:
        """Return a copy that keeps the browser event from reaching parent elements."""
        return self.with_modifiers((("stopPropagation", True),))

    @property
    def prevent_default(self) -> Self:
        """Return a copy that keeps the browser from its own reaction."""
        return self.with_modifiers((("preventDefault", True),))

    def throttle(self, limit_ms: int) -> Self:
        """Return a copy that runs at most once in ``limit_ms`` milliseconds."""
        return self.with_modifiers((("throttle", limit_ms),))

    def debounce(self, delay_ms: int) -> Self:
        """Return a copy that runs after ``delay_ms`` milliseconds without another."""
        return self.with_modifiers((("debounce", delay_ms),))

    @property
    def temporal(self) -> Self:
        """Return a copy that is dropped, not queued, while Python is not running."""
        return self.with_modifiers((("temporal", True),))


class EventSpec(Modifiable):
    """One event or action with its arguments: what ``State.add(2)`` and ``rx.redirect("/")`` are.

    ``values`` are the arguments as given, Python values or Vars; ``args`` the same as
    expressions.
    """

    __slots__ = ("handler", "kind", "modifiers", "target", "values")

    def __init__(
        self,
        target: str,
        values: tuple[tuple[str, object], ...] = (),
        *,
        kind: Literal["event", "action"] = "action",
        handler: EventHandler | None = None,
        modifiers: Modifiers = (),
    ) -> None:
        """Hold the parts."""
        self.kind: Literal["event", "action"] = kind
        self.target = target
        self.values = values
        self.handler = handler
        self.modifiers = modifiers

    @property
    def args(self) -> tuple[tuple[str, Expr], ...]:
        """Return the arguments as expressions, by name."""
        return tuple((name, to_expr(value)) for name, value in self.values)

    @property
    def missing(self) -> tuple[str, ...]:
        """Return the handler's parameters that no argument is given for yet."""
        if self.handler is None:
            return ()
        given = {name for name, _ in self.values}
        return tuple(name for name in self.handler.params if name not in given)

    def with_modifiers(self, modifiers: Modifiers) -> EventSpec:
        """Return a copy with ``modifiers`` added."""
        return EventSpec(
            self.target,
            self.values,
            kind=self.kind,
            handler=self.handler,
            modifiers=merge_modifiers(self.modifiers, modifiers),
        )

    def add_args(self, *values: object) -> EventSpec:
        """Return a copy with ``values`` for the first parameters that have none."""
        missing = self.missing
        added = tuple(zip(missing, values, strict=False))
        if self.handler is not None and takes_any_number(self.handler.fn):
            count = sum(name.startswith("*") for name, _ in self.values)
            added += tuple((f"*{count + i}", v) for i, v in enumerate(values[len(missing) :]))
        return EventSpec(
            self.target,
            self.values + added,
            kind=self.kind,
            handler=self.handler,
            modifiers=self.modifiers,
        )

    def __call__(self, *values: object, **named: object) -> EventSpec:
        """Return a copy with more arguments: ``State.move(1)(2)``."""
        if self.handler is None:
            raise EventHandlerValueError(f"The action {self.target!r} is already complete.")
        params = self.handler.params
        for name in named:
            if name not in params or any(name == given for given, _ in self.values):
                raise EventFnArgMismatchError(
                    f"{self.target} takes {describe_params(params)}, of which "
                    f"{', '.join(given for given, _ in self.values)} is given; {name!r} is not "
                    "free."
                )
        more = self.add_args(*values)
        return EventSpec(
            self.target,
            (*more.values, *named.items()),
            kind=self.kind,
            handler=self.handler,
            modifiers=self.modifiers,
        )

    def call(self) -> Call:
        """Return this spec as a node of the expression tree."""
        return Call(self.kind, self.target, self.args, self.modifiers)

    def _as_expr(self) -> Expr:
        """Return a chain of this one call, so that a spec can stand where a value does."""
        return Chain((), ((None, self.call()),))

    def __repr__(self) -> str:
        """Return the spec as an author writes it."""
        args = ", ".join(f"{name}={value!r}" for name, value in self.values)
        return f"{self.target}({args})"


class EventHandler(Modifiable):
    """A handler of a state. On the class it makes specs; on an instance it is a method."""

    if TYPE_CHECKING:
        state: type[State]

    __slots__ = ("attr", "background", "fn", "modifiers", "plan", "server", "state", "supersedes")

    def __init__(
        self,
        fn: Callable[..., Any],
        state: type[State],
        attr: str,
        modifiers: Modifiers | None = None,
    ) -> None:
        """Wrap ``fn``, which becomes ``state``'s handler ``attr``."""
        self.fn = _spread(fn) if takes_any_number(fn) and not hasattr(fn, _SPREADS) else fn
        self.state = state
        self.attr = attr
        marks = getattr(fn, MODIFIERS, ())
        self.modifiers = marks if modifiers is None else modifiers
        self.background = bool(getattr(fn, BACKGROUND, False))
        self.supersedes = bool(getattr(fn, SUPERSEDES, False))
        marked = getattr(fn, SERVER, None)
        self.server: Any = marked.get(self.name, UNREACHED) if isinstance(marked, dict) else marked  # pyright: ignore[reportUnknownMemberType]
        self.plan: object = None

    @property
    def name(self) -> str:
        """Return the wire name, ``"shop.CartState.add"``."""
        return f"{self.state.get_full_name()}.{self.attr}"

    @property
    def state_full_name(self) -> str:
        """Return the name of the state that the handler runs on."""
        return self.state.get_full_name()

    @property
    def is_background(self) -> bool:
        """Tell whether the handler runs beside the queue."""
        return self.background

    @property
    def params(self) -> tuple[str, ...]:
        """Return the parameter names after ``self``."""
        return parameter_names(self.fn)[1:]

    @property
    def place(self) -> tuple[str, int] | None:
        """Return file and line where the handler is written."""
        code = getattr(unwrapped(self.fn), "__code__", None)
        return None if code is None else (code.co_filename, code.co_firstlineno)

    @property
    def optional(self) -> tuple[str, ...]:
        """Return those of ``params`` that have a default."""
        return optional_names(self.fn)

    def with_modifiers(self, modifiers: Modifiers) -> EventHandler:
        """Return a copy with ``modifiers`` added."""
        merged = merge_modifiers(self.modifiers, modifiers)
        return EventHandler(self.fn, self.state, self.attr, merged)

    def __call__(self, *args: object, **named: object) -> EventSpec:
        """Return a spec with these arguments; a trigger may give the rest."""
        params = self.params
        places = positional_names(self.fn)[1:]
        if len(args) > len(places) and not takes_any_number(self.fn):
            raise EventFnArgMismatchError(
                f"{self.name} takes {describe_params(params)} but is called with {len(args)}."
            )
        for name in named:
            if name in places[: len(args)]:
                raise EventFnArgMismatchError(f"{self.name} got two values for {name!r}.")
            if name not in params and not takes_named(self.fn):
                raise EventFnArgMismatchError(
                    f"{self.name} has no parameter {name!r}; it takes {describe_params(params)}."
                )
        more = tuple((f"*{i}", value) for i, value in enumerate(args[len(places) :]))
        values = (*zip(places, args, strict=False), *more, *named.items())
        return EventSpec(self.name, values, kind="event", handler=self, modifiers=self.modifiers)

    @overload
    def __get__(self, instance: None, owner: type[object]) -> EventHandler: ...
    @overload
    def __get__(self, instance: State, owner: type[object]) -> Callable[..., Any]: ...
    def __get__(
        self, instance: State | None, owner: type[object]
    ) -> EventHandler | Callable[..., Any]:
        """Return the handler on the class, the plain method on an instance."""
        if instance is None:
            return self
        return MethodType(_not_callable(self) if self.background else self.fn, instance)

    def __class_getitem__(cls, spec: object) -> Any:
        """Return the annotation of a component's trigger: ``rx.EventHandler[input_event]``."""
        return Annotated[cls, spec]

    def _as_expr(self) -> Expr:
        """Return a chain of this handler without arguments."""
        return Chain((), ((None, self().call()),))

    def __repr__(self) -> str:
        """Return the wire name."""
        return f"<event handler {self.name}>"


def _not_callable(handler: EventHandler) -> Callable[..., Any]:
    """Return what stands for a background handler on an instance: it cannot be called there."""
    short = handler.name.rpartition(".")[2]
    owner = handler.state.__name__
    kind = "background" if handler.server is None else "server"

    def refuse(*_: object, **__: object) -> Any:
        raise EventHandlerTypeError(
            f"The {kind} handler {handler.name} cannot be called as a method. Write "
            f"'return {owner}.{short}' or 'yield {owner}.{short}': it then runs beside the queue."
        ).at(caller_place())

    return wraps(handler.fn)(refuse)


_SPREADS = "_wasmrx_spreads"


def _spread(fn: Callable[..., Any]) -> Callable[..., Any]:
    """Return ``fn``, which has ``*args``, callable with all its arguments by name.

    The first of the ``*args`` is named ``"*0"``, and so on.
    """
    names = positional_names(fn)[1:]

    @wraps(fn)
    def call(self: Any, *args: Any, **named: Any) -> Any:
        if args:
            return fn(self, *args, **named)
        places = [named.pop(name) for name in names if name in named]
        while f"*{len(places) - len(names)}" in named:
            places.append(named.pop(f"*{len(places) - len(names)}"))
        return fn(self, *places, **named)

    setattr(call, _SPREADS, True)
    return call


def positional_names(fn: Callable[..., Any]) -> tuple[str, ...]:
    """Return the names of the parameters that an argument can be given to by its place."""
    code = getattr(unwrapped(fn), "__code__", None)
    return () if code is None else code.co_varnames[: code.co_argcount]


def optional_names(fn: Callable[..., Any]) -> tuple[str, ...]:
    """Return the names of the parameters that have a default."""
    fn = unwrapped(fn)
    defaults = getattr(fn, "__defaults__", None) or ()
    places = positional_names(fn)
    return (*places[len(places) - len(defaults) :], *(getattr(fn, "__kwdefaults__", None) or ()))


def parameter_names(fn: Callable[..., Any]) -> tuple[str, ...]:
    """Return the names of the positional and keyword-only parameters of a Python function."""
    code = getattr(unwrapped(fn), "__code__", None)
    if code is None:
        return ()
    return code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]


def takes_any_number(fn: Callable[..., Any]) -> bool:
    """Tell whether ``fn`` has a ``*args`` parameter."""
    code = getattr(unwrapped(fn), "__code__", None)
    return code is not None and bool(code.co_flags & 0x04)


def takes_named(fn: Callable[..., Any]) -> bool:
    """Tell whether ``fn`` has a ``**kwargs`` parameter."""
    code = getattr(unwrapped(fn), "__code__", None)
    return code is not None and bool(code.co_flags & 0x08)


def unwrapped(fn: Callable[..., Any]) -> Callable[..., Any]:
    """Return the function that ``functools.wraps`` decorators stand around."""
    while not isinstance(fn, FunctionType) or hasattr(fn, "__wrapped__"):
        inner = getattr(fn, "__wrapped__", None)
        if inner is None:
            break
        fn = inner
    return fn


_COROUTINE, _GENERATOR, _ASYNC_GENERATOR = 0x80, 0x20, 0x200
"""Flags of a code object; ``inspect`` names them too and is slow to import."""


def takes_steps(fn: Callable[..., Any]) -> bool:
    """Tell whether ``fn`` may end later than its call: it is asynchronous or yields."""
    code = getattr(fn, "__code__", None)
    return code is not None and bool(code.co_flags & (_COROUTINE | _GENERATOR | _ASYNC_GENERATOR))


def is_partial(value: Any) -> bool:
    """Tell whether ``value`` is a ``functools.partial`` of a handler or a spec."""
    inner: object = getattr(value, "func", None)
    return isinstance(value, partial) and isinstance(inner, (EventHandler, EventSpec))


def describe_params(params: tuple[str, ...]) -> str:
    """Return ``"no arguments"`` or ``"2 arguments (x, y)"``."""
    if not params:
        return "no arguments"
    plural = "" if len(params) == 1 else "s"
    return f"{len(params)} argument{plural} ({', '.join(params)})"

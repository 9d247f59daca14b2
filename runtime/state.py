"""State: vars, computed vars and event handlers of an app, as classes.

On the class an attribute is what the compiler needs: a Var or an event handler. On an instance it
is the value, or a proxy that reports mutation. Everything is set up in ``__init_subclass__`` with
descriptors; there is no metaclass. Invariant: a value lives on the instance of the class that
declares it; a substate reads its parent's through the session.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from types import FunctionType
from typing import Any, ClassVar, TypeVar

from . import registry
from .binding import set_handler_lookup
from .codec import Path
from .computed import ComputedVar
from .errors import (
    EventHandlerShadowsBuiltInStateMethodError,
    ImmutableStateError,
    SetUndefinedStateVarError,
    caller_place,
)
from .expr import StateVar
from .fields import MISSING, Field
from .handlers import EventHandler
from .hints import is_class_var, own_annotations
from .protocol import Json
from .proxy import unwrap
from .registry import all_states as all_states
from .router import RouterData
from .session import Session
from .var import Var

S = TypeVar("S", bound="State")

ROOT = "wasmrx.State"


class Guard:
    """Whether a background handler may change state now; ``session`` grants it."""

    __slots__ = ("acquire", "held", "release")

    def __init__(self, acquire: Callable[[Guard], Any], release: Callable[[Guard], Any]) -> None:
        """Take what waits for the lock, and what sends the delta and frees it."""
        self.held = False
        self.acquire = acquire
        self.release = release


class State:
    """Base of every state: subclass it and declare vars, computed vars and handlers."""

    _fields: ClassVar[dict[str, Field[Any]]] = {}
    _computed_vars: ClassVar[dict[str, ComputedVar[Any]]] = {}
    _event_handlers: ClassVar[dict[str, EventHandler]] = {}
    _parent: ClassVar[type[State] | None] = None
    _children: ClassVar[list[type[State]]] = []
    _names: ClassVar[dict[str, object]] = {}
    _full_name: ClassVar[str] = ROOT
    _mixin: ClassVar[bool] = False

    _session: Session
    _values: dict[str, Any]
    _computed: dict[str, tuple[Any, float]]
    _guard: Guard | None

    def __init_subclass__(cls, mixin: bool = False, **kwargs: Any) -> None:
        """Turn the class body into fields, computed vars and event handlers."""
        super().__init_subclass__(**kwargs)
        cls._mixin = mixin
        if not mixin:
            cls._declare(_members(cls))

    @classmethod
    def _declare(cls, members: dict[str, tuple[Any, Any]]) -> None:
        parents = [b for b in cls.__mro__[1:] if issubclass(b, State) and not b._mixin]
        cls._parent = parents[0] if parents else None
        cls._children = []
        cls._fields, cls._computed_vars, cls._event_handlers = {}, {}, {}
        name = cls.__qualname__.replace("<locals>.", "")
        cls._full_name = ROOT if cls._parent is None else f"{cls.__module__}.{name}"
        for attr, (annotation, value) in members.items():
            cls._member(attr, annotation, value)
        for attr in list(cls._fields):
            cls._add_setter(attr)
        inherited = cls._parent._names if cls._parent is not None else {}
        cls._names = {
            **inherited,
            **cls._fields,
            **cls._computed_vars,
            **cls._event_handlers,
        }
        if cls._parent is not None:
            cls._parent._children.append(cls)
        registry.add(cls)

    @classmethod
    def _member(cls, attr: str, annotation: Any, value: Any) -> None:
        if isinstance(value, ComputedVar):
            cls._computed_vars[attr] = value.bound(cls, attr)
            setattr(cls, attr, cls._computed_vars[attr])
        elif isinstance(value, EventHandler):
            cls._add_handler(attr, value.fn)
        elif isinstance(value, FunctionType):
            if not attr.startswith("_") and attr not in _METHODS:
                cls._add_handler(attr, value)
            elif attr in _METHODS and cls._parent is not None and not attr.startswith("_"):
                raise EventHandlerShadowsBuiltInStateMethodError(
                    f"{cls.__qualname__}.{attr} has the name of a method that every state has; "
                    "give the event handler another name."
                ).at((value.__code__.co_filename, value.__code__.co_firstlineno))
        else:
            field = value if isinstance(value, Field) else Field(value)
            cls._fields[attr] = field.bound(cls, attr, annotation)
            setattr(cls, attr, cls._fields[attr])

    @classmethod
    def _add_handler(cls, attr: str, fn: Callable[..., Any]) -> EventHandler:
        handler = EventHandler(fn, cls, attr)
        cls._event_handlers[attr] = handler
        setattr(cls, attr, handler)
        return handler

    @classmethod
    def _add_setter(cls, attr: str) -> None:
        field = cls._fields[attr]
        name = f"set_{attr}"
        if field.backend or name in cls._event_handlers or name in cls._fields:
            return
        if name in cls._computed_vars or name in cls.__dict__:
            return
        cls._add_handler(name, _setter(attr))

    @classmethod
    def _add_event_handler(cls, name: str, fn: Callable[..., Any]) -> EventHandler:
        """Attach a function that was defined outside of the class."""
        handler = cls._add_handler(name, fn)
        for state in cls._family():
            state._names.setdefault(name, handler)
        registry.add_handler(handler)
        return handler

    @classmethod
    def _family(cls) -> Iterator[type[State]]:
        yield cls
        for child in cls._children:
            yield from child._family()

    # -- what the compiler asks ----------------------------------------------------------------

    @classmethod
    def get_full_name(cls) -> str:
        """Return the wire name: ``"module.Class"``, ``"wasmrx.State"`` for the root."""
        return cls._full_name

    @classmethod
    def get_name(cls) -> str:
        """Return the wire name."""
        return cls._full_name

    @classmethod
    def get_parent_state(cls) -> type[State] | None:
        """Return the state class above, None for the root."""
        return cls._parent

    @classmethod
    def get_substates(cls) -> set[type[State]]:
        """Return the state classes right below."""
        return set(cls._children)

    @classmethod
    def get_event_handlers(cls) -> dict[str, EventHandler]:
        """Return the handlers that the class itself has, by attribute."""
        return dict(cls._event_handlers)

    @classmethod
    def _var_named(cls, name: str) -> Field[Any] | ComputedVar[Any] | None:
        found = cls._names.get(name)
        return found if isinstance(found, (Field, ComputedVar)) else None

    @classmethod
    def _find_var(cls, state: str, name: str) -> Field[Any] | ComputedVar[Any] | None:
        home = registry.state_named(state)
        return None if home is None else home._var_named(name)

    @classmethod
    def add_var(cls, name: str, type_: Any, default_value: Any = None) -> None:
        """Declare one more var on the class and its substates."""
        made = Field(default_value).bound(cls, name, type_)
        cls._fields[name] = made
        setattr(cls, name, made)
        cls._add_setter(name)
        for state in cls._family():
            state._names.setdefault(name, made)
        if f"set_{name}" in cls._event_handlers:
            registry.add_handler(cls._event_handlers[f"set_{name}"])

    @classmethod
    def setup_dynamic_args(cls, args: dict[str, str]) -> None:
        """Declare the parts of dynamic routes as vars: ``{"id": "single", "rest": "list"}``."""
        for name, kind in args.items():
            if name not in cls._names:
                _dynamic_var(cls, name, kind)

    @classmethod
    def setvar(cls, name: str, *value: Any) -> Any:
        """Return the setter of the var ``name``, for a trigger: ``State.setvar("text")``."""
        handler = cls._names.get(f"set_{name}")
        if not isinstance(handler, EventHandler):
            raise AttributeError(f"{cls.get_full_name()}.setvar: there is no var {name!r} to set.")
        return handler(*value)

    # -- instances -----------------------------------------------------------------------------

    def __init__(self, *_: Any, **values: Any) -> None:
        """Make an instance in a session of its own, as tests do."""
        session = Session()
        self._prepare(session)
        session.states[type(self)] = self
        for name, value in values.items():
            if name in type(self)._names:
                setattr(self, name, value)

    @classmethod
    def _make(cls, session: Session) -> State:
        made = object.__new__(cls)
        made._prepare(session)
        return made

    def _prepare(self, session: Session) -> None:
        put = object.__setattr__
        put(self, "_session", session)
        put(self, "_computed", {})
        put(self, "_guard", None)
        put(self, "_values", {n: f.initial() for n, f in type(self)._fields.items()})

    def _home(self, cls: type[State]) -> State:
        return self if type(self) is cls else self._session.home(cls)

    def _view(self, guard: Guard) -> State:
        """Return this instance as a background handler sees it: guarded."""
        made = object.__new__(type(self))
        put = object.__setattr__
        put(made, "_session", self._session)
        put(made, "_computed", self._computed)
        put(made, "_values", self._values)
        put(made, "_guard", guard)
        return made

    def __setattr__(self, name: str, value: Any) -> None:
        """Assign a declared var; anything else is an error that names it."""
        found = type(self)._names.get(name)
        if isinstance(found, Field):
            found.__set__(self, value)
        elif found is not None or hasattr(type(self), name):
            self._set_other(name, value)
        elif name.startswith("__"):
            object.__setattr__(self, name, value)
        else:
            raise SetUndefinedStateVarError(
                f"{type(self).get_full_name()} has no var {name!r}. Declare it in the class body: "
                f"'{name}: {type(unwrap(value)).__name__} = ...'."
            ).at(caller_place())

    def _set_other(self, name: str, value: Any) -> None:
        found: Any = type(self).__mro__[0].__dict__.get(name) or getattr(type(self), name, None)
        if isinstance(found, EventHandler):
            raise SetUndefinedStateVarError(
                f"{type(self).get_full_name()}.{name} is an event handler and cannot be assigned."
            ).at(caller_place())
        object.__setattr__(self, name, value)

    async def __aenter__(self) -> State:
        """Wait until the background handler may change state."""
        if self._guard is None:
            raise TypeError(
                f"'async with self' is for background handlers: decorate the handler of "
                f"{type(self).get_full_name()} with @rx.event(background=True), or leave it out."
            )
        await self._guard.acquire(self._guard)
        return self

    async def __aexit__(self, *_: object) -> None:
        """Send what changed, and let other events go on."""
        assert self._guard is not None
        await self._guard.release(self._guard)

    @property
    def parent_state(self) -> State | None:
        """Return the instance of the state above."""
        parent = type(self)._parent
        return None if parent is None else self._home(parent)

    @property
    def substates(self) -> dict[str, State]:
        """Return the instances of the states right below, by wire name."""
        return {c.get_full_name(): self._home(c) for c in type(self)._children}

    def reset(self) -> None:
        """Set every var of this state and of the states below to its default."""
        guard = self._guard
        for name, field in type(self)._fields.items():
            if name not in _ROOT_KEPT or type(self)._parent is not None:
                field.__set__(self, field.initial())
        for child in type(self)._children:
            state = self._home(child)
            (state if guard is None else state._view(guard)).reset()

    async def get_state(self, state_cls: type[S]) -> S:
        """Return the instance of another state class."""
        guard = self._guard
        found: Any = self._session.home(state_cls)
        if guard is None:
            return found
        if not guard.held:
            raise ImmutableStateError(
                "get_state in a background handler must be inside 'async with self'."
            ).at(caller_place())
        return found._view(guard)

    async def get_var_value(self, var: Any) -> Any:
        """Return the value of a Var of any state: ``await self.get_var_value(Other.x)``."""
        expr = var._expr if isinstance(var, Var) else None
        if not isinstance(expr, StateVar):
            raise TypeError(f"get_var_value takes a Var of a state, not {var!r}.")
        home = registry.state_named(expr.state)
        if home is None:
            raise TypeError(f"get_var_value: there is no state {expr.state!r}.")
        value = getattr(await self.get_state(home), expr.name)
        return await value if hasattr(value, "__await__") else value

    def get_value(self, key: str) -> Any:
        """Return the value of a var without the proxy around it."""
        return unwrap(getattr(self, key))

    def dict(self, **_: Any) -> dict[str, dict[str, Any]]:
        """Return all that the page sees of this state, by wire name."""
        special: list[Path] = []
        return {type(self).get_full_name(): self._session.snapshot(type(self), special)[0]}

    def __repr__(self) -> str:
        """Return the class and the values."""
        return f"{type(self).__qualname__}({self._values})"


def _members(cls: type[State]) -> dict[str, tuple[Any, Any]]:
    """Return what the class body and its mixins declare: name → (annotation, value)."""
    found: dict[str, tuple[Any, Any]] = {}
    sources = [
        base
        for base in reversed(cls.__mro__[1:])
        if base is not object and (base.__dict__.get("_mixin") or not issubclass(base, State))
    ]
    for source in [*sources, cls]:
        annotations = own_annotations(source)
        names = dict.fromkeys((*annotations, *vars(source)))
        for name in names:
            if not _is_member(name, source, annotations):
                continue
            value = vars(source).get(name, MISSING)
            if source is not cls and isinstance(value, FunctionType) and name in vars(cls):
                continue
            found[name] = (annotations.get(name, MISSING), value)
    return found


def _is_member(name: str, source: type, annotations: dict[str, Any]) -> bool:
    if name.startswith(("__", "_abc_")) or name in _INTERNAL:
        return False
    if name in annotations and is_class_var(annotations[name]):
        return False
    value = vars(source).get(name, MISSING)
    if name.startswith(f"_{source.__name__.lstrip('_')}__"):
        return False
    if isinstance(value, (ComputedVar, EventHandler, Field)):
        return True
    if isinstance(value, FunctionType):
        return True
    return not isinstance(value, (type, classmethod, staticmethod, property)) and not (
        hasattr(type(value), "__get__")
    )


def _setter(attr: str) -> Callable[..., Any]:
    def setter(self: State, value: Any) -> None:
        field = type(self)._names[attr]
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


def _dynamic_var(cls: type[State], name: str, kind: str) -> None:
    many = kind == "list"

    def fget(self: Any) -> Any:
        return self.router.page.params.get(name, [] if many else "")

    fget.__name__ = name
    fget.__annotations__ = {"return": list[str] if many else str}
    made = ComputedVar(fget).bound(cls, name)
    cls._computed_vars[name] = made
    setattr(cls, name, made)
    for state in cls._family():
        state._names.setdefault(name, made)


_INTERNAL = frozenset((*State.__annotations__, "_mixin"))
_METHODS = frozenset(name for name in vars(State) if not name.startswith("__"))
_ROOT_KEPT = frozenset(("router", "is_hydrated"))

State._declare(
    {
        "is_hydrated": (bool, False),
        "router": (RouterData, Field(default_factory=RouterData)),
    }
)
set_handler_lookup(registry.handler_named)


def initial_state() -> dict[str, dict[str, Json]]:
    """Return what the page starts with: the frontend vars of every state, by wire name.

    An async computed var, and one with ``initial_value``, starts as that value, else null.
    """
    session = Session()
    special: list[Path] = []
    return {cls.get_full_name(): session.initial(cls, special) for cls in all_states()}

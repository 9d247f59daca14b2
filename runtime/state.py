"""State: vars, computed vars and event handlers of an app, as classes.

On the class an attribute is what the compiler needs: a Var or an event handler. On an instance it
is the value, or a proxy that reports mutation. Everything is set up in ``__init_subclass__`` with
descriptors; there is no metaclass. Invariant: a value lives on the instance of the class that
declares it; a substate reads its parent's through the session.
"""

from __future__ import annotations

import builtins
from collections.abc import Callable, Iterator
from types import FunctionType
from typing import Any, ClassVar, TypeVar, cast

from . import registry
from .binding import set_handler_lookup
from .codec import Path
from .computed import ComputedVar
from .declare import Member, SetVar, members, route_var, setter_of
from .errors import (
    EventHandlerShadowsBuiltInStateMethodError,
    ImmutableStateError,
    SetUndefinedStateVarError,
    caller_place,
)
from .expr import StateVar
from .fields import Field
from .handlers import EventHandler
from .protocol import Json
from .proxy import unwrap
from .registry import all_states as all_states
from .router import RouterData
from .sessions import Session
from .var import Var, to_expr

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

    __wx_fields__: ClassVar[builtins.dict[str, Field[Any]]] = {}
    __wx_computed_vars__: ClassVar[builtins.dict[str, ComputedVar[Any]]] = {}
    __wx_handlers__: ClassVar[builtins.dict[str, EventHandler]] = {}
    __wx_parent_class__: ClassVar[type[State] | None] = None
    __wx_children__: ClassVar[list[type[State]]] = []
    __wx_names__: ClassVar[builtins.dict[str, object]] = {}
    __wx_name__: ClassVar[str] = ROOT
    __wx_mixin__: ClassVar[bool] = False

    __wx_session__: Session
    __wx_values__: builtins.dict[str, Any]
    __wx_computed__: builtins.dict[str, tuple[Any, float]]
    __wx_guard__: Guard | None

    def __init_subclass__(cls, mixin: bool = False, **kwargs: Any) -> None:
        """Turn the class body into fields, computed vars and event handlers."""
        super().__init_subclass__(**kwargs)
        cls.__wx_mixin__ = mixin
        if not mixin:
            cls.__wx_declare__(members(cls))

    @classmethod
    def __wx_declare__(cls, members: builtins.dict[str, Member]) -> None:
        """Fill the class in: its vars, computed vars, handlers, place in the tree."""
        parents = [b for b in cls.__mro__[1:] if issubclass(b, State) and not b.__wx_mixin__]
        cls.__wx_parent_class__ = parents[0] if parents else None
        cls.__wx_children__ = []
        cls.__wx_fields__, cls.__wx_computed_vars__, cls.__wx_handlers__ = {}, {}, {}
        name = cls.__qualname__.replace("<locals>.", "")
        cls.__wx_name__ = ROOT if cls.__wx_parent_class__ is None else f"{cls.__module__}.{name}"
        for attr, (annotation, value) in members.items():
            cls.__wx_member__(attr, annotation, value)
        for attr in list(cls.__wx_fields__):
            cls.__wx_add_setter__(attr)
        own: builtins.dict[str, object] = {
            **cls.__wx_fields__,
            **cls.__wx_computed_vars__,
            **cls.__wx_handlers__,
        }
        parent = cls.__wx_parent_class__
        cls.__wx_names__ = own if parent is None else {**parent.__wx_names__, **own}
        for var in cls.__wx_computed_vars__.values():
            var.check()
        if parent is not None:
            parent.__wx_children__.append(cls)
        registry.add(cls)

    @classmethod
    def __wx_member__(cls, attr: str, annotation: Any, value: Any) -> None:
        """Add one name of the class body."""
        if isinstance(value, ComputedVar):
            cls.__wx_computed_vars__[attr] = value.bound(cls, attr)
            setattr(cls, attr, cls.__wx_computed_vars__[attr])
        elif isinstance(value, EventHandler):
            cls.__wx_add_handler__(attr, value.fn)
        elif isinstance(value, FunctionType):
            if attr in _METHODS:
                raise EventHandlerShadowsBuiltInStateMethodError(
                    f"{cls.__qualname__}.{attr} has the name of a method that every state has; "
                    "give the event handler another name."
                ).at((value.__code__.co_filename, value.__code__.co_firstlineno))
            if not attr.startswith("_"):
                cls.__wx_add_handler__(attr, value)
        else:
            field = cast("Field[Any]", value if isinstance(value, Field) else Field(value))
            cls.__wx_fields__[attr] = field.bound(cls, attr, annotation)
            setattr(cls, attr, cls.__wx_fields__[attr])

    @classmethod
    def __wx_add_handler__(cls, attr: str, fn: Callable[..., Any]) -> EventHandler:
        """Make ``fn`` the event handler ``attr``."""
        handler = EventHandler(fn, cls, attr)
        cls.__wx_handlers__[attr] = handler
        setattr(cls, attr, handler)
        return handler

    @classmethod
    def __wx_add_setter__(cls, attr: str) -> None:
        """Add the handler ``set_<attr>``, unless the class has something of that name."""
        field = cls.__wx_fields__[attr]
        name = f"set_{attr}"
        if field.backend or name in cls.__wx_handlers__ or name in cls.__wx_fields__:
            return
        if name in cls.__wx_computed_vars__ or name in cls.__dict__:
            return
        cls.__wx_add_handler__(name, setter_of(attr))

    @classmethod
    def __wx_add_event_handler__(cls, name: str, fn: Callable[..., Any]) -> EventHandler:
        """Attach a function that was defined outside of the class."""
        handler = cls.__wx_add_handler__(name, fn)
        for state in cls.__wx_family__():
            state.__wx_names__.setdefault(name, handler)
        registry.add_handler(handler)
        return handler

    @classmethod
    def __wx_family__(cls) -> Iterator[type[State]]:
        """Yield this class and every state below it."""
        yield cls
        for child in cls.__wx_children__:
            yield from child.__wx_family__()

    # -- what the compiler asks ----------------------------------------------------------------

    @classmethod
    def get_full_name(cls) -> str:
        """Return the wire name: ``"module.Class"``, ``"wasmrx.State"`` for the root."""
        return cls.__wx_name__

    @classmethod
    def get_name(cls) -> str:
        """Return the wire name."""
        return cls.__wx_name__

    @classmethod
    def get_parent_state(cls) -> type[State] | None:
        """Return the state class above, None for the root."""
        return cls.__wx_parent_class__

    @classmethod
    def get_substates(cls) -> set[type[State]]:
        """Return the state classes right below."""
        return set(cls.__wx_children__)

    @classmethod
    def get_event_handlers(cls) -> builtins.dict[str, EventHandler]:
        """Return the handlers that the class itself has, by attribute."""
        return dict(cls.__wx_handlers__)

    @classmethod
    def __wx_var_named__(cls, name: str) -> Field[Any] | ComputedVar[Any] | None:
        """Return the var ``name`` of this state or a state above."""
        found: Any = cls.__wx_names__.get(name)
        is_var = isinstance(found, (Field, ComputedVar))
        return cast("Field[Any] | ComputedVar[Any]", found) if is_var else None

    @classmethod
    def __wx_find_var__(cls, state: str, name: str) -> Field[Any] | ComputedVar[Any] | None:
        """Return the var ``name`` of the state with the full name ``state``."""
        home = registry.state_named(state)
        return None if home is None else home.__wx_var_named__(name)

    @classmethod
    def add_var(cls, name: str, type_: Any, default_value: Any = None) -> None:
        """Declare one more var on the class and its substates."""
        declared: Field[Any] = Field(default_value)
        made = declared.bound(cls, name, type_)
        cls.__wx_fields__[name] = made
        setattr(cls, name, made)
        cls.__wx_add_setter__(name)
        for state in cls.__wx_family__():
            state.__wx_names__.setdefault(name, made)
        if f"set_{name}" in cls.__wx_handlers__:
            registry.add_handler(cls.__wx_handlers__[f"set_{name}"])

    @classmethod
    def setup_dynamic_args(cls, args: builtins.dict[str, str]) -> None:
        """Declare the parts of dynamic routes as vars: ``{"id": "single", "rest": "list"}``."""
        for name, kind in args.items():
            if name not in cls.__wx_names__:
                made = route_var(name, kind).bound(cls, name)
                cls.__wx_computed_vars__[name] = made
                setattr(cls, name, made)
                for state in cls.__wx_family__():
                    state.__wx_names__.setdefault(name, made)

    setvar = SetVar()

    # -- instances -----------------------------------------------------------------------------

    def __init__(self, *_: Any, **values: Any) -> None:
        """Make an instance in a session of its own, as tests do."""
        session = Session()
        self.__wx_prepare__(session)
        session.states[type(self)] = self
        for name, value in values.items():
            if name in type(self).__wx_names__:
                setattr(self, name, value)

    @classmethod
    def __wx_make__(cls, session: Session) -> State:
        """Return a new instance in ``session``."""
        made = object.__new__(cls)
        made.__wx_prepare__(session)
        return made

    def __wx_prepare__(self, session: Session) -> None:
        """Give the instance its session and its initial values."""
        put = object.__setattr__
        put(self, "__wx_session__", session)
        put(self, "__wx_computed__", {})
        put(self, "__wx_guard__", None)
        put(self, "__wx_values__", {n: f.initial() for n, f in type(self).__wx_fields__.items()})

    def __wx_home__(self, cls: type[State]) -> State:
        """Return the instance of ``cls`` in the same session."""
        return self if type(self) is cls else self.__wx_session__.home(cls)

    def __wx_view__(self, guard: Guard) -> State:
        """Return this instance as a background handler sees it: guarded."""
        made = object.__new__(type(self))
        put = object.__setattr__
        put(made, "__wx_session__", self.__wx_session__)
        put(made, "__wx_computed__", self.__wx_computed__)
        put(made, "__wx_values__", self.__wx_values__)
        put(made, "__wx_guard__", guard)
        return made

    def __setattr__(self, name: str, value: Any) -> None:
        """Assign a declared var; anything else is an error that names it."""
        found = type(self).__wx_names__.get(name)
        if isinstance(found, Field):
            cast("Field[Any]", found).__set__(self, value)
        elif found is not None or hasattr(type(self), name):
            self.__wx_set_other__(name, value)
        elif name.startswith("__"):
            object.__setattr__(self, name, value)
        else:
            raise SetUndefinedStateVarError(
                f"{type(self).get_full_name()} has no var {name!r}. Declare it in the class body: "
                f"'{name}: {type(unwrap(value)).__name__} = ...'."
            ).at(caller_place())

    def __wx_set_other__(self, name: str, value: Any) -> None:
        """Assign what is no field: a property, or an error."""
        found: Any = getattr(type(self), name, None)
        if isinstance(found, EventHandler):
            raise SetUndefinedStateVarError(
                f"{type(self).get_full_name()}.{name} is an event handler and cannot be assigned."
            ).at(caller_place())
        object.__setattr__(self, name, value)

    async def __aenter__(self) -> State:
        """Wait until the background handler may change state."""
        if self.__wx_guard__ is None:
            raise TypeError(
                f"'async with self' is for background handlers: decorate the handler of "
                f"{type(self).get_full_name()} with @rx.event(background=True), or leave it out."
            )
        await self.__wx_guard__.acquire(self.__wx_guard__)
        return self

    async def __aexit__(self, *_: object) -> None:
        """Send what changed, and let other events go on."""
        assert self.__wx_guard__ is not None
        await self.__wx_guard__.release(self.__wx_guard__)

    @property
    def parent_state(self) -> State | None:
        """Return the instance of the state above."""
        parent = type(self).__wx_parent_class__
        return None if parent is None else self.__wx_home__(parent)

    @property
    def substates(self) -> builtins.dict[str, State]:
        """Return the instances of the states right below, by wire name."""
        return {c.get_full_name(): self.__wx_home__(c) for c in type(self).__wx_children__}

    def reset(self) -> None:
        """Set every var of this state and of the states below to its default."""
        guard = self.__wx_guard__
        for name, field in type(self).__wx_fields__.items():
            if name not in _ROOT_KEPT or type(self).__wx_parent_class__ is not None:
                field.__set__(self, field.initial())
        for child in type(self).__wx_children__:
            state = self.__wx_home__(child)
            (state if guard is None else state.__wx_view__(guard)).reset()

    async def get_state(self, state_cls: type[S]) -> S:
        """Return the instance of another state class."""
        guard = self.__wx_guard__
        found: Any = self.__wx_session__.home(state_cls)
        if guard is None:
            return found
        if not guard.held:
            raise ImmutableStateError(
                "get_state in a background handler must be inside 'async with self'."
            ).at(caller_place())
        return found.__wx_view__(guard)

    async def get_var_value(self, var: Any) -> Any:
        """Return the value of a Var of any state: ``await self.get_var_value(Other.x)``."""
        expr = to_expr(cast("object", var)) if isinstance(var, Var) else None
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

    def dict(self, **_: Any) -> builtins.dict[str, builtins.dict[str, Any]]:
        """Return all that the page sees of this state, by wire name."""
        special: list[Path] = []
        return {type(self).get_full_name(): self.__wx_session__.snapshot(type(self), special)[0]}

    def __repr__(self) -> str:
        """Return the class and the values."""
        return f"{type(self).__qualname__}({self.__wx_values__})"


_METHODS = frozenset(name for name in vars(State) if not name.startswith("__"))
_ROOT_KEPT = frozenset(("router", "is_hydrated"))

State.__wx_declare__(
    {
        "is_hydrated": (bool, False),
        "router": (RouterData, Field(default_factory=RouterData)),
    }
)
set_handler_lookup(registry.handler_named)


def initial_state() -> builtins.dict[str, builtins.dict[str, Json]]:
    """Return what the page starts with: the frontend vars of every state, by wire name.

    An async computed var, and one with ``initial_value``, starts as that value, else null.
    """
    session = Session()
    special: list[Path] = []
    return {cls.get_full_name(): session.initial(cls, special) for cls in all_states()}

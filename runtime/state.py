"""State: vars, computed vars and event handlers of an app, as classes.

On the class an attribute is what the compiler needs: a Var or an event handler. On an instance it
is the value, or a proxy that reports mutation. What belongs to the class is in
``wasmrx.state_class``. Invariant: a value lives on the instance of the class that declares it; a
substate reads its parent's through the session.
"""

from __future__ import annotations

import builtins
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar, cast

from . import registry
from .binding import set_handler_lookup
from .codec import Path
from .declare import is_private, members
from .errors import (
    ImmutableStateError,
    SetUndefinedStateVarError,
    StateValueError,
    caller_place,
    near_name,
)
from .expr import StateVar
from .fields import MISSING, Field
from .handlers import EventHandler
from .protocol import Json
from .proxy import unwrap
from .registry import all_states as all_states
from .router import RouterData, RouterField
from .sessions import Session
from .state_class import StateClass, reserve
from .var import Var, to_expr

if TYPE_CHECKING:
    from typing import Self

S = TypeVar("S", bound="State")


class Guard:
    """Whether a background handler may change state now; its ``owner`` is the task that may."""

    __slots__ = ("acquire", "held", "owner", "release")

    def __init__(self, acquire: Callable[[Guard], Any], release: Callable[[Guard], Any]) -> None:
        """Take what waits for the lock, and what sends the delta and frees it."""
        self.held = False
        self.owner: object = None
        self.acquire = acquire
        self.release = release


class State(StateClass):
    """Base of every state: subclass it and declare vars, computed vars and handlers."""

    __wx_session__: Session
    __wx_values__: builtins.dict[str, Any]
    __wx_computed__: builtins.dict[str, tuple[Any, float]]
    __wx_guard__: Guard | None

    def __init_subclass__(cls, mixin: bool = False, **kwargs: Any) -> None:
        """Turn the class body into fields, computed vars and event handlers.

        ``mixin=True`` makes the class a pattern whose vars and handlers are copied into the states
        that derive from it; so is a class that derives from mixins only.
        """
        super().__init_subclass__(**kwargs)
        bases = [base for base in cls.__bases__ if issubclass(base, State)]
        is_mixin = mixin or all(base.__wx_mixin__ for base in bases)
        type.__setattr__(cls, "__wx_mixin__", is_mixin)
        body = members(cls, State)
        if is_mixin:
            cls.__wx_declare_mixin__(body)
            return
        parents = [b for b in cls.__mro__[1:] if issubclass(b, State) and not b.__wx_mixin__]
        for other in parents[1:]:
            if not issubclass(parents[0], other):
                raise StateValueError(
                    f"{cls.__qualname__} derives from two states, {parents[0].__qualname__} and "
                    f"{other.__qualname__}. A state has one parent; make the other a mixin: "
                    f"'class {other.__name__}(rx.State, mixin=True)'."
                ).at(caller_place())
        cls.__wx_declare__(body, parents[0])

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

    def __wx_beside__(self, cls: type[State]) -> State:
        """Return the instance of ``cls``, guarded as this one is."""
        state = self.__wx_home__(cls)
        return state if self.__wx_guard__ is None else state.__wx_view__(self.__wx_guard__)

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
            found.__set__(self, value)  # pyright: ignore[reportUnknownMemberType]
        elif is_private(name, type(self)) or _takes_assignment(type(self), name):
            object.__setattr__(self, name, value)
        elif isinstance(found, EventHandler):
            raise SetUndefinedStateVarError(
                f"{type(self).get_full_name()}.{name} is an event handler and cannot be assigned."
            ).at(caller_place())
        else:
            raise self.__wx_undefined__(name, value)

    def __wx_undefined__(self, name: str, value: object) -> Exception:
        """Return the error of an assignment to what is no var."""
        names = type(self).__wx_names__
        near = near_name(name, [n for n, var in names.items() if isinstance(var, Field)])
        return SetUndefinedStateVarError(
            f"{type(self).get_full_name()} has no var {name!r}.{near} Declare it in the class "
            f"body: '{name}: {type(unwrap(value)).__name__} = ...'."
        ).at(caller_place())

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
        for name, field in type(self).__wx_fields__.items():
            if name not in _ROOT_KEPT or type(self).__wx_parent_class__ is not None:
                field.__set__(self, field.initial())
        for child in type(self).__wx_children__:
            self.__wx_beside__(child).reset()

    async def get_state(self, state_cls: type[S]) -> S:
        """Return the instance of another state class."""
        guard = self.__wx_guard__
        found: Any = self.__wx_session__.home(state_cls)
        if guard is None:
            return found
        if not guard.held:
            raise _outside("get_state")
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
        """Return the value of a var without the proxy around it: what changes in it is not seen."""
        if not isinstance(cast(object, key), str):
            raise TypeError(f"get_value takes the name of a var, not {key!r}.")
        return unwrap(getattr(self, key))

    def get_substate(self, path: Sequence[str]) -> State:
        """Return the instance of the state below with the wire name that ``path`` ends in.

        Raises ValueError where there is none.
        """
        if self.__wx_guard__ is not None and not self.__wx_guard__.held:
            raise _outside("get_substate")
        return self.__wx_beside__(type(self).get_class_substate(path))

    def set(self, **values: Any) -> Self:
        """Assign several vars and return this state."""
        for name, value in values.items():
            setattr(self, name, value)
        return self

    def dict(
        self, include_computed: bool = True, initial: bool = False, **_: Any
    ) -> builtins.dict[str, builtins.dict[str, Any]]:
        """Return the values that the page sees of this state and of those below, by wire name.

        ``initial`` gives computed vars as the page starts with them. Async ones are left out.
        """
        found: builtins.dict[str, builtins.dict[str, Any]] = {}
        for cls in type(self).__wx_family__():
            state = self.__wx_home__(cast("type[State]", cls))
            shown = {
                n: state.__wx_values__[n] for n, f in cls.__wx_fields__.items() if not f.backend
            }
            for name, var in cls.__wx_computed_vars__.items() if include_computed else ():
                if initial and var.initial_value is not MISSING:
                    shown[name] = var.initial_value
                elif not (var.backend or var.is_async):
                    shown[name] = unwrap(getattr(state, name))
            found[cls.get_full_name()] = shown
        return found

    def __repr__(self) -> str:
        """Return the class and the values."""
        return f"{type(self).__qualname__}({self.__wx_values__})"


def _takes_assignment(cls: type, name: str) -> bool:
    """Tell whether a property or the like of the class handles the assignment of ``name``."""
    for base in cls.__mro__:
        if name in vars(base):
            return hasattr(vars(base)[name].__class__, "__set__")
    return False


def _outside(method: str) -> ImmutableStateError:
    error = ImmutableStateError(
        f"{method} in a background handler must be inside 'async with self'."
    )
    error.at(caller_place())
    return error


_ROOT_KEPT = frozenset(("router", "is_hydrated", "is_ready"))

State.__wx_declare__(
    {
        "is_hydrated": (bool, False),
        "is_ready": (bool, False),
        "router": (RouterData, RouterField(default_factory=RouterData)),
    },
    None,
)
reserve(StateClass, State)
set_handler_lookup(registry.handler_named)


def initial_state(
    session: Session | None = None,
) -> builtins.dict[str, builtins.dict[str, Json]]:
    """Return what the page starts with: the frontend vars of every state, by wire name.

    An async computed var, and one with ``initial_value``, starts as that value, else null.
    ``session`` is a new one, for who wants to know more of what was computed.
    """
    session = session or Session()
    special: list[Path] = []
    return {cls.get_full_name(): session.initial(cls, special) for cls in all_states()}

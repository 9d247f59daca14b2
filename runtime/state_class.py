"""State classes as classes: how their body becomes vars and handlers, and what is known of them.

Everything is set up in ``__init_subclass__`` with descriptors. The metaclass only guards what was
set up: a var that is assigned on the class would be gone for everyone.
"""

from __future__ import annotations

import builtins
from abc import ABCMeta
from collections.abc import Callable, Iterator, Sequence
from types import FunctionType
from typing import Any, ClassVar, cast

from . import registry
from .computed import ComputedVar
from .declare import Member, RouteVar, SetVar, route_var, setter_of
from .errors import (
    DynamicRouteArgShadowsStateVarError,
    EventHandlerShadowsBuiltInStateMethodError,
    StateValueError,
    StateVarReplacedError,
    VarNameError,
    caller_place,
)
from .fields import MISSING, Field
from .handlers import EventHandler
from .var import Var

ROOT = "wasmrx.State"

put: Callable[[type, str, Any], None] = type.__setattr__
"""Sets an attribute of a class past the guard of ``StateType``."""


class StateType(ABCMeta):
    """The type of state classes: it keeps vars from being replaced."""

    def __setattr__(cls, name: str, value: Any) -> None:
        """Set an attribute that is no var."""
        _keep_var(cls, name, "assigned")
        super().__setattr__(name, value)

    def __delattr__(cls, name: str) -> None:
        """Delete an attribute that is no var."""
        _keep_var(cls, name, "deleted")
        super().__delattr__(name)


def _keep_var(cls: Any, name: str, what: str) -> None:
    found = cls.__wx_names__.get(name)
    if isinstance(found, Field):
        raise StateVarReplacedError(
            f"{cls.__qualname__}.{name} is a var and cannot be {what} on the class. In a handler "
            f"assign it on the instance, 'self.{name} = ...'; a constant of the class is declared "
            f"'{name}: ClassVar[...]'."
        ).at(caller_place())


class VarsOf:
    """The Vars of a state class by name: ``State.vars``, ``base_vars`` and ``computed_vars``."""

    def __init__(self, *kinds: type, inherited: bool = False) -> None:
        """Choose the kinds of vars, of the class itself or of those above, too."""
        self.kinds = kinds
        self.inherited = inherited

    def __get__(self, _: object, owner: type[StateClass]) -> builtins.dict[str, Var[Any]]:
        """Return the Vars."""
        found = owner.__wx_names__ if self.inherited else owner.__wx_own_names__()
        return {
            name: getattr(owner, name)
            for name, var in found.items()
            if isinstance(var, self.kinds) and not getattr(var, "backend", False)
        }


class StateClass(metaclass=StateType):
    """Base of ``State``: what belongs to the class, not to an instance."""

    __wx_fields__: ClassVar[builtins.dict[str, Field[Any]]] = {}
    __wx_computed_vars__: ClassVar[builtins.dict[str, ComputedVar[Any]]] = {}
    __wx_handlers__: ClassVar[builtins.dict[str, EventHandler]] = {}
    __wx_parent_class__: ClassVar[Any] = None
    __wx_children__: ClassVar[list[Any]] = []
    __wx_names__: ClassVar[builtins.dict[str, object]] = {}
    __wx_name__: ClassVar[str] = ROOT
    __wx_mixin__: ClassVar[bool] = False

    vars = VarsOf(Field, ComputedVar, inherited=True)
    base_vars = VarsOf(Field)
    computed_vars = VarsOf(ComputedVar)
    setvar = SetVar()

    @classmethod
    def __wx_declare__(cls, body: builtins.dict[str, Member], parent: Any) -> None:
        """Fill the class in: its vars, computed vars, handlers, place in the tree."""
        put(cls, "__wx_parent_class__", parent)
        put(cls, "__wx_children__", [])
        for kind in ("fields", "computed_vars", "handlers"):
            put(cls, f"__wx_{kind}__", {})
        name = cls.__qualname__.replace("<locals>.", "")
        put(cls, "__wx_name__", ROOT if parent is None else f"{cls.__module__}.{name}")
        for attr, (annotation, value) in body.items():
            cls.__wx_member__(attr, annotation, value)
        for attr in list(cls.__wx_fields__):
            cls.__wx_add_setter__(attr)
        names = {} if parent is None else dict(parent.__wx_names__)
        for attr in builtins.vars(cls):
            names.pop(attr, None)  # A property, say, that hides a var of the parent.
        put(cls, "__wx_names__", {**names, **cls.__wx_own_names__()})
        for var in cls.__wx_computed_vars__.values():
            var.check()
        if parent is not None:
            parent.__wx_children__.append(cls)
        registry.add(cast(Any, cls))

    @classmethod
    def __wx_declare_mixin__(cls, body: builtins.dict[str, Member]) -> None:
        """Make the vars of a mixin recognisable as what they are; its states get copies."""
        put(cls, "__wx_names__", {})
        for attr, (annotation, value) in body.items():
            if not isinstance(value, ComputedVar) and not _is_method(annotation, value):
                put(cls, attr, _field(value).bound(cast(Any, cls), attr, annotation))

    @classmethod
    def __wx_own_names__(cls) -> builtins.dict[str, object]:
        """Return the vars, computed vars and handlers of the class itself."""
        return {**cls.__wx_fields__, **cls.__wx_computed_vars__, **cls.__wx_handlers__}

    @classmethod
    def __wx_member__(cls, attr: str, annotation: Any, value: Any) -> None:
        """Add one name of the class body."""
        if _is_method(annotation, value):
            cls.__wx_function__(attr, value)
            return
        _check_name(attr)
        if isinstance(value, ComputedVar):
            cls.__wx_computed_vars__[attr] = value.bound(cast(Any, cls), attr)
            put(cls, attr, cls.__wx_computed_vars__[attr])
        else:
            cls.__wx_fields__[attr] = _field(value).bound(cast(Any, cls), attr, annotation)
            put(cls, attr, cls.__wx_fields__[attr])

    @classmethod
    def __wx_function__(cls, attr: str, fn: FunctionType) -> None:
        """Add a method: an event handler unless it is private."""
        if attr in RESERVED:
            raise EventHandlerShadowsBuiltInStateMethodError(
                f"{cls.__qualname__}.{attr} has the name of a method that every state has; "
                "give the event handler another name."
            ).at((fn.__code__.co_filename, fn.__code__.co_firstlineno))
        if not attr.startswith("_"):
            cls.__wx_add_handler__(attr, fn)

    @classmethod
    def __wx_add_handler__(cls, attr: str, fn: Callable[..., Any]) -> EventHandler:
        """Make ``fn`` the event handler ``attr``."""
        handler = EventHandler(fn, cast(Any, cls), attr)
        cls.__wx_handlers__[attr] = handler
        put(cls, attr, handler)
        return handler

    @classmethod
    def __wx_add_setter__(cls, attr: str) -> None:
        """Add the handler ``set_<attr>``, unless the class has something of that name."""
        name = f"set_{attr}"
        if not cls.__wx_fields__[attr].backend and name not in cls.__dict__:
            cls.__wx_add_handler__(name, setter_of(attr))

    @classmethod
    def __wx_add_event_handler__(cls, name: str, fn: Callable[..., Any]) -> EventHandler:
        """Attach a function that was defined outside of the class."""
        handler = cls.__wx_add_handler__(name, fn)
        cls.__wx_tell_family__(name, handler)
        registry.add_handler(handler)
        return handler

    @classmethod
    def __wx_family__(cls) -> Iterator[type[StateClass]]:
        """Yield this class and every state below it."""
        yield cls
        for child in cls.__wx_children__:
            yield from child.__wx_family__()

    @classmethod
    def __wx_tell_family__(cls, name: str, member: object) -> None:
        """Let this class and those below know a name that joins late; their own come first."""
        for state in cls.__wx_family__():
            state.__wx_names__.setdefault(name, member)

    @classmethod
    def get_full_name(cls) -> str:
        """Return the wire name: ``"module.Class"``, ``"wasmrx.State"`` for the root."""
        return cls.__wx_name__

    @classmethod
    def get_name(cls) -> str:
        """Return the wire name."""
        return cls.__wx_name__

    @classmethod
    def get_parent_state(cls) -> Any:
        """Return the state class above, None for the root."""
        return cls.__wx_parent_class__

    @classmethod
    def get_root_state(cls) -> Any:
        """Return the state class that all others derive from."""
        parent = cls.__wx_parent_class__
        return cls if parent is None else parent.get_root_state()

    @classmethod
    def get_substates(cls) -> builtins.set[Any]:
        """Return the state classes right below."""
        return builtins.set(cls.__wx_children__)

    @classmethod
    def get_class_substate(cls, path: Sequence[str] | str) -> Any:
        """Return the state class with this wire name, or the last of several.

        Raises ValueError where there is none below this class.
        """
        name = path if isinstance(path, str) else (path[-1] if path else cls.__wx_name__)
        for state in cls.__wx_family__():
            if state.__wx_name__ == name:
                return state
        raise ValueError(f"{cls.__wx_name__} has no substate {name!r}.")

    @classmethod
    def get_event_handlers(cls) -> builtins.dict[str, EventHandler]:
        """Return the handlers that the class itself has, by attribute."""
        return dict(cls.__wx_handlers__)

    @classmethod
    def get_fields(cls) -> builtins.dict[str, Field[Any]]:
        """Return the declared vars of the class and of those above, by name."""
        return {name: v for name, v in cls.__wx_names__.items() if isinstance(v, Field)}

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
        """Declare one more var on the class and its substates.

        Raises VarNameError, a NameError, where the state has a var of that name.
        """
        if isinstance(cls.__wx_names__.get(name), Field):
            raise VarNameError(
                f"{cls.__wx_name__}.add_var: there is a var {name!r} already. Use another name."
            ).at(caller_place())
        cls.__wx_member__(name, type_, default_value)
        cls.__wx_add_setter__(name)
        cls.__wx_tell_family__(name, cls.__wx_fields__[name])
        setter = cls.__wx_handlers__.get(f"set_{name}")
        if setter is not None:
            cls.__wx_tell_family__(f"set_{name}", setter)
            registry.add_handler(setter)

    @classmethod
    def setup_dynamic_args(cls, args: builtins.dict[str, str]) -> None:
        """Declare the parts of dynamic routes as vars: ``{"id": "single", "rest": "list"}``.

        Raises DynamicRouteArgShadowsStateVarError where ``State`` has another use for the name.
        """
        for name, kind in args.items():
            known = cls.__wx_names__.get(name)
            if isinstance(known, RouteVar):
                continue
            if known is not None or name in RESERVED:
                raise DynamicRouteArgShadowsStateVarError(
                    f"The dynamic part [{name}] of a route has the name of something that every "
                    f"state has. Give it another name, such as [{name}_id]."
                ).at(caller_place())
            made = route_var(name, kind).bound(cast(Any, cls), name)
            cls.__wx_computed_vars__[name] = made
            put(cls, name, made)
            cls.__wx_tell_family__(name, made)


def _is_method(annotation: Any, value: Any) -> bool:
    return isinstance(value, FunctionType) and annotation is MISSING


def _field(value: Any) -> Field[Any]:
    return cast("Field[Any]", value) if isinstance(value, Field) else Field(value)


RESERVED: builtins.set[str] = builtins.set()
"""Names that every state has: no var or handler may take one."""


def reserve(*classes: type[StateClass]) -> None:
    """Keep the public names of these classes from being declared by states."""
    for cls in classes:
        RESERVED.update(name for name in vars(cls) if not name.startswith("__"))
    RESERVED.difference_update(("is_hydrated", "set_is_hydrated", "is_ready", "set_is_ready"))


def _check_name(name: str) -> None:
    if name in RESERVED:
        raise StateValueError(
            f"The var {name!r} has the name of something that every state has. Rename the var, "
            f"for instance to {name + '_'!r}."
        ).at(caller_place())

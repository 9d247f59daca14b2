"""Containers that report their mutation: what a handler gets when it reads a list var.

A proxy stands for a list, dict, set, deque or attribute object that a var holds. It compares,
iterates, pickles and copies like the object; what it hands out of the object is wrapped again.
Before each mutation it tells the session, which keeps a shallow copy for the delta.
"""

from __future__ import annotations

import copy
import dataclasses
import json
from collections import deque
from collections.abc import (
    Callable,
    Iterable,
    Iterator,
    MutableMapping,
    MutableSequence,
    MutableSet,
)
from types import FunctionType, MethodType
from typing import TYPE_CHECKING, Any, cast

from .errors import ImmutableStateError, caller_place

if TYPE_CHECKING:
    from .fields import Field
    from .state import Guard, State


class Root:
    """Where a proxy's object hangs: the var, on which instance, under which guard."""

    __slots__ = ("field", "guard", "state")

    def __init__(self, state: State, field: Field[Any], guard: Guard | None) -> None:
        """Hold the parts."""
        self.state = state
        self.field = field
        self.guard = guard


class Proxy:
    """Base of the proxies; everything it does not define goes to the object."""

    __slots__ = ("__weakref__", "__wx_parent__", "__wx_root__", "__wx_target__")
    __hash__: Any = None

    def __init__(self, target: Any, root: Root, parent: Proxy | None) -> None:
        """Stand for ``target``, found in ``root``'s var inside ``parent``."""
        _set_target(self, target)
        _set_root(self, root)
        _set_parent(self, parent)

    def __wasmrx_unwrap__(self) -> Any:
        """Return the object itself."""
        return self.__wx_target__

    @property
    def __class__(self) -> Any:  # pyright: ignore[reportIncompatibleMethodOverride]
        """Return the object's class, so that isinstance works."""
        return type(self.__wx_target__)

    @property
    def __wrapped__(self) -> Any:
        """Return the object itself, as Reflex's proxies offer it."""
        return self.__wx_target__

    def __getattr__(self, name: str) -> Any:
        """Return an attribute of the object, wrapped where it is mutable."""
        return _wrapped(getattr(self.__wx_target__, name), self)

    def __eq__(self, other: object) -> Any:
        """Compare the objects."""
        return self.__wx_target__ == unwrap(other)

    def __ne__(self, other: object) -> Any:
        """Compare the objects."""
        return self.__wx_target__ != unwrap(other)

    def __repr__(self) -> str:
        """Return the object's text."""
        return repr(self.__wx_target__)

    def __str__(self) -> str:
        """Return the object's text."""
        return str(self.__wx_target__)

    def __format__(self, spec: str) -> str:
        """Format the object."""
        return format(self.__wx_target__, spec)

    def __bool__(self) -> bool:
        """Return the object's truth."""
        return bool(self.__wx_target__)

    def __copy__(self) -> Any:
        """Return a plain copy."""
        return copy.copy(self.__wx_target__)

    def __deepcopy__(self, memo: dict[int, Any]) -> Any:
        """Return a plain deep copy."""
        return copy.deepcopy(self.__wx_target__, memo)

    def __reduce_ex__(self, protocol: Any) -> Any:
        """Pickle as the object."""
        return self.__wx_target__.__reduce_ex__(protocol)

    def __dir__(self) -> Iterable[str]:
        """List the object's attributes."""
        return dir(self.__wx_target__)


_set_target: Any = vars(Proxy)["__wx_target__"].__set__
_set_root: Any = vars(Proxy)["__wx_root__"].__set__
_set_parent: Any = vars(Proxy)["__wx_parent__"].__set__


def _touch(proxy: Proxy) -> None:
    """Tell the session that ``proxy``'s object is about to change."""
    root = proxy.__wx_root__
    guard = root.guard
    if guard is not None and not guard.held:
        error = ImmutableStateError(
            f"{root.field.owner.get_full_name()}.{root.field.name} is changed by a background "
            "handler outside of 'async with self'. Put the change inside such a block."
        )
        raise error.at(caller_place())
    root.state.__wx_session__.mutating(root.field, proxy)


def _wrapped(value: Any, parent: Proxy) -> Any:
    kind = _kinds.get(type(value), _kind)
    if kind is _kind:
        kind = _kind(type(value))
    return value if kind is None else kind(value, parent.__wx_root__, parent)


def _mutator(name: str) -> Callable[..., Any]:
    def mutate(self: Proxy, /, *args: Any, **kwargs: Any) -> Any:
        _touch(self)
        clean = tuple(unwrap(arg) for arg in args)
        return getattr(self.__wx_target__, name)(*clean, **kwargs)

    mutate.__name__ = name
    return mutate


def _in_place(name: str) -> Callable[..., Any]:
    def mutate(self: Proxy, other: Any) -> Any:
        _touch(self)
        done = getattr(self.__wx_target__, name)(unwrap(other))
        return NotImplemented if done is NotImplemented else self

    mutate.__name__ = name
    return mutate


def _reader(name: str) -> Callable[..., Any]:
    def read(self: Proxy, /, *args: Any) -> Any:
        return getattr(self.__wx_target__, name)(*(unwrap(arg) for arg in args))

    read.__name__ = name
    return read


class SequenceProxy(Proxy):
    """A list or a deque."""

    __slots__ = ()

    def __getitem__(self, key: Any) -> Any:
        """Return an item, or a plain list of items."""
        found = self.__wx_target__[key]
        if isinstance(key, slice):
            return [_wrapped(item, self) for item in found]
        return _wrapped(found, self)

    def __iter__(self) -> Iterator[Any]:
        """Yield the items."""
        return (_wrapped(item, self) for item in self.__wx_target__)

    def __reversed__(self) -> Iterator[Any]:
        """Yield the items, last first."""
        return (_wrapped(item, self) for item in reversed(self.__wx_target__))

    def copy(self) -> Any:
        """Return a plain list of the items."""
        return [_wrapped(item, self) for item in self.__wx_target__]

    def sort(self, *, key: Callable[[Any], Any] | None = None, reverse: bool = False) -> None:
        """Sort in place."""
        _touch(self)
        self.__wx_target__.sort(key=key, reverse=reverse)


class MappingProxy(Proxy):
    """A dict."""

    __slots__ = ()

    def __getitem__(self, key: Any) -> Any:
        """Return a value; a defaultdict may add one."""
        target = self.__wx_target__
        if key not in target and hasattr(type(target), "__missing__"):
            _touch(self)
        return _wrapped(target[key], self)

    def get(self, key: Any, default: Any = None) -> Any:
        """Return a value, or ``default``."""
        return _wrapped(self.__wx_target__.get(key, default), self)

    def setdefault(self, key: Any, default: Any = None) -> Any:
        """Return a value, added where there is none."""
        if key not in self.__wx_target__:
            _touch(self)
        return _wrapped(self.__wx_target__.setdefault(key, unwrap(default)), self)

    def values(self) -> Any:
        """Return the values."""
        return _Values(self)

    def items(self) -> Any:
        """Return keys and values."""
        return _Items(self)

    def __iter__(self) -> Iterator[Any]:
        """Yield the keys."""
        return iter(self.__wx_target__)

    def copy(self) -> Any:
        """Return a plain dict."""
        return {key: _wrapped(value, self) for key, value in self.__wx_target__.items()}


class _Values:
    """The values of a dict, wrapped as they are read."""

    __slots__ = ("_of",)

    def __init__(self, of: MappingProxy) -> None:
        self._of = of

    def __len__(self) -> int:
        return len(self._of.__wx_target__)

    def __iter__(self) -> Iterator[Any]:
        return (_wrapped(value, self._of) for value in self._of.__wx_target__.values())

    def __contains__(self, value: object) -> bool:
        return unwrap(value) in self._of.__wx_target__.values()

    def __repr__(self) -> str:
        return repr(self._of.__wx_target__.values())


class _Items(_Values):
    """The pairs of a dict, values wrapped as they are read."""

    __slots__ = ()

    def __iter__(self) -> Iterator[Any]:
        return ((key, _wrapped(value, self._of)) for key, value in self._of.__wx_target__.items())

    def __contains__(self, value: object) -> bool:
        return unwrap(value) in self._of.__wx_target__.items()

    def __repr__(self) -> str:
        return repr(self._of.__wx_target__.items())


class SetProxy(Proxy):
    """A set."""

    __slots__ = ()

    def __iter__(self) -> Iterator[Any]:
        """Yield the members."""
        return iter(self.__wx_target__)


class ObjectProxy(Proxy):
    """A dataclass, a model, or another object with attributes."""

    __slots__ = ()

    def __getattr__(self, name: str) -> Any:
        """Return an attribute; a method of the author's class runs on the proxy."""
        target = self.__wx_target__
        value = getattr(target, name)
        if type(value) in _LEAVES:
            return value
        if type(value) is MethodType and value.__self__ is target and _is_authors(value):
            return MethodType(value.__func__, self)
        return _wrapped(value, self)

    def __setattr__(self, name: str, value: Any) -> None:
        """Set an attribute of the object."""
        _touch(self)
        setattr(self.__wx_target__, name, unwrap(value))

    def __delattr__(self, name: str) -> None:
        """Delete an attribute of the object."""
        _touch(self)
        delattr(self.__wx_target__, name)


def _is_authors(method: MethodType) -> bool:
    module = getattr(method.__func__, "__module__", "") or ""
    return not module.startswith(("pydantic", "sqlmodel", "sqlalchemy", "attr"))


def _install(cls: type[Proxy], make: Callable[[str], Any], names: str) -> None:
    for name in names.split():
        if name not in cls.__dict__:
            setattr(cls, name, make(name))


_install(
    SequenceProxy,
    _mutator,
    "append appendleft extend extendleft insert pop popleft remove clear reverse rotate "
    "__setitem__ __delitem__",
)
_install(SequenceProxy, _in_place, "__iadd__ __imul__")
_install(
    SequenceProxy,
    _reader,
    "__len__ __contains__ __add__ __mul__ __rmul__ __lt__ __le__ __gt__ __ge__ index count",
)
_install(MappingProxy, _mutator, "__setitem__ __delitem__ pop popitem update clear move_to_end")
_install(MappingProxy, _in_place, "__ior__")
_install(MappingProxy, _reader, "__len__ __contains__ __or__ __ror__ __reversed__ keys")
_install(
    SetProxy,
    _mutator,
    "add remove discard pop clear update difference_update intersection_update "
    "symmetric_difference_update",
)
_install(SetProxy, _in_place, "__ior__ __iand__ __isub__ __ixor__")
_install(
    SetProxy,
    _reader,
    "__len__ __contains__ __or__ __ror__ __and__ __rand__ __sub__ __rsub__ __xor__ __rxor__ "
    "__lt__ __le__ __gt__ __ge__ union intersection difference symmetric_difference issubset "
    "issuperset isdisjoint copy",
)


def _radd(self: SequenceProxy, other: Any) -> Any:
    return other + self.__wx_target__


SequenceProxy.__radd__ = _radd  # type: ignore[attr-defined]

_kinds: dict[type, type[Proxy] | None] = {
    list: SequenceProxy,
    deque: SequenceProxy,
    dict: MappingProxy,
    set: SetProxy,
}


def _kind(cls: type) -> type[Proxy] | None:
    """Return the proxy class for ``cls``, None where its objects are handed out as they are."""
    found: type[Proxy] | None = None
    if cls in _kinds:
        return _kinds[cls]
    for base, kind in ((list, SequenceProxy), (deque, SequenceProxy), (dict, MappingProxy)):
        if issubclass(cls, base):
            found = kind
    if issubclass(cls, set):
        found = SetProxy
    if found is None and _has_tracked_attributes(cls):
        found = _object_proxy(cls)
    _kinds[cls] = found
    return found


def _has_tracked_attributes(cls: type) -> bool:
    if issubclass(cls, (type, BaseException)):
        return False
    params = getattr(cls, "__dataclass_params__", None)
    if params is not None:
        return not params.frozen
    if hasattr(cls, "__pydantic_fields__") or hasattr(cls, "__attrs_attrs__"):
        return True
    return hasattr(cls, "__sa_instrumentation__") or getattr(cls, "__wasmrx_track__", False)


_FORWARDED = frozenset(
    [
        "__len__",
        "__iter__",
        "__contains__",
        "__getitem__",
        "__setitem__",
        "__delitem__",
        "__call__",
        "__lt__",
        "__le__",
        "__gt__",
        "__ge__",
        "__add__",
        "__sub__",
        "__mul__",
        "__truediv__",
        "__neg__",
        "__int__",
        "__float__",
        "__index__",
        "__enter__",
        "__exit__",
    ]
)


def _object_proxy(cls: type) -> type[Proxy]:
    """Return a proxy class that has the operators which the Python class ``cls`` defines."""
    space: dict[str, Any] = {"__slots__": ()}
    for base in reversed(cls.__mro__):
        for name, member in vars(base).items():
            if name in _FORWARDED and isinstance(member, FunctionType):
                space[name] = member
    if getattr(cls, "__hash__", None) is not None:
        space["__hash__"] = lambda self: hash(self.__wx_target__)  # pyright: ignore
    if hasattr(cls, "__dataclass_fields__"):
        space["__dataclass_fields__"] = cls.__dataclass_fields__  # type: ignore[attr-defined]
    return cast("type[Proxy]", type(ObjectProxy)(f"{cls.__name__}Proxy", (ObjectProxy,), space))


def is_mutable(value: Any, backend: bool) -> bool:
    """Tell whether ``value`` is handed out as a proxy."""
    return _kind(type(value)) is not None


def wrap(value: Any, root: Root) -> Any:
    """Return a proxy of ``value``, the value of ``root``'s var."""
    kind = _kind(type(value))
    return value if kind is None else kind(value, root, None)


def unwrap(value: Any) -> Any:
    """Return ``value`` without proxies: itself, and inside plain containers."""
    if is_proxy(value):
        return value.__wx_target__
    kind = type(value)
    if kind is list:
        items = cast("list[Any]", value)
        for i, item in enumerate(items):
            if type(item) not in _LEAVES:
                clean = unwrap(item)
                if clean is not item:
                    items[i] = clean
    elif kind is dict:
        pairs = cast("dict[Any, Any]", value)
        for key, item in pairs.items():
            if type(item) not in _LEAVES:
                clean = unwrap(item)
                if clean is not item:
                    pairs[key] = clean
    elif kind is tuple:
        members = cast("tuple[Any, ...]", value)
        if any(type(item) not in _LEAVES for item in members):
            clean_members = tuple(unwrap(item) for item in members)
            if any(a is not b for a, b in zip(members, clean_members, strict=True)):
                return clean_members
    return value


_LEAVES = frozenset((str, int, float, bool, type(None), bytes))


def is_proxy(value: Any) -> bool:
    """Tell whether ``value`` is a proxy; isinstance cannot, as proxies answer for their object."""
    return issubclass(type(value), Proxy)


def _teach_standard_library() -> None:
    """Let ``json`` and ``dataclasses.asdict`` take proxies, which they tell apart by type."""
    default = json.JSONEncoder.default

    def with_proxies(self: json.JSONEncoder, o: Any) -> Any:
        return o.__wx_target__ if is_proxy(o) else default(self, o)

    json.JSONEncoder.default = with_proxies  # type: ignore[method-assign]
    for name in ("_asdict_inner", "_astuple_inner"):
        inner = getattr(dataclasses, name, None)
        if inner is not None:
            setattr(dataclasses, name, _unwrapping(inner))


def _unwrapping(inner: Callable[..., Any]) -> Callable[..., Any]:
    def on_object(value: Any, *rest: Any) -> Any:
        return inner(value.__wx_target__ if is_proxy(value) else value, *rest)

    return on_object


MutableSequence.register(SequenceProxy)
MutableMapping.register(MappingProxy)
MutableSet.register(SetProxy)
_teach_standard_library()

"""The kinds of proxies: sequences, mappings, sets, and objects with attributes."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, MutableMapping, MutableSequence, MutableSet
from types import FunctionType, MethodType
from typing import TYPE_CHECKING, Any

from .codec import is_registered
from .proxy import KINDS, LEAVES, Proxy, Root, set_kind_finder, touch, unwrap, wrapped

if TYPE_CHECKING:
    from .fields import Field
    from .state import Guard, State


def _mutator(name: str) -> Callable[..., Any]:
    def mutate(self: Proxy, /, *args: Any, **kwargs: Any) -> Any:
        touch(self)
        clean = tuple(unwrap(arg) for arg in args)
        return getattr(self.__wx_target__, name)(*clean, **kwargs)

    mutate.__name__ = name
    return mutate


def _in_place(name: str) -> Callable[..., Any]:
    def mutate(self: Proxy, other: Any) -> Any:
        touch(self)
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
            return [wrapped(item, self) for item in found]
        return wrapped(found, self)

    def __iter__(self) -> Iterator[Any]:
        """Yield the items."""
        return (wrapped(item, self) for item in self.__wx_target__)

    def __reversed__(self) -> Iterator[Any]:
        """Yield the items, last first."""
        return (wrapped(item, self) for item in reversed(self.__wx_target__))

    def __radd__(self, other: Any) -> Any:
        """Return a plain list: ``other`` and the items."""
        return other + self.__wx_target__

    def copy(self) -> Any:
        """Return a plain list of the items."""
        return [wrapped(item, self) for item in self.__wx_target__]

    def sort(self, *, key: Callable[[Any], Any] | None = None, reverse: bool = False) -> None:
        """Sort in place."""
        touch(self)
        self.__wx_target__.sort(key=key, reverse=reverse)


class MappingProxy(Proxy):
    """A dict."""

    __slots__ = ()

    def __getitem__(self, key: Any) -> Any:
        """Return a value; a defaultdict may add one."""
        target = self.__wx_target__
        if key not in target and hasattr(target, "__missing__"):
            touch(self)
        return wrapped(target[key], self)

    def get(self, key: Any, default: Any = None) -> Any:
        """Return a value, or ``default``."""
        return wrapped(self.__wx_target__.get(key, default), self)

    def setdefault(self, key: Any, default: Any = None) -> Any:
        """Return a value, added where there is none."""
        if key not in self.__wx_target__:
            touch(self)
        return wrapped(self.__wx_target__.setdefault(key, unwrap(default)), self)

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
        return {key: wrapped(value, self) for key, value in self.__wx_target__.items()}


class _Values:
    """The values of a dict, wrapped as they are read."""

    __slots__ = ("_of",)

    def __init__(self, of: MappingProxy) -> None:
        self._of = of

    def __len__(self) -> int:
        return len(self._of.__wx_target__)

    def __iter__(self) -> Iterator[Any]:
        return (wrapped(value, self._of) for value in self._of.__wx_target__.values())

    def __contains__(self, value: object) -> bool:
        return unwrap(value) in self._of.__wx_target__.values()

    def __repr__(self) -> str:
        return repr(self._of.__wx_target__.values())


class _Items(_Values):
    """The pairs of a dict, values wrapped as they are read."""

    __slots__ = ()

    def __iter__(self) -> Iterator[Any]:
        return ((key, wrapped(value, self._of)) for key, value in self._of.__wx_target__.items())

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
        if type(value) in LEAVES:
            return value
        if type(value) is MethodType and value.__self__ is target and _is_authors(value):
            return MethodType(value.__func__, self)
        return wrapped(value, self)

    def __setattr__(self, name: str, value: Any) -> None:
        """Set an attribute of the object."""
        touch(self)
        setattr(self.__wx_target__, name, unwrap(value))

    def __delattr__(self, name: str) -> None:
        """Delete an attribute of the object."""
        touch(self)
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


_BASES: tuple[tuple[type, type[Proxy]], ...] = (
    (list, SequenceProxy),
    (deque, SequenceProxy),
    (dict, MappingProxy),
    (set, SetProxy),
)


def _kind(cls: type) -> type[Proxy] | None:
    """Return the proxy class for ``cls``, None where its objects are handed out as they are."""
    for base, kind in _BASES:
        if issubclass(cls, base):
            return kind
    return _object_proxy(cls) if _has_tracked_attributes(cls) else None


def wrap(value: object, state: State, field: Field[Any], guard: Guard | None) -> Any:
    """Return what reading ``field`` gives: a proxy of its value where that can be mutated."""
    cls = type(value)
    kind = KINDS.get(cls, Proxy)
    if kind is Proxy:
        kind = KINDS[cls] = _kind(cls)
    return value if kind is None else kind(value, Root(state, field, guard), None)


def _has_tracked_attributes(cls: type[Any]) -> bool:
    if issubclass(cls, (type, BaseException)):
        return False
    params = getattr(cls, "__dataclass_params__", None)
    if params is not None:
        return not params.frozen
    if hasattr(cls, "__pydantic_fields__") or hasattr(cls, "__attrs_attrs__"):
        return True
    return hasattr(cls, "__sa_instrumentation__") or (
        is_registered(cls) and hasattr(cls, "__dict__") and not issubclass(cls, tuple)
    )


_FORWARDED = frozenset(
    f"__{name}__"
    for name in (
        *("len", "iter", "contains", "getitem", "setitem", "delitem", "call", "lt", "le", "gt"),
        *("ge", "add", "sub", "mul", "truediv", "neg", "int", "float", "index", "enter", "exit"),
    )
)


def _hash(self: Proxy) -> int:
    return hash(self.__wx_target__)


def _object_proxy(cls: type) -> type[Proxy]:
    """Return a proxy class that has the operators which the Python class ``cls`` defines."""
    space: dict[str, Any] = {"__slots__": ()}
    for base in reversed(cls.__mro__):
        for name, member in vars(base).items():
            if name in _FORWARDED and isinstance(member, FunctionType):
                space[name] = member
    if getattr(cls, "__hash__", None) is not None:
        space["__hash__"] = _hash
    if hasattr(cls, "__dataclass_fields__"):
        space["__dataclass_fields__"] = cls.__dataclass_fields__  # type: ignore[attr-defined]
    return type(f"{cls.__name__}Proxy", (ObjectProxy,), space)


set_kind_finder(_kind)
_ABSTRACT: list[tuple[Any, type[Proxy]]] = [
    (MutableSequence, SequenceProxy),
    (MutableMapping, MappingProxy),
    (MutableSet, SetProxy),
]
for _abstract, _concrete in _ABSTRACT:
    _abstract.register(_concrete)

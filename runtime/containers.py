"""The kinds of proxies: sequences, mappings, sets, tuples, and objects with attributes."""

from __future__ import annotations

from collections import deque
from collections.abc import (
    Callable,
    ItemsView,
    Iterator,
    MutableMapping,
    MutableSequence,
    MutableSet,
    ValuesView,
)
from types import FunctionType
from typing import TYPE_CHECKING, Any, cast

from .proxy import (
    KINDS,
    LEAVES,
    Proxy,
    Root,
    new_tuple,
    note_index,
    rewrapped,
    set_kind_finder,
    touch,
    unwrap,
    wrapped,
)
from .serializers import is_registered

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
        note_index(self, key)
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
        """Return a plain list, or deque, of the items."""
        made = self.__wx_target__.copy()
        made.clear()
        made.extend(self)
        return made

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
        return _Values(cast("Any", self))

    def items(self) -> Any:
        """Return keys and values."""
        return _Items(cast("Any", self))

    def __iter__(self) -> Iterator[Any]:
        """Yield the keys."""
        return iter(self.__wx_target__)

    def copy(self) -> Any:
        """Return a plain dict."""
        made = self.__wx_target__.copy()
        for key, value in made.items():
            if type(value) not in LEAVES:
                made[key] = wrapped(value, self)
        return made


class _Values(ValuesView[Any]):
    """The values of a dict, wrapped as they are read."""

    __slots__ = ()
    _mapping: MappingProxy

    def __iter__(self) -> Iterator[Any]:
        return (wrapped(value, self._mapping) for value in self._mapping.__wx_target__.values())

    def __reversed__(self) -> Iterator[Any]:
        of = self._mapping
        return (wrapped(value, of) for value in reversed(of.__wx_target__.values()))

    def __contains__(self, value: object) -> bool:
        return unwrap(value) in self._mapping.__wx_target__.values()

    def __repr__(self) -> str:
        return repr(self._mapping.__wx_target__.values())


class _Items(ItemsView[Any, Any]):
    """The pairs of a dict, values wrapped as they are read."""

    __slots__ = ()
    _mapping: MappingProxy

    def __iter__(self) -> Iterator[Any]:
        of = self._mapping
        return ((key, wrapped(value, of)) for key, value in of.__wx_target__.items())

    def __reversed__(self) -> Iterator[Any]:
        of = self._mapping
        return ((key, wrapped(value, of)) for key, value in reversed(of.__wx_target__.items()))

    def __contains__(self, item: object) -> bool:
        return unwrap(item) in self._mapping.__wx_target__.items()

    def __repr__(self) -> str:
        return repr(self._mapping.__wx_target__.items())


class SetProxy(Proxy):
    """A set."""

    __slots__ = ()

    def __iter__(self) -> Iterator[Any]:
        """Yield the members."""
        return (wrapped(member, self) for member in self.__wx_target__)


class ObjectProxy(Proxy):
    """A dataclass, a model, or another object with attributes."""

    __slots__ = ()


def spread(value: Any, root: Root, parent: Proxy | None) -> Any:
    """Return a tuple whose members report their mutation; the tuple itself cannot change."""
    if all(type(item) in LEAVES for item in value):
        return value
    step = Proxy(value, root, parent)
    made = [wrapped(item, step) for item in value]
    same = all(a is b for a, b in zip(made, value, strict=True))
    return value if same else new_tuple(value.__class__, made)


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


def _kind(cls: Any) -> Any:
    """Return what makes the proxies of ``cls``, None where its objects are handed out as is."""
    if issubclass(cls, Proxy):
        return rewrapped
    if issubclass(cls, tuple):
        return spread
    for base, kind in _BASES:
        if issubclass(cls, base):
            return kind if cls.__module__ in _BUILT_IN else _own_kind(cls, kind)
    return _own_kind(cls, ObjectProxy) if _has_tracked_attributes(cls) else None


_BUILT_IN = frozenset(("builtins",))


def wrap(value: object, state: State, field: Field[Any], guard: Guard | None) -> Any:
    """Return what reading ``field`` gives: a proxy of its value where that can be mutated."""
    cls = type(value)
    kind = KINDS.get(cls, Proxy)
    if kind is Proxy:
        kind = KINDS[cls] = _kind(cls)
    return value if kind is None else kind(value, Root(state, field, guard), None)


def _has_tracked_attributes(cls: Any) -> bool:
    if issubclass(cls, (type, BaseException)):
        return False
    if any(hasattr(cls, mark) for mark in _MODEL_MARKS):
        return True
    if not hasattr(cls, "__dict__"):
        return False
    return is_registered(cls) or issubclass(cls, (MutableSequence, MutableMapping, MutableSet))


_MODEL_MARKS = (
    "__dataclass_fields__",
    "__pydantic_fields__",
    "__attrs_attrs__",
    "__sa_instrumentation__",
)

_NOT_FORWARDED = frozenset(
    f"__{name}__"
    for name in (
        *("init", "new", "post_init", "del", "getattribute", "getattr", "setattr", "delattr"),
        *("eq", "ne", "hash", "repr", "str", "format", "bool", "copy", "deepcopy", "reduce"),
        *("reduce_ex", "getstate", "setstate", "dir", "sizeof", "init_subclass", "class_getitem"),
        *("set_name", "get", "set", "delete", "prepare", "instancecheck", "subclasscheck"),
        *("annotate", "subclasshook", "replace", "pydantic_init_subclass"),
    )
)


def _hash(self: Proxy) -> int:
    return hash(self.__wx_target__)


def _own_kind(cls: type, base: type[Proxy]) -> type[Proxy]:
    """Return a proxy class that has the operators which the Python class ``cls`` defines."""
    space: dict[str, Any] = {"__slots__": ()}
    for owner in reversed(cls.__mro__):
        for name, member in vars(owner).items():
            is_operator = name.startswith("__") and name.endswith("__")
            if is_operator and name not in _NOT_FORWARDED and isinstance(member, FunctionType):
                space[name] = member
    if getattr(cls, "__hash__", None) is not None:
        space["__hash__"] = _hash
    if hasattr(cls, "__dataclass_fields__"):
        space["__dataclass_fields__"] = cls.__dataclass_fields__  # type: ignore[attr-defined]
    return type(f"{cls.__name__}Proxy", (base,), space)


set_kind_finder(_kind)
_ABSTRACT: list[tuple[Any, type[Proxy]]] = [
    (MutableSequence, SequenceProxy),
    (MutableMapping, MappingProxy),
    (MutableSet, SetProxy),
]
for _abstract, _concrete in _ABSTRACT:
    _abstract.register(_concrete)

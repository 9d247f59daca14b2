"""What a handler gets when it reads a list var: an object that reports its mutation.

A proxy stands for a list, dict, set, deque or attribute object that a var holds; the kinds are in
``wasmrx.containers``. It compares, pickles and copies like the object; what it hands out of the
object is wrapped again. Before each mutation it tells the session, which keeps a shallow copy.
"""

from __future__ import annotations

import copy
import dataclasses
import json
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, cast

from .errors import ImmutableStateError, caller_place

if TYPE_CHECKING:
    from .fields import Field
    from .state import Guard, State


LEAVES = frozenset((str, int, float, bool, type(None), bytes))
"""Types whose values hold nothing that can be mutated."""


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

    if TYPE_CHECKING:
        __wx_target__: Any
        __wx_root__: Root
        __wx_parent__: Proxy | None

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
        target: object = self.__wx_target__
        return type(target)

    @property
    def __wrapped__(self) -> Any:
        """Return the object itself, as Reflex's proxies offer it."""
        return self.__wx_target__

    def __getattr__(self, name: str) -> Any:
        """Return an attribute of the object, wrapped where it is mutable."""
        return wrapped(getattr(self.__wx_target__, name), self)

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


def touch(proxy: Proxy) -> None:
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


KINDS: dict[type, Any] = {}
"""The proxy class of each class of objects; None where objects are handed out as they are."""


def wrapped(value: object, parent: Proxy) -> Any:
    """Return what ``parent`` hands out for ``value``: a proxy where it can be mutated."""
    cls = type(value)
    kind = KINDS.get(cls, Proxy)
    if kind is Proxy:
        kind = KINDS[cls] = kind_of(cls)
    return value if kind is None else kind(value, parent.__wx_root__, parent)


_find_kind: list[Callable[[type], Any]] = []


def kind_of(cls: type) -> Any:
    """Return the proxy class for ``cls``, looked up by ``wasmrx.containers``."""
    return _find_kind[0](cls)


def set_kind_finder(find: Callable[[type], Any]) -> None:
    """Tell how the proxy class of a new class is found."""
    _find_kind[:] = [find]


def unwrap(value: object) -> Any:
    """Return ``value`` without proxies: itself, and inside plain containers."""
    kind = type(value)
    if issubclass(kind, Proxy):
        return cast("Proxy", value).__wx_target__
    if kind is list:
        items = cast("list[Any]", value)
        for i, item in enumerate(items):
            if type(item) not in LEAVES:
                clean = unwrap(item)
                if clean is not item:
                    items[i] = clean
    elif kind is dict:
        pairs = cast("dict[Any, Any]", value)
        for key, item in pairs.items():
            if type(item) not in LEAVES:
                clean = unwrap(item)
                if clean is not item:
                    pairs[key] = clean
    elif kind is tuple:
        members = cast("tuple[Any, ...]", value)
        if any(type(item) not in LEAVES for item in members):
            clean_members = tuple(unwrap(item) for item in members)
            if any(a is not b for a, b in zip(members, clean_members, strict=True)):
                return clean_members
    return value


def is_proxy(value: object) -> bool:
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


_teach_standard_library()

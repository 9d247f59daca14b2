"""What a handler gets when it reads a list var: an object that reports its mutation.

A proxy stands for a list, dict, set, deque or attribute object that a var holds; the kinds are in
``wasmrx.containers``. It compares, pickles and copies like the object; what it hands out of the
object is wrapped again. Before each mutation it tells the session, which keeps a shallow copy.
An author's own methods and properties run on the proxy, so that what they change is seen.
"""

from __future__ import annotations

import copy
import dataclasses
import heapq
import importlib
import json
from collections import deque
from collections.abc import Callable, Iterable
from types import FunctionType, MethodType
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

    __slots__ = ("__weakref__", "__wx_last__", "__wx_parent__", "__wx_root__", "__wx_target__")
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
        target: Any = self.__wx_target__
        properties = _properties(target.__class__)
        if name in properties:
            return properties[name].fget(self)
        value: Any = getattr(target, name)
        if value.__class__ in LEAVES:
            return value
        if value.__class__ is MethodType and value.__self__ is target:
            return _method(self, value)
        if name == "__dict__":
            return _attributes(self, value)
        return wrapped(value, self)

    def __setattr__(self, name: str, value: Any) -> None:
        """Set an attribute of the object; an author's property setter runs on the proxy."""
        target: Any = self.__wx_target__
        found = _properties(target.__class__).get(name)
        if found is not None and found.fset is not None:
            found.fset(self, value)
            return
        touch(self)
        setattr(target, name, unwrap(value))

    def __delattr__(self, name: str) -> None:
        """Delete an attribute of the object."""
        touch(self)
        delattr(self.__wx_target__, name)

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

    async def __aenter__(self) -> Any:
        """Wait until the background handler may change state; stand for what is there by then."""
        reread: Any = importlib.import_module(f"{__package__}.reread")
        await reread.enter(self)
        return self

    async def __aexit__(self, *_: object) -> None:
        """Send what changed, and let other events go on."""
        guard = self.__wx_root__.guard
        assert guard is not None
        await guard.release(guard)


_set_target: Any = vars(Proxy)["__wx_target__"].__set__
_set_root: Any = vars(Proxy)["__wx_root__"].__set__
_set_parent: Any = vars(Proxy)["__wx_parent__"].__set__
note_index: Any = vars(Proxy)["__wx_last__"].__set__
"""Notes on a list's proxy at which index an item was read last."""
_get_index: Any = vars(Proxy)["__wx_last__"].__get__


def last_index(proxy: Proxy) -> int | None:
    """Return the index that ``note_index`` noted last."""
    try:
        index: int = _get_index(proxy)
    except AttributeError:
        return None
    return index


def touch(proxy: Proxy, whole: bool = False) -> None:
    """Tell the session that ``proxy``'s object is about to change.

    ``whole``: what it holds may change unseen, so that all of it is sent.
    """
    root = proxy.__wx_root__
    guard = root.guard
    if guard is not None and not guard.held:
        error = ImmutableStateError(
            f"{root.field.owner.get_full_name()}.{root.field.name} is changed by a background "
            "handler outside of 'async with self'. Put the change inside such a block."
        )
        raise error.at(caller_place())
    root.state.__wx_session__.mutating(root.field, proxy, whole)


_PROPERTIES: dict[type, dict[str, Any]] = {}


def _properties(cls: type) -> dict[str, Any]:
    """Return the properties of ``cls`` that its author wrote, by name."""
    found = _PROPERTIES.get(cls)
    if found is None:
        found = _PROPERTIES[cls] = {
            name: member
            for base in reversed(cls.__mro__)
            for name, member in vars(base).items()
            if type(member) is property and _is_authors(member.fget)
        }
    return found


def _is_authors(function: Any) -> bool:
    module: str = getattr(function, "__module__", None) or ""
    return type(function) is FunctionType and not module.startswith(_LIBRARIES)


_LIBRARIES = ("pydantic", "sqlmodel", "sqlalchemy", "attr")
_LIBRARY_MUTATORS = frozenset(("sqlmodel_update",))


def _method(proxy: Proxy, method: MethodType) -> Any:
    """Return a method of ``proxy``'s object, so that what it changes is seen.

    A method of a subclass of a built-in container may call that one's own methods, which take no
    proxy: it runs on the object, of which then all is sent.
    """
    function: Any = method.__func__
    is_authors = _is_authors(function)
    if not is_authors and method.__name__ not in _LIBRARY_MUTATORS:
        return method
    is_container = issubclass(type(proxy.__wx_target__), _CONTAINERS)
    if is_authors and not (is_container and function.__module__ != "collections"):
        return MethodType(function, proxy)

    def on_object(*args: Any, **kwargs: Any) -> Any:
        if _may_change(proxy):
            touch(proxy, whole=True)
        found = method(*(unwrap(arg) for arg in args), **kwargs)
        return proxy if found is proxy.__wx_target__ else wrapped(found, proxy)

    return on_object


_CONTAINERS = (list, dict, set, deque)


def _may_change(proxy: Proxy) -> bool:
    guard = proxy.__wx_root__.guard
    return guard is None or guard.held


def _attributes(proxy: Proxy, found: dict[str, Any]) -> dict[str, Any]:
    """Return the object's ``__dict__``, which may change unseen; a copy where nothing may."""
    if not _may_change(proxy):
        return dict(found)
    touch(proxy, whole=True)
    return found


KINDS: dict[type, Any] = {}
"""What makes the proxy of each class of objects; None where they are handed out as they are."""


def wrapped(value: object, parent: Proxy) -> Any:
    """Return what ``parent`` hands out for ``value``: a proxy where it can be mutated."""
    cls = type(value)
    kind = KINDS.get(cls, Proxy)
    if kind is Proxy:
        kind = KINDS[cls] = kind_of(cls)
    return value if kind is None else kind(value, parent.__wx_root__, parent)


def rewrapped(value: Proxy, root: Root, parent: Proxy | None) -> Any:
    """Return a proxy for what ``value`` stands for, in the place where it was found now."""
    target: object = value.__wx_target__
    kind = KINDS[type(target)]
    return kind(target, root, parent)


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
    elif kind not in LEAVES:
        return _unwrap_inside(value, kind)
    return value


new_tuple: Callable[[Any, Iterable[Any]], Any] = vars(tuple)["__new__"]
"""Makes a tuple, or one of a subclass, whatever its constructor takes."""


def _unwrap_inside(value: Any, kind: Any) -> Any:
    """Return a set, tuple, deque or object without the proxies that it holds."""
    if issubclass(kind, tuple):
        members = [unwrap(item) if type(item) not in LEAVES else item for item in value]
        same = all(a is b for a, b in zip(members, value, strict=True))
        return value if same else new_tuple(kind, members)
    if issubclass(kind, (set, frozenset)):
        if any(is_proxy(member) for member in value):
            return cast(Any, kind)(map(unwrap, value))
    elif issubclass(kind, deque):
        for i, item in enumerate(value):
            value[i] = unwrap(item)
    elif hasattr(kind, "__dataclass_fields__"):
        for name in kind.__dataclass_fields__:
            item = getattr(value, name, None)
            if type(item) not in LEAVES:
                clean = unwrap(item)
                if clean is not item:
                    object.__setattr__(value, name, clean)
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
    for name in dir(heapq):
        if name.startswith("heap"):
            setattr(heapq, name, _on_heap(getattr(heapq, name)))


def _unwrapping(inner: Callable[..., Any]) -> Callable[..., Any]:
    def on_object(value: Any, *rest: Any) -> Any:
        return inner(value.__wx_target__ if is_proxy(value) else value, *rest)

    return on_object


def _on_heap(function: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function of ``heapq`` that takes a proxy, too: those in C want a list."""

    def on_heap(heap: Any, *items: Any) -> Any:
        if not is_proxy(heap):
            return function(heap, *items)
        touch(heap)
        return wrapped(function(heap.__wx_target__, *map(unwrap, items)), heap)

    return on_heap


_teach_standard_library()

"""What stands for component code in the worker, where nothing is shown.

An inert object absorbs what modules do with components while they are imported. Where a site comes
with the component code, for components that vars hold, the object remembers how it was made; from
the end of the imports on it does the same with the real code (``real``), which is fetched then.
"""

from __future__ import annotations

import functools
import types
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from typing import Any, cast


class Site:
    """What the site of this worker has: ``find`` gets real names where component code comes along.

    ``is_live`` tells that the app's modules are imported: from now on components are built.
    """

    app: Any = None
    find: Callable[[str], Any] | None = None
    is_live = False
    is_loaded = False


_MAKE = "__wx_make__"


class _InertMeta(type):
    """Makes the base of component subclasses answer any attribute."""

    def __getattr__(cls, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return INERT

    def __getattribute__(cls, name: str) -> Any:
        if name == "create" and Site.find is not None and not name.startswith("__"):
            return _later(lambda: getattr(real_class(cls), name))
        if Site.is_live and Site.find is not None and not name.startswith("_"):
            return getattr(real_class(cls), name)
        return super().__getattribute__(name)

    def __instancecheck__(cls, instance: object) -> bool:
        if isinstance(instance, Inert):
            return True
        return Site.is_loaded and isinstance(instance, real_class(cls))


class InertBase(metaclass=_InertMeta):
    """What a component subclass of the author has as base in the worker."""

    __var_kind__ = "component"

    def __init_subclass__(cls, **_: Any) -> None:
        """Accept any class options."""

    def __new__(cls, *args: Any, **named: Any) -> Any:
        """Return the inert object, or what the real class makes."""
        return _later(lambda: real_class(cls)(*real(args), **real(named)))


class Inert:
    """Absorbs what component code does: calls, attributes, items, operators, iteration."""

    __var_kind__ = "component"

    def __init__(self, make: Callable[[], Any] | None = None) -> None:
        """Stand for what ``make`` gives."""
        object.__setattr__(self, _MAKE, make)

    def __call__(self, *args: Any, **named: Any) -> Any:
        """Return what stands for the result; once components are built, the result itself."""
        return _later(lambda: real(self)(*real(args), **real(named)))

    def __getattr__(self, name: str) -> Any:
        """Return what stands for any public name."""
        if name.startswith("__"):
            raise AttributeError(name)
        return _later(lambda: getattr(real(self), name))

    def __setattr__(self, name: str, value: object) -> None:
        """Ignore."""

    def __getitem__(self, key: object) -> Any:
        """Return what stands for an item."""
        return _later(lambda: real(self)[real(key)])

    def __setitem__(self, key: object, value: object) -> None:
        """Ignore."""

    def __iter__(self) -> Iterator[Any]:
        """Yield nothing."""
        return iter(())

    def __len__(self) -> int:
        """Return 0."""
        return 0

    def __bool__(self) -> bool:
        """Return True, as a component is."""
        return True

    def __mro_entries__(self, bases: tuple[Any, ...]) -> tuple[type, ...]:
        """Stand for ``InertBase`` in a list of base classes."""
        others = [b for b in bases if isinstance(b, Inert)]
        return (InertBase,) if others and others[0] is self and self is bases[0] else ()

    def __instancecheck__(self, instance: object) -> bool:
        """Tell whether ``instance`` is inert too, or is what this stands for."""
        return isinstance(instance, Inert) or (Site.is_loaded and isinstance(instance, real(self)))

    def __subclasscheck__(self, cls: type) -> bool:
        """Tell whether ``cls`` is a component class."""
        return issubclass(cls, InertBase) or (Site.is_loaded and issubclass(cls, real(self)))

    def __or__(self, other: object) -> Any:
        """Return itself: annotations such as ``rx.Component | None``."""
        return self

    __ror__ = __and__ = __rand__ = __add__ = __radd__ = __or__
    __sub__ = __rsub__ = __mul__ = __rmul__ = __truediv__ = __or__

    def __invert__(self) -> Inert:
        """Return itself."""
        return self

    def __hash__(self) -> int:
        """Hash by identity."""
        return id(self)

    def __eq__(self, other: object) -> Any:
        """Compare by identity."""
        return self is other

    def __str__(self) -> str:
        """Return no text."""
        return ""

    __format__ = lambda self, spec: ""  # noqa: E731

    def __repr__(self) -> str:
        """Say what it is."""
        return "<component code, inert in the worker>"

    def __deepcopy__(self, memo: object) -> Inert:
        """Return itself."""
        return self

    def __wx_json__(self) -> Any:
        """Return the data of the component that this stands for."""
        return None if Site.find is None else real(self)

    def __reduce__(self) -> Any:
        """Save the component that this stands for."""
        return real(self).__reduce__()


INERT = Inert()


class _AnyInstance(type):
    def __instancecheck__(cls, instance: object) -> bool:
        return True


class AnyComponent(metaclass=_AnyInstance):
    """The hint of a var that is annotated with a component class, which the worker lacks."""

    __var_kind__ = "component"


def hint_for(hint: Any) -> Any:
    """Return ``hint``, or what stands for it where it is a component class."""
    return AnyComponent if type(hint) in (Inert, _InertMeta) else hint


@contextmanager
def only_named() -> Generator[None]:
    """Let component names in annotations stand for themselves: nothing is built of them."""
    before, Site.is_live = Site.is_live, False
    try:
        yield
    finally:
        Site.is_live = before


def named(name: str) -> Inert:
    """Return what stands for ``rx.<name>`` while modules are imported."""
    find = Site.find
    return INERT if find is None else Inert(lambda: find(name))


def _later(make: Callable[[], Any]) -> Any:
    if Site.find is None:
        return INERT
    return make() if Site.is_live else Inert(make)


def unbuilt(value: object) -> bool:
    """Tell whether ``value`` is still as the build made it: nothing has built its components."""
    if Site.is_loaded or Site.find is None:
        return False
    if isinstance(value, (list, tuple)):
        return any(map(unbuilt, cast("list[object]", value)))
    if isinstance(value, dict):
        return any(map(unbuilt, cast("dict[object, object]", value).values()))
    return type(value) is Inert


def real(value: Any) -> Any:
    """Return ``value`` with what is inert in it replaced by what it stands for."""
    if Site.find is None:
        return value
    kind = cast("type[object]", type(value))
    if kind is Inert:
        return _made(value)
    if kind is _InertMeta:
        return real_class(value)
    if kind is dict and _is_inert(value):
        return {key: real(item) for key, item in value.items()}
    if kind is list and _is_inert(value):
        return [real(item) for item in value]
    return tuple(map(real, value)) if kind is tuple and _is_inert(value) else value


def _is_inert(value: object) -> bool:
    kind: object = type(value)
    if kind in (list, tuple):
        return any(map(_is_inert, cast("list[object]", value)))
    if kind is dict:
        return any(map(_is_inert, cast("dict[object, object]", value).values()))
    return kind is Inert or kind is _InertMeta


def _made(inert: Inert) -> Any:
    found = vars(inert)
    if "made" not in found:
        make = found[_MAKE]
        if make is None:
            raise TypeError("A component was made before the site's component code was there.")
        found["made"] = real(make())
    return found["made"]


@functools.cache
def real_class(cls: type) -> Any:
    """Return the component class that the author's ``cls`` is where component code is there."""
    if cls is InertBase:
        return cast(Any, Site.find)("Component")
    bases = [real(base) for base in cls.__dict__.get("__orig_bases__", cls.__bases__)]
    left_out = ("__dict__", "__weakref__", "__orig_bases__")
    body = {name: value for name, value in cls.__dict__.items() if name not in left_out}
    made: Any = types.new_class(cls.__name__, tuple(bases), {}, lambda space: space.update(body))
    for member in body.values():
        _rebind(getattr(member, "__func__", getattr(member, "fget", member)), made)
    return made


def _rebind(function: Any, cls: type) -> None:
    """Let ``super()`` in a method of the inert class mean the real one."""
    code = getattr(function, "__code__", None)
    if code is not None and "__class__" in code.co_freevars:
        function.__closure__[code.co_freevars.index("__class__")].cell_contents = cls

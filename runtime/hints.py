"""Type hints as data: resolve them, find a default, check and describe a value.

Everything here is asked for late, at the first assignment or by the compiler, so that declaring
a state evaluates no annotation.
"""

from __future__ import annotations

import sys
import types
from collections.abc import Callable, Mapping
from typing import (
    Annotated,
    Any,
    ClassVar,
    ForwardRef,
    Literal,
    TypeVar,
    Union,
    cast,
    get_args,
    get_origin,
    is_typeddict,
)

from .inert import hint_for, only_named

if sys.version_info >= (3, 14):
    import annotationlib

_LOOK_AT = 20
"""How many items of a container a check looks at."""


def own_annotations(cls: type) -> dict[str, Any]:
    """Return the annotations of the class body itself, unevaluated where they are text."""
    if sys.version_info >= (3, 14):
        return annotationlib.get_annotations(cls, format=annotationlib.Format.FORWARDREF)
    return cast("dict[str, Any]", vars(cls).get("__annotations__", {}))


def is_class_var(annotation: Any) -> bool:
    """Tell whether the annotation is ``ClassVar``, evaluated or not."""
    if isinstance(annotation, ForwardRef):
        annotation = annotation.__forward_arg__
    if isinstance(annotation, str):
        head = annotation.partition("[")[0].strip()
        return head.rpartition(".")[2] == "ClassVar"
    return annotation is ClassVar or get_origin(annotation) is ClassVar


def resolve(annotation: Any, owner: type) -> Any:
    """Return the hint that ``annotation`` means in the module of ``owner``; Any where unknown."""
    if isinstance(annotation, ForwardRef):
        annotation = annotation.__forward_arg__
    if isinstance(annotation, str):
        module = sys.modules.get(owner.__module__)
        scope: dict[str, Any] = {**_names_for_hints(owner)}
        for base in reversed(owner.__mro__):
            home = sys.modules.get(base.__module__)
            if home is not None:
                scope.update(vars(home))
        if module is not None:
            scope.update(vars(module))
        try:
            with only_named():
                while isinstance(annotation, str):
                    annotation = eval(annotation, scope)
        except Exception:
            return Any
    if annotation is None:
        return type(None)
    return strip(annotation)


def _names_for_hints(owner: type) -> dict[str, Any]:
    """Return what the class body says for annotations: nested classes, not a var named ``list``."""
    return {name: v for name, v in vars(owner).items() if not hasattr(v.__class__, "__get__")}


def strip(hint: Any) -> Any:
    """Return ``hint`` without ``Annotated``, ``Final`` and ``rx.Field`` around it."""
    origin = get_origin(hint)
    if origin is Annotated:
        return strip(get_args(hint)[0])
    if getattr(origin, "__wasmrx_field__", False):
        return strip(get_args(hint)[0])
    if hasattr(hint, "__value__") and type(hint).__name__ == "TypeAliasType":
        return strip(hint.__value__)
    return hint_for(hint)


_EMPTY: dict[Any, Callable[[], Any]] = {
    str: str,
    int: int,
    float: float,
    bool: bool,
    bytes: bytes,
    list: list,
    dict: dict,
    set: set,
    tuple: tuple,
    frozenset: frozenset,
}


def default_for(hint: Any) -> Any:
    """Return what a var without a default starts as: empty, zero, the first choice, or None."""
    origin = get_origin(hint)
    if origin is Literal:
        return get_args(hint)[0]
    if origin in (Union, types.UnionType):
        args = get_args(hint)
        return None if type(None) in args else default_for(args[0])
    base: Any = origin or hint
    for kind, make in _EMPTY.items():
        if base is kind:
            return make()
    if isinstance(base, type):
        cls = cast("type[Any]", base)
        if issubclass(cls, Mapping) or is_typeddict(cls):
            return {}
        if hasattr(cls, "storage_kind"):
            return cls()
        name = f"{cls.__module__}.{cls.__qualname__}"
        if name in ("collections.abc.Sequence", "collections.abc.Iterable"):
            return []
    return None


def infer(value: object) -> Any:
    """Return the hint of a var declared only by its value: ``["a"]`` is ``list[str]``."""
    if isinstance(value, dict):
        items = cast("dict[Any, Any]", value)
        return dict[_common(list(items)), _common(list(items.values()))] if items else dict
    if isinstance(value, (list, set, frozenset)):
        members = list(cast("list[Any]", value))
        kind: Any = type(cast("object", value))
        return kind[_common(members)] if members else kind
    cls: Any = type(value)
    if cls is tuple and value:
        return tuple[tuple(infer(item) for item in cast("tuple[Any, ...]", value))]
    return cls if value is not None else Any


def _common(members: list[Any]) -> Any:
    first = infer(members[0])
    return first if all(infer(member) == first for member in members[1:_LOOK_AT]) else Any


def matches(value: Any, hint: Any, depth: int = 1) -> bool:
    """Tell whether ``value`` fits ``hint``; containers are looked into ``depth`` levels."""
    if hint is Any or hint is object or isinstance(hint, (TypeVar, str, ForwardRef)):
        return True
    if hint is None or hint is type(None):
        return value is None
    origin = get_origin(hint)
    if origin is None:
        return _matches_class(value, hint)
    args = get_args(hint)
    if origin in (Union, types.UnionType):
        return any(matches(value, arg, depth) for arg in args)
    if origin is Literal:
        return value in args
    if origin is Annotated:
        return matches(value, args[0], depth)
    if origin is type or not isinstance(origin, type):
        return True
    if not _matches_class(value, origin):
        return False
    return depth <= 0 or _items_match(value, args, depth - 1)


def _matches_class(value: Any, hint: Any) -> bool:
    if is_typeddict(hint):
        return isinstance(value, dict)
    if not isinstance(hint, type):
        return True
    if hint is float:
        return isinstance(value, (int, float)) and not isinstance(value, bool)
    if hint is int and isinstance(value, bool):
        return True
    try:
        return isinstance(value, hint)
    except TypeError:
        return True


def _items_match(value: Any, args: tuple[Any, ...], depth: int) -> bool:
    if isinstance(value, dict) and len(args) == 2:
        pairs = list(cast("dict[Any, Any]", value).items())[:_LOOK_AT]
        return all(matches(k, args[0], depth) and matches(v, args[1], depth) for k, v in pairs)
    if isinstance(value, tuple):
        items = cast("tuple[Any, ...]", value)
        if len(args) == 2 and args[1] is Ellipsis:
            return all(matches(item, args[0], depth) for item in items[:_LOOK_AT])
        return len(items) == len(args) and all(
            matches(item, arg, depth) for item, arg in zip(items, args, strict=False)
        )
    if isinstance(value, (list, set, frozenset)) and len(args) == 1:
        some = list(cast("list[Any]", value))[:_LOOK_AT]
        return all(matches(item, args[0], depth) for item in some)
    return True


def describe(hint: Any) -> str:
    """Return a hint as an author writes it: ``list[int]``, ``int | None``, ``str``."""
    if hint is type(None):
        return "None"
    origin = get_origin(hint)
    if origin in (Union, types.UnionType):
        return " | ".join(describe(arg) for arg in get_args(hint))
    if origin is not None:
        return str(hint).replace("typing.", "")
    return getattr(hint, "__qualname__", None) or str(hint).replace("typing.", "")

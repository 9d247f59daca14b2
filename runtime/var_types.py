"""What a Var knows of the type that it carries: its kind, and the types of its parts.

A *kind* is the coarse type that decides which operations exist: ``"number"``, ``"bool"``,
``"str"``, ``"array"``, ``"object"``, ``"datetime"``, ``"function"``, ``"none"``, ``"color"``,
``"component"`` or ``"any"``. ``None`` in a union is left out, as ``rx.cond`` is how an author
guards against it.
"""

from __future__ import annotations

import collections.abc as abc
import re
import types
import typing
from collections.abc import Iterable
from enum import Enum
from typing import Any

from .hints import own_annotations, resolve

ATOMS: dict[object, str] = {
    Any: "any",
    object: "any",
    None: "none",
    type(None): "none",
    bool: "bool",
    int: "number",
    float: "number",
    complex: "any",
    str: "str",
    dict: "object",
    typing.LiteralString: "str",
}
"""Kinds of the hints that need no look at their class."""

_ALIASES = ("Var", "Field", "Annotated", "ClassVar", "Final", "Required", "NotRequired", "ReadOnly")


def plain(hint: object) -> object:
    """Return ``hint`` without ``None``, ``Annotated``, ``Field``, ``Literal`` and other wrappers.

    ``Optional[int]`` gives ``int``, ``Literal["a", "b"]`` gives ``str``, ``UserId`` (a NewType of
    ``int``) gives ``int``, ``int | float`` gives ``float``, other unions stay.
    """
    for _ in range(10):
        origin = typing.get_origin(hint)
        if origin is typing.Union or origin is types.UnionType:
            return _plain_union(typing.get_args(hint))
        if origin is typing.Literal:
            values: tuple[object, ...] = typing.get_args(hint)
            return union([type(value) for value in values])
        if origin is typing.Annotated or getattr(origin, "__name__", None) in _ALIASES:
            hint = typing.get_args(hint)[0]
        elif isinstance(hint, typing.TypeVar):
            hint = hint.__bound__ or Any
        elif hasattr(hint, "__supertype__"):
            hint = getattr(hint, "__supertype__", Any)
        elif type(hint).__name__ == "TypeAliasType":
            hint = getattr(hint, "__value__", Any)
        elif hint is None:
            return type(None)
        else:
            return hint
    return Any


def _plain_union(options: Iterable[object]) -> object:
    found = [plain(option) for option in options]
    found = list(dict.fromkeys(option for option in found if option is not type(None)))
    if not found:
        return type(None)
    if len(found) == 1:
        return found[0]
    merged: Any = found[0]
    for option in found[1:]:
        merged = merged | option
    return merged


def union(hints: Iterable[object]) -> object:
    """Return one hint for a value that has one of ``hints``; ``Any`` where one of them is."""
    found = list(dict.fromkeys(type(None) if hint is None else hint for hint in hints))
    if not found or Any in found:
        return Any
    merged: Any = found[0]
    for hint in found[1:]:
        try:
            merged = merged | hint
        except TypeError:
            return Any
    return merged


def optional(hint: object) -> bool:
    """Tell whether ``hint`` allows ``None``; ``Any`` does."""
    if hint is Any or hint is None or hint is type(None):
        return True
    origin = typing.get_origin(hint)
    if origin is typing.Annotated or getattr(origin, "__name__", None) in _ALIASES:
        return optional(typing.get_args(hint)[0])
    if origin is typing.Union or origin is types.UnionType:
        return any(optional(option) for option in typing.get_args(hint))
    return False


_kinds: dict[object, str] = {}


def kind_of(hint: object) -> str:
    """Return the kind of values that ``hint`` describes."""
    try:
        known = _kinds.get(hint)
    except TypeError:  # a hint with an unhashable argument
        return _find_kind(hint)
    if known is None:
        known = _kinds[hint] = _find_kind(hint)
    return known


def _find_kind(hint: object) -> str:
    hint = plain(hint)
    if isinstance(hint, abc.Hashable) and hint in ATOMS:
        return ATOMS[hint]
    if not isinstance(hint, type) and hasattr(hint, "__var_kind__"):
        return "component"  # what stands for a component class in the worker
    origin = typing.get_origin(hint)
    if origin is types.UnionType or origin is typing.Union:
        kinds = {kind_of(option) for option in typing.get_args(hint)}
        return kinds.pop() if len(kinds) == 1 else "any"
    cls = _class_of(hint)
    return "any" if cls is None else _kind_of_class(cls)


def _class_of(hint: object) -> type[Any] | None:
    """Return the class of a hint: ``list`` for ``list[int]``."""
    cls = typing.get_origin(hint) or hint
    return typing.cast("type[Any]", cls) if isinstance(cls, type) else None


def _kind_of_class(cls: type[Any]) -> str:
    if _inherits(cls, Enum):
        values: list[object] = [member.value for member in typing.cast("Iterable[Enum]", cls)]
        kinds = {kind_of(type(value)) for value in values}
        return kinds.pop() if len(kinds) == 1 else "any"
    declared = getattr(cls, "__var_kind__", None)
    if isinstance(declared, str):
        return declared
    for base, kind in ((bool, "bool"), (int, "number"), (float, "number"), (str, "str")):
        if issubclass(cls, base):
            return kind
    if _inherits(cls, abc.Mapping) or typing.is_typeddict(cls):
        return "object"
    if cls.__name__ in ("date", "datetime") and cls.__module__ == "datetime":
        return "datetime"
    if _inherits(cls, abc.Sequence) or _inherits(cls, abc.Set):
        return "array"
    if cls is abc.Iterable or cls is abc.Collection:
        return "array"
    named = f"{cls.__module__}.{cls.__name__}"
    if named in _NAMED:
        return _NAMED[named]
    if hasattr(cls, "__fspath__"):
        return "str"
    return "object" if fields_of(cls) else "any"


_NAMED = {
    "uuid.UUID": "str",
    "decimal.Decimal": "number",
    "datetime.time": "str",
    "fractions.Fraction": "number",
    "builtins.function": "function",
    "collections.abc.Callable": "function",
    "wasmrx.color.Color": "color",
}

_fields: dict[type, dict[str, object]] = {}


def fields_of(cls: type) -> dict[str, object]:
    """Return the annotated attributes of a dataclass, TypedDict, pydantic or like class.

    The type of an annotation that cannot be evaluated is Any.
    """
    known = _fields.get(cls)
    if known is None:
        if cls.__module__ in ("builtins", "typing"):
            return {}
        found = _model_fields(cls) or _annotations(cls)
        known = {n: hint for n, hint in found.items() if not n.startswith("_")}
        _fields[cls] = known
    return known


def _model_fields(cls: type) -> dict[str, object]:
    """Return the fields of a pydantic model, computed ones included: what it says itself."""
    fields: dict[str, Any] = getattr(cls, "model_fields", None) or {}
    computed: dict[str, Any] = getattr(cls, "model_computed_fields", None) or {}
    if not hasattr(cls, "model_dump"):
        return {}
    return {
        **{name: field.annotation for name, field in fields.items()},
        **{name: field.return_type for name, field in computed.items()},
    }


def _annotations(cls: type) -> dict[str, object]:
    """Return what the class body and those of its bases annotate, without what no object holds."""
    found = _all_annotations(cls)
    return {name: hint for name, hint in found.items() if not _is_of_class(hint)}


def _is_of_class(hint: object) -> bool:
    name = type(hint).__name__
    return (
        name == "InitVar" or typing.get_origin(hint) is typing.ClassVar or hint is typing.ClassVar
    )


def _all_annotations(cls: type) -> dict[str, object]:
    try:
        return typing.get_type_hints(cls)
    except Exception:  # an annotation is the author's code: anything may happen
        return {
            name: resolve(annotation, base)
            for base in reversed(cls.__mro__)
            for name, annotation in own_annotations(base).items()
        }


def args_of(hint: object) -> tuple[object, ...]:
    """Return the arguments of a generic hint: ``(str, int)`` for ``dict[str, int]``."""
    return typing.get_args(plain(hint))


def _each_option(hint: object) -> list[object]:
    hint = plain(hint)
    origin = typing.get_origin(hint)
    return list(typing.get_args(hint)) if origin in (types.UnionType, typing.Union) else [hint]


def element(hint: object, index: int | None = None) -> object:
    """Return the hint of an array's item; ``index`` picks one of a ``tuple[int, str]``."""
    return union(_element(option, index) for option in _each_option(hint))


def _element(hint: object, index: int | None) -> object:
    args = typing.get_args(hint)
    cls = _class_of(hint)
    if cls in (range, bytes, bytearray):
        return int
    if cls is not None and _inherits(cls, tuple):
        named: tuple[str, ...] | None = getattr(cls, "_fields", None)
        if named is not None:
            hints = fields_of(cls)
            args = tuple(hints.get(name, Any) for name in named)
        if not args:
            return Any
        if len(args) == 2 and args[1] is Ellipsis:
            return args[0]
        if index is not None and -len(args) <= index < len(args):
            return args[index]
        return union(args)
    return args[0] if args else Any


def value_of(hint: object, key: object = None) -> object:
    """Return the hint of an object's value, of that at ``key`` where each has its own."""
    return union(_value(option, key) for option in _each_option(hint))


def _value(hint: object, key: object) -> object:
    args = typing.get_args(hint)
    cls = _class_of(hint)
    if cls is not None and not _is_mapping(cls):
        fields = fields_of(cls)
        if isinstance(key, str):
            return fields.get(key, Any)
        return union(fields.values())
    if cls is not None and cls.__name__ == "Counter":
        return int
    return args[1] if len(args) == 2 else Any


def _is_mapping(cls: type[Any]) -> bool:
    return _inherits(cls, abc.Mapping) and not typing.is_typeddict(cls)


def _inherits(cls: type[Any], base: type[Any]) -> bool:
    return issubclass(cls, base)


def key_of(hint: object) -> object:
    """Return the hint of an object's keys: ``str`` unless a dict says otherwise."""
    args = args_of(hint)
    return args[0] if args else str


def attribute(hint: object, name: str) -> tuple[bool, object]:
    """Return whether values of ``hint`` have ``name``, and its hint.

    A dict has every name, as its keys can be written as attributes.
    """
    found: list[object] = []
    for option in _each_option(hint):
        cls = _class_of(option)
        if cls is None:
            return False, Any
        if _is_mapping(cls):
            found.append(_value(option, name))
            continue
        fields = fields_of(cls)
        if name not in fields:
            return False, Any
        found.append(fields[name])
    return bool(found), union(found)


def lacking(hint: object, name: str) -> object:
    """Return the first of the options of ``hint`` whose values have no ``name``."""
    options = _each_option(hint)
    return next((option for option in options if not attribute(option, name)[0]), options[0])


def only_floats(hint: object) -> bool:
    """Tell whether every number in values of ``hint`` is a float: whole ones are shown as 1.0."""
    kind, hint = kind_of(hint), plain(hint)
    if kind == "number":
        return hint is float
    if kind == "array" or (kind == "object" and len(args_of(hint)) == 2):
        return only_floats(element(hint) if kind == "array" else value_of(hint))
    return False


def shows_component(hint: object) -> bool:
    """Tell whether a value of ``hint`` may be a component, or a list of some."""
    for option in _each_option(hint):
        kind = kind_of(option)
        if kind == "component" or (kind == "array" and shows_component(element(option))):
            return True
    return False


def hint_name(hint: object) -> str:
    """Return ``hint`` as its author writes it: ``list[int]``, ``Item``."""
    if isinstance(hint, type) and not typing.get_args(hint):
        return hint.__name__
    return _MODULES.sub("", str(hint))


_MODULES = re.compile(r"\b(?:[A-Za-z_]\w*\.|<locals>\.)+(?=[A-Za-z_])")

"""What the saved vars of a state are: a short text for each, which changes when its type does.

The type is the annotation as written, and the fields of the dataclasses, named tuples and typed
dicts that it names: a saved object of a class that has other fields by now would be half an object.
"""

from __future__ import annotations

import re
import zlib
from typing import TYPE_CHECKING, Any, cast, get_args, is_typeddict

from .hints import describe, own_annotations, resolve, strip
from .registry import all_states

if TYPE_CHECKING:
    from .fields import Field
    from .state import State

_types: dict[type[State], dict[str, str]] = {}


def types_of(cls: type[State]) -> dict[str, str]:
    """Return the vars of ``cls`` that are saved, each with the digest of its type.

    The root's vars are made anew in each visit, those with a browser storage are kept there.
    """
    found = _types.get(cls)
    if found is None or found.keys() != cls.__wx_fields__.keys() - _elsewhere(cls):
        found = {
            name: _digest(_type_text(field))
            for name, field in cls.__wx_fields__.items()
            if name not in _elsewhere(cls)
        }
        _types[cls] = found
    return found


def schema_of(cls: type[State]) -> str:
    """Return the digest of all saved vars of ``cls``."""
    return _digest(str(types_of(cls)))


def build_schema() -> str:
    """Return the digest of all saved vars of the app."""
    return _digest("".join(cls.get_full_name() + schema_of(cls) for cls in all_states()))


def _elsewhere(cls: type[State]) -> set[str]:
    if cls.get_parent_state() is None:
        return set(cls.__wx_fields__)
    return {name for name, field in cls.__wx_fields__.items() if field.storage is not None}


def _digest(text: str) -> str:
    return format(zlib.crc32(text.encode()), "08x")


def type_text(hint: Any) -> str:
    """Return a type and the fields of the classes that it names, as text."""
    return _with_shapes(describe(hint), hint)


def _type_text(field: Field[Any]) -> str:
    return _with_shapes(field.annotated_text, field.hint)


def _with_shapes(text: str, hint: Any) -> str:
    shapes: dict[type, str] = {}
    _add_shapes(hint, shapes)
    return re.sub(r" at 0x[0-9a-f]+", "", "\n".join([text, *shapes.values()]))


def _add_shapes(hint: Any, found: dict[type, str]) -> None:
    """Add the classes in ``hint`` that have declared fields."""
    plain = strip(hint)
    for arg in get_args(plain):
        _add_shapes(arg, found)
    if not isinstance(plain, type) or plain in found:
        return
    cls = cast("type[Any]", plain)
    parts = {
        name: annotation
        for base in reversed(cls.__mro__)
        if _has_fields(base) or (is_typeddict(cls) and base is cls)
        for name, annotation in own_annotations(base).items()
    }
    if not parts:
        return
    hints = {name: resolve(annotation, cls) for name, annotation in parts.items()}
    found[cls] = ", ".join([cls.__qualname__, *(f"{n}: {describe(h)}" for n, h in hints.items())])
    for inner in hints.values():
        _add_shapes(inner, found)


def _has_fields(cls: type) -> bool:
    marks = ("__dataclass_fields__", "model_fields", "_fields")
    return any(mark in vars(cls) for mark in marks)

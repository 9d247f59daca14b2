"""What each Python type is as JSON: the built-in forms, and those of ``@rx.serializer``.

A serialiser gives a value one step nearer to JSON; what it gives may need another. Types of
libraries are known by name or by what they offer, so that none is imported. An author's serialiser
comes before a built-in one; among several that fit, that of the type itself, then the latest.
"""

from __future__ import annotations

import binascii
import collections.abc as abc
import dataclasses
import importlib
import io
import json
import types
from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from .color import Color
from .errors import SerializerValueError, WasmrxError, caller_place

Serializer = Callable[[Any], Any]
F = TypeVar("F", bound=Callable[..., Any])

registered: dict[type, Serializer] = {}
_found: dict[type, Serializer] = {}
_JSON: frozenset[type] = frozenset((str, int, float, list, tuple, dict))
slow: list[type] = []
"""Types with a serialiser that the JSON encoder would write itself."""


class FormlessError(TypeError):
    """A value has no JSON form, or its serialiser failed; ``path`` leads to it."""

    path: list[int | str] | None = None


def serializer(fn: Any = None, to: Any = None, overwrite: bool | None = None) -> Any:
    """Register a function as the serialiser of the type that its parameter is annotated with.

    ``@rx.serializer def f(value: Money) -> str`` makes vars of type ``Money`` reach the page as
    text. A later serialiser of the same type replaces the earlier one, unless ``overwrite=False``.
    ``to`` names the type of the result and is taken for compatibility: a Var of the type has the
    operations of what it is annotated with. Raises SerializerValueError where the function does
    not take one annotated parameter.
    """

    def register(function: F) -> F:
        for cls in _types_of(function):
            if overwrite is False and registered.get(cls, function) is not function:
                raise SerializerValueError(
                    f"{cls.__qualname__} has a serialiser already, "
                    f"{registered[cls].__qualname__}; @rx.serializer(overwrite=False) keeps it."
                ).at(caller_place())
            registered.pop(cls, None)
            registered[cls] = function
            if any(base in _JSON for base in cls.__mro__):
                slow.append(cls)
        _found.clear()
        return function

    return register if fn is None else register(fn)


def _types_of(function: Callable[..., Any]) -> list[type[Any]]:
    """Return the types that a serialiser's only parameter is annotated with."""
    try:
        hints = get_type_hints(function)
    except Exception:
        hints = dict(getattr(function, "__annotations__", {}))
    hints.pop("return", None)
    code: types.CodeType | None = getattr(function, "__code__", None)
    if len(hints) == 1 and (code is None or code.co_argcount == 1):
        hint = next(iter(hints.values()))
        is_union = get_origin(hint) in (Union, types.UnionType)
        options = [get_origin(o) or o for o in (get_args(hint) if is_union else (hint,))]
        if all(isinstance(option, type) for option in options):
            return cast("list[type[Any]]", options)
    raise SerializerValueError(
        f"@rx.serializer on {getattr(function, '__name__', function)!r} needs one parameter, "
        "annotated with the type that it serialises."
    ).at(caller_place())


def is_registered(cls: type[Any]) -> bool:
    """Tell whether ``@rx.serializer`` was used for ``cls`` or a base of it."""
    return bool(registered) and _authors(cls) is not None


def has_serializer(cls: type[Any]) -> bool:
    """Tell whether values of ``cls`` that JSON does not know itself have a form."""
    return _find(cls) is not _no_form


def simplify(value: object) -> Any:
    """Return ``value`` one step nearer to JSON; what JSON can write is returned as it is.

    Raises FormlessError where it has no form, or its serialiser fails.
    """
    unwrap = getattr(type(value), "__wasmrx_unwrap__", None)
    if unwrap is not None:
        return unwrap(value)
    try:
        return _find(type(value))(value)
    except (FormlessError, WasmrxError, RecursionError):
        raise
    except Exception as error:
        raise FormlessError(
            f"the serialiser of {type(value).__qualname__} fails ({type(error).__name__}: {error})"
        ) from error


def _find(cls: type) -> Serializer:
    found = _found.get(cls)
    if found is None:
        found = _found[cls] = _authors(cls) or _built_in(cls)
    return found


def _authors(cls: type) -> Serializer | None:
    if cls in registered:
        return registered[cls]
    for base, function in reversed(registered.items()):
        if issubclass(cls, base):
            return function
    return None


def _built_in(cls: type) -> Serializer:
    for base in cls.__mro__:
        found = _BY_TYPE.get(base) or _BY_NAME.get(f"{base.__module__}.{base.__qualname__}")
        if found is not None:
            return found
    own = getattr(cls, "__wx_json__", None)
    if own is not None:
        return own
    if hasattr(cls, "__dataclass_fields__"):
        return _fields
    for name, form in _BY_ATTRIBUTE.items():
        if hasattr(cls, name):
            return form
    if issubclass(cls, Mapping):
        return dict
    if issubclass(cls, (Sequence, abc.Set, abc.MappingView)):
        return list
    return _no_form


_field_names: dict[type, tuple[str, ...]] = {}


def field_names(cls: type[Any]) -> tuple[str, ...]:
    """Return the names of a dataclass's fields; class variables are none."""
    found = _field_names.get(cls)
    if found is None:
        found = _field_names[cls] = tuple(field.name for field in dataclasses.fields(cls))
    return found


def _fields(value: object) -> dict[str, Any]:
    names = field_names(type(value))
    try:
        return {name: getattr(value, name) for name in names}
    except AttributeError:
        return {name: getattr(value, name) for name in names if hasattr(value, name)}


def _names_of(value: Any) -> list[str]:
    """Return the names of the fields of an attrs object."""
    return [field.name for field in value.__attrs_attrs__]


def _no_form(value: Any) -> Any:
    raise FormlessError(f"its type {type(value).__qualname__} has no JSON form")


def _unordered(values: Any) -> list[Any]:
    """Return a set's members in an order that does not change from run to run."""
    try:
        return sorted(values)
    except TypeError:
        return sorted(values, key=repr)


def _data_frame(value: Any) -> dict[str, Any]:
    rows: list[list[Any]] = value.to_numpy().tolist()
    return {"columns": value.columns.tolist(), "data": [list(map(_cell, row)) for row in rows]}


def _cell(value: object) -> Any:
    return str(cast(object, value)) if isinstance(value, (list, tuple)) else value


def _template(value: Any) -> dict[str, Any]:
    """Return a plotly template, written by the library itself: it is there, as its object is."""
    to_json: Any = importlib.import_module("plotly.io").to_json
    return {part: json.loads(str(to_json(getattr(value, part)))) for part in ("data", "layout")}


def _image(value: Any) -> str:
    """Return a Pillow image as a data URI."""
    kind: str = getattr(value, "format", None) or "PNG"
    written = io.BytesIO()
    value.save(written, format=kind)
    mime = getattr(value, "get_format_mimetype", lambda: None)() or f"image/{kind.lower()}"
    data = binascii.b2a_base64(written.getvalue(), newline=False).decode("ascii")
    return f"data:{mime};base64,{data}"


def _model_with_relations(value: Any) -> dict[str, Any]:
    """Return a SQLModel's fields, and its relations as far as they are loaded."""
    found: dict[str, Any] = value.model_dump()
    for name in value.__sqlmodel_relationships__:
        try:
            found[name] = getattr(value, name)
        except Exception as error:
            if type(error).__name__ != "DetachedInstanceError":
                raise
    return found


_BY_TYPE: dict[type, Serializer] = {
    set: _unordered,
    frozenset: _unordered,
    Enum: lambda value: value.value,
    Color: str,
    type: lambda value: value.__name__,
    types.SimpleNamespace: vars,
}
_BY_NAME: dict[str, Serializer] = {
    "datetime.date": str,
    "datetime.time": str,
    "datetime.timedelta": str,
    "decimal.Decimal": float,
    "fractions.Fraction": float,
    "uuid.UUID": str,
    "re.Pattern": lambda value: value.pattern,
    "pandas.DataFrame": _data_frame,
    "pandas.core.frame.DataFrame": _data_frame,
    "pandas.core.series.Series": lambda value: value.tolist(),
    "pandas.Series": lambda value: value.tolist(),
    "numpy.ndarray": lambda value: value.tolist(),
    "numpy.generic": lambda value: value.item(),
    "plotly.basedatatypes.BaseFigure": lambda value: json.loads(value.to_json()),
    "plotly.graph_objs.layout._template.Template": _template,
    "PIL.Image.Image": _image,
}
_BY_ATTRIBUTE: dict[str, Serializer] = {
    "__sqlmodel_relationships__": _model_with_relations,
    "model_dump": lambda value: value.model_dump(),
    "__attrs_attrs__": lambda value: {n: getattr(value, n) for n in _names_of(value)},
    "as_posix": lambda value: value.as_posix(),
    "__fspath__": str,
    "isoformat": str,
    "to_json_value": lambda value: value.to_json_value(),
}

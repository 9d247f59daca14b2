"""Python values as JSON, and the serialisers of types that JSON does not know.

``encode`` gives the text of a message. Numbers, text, lists, tuples and dicts are written as they
are; everything else goes through a serialiser. Floats that JSON cannot write stand as null, and
``special`` says where they were.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Mapping
from enum import Enum
from typing import Any, TypeVar, cast

from .color import Color
from .errors import StateSerializationError, caller_place

Serializer = Callable[[Any], Any]
F = TypeVar("F", bound=Callable[..., Any])
Path = list[int | str]

_serializers: dict[type, Serializer] = {}
_found: dict[type, Serializer] = {}
_JSON: frozenset[type] = frozenset((str, int, float, list, tuple, dict))
_slow: list[type] = []
"""Types with a serialiser that the JSON encoder would write itself."""


def serializer(fn: Any = None, to: Any = None, overwrite: bool | None = None) -> Any:
    """Register a function as the serialiser of the type that its parameter is annotated with.

    ``@rx.serializer def f(value: Money) -> str`` makes vars of type ``Money`` reach the page as
    text. A later serialiser of the same type replaces the earlier one.
    """

    def register(function: F) -> F:
        annotations = dict(getattr(function, "__annotations__", {}))
        annotations.pop("return", None)
        hint = next(iter(annotations.values()), None)
        if isinstance(hint, str):
            hint = eval(hint, getattr(function, "__globals__", {}))
        hint = getattr(hint, "__origin__", hint)
        if not isinstance(hint, type):
            raise StateSerializationError(
                f"@rx.serializer on {getattr(function, '__name__', function)!r} needs one "
                "parameter annotated with the type that it serialises."
            ).at(caller_place())
        _serializers[hint] = function
        _found.clear()
        if any(base in _JSON for base in cast("type[object]", hint).__mro__):
            _slow.append(hint)
        return function

    return register if fn is None else register(fn)


def has_serializer(cls: type[Any]) -> bool:
    """Tell whether the author or wasmrx registered a serialiser for ``cls`` or a base of it."""
    return _find(cls) is not _no_form


def is_registered(cls: type[Any]) -> bool:
    """Tell whether ``@rx.serializer`` was used for ``cls`` or a base of it."""
    return any(base in _serializers for base in cls.__mro__)


def simplify(value: object) -> Any:
    """Return ``value`` one step nearer to JSON; what JSON can write is returned as it is."""
    unwrap = getattr(type(value), "__wasmrx_unwrap__", None)
    if unwrap is not None:
        return unwrap(value)
    return _find(type(value))(value)


def _find(cls: type) -> Serializer:
    found = _found.get(cls)
    if found is None:
        found = _found[cls] = _search(cls)
    return found


def _search(cls: type) -> Serializer:
    for base in cls.__mro__:
        if base in _serializers:
            return _serializers[base]
        if base in _BUILT_IN:
            return _BUILT_IN[base]
    if hasattr(cls, "__dataclass_fields__"):
        return _fields
    if hasattr(cls, "model_dump"):
        return lambda value: value.model_dump()
    if hasattr(cls, "isoformat"):
        return str
    name = f"{cls.__module__}.{cls.__qualname__}"
    late = _BY_NAME.get(name)
    if late is not None:
        return late
    if hasattr(cls, "__fspath__"):
        return str
    if hasattr(cls, "to_json_value"):
        return lambda value: value.to_json_value()
    if issubclass(cls, Mapping):
        return lambda value: dict(value)
    return _no_form


def _fields(value: Any) -> dict[str, Any]:
    return {name: getattr(value, name) for name in value.__dataclass_fields__}


def _no_form(value: Any) -> Any:
    raise TypeError(f"a {type(value).__qualname__} has no JSON form")


def _unordered(value: Iterable[Any]) -> list[Any]:
    items = list(value)
    try:
        return sorted(items)
    except TypeError:
        return items


def _data_frame(value: Any) -> dict[str, Any]:
    return {
        "columns": value.columns.tolist(),
        "data": value.astype(object).where(value.notna(), None).values.tolist(),
    }


_EMPTY: dict[str, str] = {}
_VIEWS: tuple[object, ...] = (_EMPTY.keys(), _EMPTY.values(), _EMPTY.items())
_BUILT_IN: dict[type, Serializer] = {
    set: _unordered,
    frozenset: _unordered,
    range: list,
    Enum: lambda value: value.value,
    Color: str,
    bytes: lambda value: value.decode("utf-8", "replace"),
    **{type(view): list for view in _VIEWS},
}
_BY_NAME: dict[str, Serializer] = {
    "collections.deque": list,
    "datetime.timedelta": str,
    "decimal.Decimal": float,
    "fractions.Fraction": float,
    "uuid.UUID": str,
    "types.MappingProxyType": dict,
    "types.SimpleNamespace": vars,
    "re.Pattern": lambda value: value.pattern,
    "pandas.core.frame.DataFrame": _data_frame,
    "pandas.DataFrame": _data_frame,
    "numpy.ndarray": lambda value: value.tolist(),
}


def _writer() -> Callable[[Any], str]:
    """Return a function that writes JSON text; made once, as a message needs several texts.

    The encoder looks for values that hold themselves: without that, one would overflow the
    stack of the worker, which ends it.
    """
    make: Any = getattr(json.encoder, "c_make_encoder", None)
    quote: Any = getattr(json.encoder, "encode_basestring", None)
    inside: dict[int, Any] = {}

    def write(value: Any) -> str:
        if _slow:
            raise TypeError
        try:
            return "".join(encode(value, 0))
        finally:
            inside.clear()

    try:
        encode = make(inside, simplify, quote, None, ":", ",", False, False, False)
        if write(["\u00e9", {}]) == '["\u00e9",{}]':
            return write
    except TypeError:
        pass
    return json.JSONEncoder(
        default=simplify, allow_nan=False, separators=(",", ":"), ensure_ascii=False
    ).encode


dumps = _writer()
"""Returns the JSON text of a value; raises ValueError or TypeError where ``plain`` is needed."""

dumps_plain = json.JSONEncoder(separators=(",", ":"), ensure_ascii=False).encode
"""Returns the JSON text of what ``plain`` gave."""


def plain(value: object, special: list[Path], path: Path) -> Any:
    """Return ``value`` made of what JSON knows; not-finite floats are None and in ``special``.

    Raises TypeError for a value that has no JSON form, RecursionError for one that holds itself.
    """
    kind = type(value)
    if kind is str or kind is int or kind is bool or value is None:
        return value
    if is_proxied(kind) or (_serializers and is_registered(kind)):
        return plain(simplify(value), special, path)
    if isinstance(value, float):
        if math.isfinite(value):
            return float(value)
        name = "nan" if value != value else "inf" if value > 0 else "-inf"
        special.append([*path, name])
        return None
    if isinstance(value, Enum):
        return plain(value.value, special, path)
    if isinstance(value, (str, int)):
        return str(value) if isinstance(value, str) else int(value)
    if isinstance(value, dict):
        found: dict[str, Any] = {}
        for key, item in cast("dict[Any, Any]", value).items():
            text = key_text(key)
            found[text] = plain(item, special, [*path, text])
        return found
    if isinstance(value, (list, tuple)):
        items = cast("list[Any]", value)
        return [plain(item, special, [*path, i]) for i, item in enumerate(items)]
    return plain(simplify(value), special, path)


def is_proxied(cls: type) -> bool:
    """Tell whether ``cls`` stands for other objects, as ``wasmrx.proxy`` does."""
    return hasattr(cls, "__wasmrx_unwrap__")


def key_text(key: Any) -> str:
    """Return a dict key as JSON writes it: ``1`` as ``"1"``, ``True`` as ``"true"``."""
    if isinstance(key, Enum):
        return key_text(key.value)
    if isinstance(key, str):
        return key
    if key is None:
        return "null"
    if isinstance(key, bool):
        return "true" if key else "false"
    if isinstance(key, (int, float)):
        return repr(key)
    return str(key)


def to_json(value: Any, state: str, name: str, special: list[Path]) -> Any:
    """Return the value of a var as JSON data.

    Raises StateSerializationError, which names the var, where it has no JSON form.
    """
    try:
        return json.loads(dumps(value))
    except (TypeError, ValueError, RecursionError):
        pass  # Written again below, slowly: what is wrong with it must be found.
    try:
        return plain(value, special, [state, name])
    except RecursionError as error:
        raise StateSerializationError(
            f"{state}.{name} holds itself: a value that contains itself cannot be sent to the page."
        ) from error
    except (TypeError, ValueError, AttributeError) as error:
        raise StateSerializationError(
            f"{state}.{name} cannot be sent to the page: {error}. Give its type a serialiser with "
            f"@rx.serializer, or name the var _{name}, which stays in Python."
        ) from error

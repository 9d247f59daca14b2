"""Python values as JSON.

``dumps`` gives the text of a message. Numbers, text, lists, tuples and dicts are written as they
are; everything else goes through a serialiser. Floats that JSON cannot write stand as null, and
``special`` says where they were.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from enum import Enum
from typing import Any, cast

from .errors import StateSerializationError, WasmrxError
from .serializers import FormlessError, is_registered, registered, simplify, slow

Path = list[int | str]


def _writer() -> Callable[[Any], str]:
    """Return a function that writes JSON text; made once, as a message needs several texts.

    The encoder looks for values that hold themselves: without that, one would overflow the
    stack of the worker, which ends it.
    """
    make: Any = getattr(json.encoder, "c_make_encoder", None)
    quote: Any = getattr(json.encoder, "encode_basestring", None)
    inside: dict[int, Any] = {}

    def write(value: Any) -> str:
        if slow:
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


_scan: Callable[[str, int], tuple[Any, int]] = json.JSONDecoder().scan_once  # type: ignore[attr-defined]


def loads(text: str) -> Any:
    """Return what the JSON ``text`` says; raises ValueError where it is none.

    The page's messages have no space around them, which saves looking for it.
    """
    try:
        value, end = _scan(text, 0)
    except StopIteration as stop:
        raise ValueError(f"not JSON at character {stop.value}") from None
    if end != len(text):
        raise ValueError(f"not JSON from character {end} on")
    return value


def plain(value: object, special: list[Path], path: Path) -> Any:
    """Return ``value`` made of what JSON knows; not-finite floats are None and in ``special``.

    Raises FormlessError for a value that has no JSON form, RecursionError for one that holds
    itself.
    """
    kind = type(value)
    if kind is str or kind is int or kind is bool or value is None:
        return value
    if is_proxied(kind) or (registered and is_registered(kind)):
        return plain(_simpler(value, path), special, path)
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
    return plain(_simpler(value, path), special, path)


def _simpler(value: object, path: Path) -> Any:
    try:
        return simplify(value)
    except FormlessError as error:
        error.path = path
        raise


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
    except (TypeError, ValueError, RecursionError, WasmrxError):
        pass  # Written again below, slowly: what is wrong with it must be found.
    try:
        return plain(value, special, [state, name])
    except RecursionError as error:
        raise StateSerializationError(
            f"{state}.{name} holds itself: a value that contains itself cannot be sent to the page."
        ) from error
    except (TypeError, ValueError, WasmrxError) as error:
        if isinstance(error, WasmrxError):  # It holds a component that cannot be sent.
            words = error.args[0] if error.args else error
            told = StateSerializationError(f"{state}.{name} cannot be shown: {words}")
            raise told.at(error.place) from error
        where = _steps(error.path[2:]) if isinstance(error, FormlessError) and error.path else ""
        raise StateSerializationError(
            f"{state}.{name}{where} cannot be sent to the page: {error}. Give its type a "
            f"serialiser with @rx.serializer, or name the var _{name}, which stays in Python."
        ) from error


def _steps(path: Path) -> str:
    """Return the way into a value as an author writes it: ``["rows"][2]``."""
    return "".join(f"[{json.dumps(step, ensure_ascii=False)}]" for step in path)

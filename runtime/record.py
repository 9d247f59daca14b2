"""One saved record: the vars of one state at one moment, as bytes.

``wasmrx2 checksum kind stamp``, a line with the type of each var, then the values. ``m`` values are
marshal, small and of built-in types only; ``p`` values are pickle, imported when first needed.
Reading a record makes objects of the app's classes and of plain values; it calls no function that
would run other code.
"""

from __future__ import annotations

import enum
import importlib
import io
import marshal
import sys
import zlib
from types import ModuleType, SimpleNamespace
from typing import Any, NamedTuple, cast

_MARK = b"wasmrx2 "
_SMALL = 200
"""As many values are looked at before marshal is given up for pickle."""

_ATOMS = frozenset((str, int, float, bool, type(None), bytes, complex))
_FUNCTIONS = {
    ("re", "_compile"),
    ("copyreg", "_reconstructor"),
    ("copyreg", "__newobj__"),
    ("copyreg", "__newobj_ex__"),
    ("array", "_array_reconstructor"),
}
"""Functions of the standard library that only make values."""

_REFUSED = frozenset(
    "js pyodide pyodide_js _pyodide _pyodide_core ctypes operator subprocess".split()
)
"""Packages whose classes can be made to run other code, as can all but one of ``types``."""


class Stamp(NamedTuple):
    """When a record was written: by which build and page load, and after which events.

    ``begun`` is the last event that had begun; of the events up to it, ``open`` had not ended.
    """

    seq: int
    build: str
    life: str
    begun: int
    open: tuple[int, ...]


class Record(NamedTuple):
    """A record that was read, its values still packed."""

    stamp: Stamp
    types: dict[str, str]
    kind: str
    data: bytes

    def values(self) -> dict[str, Any]:
        """Return the vars; raises whatever their classes raise."""
        return _loads(self.kind, self.data)


class UnreadableRecordError(ValueError):
    """A record is damaged or of another version; the message says which."""


def pack(stamp: Stamp, types: dict[str, str], values: dict[str, Any]) -> bytes:
    """Return a record of these vars; raises where a value cannot be pickled."""
    kind, data = _dumps(values)
    opened = ",".join(map(str, stamp.open))
    head = f"{kind} {stamp.seq} {stamp.build} {stamp.life} {stamp.begun} {opened}\n"
    lines = head + " ".join(f"{name}:{types[name]}" for name in values) + "\n"
    body = lines.encode() + data
    return b"%s%08x " % (_MARK, zlib.crc32(body)) + body


def unpack(raw: bytes) -> Record:
    """Return the record that ``raw`` holds; raises ``UnreadableRecordError``."""
    if not raw.startswith(_MARK):
        raise UnreadableRecordError("it was written by another version of wasmrx")
    start = len(_MARK) + 9
    body = raw[start:]
    if raw[len(_MARK) : start] != b"%08x " % zlib.crc32(body):
        raise UnreadableRecordError("it is damaged")
    try:
        head, names, data = body.split(b"\n", 2)
        kind, seq, build, life, begun, opened = head.decode().split(" ")
        events = tuple(int(id) for id in opened.split(",") if id)
        types = dict(name.split(":") for name in names.decode().split())
        return Record(Stamp(int(seq), build, life, int(begun), events), types, kind, data)
    except ValueError:
        raise UnreadableRecordError("it was not written by wasmrx") from None


def _dumps(values: dict[str, Any]) -> tuple[str, bytes]:
    if _is_plain(list(values.values())):
        return "m", marshal.dumps(values)
    return "p", importlib.import_module("pickle").dumps(values, 5)


def _is_plain(values: list[Any]) -> bool:
    """Tell whether these are few values of exactly the types that marshal keeps.

    Marshal would write a bytearray, or an array of numbers, as bytes.
    """
    left = _SMALL
    while values:
        left -= len(values)
        if left < 0:
            return False
        inner: list[Any] = []
        for value in values:
            kind = cast("type[object]", type(value))
            if kind in _ATOMS:
                continue
            if kind is dict:
                inner += value
                inner += value.values()
            elif kind in (list, tuple, set, frozenset):
                inner += value
            else:
                return False
        values = inner
    return True


def _loads(kind: str, data: bytes) -> dict[str, Any]:
    found: Any = marshal.loads(data) if kind == "m" else unpickler()(io.BytesIO(data)).load()
    if not isinstance(found, dict):
        raise ValueError("it holds no vars")
    return cast("dict[str, Any]", found)


def unpickler(base: str = "Unpickler") -> Any:
    """Return a class like pickle's ``base`` that takes the classes of values and no others."""
    pickles: Any = getattr(importlib.import_module("pickle"), base)

    class Careful(pickles):
        def find_class(self, module_name: str, global_name: str) -> Any:
            if (module_name, global_name) == ("builtins", "getattr"):
                return _attribute
            found: Any = pickles.find_class(self, module_name, global_name)
            if (module_name, global_name) in _FUNCTIONS or _is_of_values(module_name, found):
                return found
            raise ValueError(f"{module_name}.{global_name} is not the class of a value")

    return Careful


def _is_of_values(module: str, found: Any) -> bool:
    """Tell whether a record may name ``found``: no function that is not the app's own."""
    homes = (module, str(getattr(found, "__module__", "")), type(found).__module__)
    packages = {home.partition(".")[0] for home in homes}
    if packages & _REFUSED or ("types" in packages and found is not SimpleNamespace):
        return False
    if isinstance(found, (dict, list, set, ModuleType)):
        return False
    is_own = packages.isdisjoint(sys.stdlib_module_names - {"builtins"}) and module != "builtins"
    return is_own or isinstance(found, type) or not callable(found)


def _attribute(owner: Any, name: str) -> Any:
    """Stand for ``getattr``, with which enum members and time zones are pickled."""
    if isinstance(owner, enum.EnumType) or (owner.__module__, name) == ("zoneinfo", "_unpickle"):
        return getattr(owner, name)
    raise ValueError(f"{name} is not the attribute of a value")

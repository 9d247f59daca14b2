"""Saved state: one text per state class, so that a reload finds what was there.

The text is ``version:schema:kind:checksum:data``. ``m`` data is marshal (built-in types only),
``p`` is pickle, imported when first needed. A text that does not fit the running build, or is
damaged, is set aside with a reason; restoring never raises.
"""

from __future__ import annotations

import binascii
import importlib
import marshal
import sys
import zlib
from typing import TYPE_CHECKING, Any

from .registry import state_named

if TYPE_CHECKING:
    from .sessions import Session
    from .state import State

_VERSION = "1"


class Store:
    """Writes and reads the texts of one session."""

    def __init__(self, session: Session) -> None:
        """Work on ``session``."""
        self.session = session
        self.set_aside: dict[str, str] = {}
        self._unkept: set[str] = set()
        self._schemas: dict[type[State], str] = {}

    def schema(self, cls: type[State]) -> str:
        """Return a short text that changes when the vars of ``cls`` do."""
        found = self._schemas.get(cls)
        if found is None:
            lines = [f"{name}:{field.annotated_text}" for name, field in cls.__wx_fields__.items()]
            found = format(zlib.crc32("\n".join(lines).encode()), "08x")
            self._schemas[cls] = found
        return found

    def texts(self, states: set[type[State]]) -> dict[str, str]:
        """Return the texts of these states."""
        return {cls.get_full_name(): self.text(cls) for cls in states if _kept(cls)}

    def text(self, cls: type[State]) -> str:
        """Return the text of one state; a value that cannot be saved is left out."""
        values = self.session.home(cls).__wx_values__
        names = _kept(cls)
        if self._unkept:
            prefix = cls.get_full_name() + "."
            names = [name for name in names if prefix + name not in self._unkept]
        data = {name: values[name] for name in names}
        try:
            return self._joined(cls, "m", marshal.dumps(data))
        except ValueError:
            return self._joined(cls, "p", self._pickled(cls, data))

    def _joined(self, cls: type[State], kind: str, data: bytes) -> str:
        packed = binascii.b2a_base64(data, newline=False).decode("ascii")
        return f"{_VERSION}:{self.schema(cls)}:{kind}:{zlib.crc32(data):08x}:{packed}"

    def _pickled(self, cls: type[State], data: dict[str, Any]) -> bytes:
        pickle = importlib.import_module("pickle")
        try:
            return pickle.dumps(data, 5)
        except Exception:
            kept: dict[str, Any] = {}
            for name, value in data.items():
                try:
                    pickle.dumps(value, 5)
                    kept[name] = value
                except Exception as error:
                    full = f"{cls.get_full_name()}.{name}"
                    self._unkept.add(full)
                    print(f"{full} is not kept across reloads: {error}", file=sys.stderr)
            return pickle.dumps(kept, 5)

    def restore(self, saved: dict[str, str]) -> None:
        """Put saved values back; ``set_aside`` says which texts were not used, and why."""
        for name, text in saved.items():
            reason = self._restore_one(name, text)
            if reason:
                self.set_aside[name] = reason
                print(f"The saved state {name!r} was set aside: {reason}", file=sys.stderr)

    def _restore_one(self, name: str, text: str) -> str:
        cls = state_named(name)
        if cls is None:
            return "the app no longer has this state"
        parts = text.split(":")
        if len(parts) != 5 or parts[0] != _VERSION:
            return "it was written by another version of wasmrx"
        if parts[1] != self.schema(cls):
            return "the state's vars have changed"
        try:
            data = binascii.a2b_base64(parts[4])
            if f"{zlib.crc32(data):08x}" != parts[3]:
                return "it is damaged"
            load = marshal.loads if parts[2] == "m" else importlib.import_module("pickle").loads
            values = load(data)
        except Exception as error:
            return f"it cannot be read ({error})"
        home = self.session.home(cls).__wx_values__
        home.update({key: value for key, value in values.items() if key in home})
        return ""


def _kept(cls: type[State]) -> list[str]:
    """Return the vars of a state that are saved: not those that the browser keeps itself."""
    if cls.get_parent_state() is None:
        return []
    return [name for name, field in cls.__wx_fields__.items() if field.storage is None]

"""Vars that the browser keeps: written when they change, taken back at start and from other tabs.

The page writes what a handler assigns, in the order of the updates. What it tells of storage was
read at some point of that order: it counts the writes that it has made to a key, and what it tells
is old where this side has asked for more. Invariant: var and storage end alike.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .protocol import KeptValue, PageAction
from .registry import all_states

if TYPE_CHECKING:
    from .fields import Field
    from .sessions import Collected, Session

Place = tuple[str, str]
"""A kind of storage and a key in it."""


class Kept:
    """The vars of one session that the browser keeps."""

    def __init__(self, session: Session) -> None:
        """Work on ``session``."""
        self.session = session
        self._writes: dict[Place, int] = {}
        self._told: dict[Field[Any], Any] = {}

    def restore(self, storage: dict[str, dict[str, str]]) -> None:
        """Take the values that the browser has at start."""
        self._writes.clear()
        for field in kept_fields():
            kind, key = _place(field)
            text = storage.get(kind, {}).get(key)
            if text is not None:
                self.session.home(field.owner).__wx_values__[field.name] = str(text)

    def take(self, values: list[KeptValue]) -> None:
        """Take values that changed in the browser; None is one that is gone: back to default."""
        for value in values:
            place = (value["kind"], value["key"])
            if value["writes"] < self._writes.get(place, 0):
                continue
            for field in kept_fields():
                if _place(field) == place:
                    text = value["value"]
                    found = field.initial() if text is None else str(text)
                    self._told[field] = found
                    field.put(self.session.home(field.owner), found)

    def actions(self, found: Collected) -> list[PageAction]:
        """Return the actions that write what changed."""
        actions: list[PageAction] = []
        for field in found.kept:
            value = self.session.home(field.owner).__wx_values__[field.name]
            if self._told.pop(field, self) != value:
                actions.append(self._write(field, value))
        return actions

    def _write(self, field: Field[Any], value: Any) -> PageAction:
        place = _place(field)
        self._writes[place] = self._writes.get(place, 0) + 1
        text = None if value is None else str(value)
        args: dict[str, Any] = {"kind": place[0], "key": place[1], "value": text}
        if place[0] == "cookie" and field.storage is not None:
            args["options"] = field.storage.options()
        return {"name": "keep", "args": args}


def _place(field: Field[Any]) -> Place:
    assert field.storage is not None
    return field.storage.storage_kind, field.storage_key


def kept_fields() -> list[Field[Any]]:
    """Return the vars of all states that the browser keeps."""
    fields = [field for cls in all_states() for field in cls.__wx_fields__.values()]
    return [field for field in fields if field.storage is not None]


def kept_places() -> list[list[str | bool]]:
    """Return what the page is told of them: kind, key, and whether other tabs are followed."""
    found: dict[Place, bool] = {}
    for field in kept_fields():
        place = _place(field)
        found[place] = found.get(place, False) or bool(getattr(field.storage, "sync", False))
    return [[*place, sync] for place, sync in found.items()]

"""Objects that are held in more than one place, so that a mutation shows wherever they are.

A mutation is reported through the var that the handler read. Where the object also lies in another
var, or in another container of the same var, the reference count betrays it; then, and only then,
the vars are searched for it. Invariant: a false alarm costs time, never correctness.
"""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, cast

from .delta import LEAVES, Changes
from .proxy import KINDS
from .serializers import field_names

if TYPE_CHECKING:
    from .fields import Field
    from .sessions import Session

Copied = tuple[Any, Any]


def _count(entry: Copied) -> int:
    return sys.getrefcount(entry[0])


def _usual() -> int:
    """Return the count of a mutated object that lies in one container only."""
    held: list[Any] = [[]]
    changes = Changes(None)
    changes.copies[0] = (held[0], None)
    changes.hot[0] = held[0]
    return _count(changes.copies[0])


_USUAL = _usual()


def suspects(session: Session) -> dict[int, Copied]:
    """Return the mutated objects that something else holds, by id."""
    found: dict[int, Copied] = {}
    for changes in session.dirty.values():
        for key, entry in changes.copies.items():
            allowed = _USUAL + 1 if key == id(changes.before) else _USUAL
            if _count(entry) > allowed:
                found[key] = entry
    if found:
        known = _held_by_forms(session, found)
        for key, entry in list(found.items()):
            if _count(entry) <= _USUAL + known.get(key, 0):
                del found[key]
    return found


def _held_by_forms(session: Session, objects: dict[int, Copied]) -> dict[int, int]:
    """Return how often the forms of sent computed lists hold each object."""
    counts: dict[int, int] = {}
    for form in session.sent.values():
        if isinstance(form, list):
            ids = list(map(id, form))
            if len(objects) <= 4:
                for key in objects:
                    counts[key] = counts.get(key, 0) + ids.count(key)
            else:
                for key in ids:
                    if key in objects:
                        counts[key] = counts.get(key, 0) + 1
    return counts


def spread(session: Session, shared: dict[int, Copied]) -> None:
    """Make every var that holds one of ``shared`` dirty, as if it had been mutated there, too."""
    for cls, state in list(session.states.items()):
        for field in cls.__wx_fields__.values():
            value = state.__wx_values__[field.name]
            if not field.backend and type(value) not in LEAVES:
                _search(session, field, value, shared)


def _search(session: Session, field: Field[Any], value: Any, shared: dict[int, Copied]) -> None:
    hot: dict[int, Any] = {}
    copies: dict[int, Copied] = {}
    seen: dict[int, bool] = {}

    def holds(item: object) -> bool:
        key = id(item)
        known = seen.get(key)
        if known is not None:
            return known
        seen[key] = found = key in shared
        if found:
            copies[key] = shared[key]
        for inner in _inside(item):
            if type(inner) not in LEAVES and holds(inner):
                found = True
        if found:
            hot[key] = item
        seen[key] = found
        return found

    try:
        holds(value)
    except RecursionError:
        return
    if hot:
        changes = session.changes(field)
        changes.hot.update(hot)
        for key, entry in copies.items():
            changes.copies.setdefault(key, entry)
        session.invalidate(field)


def _inside(item: object) -> Iterator[Any] | Iterable[Any]:
    kind = type(item)
    if issubclass(kind, dict):
        return cast("dict[Any, Any]", item).values()
    if issubclass(kind, (list, tuple, set, deque)):
        return cast("list[Any]", item)
    if hasattr(kind, "__dataclass_fields__"):
        return (getattr(item, name, None) for name in field_names(kind))
    if KINDS.get(kind) is not None and hasattr(kind, "__dict__"):
        return list(vars(item).values())
    return ()

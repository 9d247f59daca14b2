"""What changed inside a container, as patches.

At the first mutation of a container in an event a shallow copy of it is kept. At the end the copy
and the container are compared by identity: an object that was not itself mutated cannot differ.
``hot`` holds the ids of all mutated objects and of what holds them; nothing else is looked into.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection
from operator import is_
from sys import getrefcount
from typing import TYPE_CHECKING, Any, cast

from .codec import key_text
from .protocol import Patch, PathStep
from .proxy import last_index
from .serializers import field_names, is_registered

if TYPE_CHECKING:
    from .proxy import Proxy

LEAVES = frozenset((str, int, float, bool, type(None)))


class Whole(Exception):
    """The value must be sent as a whole."""


class Changes:
    """What happened to one var since the last delta."""

    __slots__ = ("before", "copies", "hot", "opaque", "places")

    def __init__(self, before: Any) -> None:
        """Start from ``before``, the value that the page has."""
        self.before = before
        self.copies: dict[int, tuple[Any, Any]] = {}
        self.hot: dict[int, Any] = {}
        self.places: dict[int, tuple[int, int | None]] = {}
        self.opaque: set[int] = set()

    def mutating(self, proxy: Proxy, whole: bool) -> None:
        """Note that the object of ``proxy`` is about to change, ``whole``: beyond what is seen."""
        target = proxy.__wx_target__
        if whole:
            self.opaque.add(id(target))
        if id(target) not in self.copies:
            self.copies[id(target)] = (target, _shallow(target))
        step: Proxy = proxy
        while True:
            self.hot[id(step.__wx_target__)] = step.__wx_target__
            holder = step.__wx_parent__
            if holder is None:
                return
            self.places[id(step.__wx_target__)] = (id(holder.__wx_target__), last_index(holder))
            step = holder

    def patches(self, after: Any) -> list[Patch] | None:
        """Return what leads from the page's value to ``after``; None: send it as a whole."""
        found: list[Patch] = []
        try:
            self._compare(self.before, after, [], found)
        except (Whole, RecursionError):
            return None
        return found

    def _was(self, value: Any) -> Any:
        kept = self.copies.get(id(value))
        return value if kept is None else kept[1]

    def _compare(
        self, before: object, after: object, path: list[PathStep], found: list[Patch]
    ) -> None:
        kind = type(after)
        if type(before) is not kind or id(after) in self.opaque or _has_own_form(kind):
            self._replace(path, after, found)
        elif kind is list:
            self._compare_lists(before, cast("list[Any]", after), path, found)
        elif isinstance(after, dict):
            self._compare_dicts(before, cast("dict[Any, Any]", after), path, found)
        elif hasattr(kind, "__dataclass_fields__"):
            self._compare_objects(before, after, path, found)
        else:
            self._replace(path, after, found)

    def _replace(self, path: list[PathStep], after: Any, found: list[Patch]) -> None:
        if not path:
            raise Whole
        found.append({"op": "set", "path": path, "value": after})

    def _inside(self, value: Any, path: list[PathStep], found: list[Patch]) -> None:
        """Compare an object that stayed in its place."""
        if id(value) in self.hot:
            self._compare(value, value, path, found)

    def _compare_lists(
        self, before: Any, after: list[Any], path: list[PathStep], found: list[Patch]
    ) -> None:
        old: list[Any] = self._was(before)
        replaced: set[int] = set()
        if old is not after:
            front, back = _common_ends(old, after)
            old_end, new_end = len(old) - back, len(after) - back
            if old_end > front or new_end > front:
                replaced = _list_patches(old, after, front, old_end, new_end, path, found)
        for i in self._places(after):
            if i not in replaced:
                self._inside(after[i], [*path, i], found)

    def _places(self, items: list[Any]) -> list[int]:
        """Return where in ``items`` the mutated objects are.

        An object that only one container holds is where it was found: looking through a long list
        takes longer than all else that an event does.
        """
        if len(self.hot) > _FEW:
            return _places(self.hot, items)
        found: list[int] = []
        sought: list[int] = []
        for key in self.hot:
            if self.hot[key] is items:
                continue
            holder, at = self.places.get(key, (0, None))
            if not holder or getrefcount(self.hot[key]) != _ALONE + (key in self.copies):
                sought.append(key)
            elif holder == id(items):
                if at is not None and -len(items) <= at < len(items) and items[at] is self.hot[key]:
                    found.append(at % len(items))
                else:
                    sought.append(key)
        return sorted(found + _places(sought, items)) if sought else sorted(found)

    def _compare_dicts(
        self, before: Any, after: dict[Any, Any], path: list[PathStep], found: list[Patch]
    ) -> None:
        old: dict[Any, Any] = self._was(before)
        if old is not after:
            stayed = [key for key in old if key in after]
            added = [key for key in after if key not in old]
            if list(after) != stayed + added or len({key_text(k) for k in after}) != len(after):
                self._replace(path, after, found)
                return
            for key in old:
                if key not in after:
                    found.append({"op": "del", "path": [*path, key_text(key)]})
        for key, value in after.items():
            step = [*path, key_text(key)]
            if old is not after and (key not in old or not same(old[key], value)):
                found.append({"op": "set", "path": step, "value": value})
            else:
                self._inside(value, step, found)

    def _compare_objects(
        self, before: Any, after: Any, path: list[PathStep], found: list[Patch]
    ) -> None:
        old = self._was(before)
        for name in field_names(after.__class__):
            value = getattr(after, name, Whole)
            if value is Whole:  # The attribute was deleted.
                raise Whole
            if old is not after:
                was = old[name] if id(before) in self.copies else getattr(old, name)
                if not same(was, value):
                    found.append({"op": "set", "path": [*path, name], "value": value})
                    continue
            self._inside(value, [*path, name], found)


_held = {0: object()}
_ALONE = getrefcount(_held[0]) + 1
"""The references to an object that a dict and one more container hold, as Python counts them."""

_FEW = 8
"""Up to so many objects are looked for one by one."""


def _has_own_form(cls: type[Any]) -> bool:
    """Tell whether what the page has of an object is not made of its parts."""
    return hasattr(cls, "__wx_json__") or is_registered(cls)


def _shallow(target: object) -> Any:
    if isinstance(target, dict):
        return dict(cast("dict[Any, Any]", target))
    if isinstance(target, (list, set, deque)):
        return list(cast("list[Any]", target))
    if hasattr(type(target), "__dataclass_fields__"):
        return {name: getattr(target, name, Whole) for name in field_names(type(target))}
    return None


def same(a: Any, b: Any) -> bool:
    """Tell whether two values are one object, or equal and of a type that cannot change."""
    return a is b or (type(a) is type(b) and type(a) in LEAVES and a == b)


def item_patches(
    old: list[Any], new: list[Any], items: list[Any], hot: Collection[int]
) -> list[Patch] | None:
    """Return what leads from one list to ``items``; None where the whole is about as short.

    ``old`` and ``new`` hold what each item is recognised by: its JSON text or, where the item is
    an object of the state, that object, which differs from itself if its id is in ``hot``.
    """
    changed: set[int] = set(_places(hot, new))
    if changed:
        new = [object() if i in changed else item for i, item in enumerate(new)]
    front, back = _common_ends(old, new)
    found: list[Patch] = []
    _list_patches(old, new, front, len(old) - back, len(new) - back, [], found)
    sent = 0
    for patch in found:
        if patch["op"] == "splice":
            end = patch["start"] + len(patch["insert"])
            patch["insert"] = items[patch["start"] : end]
            sent += len(patch["insert"])
        elif patch["op"] == "set":
            patch["value"] = items[cast("int", patch["path"][0])]
            sent += 1
    return found if 2 * sent < len(new) else None


def _places(hot: Collection[int], items: list[Any]) -> list[int]:
    """Return where in ``items`` the objects with these ids are."""
    if not hot:
        return []
    ids = list(map(id, items))
    if len(hot) > _FEW:
        return [i for i, key in enumerate(ids) if key in hot]
    found: list[int] = []
    for key in hot:
        at = -1
        for _ in range(ids.count(key)):
            at = ids.index(key, at + 1)
            found.append(at)
    return sorted(found)


def _common_ends(old: list[Any], new: list[Any]) -> tuple[int, int]:
    """Return how many items both have in common at the front and at the back."""
    front = _common(old, new)
    if front == min(len(old), len(new)):
        return front, 0
    back = _common(old[front:][::-1], new[front:][::-1])
    return front, back


def _common(old: list[Any], new: list[Any]) -> int:
    """Return how many items both start with; identical ones are passed over in C."""
    identical = list(map(is_, old, new))
    at = 0
    while at < len(identical):
        try:
            at = identical.index(False, at)
        except ValueError:
            return len(identical)
        if not same(old[at], new[at]):
            return at
        at += 1
    return at


def _list_patches(
    old: list[Any],
    new: list[Any],
    start: int,
    old_end: int,
    new_end: int,
    path: list[PathStep],
    found: list[Patch],
) -> set[int]:
    """Add what turns ``old`` into ``new``; return the indices whose items were sent whole."""
    if start == old_end == new_end:
        return set()
    if len(old) == len(new):
        changed = [i for i in range(start, new_end) if not same(old[i], new[i])]
        if len(changed) * 3 < new_end - start:
            for i in changed:
                found.append({"op": "set", "path": [*path, i], "value": new[i]})
            return set(changed)
    found.append(
        {
            "op": "splice",
            "path": path,
            "start": start,
            "remove": old_end - start,
            "insert": new[start:new_end],
        }
    )
    return set(range(start, new_end))

"""What changed inside a container, as patches.

At the first mutation of a container in an event a shallow copy of it is kept. At the end the copy
and the container are compared by identity: an object that was not itself mutated cannot differ.
``hot`` holds the ids of all mutated objects and of what holds them; nothing else is looked into.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Any, cast

from .codec import is_registered, key_text
from .protocol import Patch, PathStep

if TYPE_CHECKING:
    from .proxy import Proxy

LEAVES = frozenset((str, int, float, bool, type(None)))


class Whole(Exception):
    """The value must be sent as a whole."""


class Changes:
    """What happened to one var since the last delta."""

    __slots__ = ("before", "copies", "hot")

    def __init__(self, before: Any) -> None:
        """Start from ``before``, the value that the page has."""
        self.before = before
        self.copies: dict[int, tuple[Any, Any]] = {}
        self.hot: dict[int, Any] = {}

    def mutating(self, proxy: Proxy) -> None:
        """Note that the object of ``proxy`` is about to change."""
        target = proxy.__wx_target__
        if id(target) not in self.copies:
            self.copies[id(target)] = (target, _shallow(target))
        step: Proxy | None = proxy
        while step is not None:
            self.hot[id(step.__wx_target__)] = step.__wx_target__
            step = step.__wx_parent__

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

    def _compare(self, before: Any, after: Any, path: list[PathStep], found: list[Patch]) -> None:
        kind = type(after)
        if type(before) is not kind or is_registered(kind):
            self._replace(path, after, found)
        elif kind is list:
            self._compare_lists(before, after, path, found)
        elif isinstance(after, dict):
            self._compare_dicts(before, after, path, found)
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
        if self.hot.keys().isdisjoint(map(id, after)):
            return
        for i, item in enumerate(after):
            if id(item) in self.hot and i not in replaced:
                self._inside(item, [*path, i], found)

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
            if old is not after and (key not in old or not _same(old[key], value)):
                found.append({"op": "set", "path": step, "value": value})
            else:
                self._inside(value, step, found)

    def _compare_objects(
        self, before: Any, after: Any, path: list[PathStep], found: list[Patch]
    ) -> None:
        old = self._was(before)
        for name in type(after).__dataclass_fields__:
            value = getattr(after, name)
            if old is not after:
                was = old.get(name, Whole) if isinstance(old, dict) else getattr(old, name)  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
                if not _same(was, value):
                    found.append({"op": "set", "path": [*path, name], "value": value})
                    continue
            self._inside(value, [*path, name], found)


def _shallow(target: Any) -> Any:
    if isinstance(target, dict):
        return dict(cast("dict[Any, Any]", target))
    if isinstance(target, (list, set, deque)):
        return list(cast("list[Any]", target))
    fields = getattr(type(target), "__dataclass_fields__", None)
    if fields is not None:
        return {name: getattr(target, name, Whole) for name in fields}
    return None


def _same(a: Any, b: Any) -> bool:
    return a is b or (type(a) is type(b) and type(a) in LEAVES and a == b)


def item_patches(old: list[str], new: list[str], items: list[Any]) -> list[Patch] | None:
    """Return what leads from one list to ``items``, both given as their items' JSON texts.

    None where sending ``items`` as a whole is about as short.
    """
    front, back = _common_ends(old, new)
    found: list[Patch] = []
    _list_patches(old, new, front, len(old) - back, len(new) - back, [], found)
    size = 0
    for patch in found:
        if patch["op"] == "splice":
            size += sum(map(len, patch["insert"]))
            patch["insert"] = items[patch["start"] : patch["start"] + len(patch["insert"])]
        elif patch["op"] == "set":
            index = cast("int", patch["path"][0])
            size += len(patch["value"])
            patch["value"] = items[index]
    return found if 2 * size < sum(map(len, new)) else None


def _common_ends(old: list[Any], new: list[Any]) -> tuple[int, int]:
    """Return how many items both have in common at the front and at the back."""
    shorter = min(len(old), len(new))
    front = 0
    while front < shorter and _same(old[front], new[front]):
        front += 1
    back = 0
    while back < shorter - front and _same(old[-1 - back], new[-1 - back]):
        back += 1
    return front, back


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
    if len(old) == len(new):
        changed = [i for i in range(start, new_end) if not _same(old[i], new[i])]
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

"""``rx.FormData``: a submitted form with every value of fields that share a name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeVar, cast

K = TypeVar("K")
V_co = TypeVar("V_co", covariant=True)


class FormData(Mapping[K, V_co]):
    """A submitted form: a mapping of each name to its last value, which keeps the others as well.

    ``getlist(name)`` (or ``getAll``) gives all values of a name, ``multi_items()`` all pairs in the
    order of the form.
    """

    __slots__ = ("_dict", "_items")

    def __init__(self, items: Mapping[K, V_co] | Iterable[tuple[K, V_co]] = ()) -> None:
        """Hold ``items``: pairs, a mapping, or another FormData."""
        given: Any = items
        if isinstance(items, FormData):
            given = cast("FormData[K, V_co]", items).multi_items()
        elif isinstance(items, Mapping):
            given = cast("Mapping[K, V_co]", items).items()
        self._items: tuple[tuple[K, V_co], ...] = tuple((key, value) for key, value in given)
        self._dict: dict[K, V_co] = dict(self._items)

    def __getitem__(self, key: K) -> V_co:
        """Return the last value of ``key``."""
        return self._dict[key]

    def __iter__(self) -> Iterator[K]:
        """Return each name once, in the order of the form."""
        return iter(self._dict)

    def __len__(self) -> int:
        """Return the number of names."""
        return len(self._dict)

    def __repr__(self) -> str:
        """Return the pairs."""
        return f"FormData({list(self._items)!r})"

    def getlist(self, key: K) -> list[V_co]:
        """Return every value of ``key``; none where it is not there."""
        return [value for name, value in self._items if name == key]

    getAll = getlist

    def multi_items(self) -> list[tuple[K, V_co]]:
        """Return every pair of name and value."""
        return list(self._items)

    def fields(self, kinds: Mapping[str, str]) -> dict[str, Any]:
        """Return a dict in which names of the kind ``"list"`` hold all their values.

        A list also takes what is submitted as ``name[]``, as the thumbs of a slider are.
        """
        found: dict[str, Any] = dict(cast("dict[str, Any]", self._dict))
        for name, kind in kinds.items():
            both = (name, name if f"{name}[]" in kinds else f"{name}[]")
            if kind == "list" and any(key in found for key in both):
                found[name] = [value for key, value in self._items if key in both]
                if both[1] != name:
                    found.pop(both[1], None)
        return found


def is_pairs(value: Any) -> bool:
    """Tell whether ``value`` is what the page sends of a form with all its values."""
    return isinstance(value, list) and all(map(_is_pair, cast("list[Any]", value)))


def _is_pair(value: Any) -> bool:
    pair = cast("list[Any]", value) if isinstance(value, list) else []
    return len(pair) == 2 and isinstance(pair[0], str)

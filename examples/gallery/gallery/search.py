"""The search over all demos: by title, by purpose, and by what a demo is made of."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterator
from functools import cache
from types import CodeType
from typing import Any

import wasmrx as rx

from .families import FAMILIES

MOST = 10


@dataclasses.dataclass
class Hit:
    """A demo that fits: where it is, relative to the gallery's first page."""

    place: str
    title: str
    family: str
    purpose: str


class GallerySearch(rx.State):
    """What is looked for, and what was found."""

    is_open: bool = False
    wanted: str = ""
    hits: list[Hit] = []

    @rx.event
    def show(self, is_open: bool):
        self.is_open = is_open
        self.wanted = ""
        self.hits = []

    @rx.event
    def look_up(self, wanted: str):
        self.wanted = wanted
        self.hits = found(wanted)

    @rx.event
    def open_first(self, base: str):
        if self.hits:
            self.is_open = False
            return rx.redirect(base + self.hits[0].place)


def found(wanted: str) -> list[Hit]:
    """Return the demos that have all words; ``rx.radio_group`` is one word."""
    words = re.split(r"[\s.()]+", wanted.casefold().removeprefix("rx."))
    words = [word for word in words if word]
    rated = [
        (-sum(weights), number)
        for number, (_, titles, names, about) in enumerate(_index())
        if all(weights := [_weight(word, titles, names, about) for word in words])
    ]
    return [_index()[number][0] for _, number in sorted(rated)[:MOST]] if words else []


def _weight(word: str, titles: str, names: frozenset[str], about: str) -> int:
    start = re.compile(rf"(?<![^\W_]){re.escape(word)}")
    if word in names:
        return 60 + 20 * bool(start.search(titles))
    if start.search(titles):
        return 50
    return 20 * any(name.startswith(word) for name in names) + 10 * bool(start.search(about))


@cache
def _index() -> list[tuple[Hit, str, frozenset[str], str]]:
    return [
        (
            Hit(f"{family.name}#{demo.anchor}", demo.title, family.title, demo.purpose),
            f"{demo.title} {demo.show.__name__.replace('_', ' ')}".casefold(),
            frozenset(_names(demo.show.__code__, vars(family.module))),
            f"{family.title} {demo.purpose}".casefold(),
        )
        for family in FAMILIES
        for demo in family.demos
    ]


def _names(code: CodeType, module: dict[str, Any]) -> Iterator[str]:
    """Yield the names that a function uses, those in its lambdas and helpers as well."""
    for name in code.co_names:
        yield name
        helper = module.get(name)
        if name.startswith("_") and isinstance(helper, Callable):
            yield from _names(helper.__code__, module)
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _names(constant, module)

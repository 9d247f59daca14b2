"""Server handlers that tell what reaches them, for tests that send them anything."""

from __future__ import annotations

import asyncio
import os
import types
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, fields
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import Enum, IntEnum
from typing import Any, Literal, NotRequired, Union, get_args, get_origin, get_type_hints
from uuid import UUID

from pydantic import BaseModel
from typing_extensions import TypedDict

import wasmrx as rx


class Size(Enum):
    SMALL = "s"
    LARGE = "l"


class Level(IntEnum):
    LOW = 1
    HIGH = 2


@dataclass
class Item:
    name: str
    size: Size = Size.SMALL
    price: float = 0.0
    tags: list[str] = field(default_factory=list)


class Place(TypedDict):
    street: str
    number: NotRequired[int]


class Offer(BaseModel):
    item: Item
    level: Level = Level.LOW
    more: dict[str, int | None] = {}


WRONG: list[str] = []
RUNS: dict[str, int] = {}


def fits(value: Any, hint: Any) -> bool:
    """Tell whether a value is of a type, all the way down; pydantic has no part in that."""
    origin, args = get_origin(hint), get_args(hint)
    if origin is Literal:
        return value in args and type(value) in {type(each) for each in args}
    if origin in (Union, types.UnionType):
        return any(fits(value, each) for each in args)
    if origin is NotRequired:
        return fits(value, args[0])
    if origin in (list, set):
        return type(value) is origin and all(fits(each, args[0]) for each in value)
    if origin is tuple:
        return type(value) is tuple and len(value) == len(args) and all(map(fits, value, args))
    if origin is dict:
        return type(value) is dict and all(
            fits(key, args[0]) and fits(each, args[1]) for key, each in value.items()
        )
    if hint is Place:
        hints = get_type_hints(Place, include_extras=True)
        keys = type(value) is dict and {"street"} <= value.keys() <= hints.keys()
        return keys and all(fits(each, hints[name]) for name, each in value.items())
    if type(value) is not hint:
        return False
    names = [each.name for each in fields(hint)] if hint is Item else []
    names = list(Offer.model_fields) if hint is Offer else names
    hints = get_type_hints(hint) if names else {}
    has_more = bool(names) and set(vars(value)) != set(names)
    return not has_more and all(fits(getattr(value, name), hints[name]) for name in names)


def note(given: dict[str, Any], hints: dict[str, Any]) -> None:
    for name, value in given.items():
        if not fits(value, hints[name]):
            WRONG.append(f"{name}: {value!r}"[:200])


class Calls(rx.State):
    ran: int = 0
    number: int = 0
    items: list[Item] = []
    place: Place = {"street": ""}
    when: datetime = datetime(2020, 1, 1)
    offers: dict[str, Offer] = {}
    shown: str = ""
    untouched: str = "untouched"
    _count: int = 0
    basket: list[str] = rx.server.var(default_factory=list)

    @rx.server
    async def plain(
        self,
        flag: bool,
        number: int,
        ratio: float,
        text: str,
        when: datetime,
        day: date,
        span: timedelta,
        price: Decimal,
        id: UUID,
        mode: Literal["a", "b", 1],
        maybe: int | None = None,
    ) -> None:
        note({**locals()}, HINTS["plain"])
        self.ran = 1

    @rx.server
    async def deep(
        self,
        item: Item,
        place: Place,
        offers: list[Offer],
        sizes: set[Size],
        pair: tuple[int, str],
        table: dict[str, list[dict[str, float]]],
        either: list[int] | str | None = None,
    ) -> None:
        note({**locals()}, HINTS["deep"])
        self.ran = 1

    @rx.server(reads=["number", "items", "place", "when", "offers"], writes=["ran"])
    async def held(self) -> None:
        hints = get_type_hints(Calls)
        names = ("number", "items", "place", "when", "offers")
        given = {name: self.get_value(name) for name in names}
        note(given, {name: hints[name] for name in given})
        self.ran = 1

    @rx.server(reads=["number"], writes=["shown"])
    async def add(self, name: str) -> None:
        self._count += 1
        self.basket.append(name)
        self.shown = f"{self._count} {','.join(self.basket)} {self.number}"

    @rx.server(idempotent=True)
    async def steps(self, name: str) -> AsyncIterator[Any]:
        RUNS[name] = RUNS.get(name, 0) + 1
        for _ in range(3):
            self.shown = f"{name} {self.ran}"
            self.ran += 1
            yield
            await asyncio.sleep(0.003)

    @rx.server
    async def runs(self) -> None:
        self.offered = dict(RUNS)

    offered: dict[str, int] = {}

    @rx.server
    async def work(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


HINTS = {
    name: {"self": Any, **get_type_hints(getattr(Calls, name).fn)} for name in ("plain", "deep")
}
for hints in HINTS.values():
    hints["self"] = Calls

rx.server.configure(
    rate="1000000000/minute", of_one=1000, most=int(os.environ.get("HOSTILE_MOST", "100"))
)

app = rx.App()
app.add_page(lambda: rx.text(Calls.shown), route="/")

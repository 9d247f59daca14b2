"""What a tab keeps: vars of every kind, events that change two vars together, large lists."""

from __future__ import annotations

import asyncio
import collections
import dataclasses
import datetime
import decimal
import enum
import uuid
from typing import Any

import wasmrx as rx


class Colour(enum.Enum):
    RED = "red"
    BLUE = "blue"


@dataclasses.dataclass
class Row:
    number: int
    name: str
    tags: list[str]


class Own:
    def __init__(self, name: str) -> None:
        self.name = name


class Values(rx.State):
    shown: str = ""
    row: Row = Row(0, "none", [])
    colours: set[str] = set()
    when: datetime.datetime | None = None
    same: list[str] = []
    _back: dict[str, Any] = {}
    _own: Own | None = None

    @rx.event
    def fill(self) -> None:
        tags = ["shared"]
        self.row = Row(1, "one", tags)
        self.same = tags
        self.colours = {"a", "b"}
        self.when = datetime.datetime(2026, 2, 3, 4, 5, tzinfo=datetime.UTC)
        self._own = Own("mine")
        self._back = {
            "colour": Colour.BLUE,
            "price": decimal.Decimal("1.10"),
            "id": uuid.UUID(int=7),
            "bytes": bytearray(b"abc"),
            "counts": collections.Counter("aab"),
            "deep": {(1, 2): frozenset({3})},
        }

    @rx.event
    def show(self) -> None:
        self.same.append("more")
        self.shown = repr((self.row, sorted(self.colours), self.when, self._own and self._own.name))
        self.shown += " " + " ".join(f"{k}={v!r}" for k, v in self._back.items())


class Pair(rx.State):
    left: int = 0
    right: int = 0
    added: int = 0
    stepped: int = 0
    waited: int = 0
    chained: int = 0
    followed: int = 0

    def _both(self) -> None:
        self.left += 1
        self.right += 1

    @rx.event
    def add(self) -> None:
        self.added += 1
        self._both()

    @rx.event
    def step(self) -> Any:
        self.stepped += 1
        self.left += 1
        yield
        self.right += 1

    @rx.event
    async def wait(self) -> None:
        self.waited += 1
        self.left += 1
        await asyncio.sleep(0.002)
        self.right += 1

    @rx.event
    def chain(self) -> Any:
        self.chained += 1
        self._both()
        return Pair.follow

    @rx.event
    def follow(self) -> None:
        self.followed += 1
        self._both()

    @rx.event
    async def hold(self) -> None:
        self.left += 100
        await asyncio.sleep(3600)

    @rx.event
    def spin(self) -> None:
        self.left += 100
        while True:
            pass


class Rows(rx.State):
    rows: list[Row] = []
    edits: int = 0

    @rx.event
    def fill(self) -> None:
        self.rows = [Row(n, f"row {n}", []) for n in range(10_000)]

    @rx.event
    def edit(self) -> None:
        self.edits += 1
        self.rows[self.edits].name = f"edited {self.edits}"

    @rx.var
    def last(self) -> str:
        return self.rows[self.edits].name if self.rows else "none"


class Fat(rx.State):
    text: str = ""
    size: int = 0

    @rx.event
    def grow(self) -> None:
        self.text = "".join(f"{n} " for n in range(400_000))
        self.size = len(self.text)

    @rx.event
    def shrink(self) -> None:
        self.text = ""
        self.size = 1


def number(name: str, var: Any) -> rx.Component:
    return rx.text(var, id=name)


def index() -> rx.Component:
    return rx.box(
        rx.heading("Keeping"),
        *(number(n, getattr(Pair, n)) for n in ("left", "right", "added", "stepped")),
        *(number(n, getattr(Pair, n)) for n in ("waited", "chained", "followed")),
        rx.button("add", on_click=Pair.add, id="add"),
        rx.button("step", on_click=Pair.step, id="step"),
        rx.button("wait", on_click=Pair.wait, id="wait"),
        rx.button("chain", on_click=Pair.chain, id="chain"),
        rx.button("hold", on_click=Pair.hold, id="hold"),
        rx.button("spin", on_click=Pair.spin, id="spin"),
        rx.button("fill values", on_click=Values.fill, id="fill-values"),
        rx.button("show values", on_click=Values.show, id="show-values"),
        rx.text(Values.shown, id="shown"),
        rx.text(Values.same.join(","), id="same"),
        rx.text(Values.row.tags.join(","), id="tags"),
        rx.button("fill rows", on_click=Rows.fill, id="fill-rows"),
        rx.button("edit a row", on_click=Rows.edit, id="edit"),
        rx.text(Rows.edits, id="edits"),
        rx.text(Rows.last, id="last"),
        rx.button("grow", on_click=Fat.grow, id="grow"),
        rx.button("shrink", on_click=Fat.shrink, id="shrink"),
        rx.text(Fat.size, id="size"),
        rx.text(rx.State.is_hydrated.to_string(), id="hydrated"),
        rx.link("other", href="/other", id="to-other"),
    )


def other() -> rx.Component:
    return rx.box(
        rx.heading("Other"),
        number("left", Pair.left),
        rx.button("add", on_click=Pair.add, id="add"),
        rx.text(rx.State.is_hydrated.to_string(), id="hydrated"),
    )


app = rx.App()
app.add_page(index, route="/")
app.add_page(other, route="/other")

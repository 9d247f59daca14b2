"""Server handlers of every kind, for tests over HTTP."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

import wasmrx as rx

RUNS: dict[str, int] = {}
CANCELLED: list[str] = []


class Size(StrEnum):
    SMALL = "s"
    LARGE = "l"


@dataclass
class Item:
    name: str
    size: Size = Size.SMALL
    price: float = 0.0


def is_ann(caller: rx.server.Caller) -> bool:
    return caller.user == "ann"


class Calls(rx.State):
    text: str = ""
    number: int = 0
    items: list[Item] = []
    when: datetime = datetime(2020, 1, 1)
    odd: float = 0.0
    other: str = "untouched"
    _seen: int = 0
    basket: list[str] = rx.server.var(default_factory=list)

    @rx.server
    def echo(self, value: str) -> None:
        self.text = value

    @rx.server
    async def quick(self, value: str) -> None:
        self.text = value

    @rx.server
    def typed(
        self,
        number: int,
        item: Item,
        sizes: list[Size],
        when: datetime,
        more: dict[str, int] | None = None,
    ) -> None:
        kinds = [type(each).__name__ for each in (number, item, item.size, when, more)]
        assert isinstance(number, int) and isinstance(item, Item)
        assert all(isinstance(size, Size) for size in sizes)
        assert isinstance(when, datetime)
        assert more is None or all(isinstance(value, int) for value in more.values())
        self.text = " ".join(kinds)

    @rx.server
    def add(self, name: str) -> None:
        self.items.append(Item(name))
        self.number = len(self.items)

    @rx.server
    async def stream(self, count: int) -> AsyncIterator[Any]:
        self.text = ""
        for i in range(count):
            self.text += str(i)
            yield
        yield rx.toast("done")
        yield Calls.note("chained")

    @rx.server
    def steps(self, count: int) -> Iterator[Any]:
        for i in range(count):
            self.number = i
            yield None

    @rx.event
    def note(self, text: str) -> None:
        self.other = text

    @rx.server
    def visit(self) -> None:
        self._seen += 1
        self.number = self._seen

    @rx.server(idempotent=True)
    async def once(self, name: str, wait: float = 0.0) -> None:
        RUNS[name] = RUNS.get(name, 0) + 1
        await asyncio.sleep(wait)
        self._seen += 1
        self.number = self._seen

    @rx.server
    def runs(self, name: str) -> None:
        self.number = RUNS.get(name, 0)

    @rx.server(safe=True)
    async def look(self, name: str) -> None:
        RUNS[name] = RUNS.get(name, 0) + 1
        self.number = RUNS[name]

    @rx.server(safe=True)
    def look_and_login(self) -> None:
        rx.server.login("ann")

    @rx.server
    async def hang(self, name: str) -> None:
        RUNS[name] = RUNS.get(name, 0) + 1
        try:
            await asyncio.sleep(60)
        except asyncio.CancelledError:
            CANCELLED.append(name)
            raise

    @rx.server
    def was_cancelled(self, name: str) -> None:
        self.text = str(name in CANCELLED)

    @rx.server(timeout=0.3)
    async def late(self) -> None:
        await asyncio.sleep(30)

    @rx.server
    def fail(self) -> None:
        raise ValueError("the secret inside")

    @rx.server(reads=["text"], writes=["text"])
    def reads_more(self) -> None:
        self.text = self.other

    @rx.server(reads=["text"], writes=["text"])
    def writes_more(self) -> None:
        self.other = self.text

    @rx.server
    def infinite(self) -> None:
        self.odd = float("inf")

    @rx.server
    def login(self, name: str) -> None:
        self.basket.append("before")
        rx.server.login(name)

    @rx.server
    def logout(self) -> None:
        rx.server.logout()

    @rx.server(auth=True)
    def members(self) -> None:
        self.text = f"{rx.server.user()} {self.basket}"

    @rx.server(auth=is_ann)
    async def for_ann(self) -> None:
        self.text = "ann's"

    @rx.server(rate="3/minute")
    def rare(self) -> None:
        self.number = 1

    @rx.server
    def block(self, seconds: float) -> None:
        time.sleep(seconds)
        self.text = threading.current_thread().name


rx.server.configure(rate="1000000/minute")

app = rx.App()
app.add_page(lambda: rx.text(Calls.text), route="/")

"""Server handlers that log in and out, fail and end the program, for tests of sessions."""

from __future__ import annotations

import asyncio
import sys
import threading
import time
import uuid
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel, field_validator

import wasmrx as rx

LIVE = {"now": 0, "most": 0}
TURN = threading.Lock()


@contextmanager
def at_work() -> Iterator[None]:
    with TURN:
        LIVE["now"] += 1
        LIVE["most"] = max(LIVE.values())
    try:
        yield
    finally:
        with TURN:
            LIVE["now"] -= 1


@dataclass
class Item:
    price: float = 0.0


class Offer(BaseModel):
    price: float = 0.0

    @field_validator("price")
    @classmethod
    def fits(cls, price: float) -> float:
        if price == 7:
            raise ValueError("inside-validator")
        if price == 8:
            raise KeyError("inside-key")
        return price


class Calls(rx.State):
    text: str = ""
    items: list[Item] = []
    _seen: int = 0

    @rx.server
    def who(self) -> None:
        self.text = str(rx.server.user())

    @rx.server
    def visit(self) -> None:
        self._seen += 1
        self.text = f"{self._seen} {rx.server.user()}"

    @rx.server
    async def slow(self, seconds: float) -> None:
        with at_work():
            await asyncio.sleep(seconds)
        self.text = "slow"

    @rx.server
    async def slow_visit(self, seconds: float) -> None:
        with at_work():
            await asyncio.sleep(seconds)
        self._seen += 1

    @rx.server
    def login(self, name: str) -> None:
        rx.server.login(name)

    @rx.server
    def logout(self) -> None:
        self._seen += 1
        rx.server.logout()

    @rx.server
    def logout_and_count(self) -> None:
        self._seen += 100
        rx.server.logout()
        self._seen += 1

    @rx.server
    def login_and_fail(self, name: str) -> None:
        rx.server.login(name)
        raise ValueError("The password is wrong.")

    @rx.server
    async def stream_login(self, name: str, seconds: float) -> AsyncIterator[Any]:
        rx.server.login(name)
        self.text = "begun"
        yield
        await asyncio.sleep(seconds)
        self._seen += 1
        self.text = "ended"

    @rx.server
    def login_by_uuid(self) -> None:
        rx.server.login(uuid.UUID(int=1))  # type: ignore[arg-type]  # pyright: ignore

    @rx.server
    def exits(self) -> None:
        sys.exit(3)

    @rx.server
    async def exits_in_loop(self) -> None:
        sys.exit(3)

    @rx.server
    async def group(self) -> None:
        raise BaseExceptionGroup("group", [KeyboardInterrupt()])

    @rx.server(rate="3/minute")
    def rare(self) -> None:
        self.text = "rare"

    @rx.server(idempotent=True)
    async def work(self, seconds: float) -> None:
        with at_work():
            await asyncio.sleep(seconds)

    @rx.server(timeout=0.2)
    def block(self, seconds: float) -> None:
        with at_work():
            time.sleep(seconds)

    @rx.server
    async def forget_live(self) -> None:
        LIVE["most"] = 0

    @rx.server
    async def live(self) -> None:
        self.text = f"{LIVE['now']} {LIVE['most']}"

    @rx.server
    def offer(
        self, item: Item, offer: Offer, mode: Literal["public", "inside-literal"] = "public"
    ) -> None:
        self.text = f"{item.price} {offer.price} {mode}"

    @rx.server
    def total(self) -> None:
        self.text = str(sum(item.price for item in self.items))


rx.server.configure(rate="1000000/minute")

app = rx.App()
app.add_page(lambda: rx.text(Calls.text), route="/")

"""Handlers and computed vars that go wrong, and some that do not."""

import asyncio
from typing import Any

import wasmrx as rx


class State(rx.State):
    count: int = 0

    @rx.event
    def add(self):
        self.count += 1

    @rx.event
    def divide(self):
        self.count += 10
        return 1 // 0

    @rx.event(background=True)
    async def divide_aside(self):
        raise ValueError("a background handler failed")

    @rx.event
    def gone(self):
        self.count = -1


class Wrong(rx.State):
    number: int = 0
    thing: Any = "text"
    done: int = 0

    @rx.event
    def wrong_type(self):
        self.number = "seven"
        self.done += 1

    @rx.event
    def undeclared(self):
        self.done += 1
        self.numbr = 7

    @rx.event
    def unserialisable(self):
        self.thing = [1, {"lock": asyncio.Lock()}]
        self.done += 1


class Formula(rx.State):
    divisor: int = 2
    closed: bool = False
    items: list[int] = [3, 1, 2]

    def _deep(self) -> int:
        return 12 // self.divisor

    @rx.var
    def quotient(self) -> int:
        return self._deep()

    @rx.var
    def text(self) -> str:
        return f"by {self.divisor}"

    @rx.var
    def first(self) -> int:
        return self.second if self.closed else 0

    @rx.var
    def second(self) -> int:
        return self.first + 1

    @rx.var
    def ordered(self) -> list[int]:
        if self.divisor == 9:
            self.items.sort()
        return sorted(self.items)

    @rx.event
    def divide_by(self, divisor: int):
        self.divisor = divisor

    @rx.event
    def close(self):
        self.closed = not self.closed


class Endless(rx.State):
    ticks: int = 0
    aside: int = 0
    kind: str = ""

    @rx.event
    def sync(self):
        self.kind = "sync"
        while True:
            self.ticks += 1
            yield

    @rx.event
    async def later(self):
        self.kind = "async"
        while True:
            self.ticks += 1
            yield

    @rx.event(background=True)
    async def beside(self):
        while True:
            async with self:
                self.aside += 1

    @rx.event(background=True)
    async def other(self):
        yield rx.call_script("document.title = 'a background handler ran'")


def index() -> rx.Component:
    return rx.vstack(
        rx.text(State.count, id="count"),
        rx.button("Add", on_click=State.add),
        rx.button("Divide", on_click=State.divide),
        rx.button("Divide aside", on_click=State.divide_aside),
        rx.button("Gone", on_click=State.gone),
        rx.text(Wrong.number, " ", Wrong.done, id="wrong"),
        rx.button("Wrong type", on_click=Wrong.wrong_type),
        rx.button("Undeclared", on_click=Wrong.undeclared),
        rx.button("Unserialisable", on_click=Wrong.unserialisable),
        rx.text(Formula.quotient, id="quotient"),
        rx.text(Formula.text, id="text"),
        rx.text(Formula.second, id="second"),
        rx.text(Formula.ordered.to_string(), id="ordered"),
        rx.button("By 0", on_click=Formula.divide_by(0)),
        rx.button("By 3", on_click=Formula.divide_by(3)),
        rx.button("By 9", on_click=Formula.divide_by(9)),
        rx.button("Close", on_click=Formula.close),
        rx.text(Endless.ticks, id="ticks"),
        rx.text(Endless.aside, id="aside"),
        rx.button("Sync", on_click=Endless.sync),
        rx.button("Async", on_click=Endless.later),
        rx.button("Beside", on_click=Endless.beside),
        rx.button("Other", on_click=Endless.other),
        rx.link("Next page", href="/next"),
    )


def next_page() -> rx.Component:
    return rx.heading("The next page")


app = rx.App()
app.add_page(index, route="/", title="Failing")
app.add_page(next_page, route="/next")

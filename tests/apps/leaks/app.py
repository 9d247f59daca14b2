"""Handlers of every make, and one that counts what Python holds."""

from __future__ import annotations

import asyncio
import dataclasses
import gc
from typing import Any

import wasmrx as rx


@dataclasses.dataclass
class Row:
    id: int
    tags: list[int]


class Work(rx.State):
    rows: list[Row] = [Row(i, []) for i in range(20)]
    count: int = 0
    done: int = 0
    looks: int = 0
    held: str = ""

    @rx.var
    def even(self) -> list[Row]:
        return [row for row in self.rows if row.id % 2 == self.count % 2]

    @rx.event
    def work(self, number: int) -> Any:
        self.count = number
        self.rows[number % 20].tags = [number]
        self.rows.append(self.rows.pop(0))
        yield
        return Work.chained

    @rx.event
    async def chained(self) -> None:
        await asyncio.sleep(0)
        self.done += 1

    @rx.event(background=True)
    async def beside(self) -> None:
        async with self:
            self.rows[0].tags.append(1)
            self.done += 1

    @rx.event
    def look(self) -> None:
        """Count objects, proxies among them, and the bytes of the WebAssembly memory."""
        import pyodide_js

        gc.collect()
        objects = gc.get_objects()
        proxies = sum("Proxy" in type(one).__name__ for one in objects)
        memory = pyodide_js._module.HEAPU8.length
        self.looks += 1
        self.held = f"{self.looks} {len(objects)} {proxies} {memory}"


def index() -> rx.Component:
    return rx.box(
        rx.button("work", on_click=Work.work(Work.count + 1), id="work"),
        rx.button("beside", on_click=Work.beside, id="beside"),
        rx.button("look", on_click=Work.look, id="look"),
        rx.text(Work.done, id="done"),
        rx.text(Work.held, id="held"),
        rx.foreach(Work.rows, lambda row: rx.text(row.tags.to_string())),
        rx.foreach(Work.even, lambda row: rx.badge(row.id)),
    )


app = rx.App()
app.add_page(index, route="/")

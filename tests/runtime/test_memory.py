"""Thousands of events leave no more behind than one."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Callable
from typing import Any

import wasmrx as rx

Visit = Callable[..., Any]


class Busy(rx.State):
    rows: list[dict[str, Any]] = [{"id": i, "tags": []} for i in range(20)]
    count: int = 0

    @rx.var
    def even(self) -> list[dict[str, Any]]:
        return [row for row in self.rows if row["id"] % 2 == self.count % 2]

    @rx.var
    async def later(self) -> int:
        await asyncio.sleep(0)
        return self.count

    def work(self, number: int):
        self.count = number
        row = self.rows[number % 20]
        row["tags"] = [number]
        self.rows.append(self.rows.pop(0))
        yield
        if number % 7 == 0:
            raise ValueError("now and then")
        return Busy.chained

    async def chained(self):
        await asyncio.sleep(0)
        self.count += 1

    @rx.event(background=True)
    async def beside(self):
        async with self:
            self.rows[0]["tags"].append(1)
            self.rows[0]["tags"].clear()


def test_memory_is_flat(visit: Visit, capsys: Any) -> None:
    async def story(v: Any) -> None:
        async def events(count: int) -> int:
            for number in range(count):
                v.event(Busy.work, number=number)
                if number % 10 == 0:
                    v.event(Busy.beside)
                    await v.idle()
                v.updates.clear()
                v.texts.clear()
            await v.idle()
            gc.collect()
            return len(gc.get_objects())

        await events(500)
        before = await events(100)
        after = await events(3000)
        assert after - before < 100
        assert v.dispatch.running.tasks == {}
        assert not v.dispatch.queue

    visit(story)
    capsys.readouterr()

"""Stopping handlers: what is cancelled, what they may do then, what the page is told."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest

import wasmrx as rx
from wasmrx.errors import EventHandlerValueError


class Long(rx.State):
    said: list[str] = []

    @rx.event
    async def waits(self):
        try:
            await asyncio.sleep(60)
        finally:
            self.said.append("end of waits")

    @rx.event
    def steps(self):
        try:
            while True:
                yield
        except asyncio.CancelledError:
            self.said.append("no more steps")

    @rx.event
    async def stream(self):
        try:
            while True:
                yield
        except asyncio.CancelledError:
            self.said.append("last of stream")
            yield Long.after

    @rx.event
    def after(self):
        self.said.append("after")

    @rx.event(background=True)
    async def keeps(self):
        async with self:
            await asyncio.sleep(60)

    @rx.event(background=True)
    async def ticks(self):
        while True:
            async with self:
                self.said.append("tick")
            await asyncio.sleep(0)

    @rx.event
    def ends_and_begins(self):
        self.said.clear()
        return [Long.ticks, rx.cancel(Long.ticks)]

    @rx.event
    def ends(self):
        self.said.append("end")
        return rx.cancel(Long.ticks)

    @rx.event
    def breaks(self):
        try:
            signal.raise_signal(signal.SIGINT)
        finally:
            self.said.append("broken off")


class Risky(rx.State):
    hits: int = 0

    @rx.event
    def hit(self):
        self.hits += 1

    @rx.var
    def risky(self) -> int:
        if self.hits:
            signal.raise_signal(signal.SIGINT)
        return self.hits


Visit = Callable[..., Any]


def stop(visitor: Any, **more: str) -> None:
    visitor.send("stop", **more)
    visitor.open.clear()


@pytest.mark.parametrize(
    ("handler", "said"),
    [
        (Long.waits, ["end of waits"]),
        (Long.steps, ["no more steps"]),
        (Long.stream, ["last of stream", "after"]),
        (Long.keeps, []),
    ],
)
def test_what_events_wait_for_is_cancelled(visit: Visit, handler: Any, said: list[str]) -> None:
    async def story(v: Any) -> None:
        v.event(handler)
        await asyncio.sleep(0.15)
        v.event(Long.after)
        assert v.of(Long)["said"] == []
        stop(v)
        await v.idle()
        assert sorted(v.of(Long)["said"]) == sorted([*said, "after"])
        (told,) = v.told
        assert told.startswith(f"Stopped: test_stop.Long.{handler.name.rpartition('.')[2]} (")
        assert ".py:" in told

    assert visit(story).errors == []


def test_a_handler_is_cancelled_by_name(visit: Visit) -> None:
    async def story(v: Any) -> None:
        v.event(Long.waits)
        v.event(Long.waits)
        stop(v, handler=Long.waits.name)
        v.event(Long.after)
        await v.idle()
        assert v.of(Long)["said"] == ["end of waits", "after"]
        assert v.told == []

    assert visit(story).errors == []


def test_nothing_runs_and_that_is_said(visit: Visit) -> None:
    async def story(v: Any) -> None:
        stop(v)
        assert v.told == [""]

    assert visit(story).errors == []


@pytest.fixture
def signals() -> Iterator[Callable[[Any], None]]:
    """Give the signal to a visitor's dispatch."""
    if sys.platform == "emscripten":
        pytest.skip("a worker gets its signals from the page")
    before = signal.getsignal(signal.SIGINT)
    yield lambda v: signal.signal(signal.SIGINT, v.dispatch.running.interrupt)  # type: ignore[misc]
    signal.signal(signal.SIGINT, before)


def test_running_code_is_broken_off_once(visit: Visit, signals: Callable[[Any], None]) -> None:
    async def story(v: Any) -> None:
        signals(v)
        v.event(Long.breaks)
        assert v.of(Long)["said"] == ["broken off"]
        signal.raise_signal(signal.SIGINT)
        stop(v)
        assert v.told[0].startswith("Stopped: test_stop.Long.breaks (")
        v.event(Long.after)
        assert v.of(Long)["said"] == ["broken off", "after"]

    assert visit(story).errors == []


def test_what_is_computed_for_the_page_is_not_broken_off(
    visit: Visit, signals: Callable[[Any], None]
) -> None:
    async def story(v: Any) -> None:
        signals(v)
        v.event(Risky.hit)
        assert v.of(Risky) == {"hits": 1, "risky": 1}

    assert visit(story).errors == []


def test_a_handler_cancels_another_at_once(visit: Visit) -> None:
    async def story(v: Any) -> None:
        v.event(Long.ticks)
        await asyncio.sleep(0.02)
        v.event(Long.ends_and_begins)
        await asyncio.sleep(0.02)
        assert v.of(Long)["said"][0] == "tick"
        v.event(Long.ends)
        await v.idle()
        assert v.of(Long)["said"][-1] == "end"

    assert visit(story).actions == []


def test_cancel_takes_a_handler() -> None:
    assert rx.cancel(Long.waits).values == (("handler", Long.waits.name),)
    with pytest.raises(EventHandlerValueError, match="takes an event handler"):
        rx.cancel("Long.waits")


closed: list[asyncio.Event] = []
"""Where there is one, what is computed waits for it."""


class Slow(rx.State):
    count: int = 0
    rows: list[int] = []

    @rx.event
    def add(self):
        self.count += 1
        self.rows.append(self.count)

    @rx.event(background=True)
    async def add_beside(self):
        async with self:
            self.count += 1

    @rx.event(background=True)
    async def add_by_parts(self):
        async def part() -> None:
            async with self:
                self.count += 1
                await asyncio.sleep(60)

        await asyncio.gather(part(), part())

    @rx.var
    async def late(self) -> int:
        for gate in closed:
            await gate.wait()
        return -self.count

    @rx.var
    async def later(self) -> int:
        return self.count * 10


@pytest.fixture(autouse=True)
def open_again() -> Iterator[None]:
    yield
    closed.clear()


async def until(holds: Callable[[], Any]) -> None:
    async with asyncio.timeout(20):
        while not holds():
            await asyncio.sleep(0)


def test_the_state_is_shown_where_what_is_computed_for_it_is_stopped(
    visit: Visit, make_visitor: Any
) -> None:
    async def story(v: Any) -> None:
        await v.run(Slow.add)
        await v.run(Slow.add)
        w = make_visitor()
        w.saved = v.saved
        w.keep("2")
        closed[:] = [asyncio.Event()]
        w.send("hydrate", storage={}, ended={"why": "It broke.", "stopped": [], "lost": []})
        await until(lambda: w.dispatch.running.holder)
        await asyncio.sleep(0)
        stop(w)
        await w.idle()
        assert w.of(Slow) == {"count": 2, "rows": [1, 2], "late": None, "later": None}
        assert w.of(rx.State)["is_ready"] is True
        closed.clear()
        await w.run(Slow.add)
        assert w.of(Slow) == {"count": 3, "rows": [1, 2, 3], "late": -3, "later": 30}
        assert [error["message"] for error in w.errors] == ["It broke."]

    visit(story)


@pytest.mark.parametrize("handler", [Slow.add, Slow.add_beside])
def test_what_was_not_computed_is_computed_with_the_next_event(visit: Visit, handler: Any) -> None:
    async def story(v: Any) -> None:
        closed[:] = [asyncio.Event()]
        v.event(handler)
        await until(lambda: v.dispatch.session.computing)
        stop(v)
        await v.idle()
        assert not v.dispatch.locked
        assert v.of(Slow)["count"] == 1
        assert v.of(Slow)["late"] == 0
        closed.clear()
        await v.run(Long.after)
        assert v.of(Slow)["late"] == -1

    assert visit(story).errors == []


def test_a_task_of_a_handler_that_holds_the_state_is_cancelled(visit: Visit) -> None:
    async def story(v: Any) -> None:
        v.event(Slow.add_by_parts)
        for _ in range(2):
            await until(lambda: v.dispatch.running.holder)
            told = len(v.told)
            stop(v)
            await until(lambda: len(v.told) > told)  # noqa: B023
        await v.idle()
        assert v.told == ["", ""]
        await v.run(Slow.add)

    assert visit(story).errors == []

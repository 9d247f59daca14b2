"""Background handlers: the lock, what they may do outside of it, and the words for misuse."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

import wasmrx as rx
from wasmrx import background
from wasmrx.errors import EventHandlerTypeError

Visit = Callable[..., Any]
log: list[str] = []


class Shelf(rx.State):
    names: list[str] = []


class Job(rx.State):
    value: int = 0
    tags: dict[str, list[int]] = {"a": [1]}

    @rx.event
    def add(self, by: int = 1):
        self.value += by
        log.append(f"add {by}")

    @rx.event(background=True)
    async def nested(self):
        async with self:
            self.value = 1
            async with self:
                self.value = 2

    @rx.event(background=True)
    async def outside(self):
        self.value = 9

    @rx.event(background=True)
    async def deep_outside(self):
        self.tags["a"].append(2)

    @rx.event(background=True)
    async def kept(self):
        async with self:
            tags = self.tags
        tags["a"].append(2)

    @rx.event(background=True)
    async def asks_outside(self):
        await self.get_state(Shelf)

    @rx.event(background=True)
    async def asks_inside(self):
        async with self:
            shelf = await self.get_state(Shelf)
            shelf.names.append("in")
            self.value = len(shelf.names)
            assert await self.get_var_value(Shelf.names) == ["in"]

    @rx.event(background=True)
    async def returns(self):
        async with self:
            self.value = 5
        return [Job.add(2), rx.toast("done")]

    @rx.event(background=True)
    async def yields_inside(self):
        async with self:
            self.value = 1
            yield Job.add(10)
            log.append("still inside")
            self.value = 2
        yield [Job.add(100), rx.console_log("outside")]

    @rx.event(background=True)
    async def holds(self):
        async with self:
            log.append("holds")
            await asyncio.sleep(0.05)
            log.append("lets go")

    @rx.event(background=True)
    async def holds_in_a_yield(self):
        async with self:
            yield
            await asyncio.sleep(0.05)
            yield

    @rx.event(background=True)
    async def twice(self):
        async with self:
            self.value += 1
        async with self:
            self.value += 1

    @rx.event(background=True)
    async def in_a_thread(self):
        found = await rx.run_in_thread(lambda: sum(range(10)))
        async with self:
            self.value = found

    @rx.event(background=True)
    async def after_the_end(self):
        async def later() -> None:
            await asyncio.sleep(0.005)
            async with self:
                self.value = 77

        self.__dict__.setdefault("kept", asyncio.create_task(later()))
        log.append("ended")

    @rx.event(background=True)
    async def cancels_itself(self):
        async with self:
            self.value = 3
            raise asyncio.CancelledError

    @rx.event(background=True)
    async def bad_argument(self, number: int):
        log.append("never")


def errors_of(visit: Visit, handler: Any, **payload: Any) -> list[dict[str, Any]]:
    async def story(v: Any) -> None:
        await v.run(handler, **payload)
        await v.run(Job.add, by=1)
        assert log[-1] == "add 1", "other events go on"

    return visit(story).errors


MISUSE = [
    ("nested", "'async with self' is already open", "async with self:"),
    ("outside", "async with self", "self.value = 9"),
    ("deep_outside", "async with self", 'self.tags["a"].append(2)'),
    ("kept", "async with self", 'tags["a"].append(2)'),
    ("asks_outside", "must be inside 'async with self'", "await self.get_state(Shelf)"),
]


@pytest.mark.parametrize(("name", "words", "line"), MISUSE, ids=[m[0] for m in MISUSE])
def test_misuse_is_told_with_its_line(visit: Visit, name: str, words: str, line: str) -> None:
    (error,) = errors_of(visit, getattr(Job, name))
    assert words in error["message"]
    assert error["file"].endswith("test_background.py")
    with open(__file__) as source:
        assert line in source.read().splitlines()[error["line"] - 1]


def test_a_background_handler_is_async() -> None:
    with pytest.raises(EventHandlerTypeError, match="async def"):

        @rx.event(background=True)
        def steps(self: Any):
            yield


def test_a_misfit_starts_nothing(visit: Visit) -> None:
    log.clear()
    (error,) = errors_of(visit, Job.bad_argument, number="x")
    assert "takes number: int" in error["message"]
    assert "never" not in log


def test_other_states_and_threads(visit: Visit) -> None:
    async def story(v: Any) -> None:
        await v.run(Job.asks_inside)
        assert v.errors == []
        assert v.of(Shelf)["names"] == ["in"]
        assert v.of(Job)["value"] == 1
        await v.run(Job.in_a_thread)
        assert v.of(Job)["value"] == 45

    visit(story)


def test_what_it_returns_and_yields_runs(visit: Visit) -> None:
    log.clear()

    async def story(v: Any) -> None:
        await v.run(Job.returns)
        assert v.of(Job)["value"] == 7
        assert v.actions[-1][0] == "toast"
        await v.run(Job.yields_inside)
        assert v.of(Job)["value"] == 112
        assert v.actions[-1][0] == "console_log"

    visit(story)
    assert log == ["add 2", "still inside", "add 10", "add 100"]


def test_blocks_wait_for_each_other_and_for_events(visit: Visit) -> None:
    log.clear()

    async def story(v: Any) -> None:
        v.event(Job.holds)
        while "holds" not in log:
            await asyncio.sleep(0)
        v.event(Job.twice)
        v.event(Job.add)
        await v.idle()
        assert v.of(Job)["value"] == 3

    visit(story)
    assert log[:2] == ["holds", "lets go"]


@pytest.mark.parametrize("name", ["holds", "holds_in_a_yield"])
def test_a_lock_that_is_held_for_long_is_told(
    visit: Visit, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(background, "LONG", 0.01)

    async def story(v: Any) -> None:
        v.event(getattr(Job, name))
        while not v.dispatch.locked:
            await asyncio.sleep(0)
        v.event(Job.add)
        await v.idle()
        (error,) = v.errors
        assert "inside 'async with self' for 0.01 s" in error["message"]
        assert error["file"].endswith("test_background.py")
        assert v.of(Job)["value"] == 1

    visit(story)


def test_a_task_of_its_own_may_go_on_after_it(visit: Visit) -> None:
    log.clear()

    async def story(v: Any) -> None:
        await v.run(Job.after_the_end)
        async with asyncio.timeout(5):
            while v.of(Job)["value"] != 77:
                await asyncio.sleep(0.001)

    visit(story)
    assert log == ["ended"]


def test_a_cancelled_block_frees_the_lock(visit: Visit) -> None:
    log.clear()
    assert errors_of(visit, Job.cancels_itself) == []

"""``async with`` on what a var holds: the lock of a background handler, and context managers."""

from __future__ import annotations

import asyncio
import dataclasses
from collections.abc import Callable
from typing import Any

import wasmrx as rx

Visit = Callable[..., Any]
gates: list[tuple[asyncio.Event, asyncio.Event]] = []


async def pause() -> None:
    """Let the story go on while a background handler waits."""
    reached, opened = gates[-1]
    reached.set()
    await opened.wait()


async def while_waiting(v: Any, handler: Any, event: Any, **payload: Any) -> None:
    """Run ``event`` while the background handler ``handler`` is at its pause."""
    gates.append((asyncio.Event(), asyncio.Event()))
    v.event(handler)
    await gates[-1][0].wait()
    v.event(event, **payload)  # It runs at once.
    gates[-1][1].set()
    await v.idle()


@dataclasses.dataclass
class Session:
    """A context manager of the author's own, which is data as well."""

    log: list[str] = dataclasses.field(default_factory=list)

    async def __aenter__(self) -> Session:
        self.log.append("opened")
        return self

    async def __aexit__(self, *_: object) -> None:
        self.log.append("closed")

    def __enter__(self) -> Session:
        self.log.append("entered")
        return self

    def __exit__(self, *_: object) -> None:
        self.log.append("left")


@dataclasses.dataclass
class Task:
    title: str
    tags: list[str] = dataclasses.field(default_factory=list)


class Desk(rx.State):
    items: list[int] = []
    tasks: list[Task] = [Task("a"), Task("b")]
    by_name: dict[str, dict[str, list[int]]] = {"x": {"y": [1]}}
    either: list[int] | dict[str, int] = [1]
    session: Session = Session()

    @rx.event
    def replace(self, short: bool = False) -> None:
        self.items = [10]
        self.tasks = [Task("new a")] if short else [Task("new a"), Task("new b")]
        self.by_name = {"x": {"y": [2]}}
        self.either = {"a": 1}

    @rx.event
    def insert(self) -> None:
        self.tasks.insert(0, Task("first"))

    @rx.event(background=True)
    async def change(self) -> None:
        items, tags, deep = self.items, self.tasks[1].tags, self.by_name["x"]["y"]
        await pause()
        async with items as found:
            assert found is items
            items.append(11)
            self.items.append(12)
        async with tags:
            tags.append("tagged")
        async with deep:
            deep.append(3)

    @rx.event(background=True)
    async def gone(self) -> None:
        tags = self.tasks[1].tags
        await pause()
        async with tags:
            tags.append("never")

    @rx.event(background=True)
    async def other_kind(self) -> None:
        either = self.either
        await pause()
        async with either:  # type: ignore[union-attr]
            raise AssertionError

    @rx.event(background=True)
    async def twice(self) -> None:
        async with self, self.items:  # type: ignore[attr-defined]
            raise AssertionError

    @rx.event
    async def in_front(self) -> None:
        async with self.items:  # type: ignore[attr-defined]
            raise AssertionError

    @rx.event
    async def own(self) -> None:
        async with self.session as session:
            session.log.append("used")
        with self.session:
            pass

    @rx.event(background=True)
    async def own_beside(self) -> None:
        async with self, self.session as session:
            session.log.append("beside")


def test_a_value_takes_the_lock_and_is_read_again(visit: Visit) -> None:
    async def story(v: Any) -> None:
        await while_waiting(v, Desk.change, Desk.replace)
        assert v.errors == []
        assert v.of(Desk)["items"] == [10, 11, 12]
        assert [task["tags"] for task in v.of(Desk)["tasks"]] == [[], ["tagged"]]
        assert v.of(Desk)["by_name"] == {"x": {"y": [2, 3]}}

    visit(story)


def test_a_value_that_moved_stays_itself(visit: Visit) -> None:
    async def story(v: Any) -> None:
        await while_waiting(v, Desk.change, Desk.insert)
        assert v.errors == []
        assert [task["tags"] for task in v.of(Desk)["tasks"]] == [[], [], ["tagged"]]

    visit(story)


def test_a_value_that_is_gone_is_told_and_the_lock_is_free(visit: Visit) -> None:
    async def story(v: Any) -> None:
        await while_waiting(v, Desk.other_kind, Desk.replace)
        await while_waiting(v, Desk.gone, Desk.replace, short=True)
        messages = [error["message"] for error in v.errors]
        assert len(messages) == 2
        assert "Desk.either is no longer there: other events have changed it." in messages[0]
        assert "Desk.tasks is no longer there" in messages[1]
        await v.run(Desk.insert)
        assert [task["title"] for task in v.of(Desk)["tasks"]] == ["first", "new a"]

    visit(story)


def test_misuse_is_told(visit: Visit) -> None:
    async def story(v: Any) -> None:
        await v.run(Desk.twice)
        assert "'async with self' is already open" in v.errors[-1]["message"]
        await v.run(Desk.in_front)
        assert "Desk.items is for background handlers" in v.errors[-1]["message"]
        assert v.errors[-1]["file"].endswith("test_background_values.py")
        await v.run(Desk.insert)
        assert len(v.of(Desk)["tasks"]) == 3

    visit(story)


def test_a_context_manager_of_the_authors_own_stays_one(visit: Visit) -> None:
    async def story(v: Any) -> None:
        await v.run(Desk.own)
        assert v.errors == []
        assert v.of(Desk)["session"]["log"] == ["opened", "used", "closed", "entered", "left"]
        await v.run(Desk.own_beside)
        await v.idle()
        assert v.of(Desk)["session"]["log"][-3:] == ["opened", "beside", "closed"]

    visit(story)

"""A page without a browser: sends messages to dispatch and keeps its state from the updates."""

from __future__ import annotations

import asyncio
import copy
import json
import sys
from collections.abc import Callable, Coroutine, Iterator
from typing import Any

import pytest

import wasmrx as rx
from wasmrx.dispatch import Dispatch
from wasmrx.handlers import EventHandler
from wasmrx.state import State, initial_state


@pytest.fixture(autouse=True)
def own_event_loop() -> Iterator[None]:
    """Let a test run a loop of its own beside the one of Playwright's synchronous API."""
    playwrights = asyncio._get_running_loop()
    if sys.platform == "emscripten" or playwrights is None:
        yield
        return
    asyncio._set_running_loop(None)
    yield
    asyncio._set_running_loop(playwrights)


SPECIAL = {"nan": float("nan"), "inf": float("inf"), "-inf": float("-inf")}


def location(path: str = "/", route: str | None = None, **params: Any) -> dict[str, Any]:
    href = f"http://site.test{path}"
    return {"href": href, "path": path, "route": route or path, "params": params, "query": {}}


def apply_patch(value: Any, patch: dict[str, Any]) -> Any:
    """Return ``value`` after one patch."""
    path = patch["path"]
    if patch["op"] == "splice":
        target = value
        for step in path:
            target = target[step]
        assert isinstance(target, list)
        assert 0 <= patch["start"] <= patch["start"] + patch["remove"] <= len(target)
        target[patch["start"] : patch["start"] + patch["remove"]] = patch["insert"]
        return value
    target = value
    for step in path[:-1]:
        target = target[step]
    if patch["op"] == "del":
        del target[path[-1]]
    else:
        if isinstance(target, list):
            assert 0 <= path[-1] < len(target)
        target[path[-1]] = patch["value"]
    return value


class Visitor:
    """One page: its state, what was sent to it, and a way to send events."""

    def __init__(self, app: rx.App | None = None, *, dev: bool = True, **manifest: Any) -> None:
        self.initial: dict[str, dict[str, Any]] = manifest.get("initial") or initial_state()
        self.state = copy.deepcopy(self.initial)
        self.updates: list[dict[str, Any]] = []
        self.texts: list[str] = []
        self.dispatch = Dispatch(app or rx.App(), self.initial, self._take, dev)
        self.saved: dict[str, bytes] = {}
        self.told: list[str] = []
        self.begun: list[int] = []
        self.open: set[int] = set()
        self.at = location()
        self._last = 0

    def keep(self, life: str = "1") -> Any:
        """Let state be kept from now on, starting with what is in ``saved``."""
        commits = self.dispatch.updates.commits

        def write(changes: list[tuple[str, bytes | None]]) -> None:
            for name, data in changes:
                if data is None:
                    del self.saved[name]
                else:
                    self.saved[name] = data
            commits.written(True)

        return commits.attach(list(self.saved.items()), life, write)

    def _take(self, text: str | int) -> None:
        if isinstance(text, int):
            self.begun.append(text)
            return
        message = json.loads(text, parse_constant=lambda name: pytest.fail(f"{name} in JSON"))
        if message["t"] in ("notice", "stopped"):
            self.told.append(message["text"])
            return
        self.texts.append(text)
        self.updates.append(copy.deepcopy(message))
        for state, values in message.get("delta", {}).items():
            self.state[state].update(values)
        for state, patched in message.get("patches", {}).items():
            for name, patches in patched.items():
                for patch in patches:
                    self.state[state][name] = apply_patch(self.state[state][name], patch)
        for *path, name in message.get("special", []):
            target: Any = self.state
            for step in path[:-1]:
                target = target[step]
            target[path[-1]] = SPECIAL[name]
        if message["final"]:
            self.open.discard(message["id"])

    def send(self, kind: str, **rest: Any) -> int:
        self._last += 1
        self.open.add(self._last)
        message = {"t": kind, "id": self._last, "location": self.at, **rest}
        self.dispatch.receive(json.dumps(message))
        return self._last

    def event(self, handler: EventHandler | Any, **payload: Any) -> int:
        name = handler.name if isinstance(handler, EventHandler) else handler
        return self.send("event", handler=name, payload=payload)

    async def idle(self) -> None:
        """Wait until every event has ended and nothing runs."""
        async with asyncio.timeout(20):
            while self.open or self.dispatch.queue or self.dispatch.running.tasks:
                await asyncio.sleep(0.001)

    async def hydrate(self, **storage: dict[str, str]) -> None:
        self.keep()
        self.send("hydrate", storage=storage)
        await self.idle()

    async def run(self, handler: EventHandler | Any, **payload: Any) -> list[dict[str, Any]]:
        """Send an event, wait, return the updates that it caused."""
        before = len(self.updates)
        self.event(handler, **payload)
        await self.idle()
        return self.updates[before:]

    def of(self, cls: type[State]) -> dict[str, Any]:
        """Return what the page sees of a state."""
        return self.state[cls.get_full_name()]

    def instance(self, cls: type[State]) -> Any:
        """Return the state's instance."""
        return self.dispatch.session.home(cls)

    @property
    def errors(self) -> list[dict[str, Any]]:
        return [update["error"] for update in self.updates if "error" in update]

    @property
    def actions(self) -> list[tuple[str, dict[str, Any]]]:
        return [(a["name"], a["args"]) for u in self.updates for a in u.get("actions", [])]


Story = Callable[[Visitor], Coroutine[Any, Any, None]]


@pytest.fixture
def visit() -> Callable[..., Visitor]:
    """Run a story of one visitor: ``visit(story)`` with ``async def story(visitor)``."""

    def run(story: Story, app: rx.App | None = None, **options: Any) -> Visitor:
        async def main() -> Visitor:
            visitor = Visitor(app, **options)
            await visitor.hydrate()
            await story(visitor)
            await visitor.idle()
            return visitor

        return asyncio.run(main())

    return run


@pytest.fixture
def make_visitor() -> type[Visitor]:
    return Visitor

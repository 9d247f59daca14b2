"""Calls of server handlers, with a server that is a list of answers."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from typing import Any

import wasmrx as rx
from wasmrx.errors import ServerCallError
from wasmrx.record import unpack
from wasmrx.remote import stub

Visit = Callable[..., Any]


def contract(name: str, **other: Any) -> str:
    """Return the contract of a handler of ``Shop``."""
    own = {"id": name, "table": "t", "address": "", "reads": {}, "writes": {}, "timeout": 5}
    own |= {"again": False, "queue": False, "supersedes": False, "fallback": None}
    return json.dumps({f"{__name__}.Shop.{name}": own | other})


class Shop(rx.State):
    left: int = 0
    right: int = 0
    _go: Any = None

    @rx.event
    async def move(self):
        self._go = asyncio.Event()
        self.left += 1
        yield
        await self._go.wait()
        self.right += 1

    @stub(contract("ask"), attach=True)
    async def ask(self): ...


class Answer:
    """What a server says to one call."""

    status, retry_after = 200, 0

    def __init__(self, lines: list[dict[str, Any]]) -> None:
        self._lines = lines

    async def lines(self) -> AsyncIterator[str]:
        for line in self._lines:
            yield json.dumps(line)

    def close(self) -> None:
        pass


class Server:
    """Stands for the bridge to a server: ``answer`` says what a call gets."""

    def __init__(self, answer: Callable[[dict[str, Any]], Any]) -> None:
        self.answer = answer
        self.asked: list[dict[str, Any]] = []

    def is_online(self) -> bool:
        return True

    async def post_call(
        self, address: str, headers: dict[str, str], body: str, seconds: float
    ) -> Any:
        call = {"to": address, "key": headers["Idempotency-Key"], **json.loads(body)}
        self.asked.append(call)
        answer = self.answer(call)
        return await answer if hasattr(answer, "__await__") else answer


def connect(v: Any, answer: Callable[[dict[str, Any]], Any]) -> Server:
    """Let the calls of a visitor go to a server that answers so."""
    server = Server(answer)
    v.dispatch.background.prepare_calls()._bridge = server
    return server


def test_a_call_that_fails_beside_a_handler_writes_nothing(visit: Visit) -> None:
    async def story(v: Any) -> None:
        failing = asyncio.Event()

        async def fail() -> None:
            await failing.wait()
            raise ServerCallError("The server is not well.")

        connect(v, lambda _: fail())
        v.event(Shop.ask)
        v.event(Shop.move)
        while v.of(Shop)["left"] == 0:
            await asyncio.sleep(0)
        failing.set()
        while not v.errors:
            await asyncio.sleep(0)
        assert saved(v) == []
        v.instance(Shop)._go.set()
        await v.idle()
        assert [(each["left"], each["right"]) for each in saved(v)] == [(1, 1)]

    (error,) = visit(story).errors
    assert error["message"] == "The server is not well."


def saved(v: Any) -> list[dict[str, Any]]:
    """Return the saved values of ``Shop``, of each record there is."""
    return [unpack(raw).values() for name, raw in v.saved.items() if "Shop" in name]

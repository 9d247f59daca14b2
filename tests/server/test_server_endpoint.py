"""The endpoint by itself: bodies that come late or without end, pages that stop reading."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.types import Message, Scope

from wasmrx.dev_server.rpc import Endpoint, Rules
from wasmrx.dev_server.rpc_check import Bounds
from wasmrx.dev_server.rpc_lines import WAITING
from wasmrx.dev_server.rpc_sqlite import SqliteStore

from projects import Project
from visits import run

ONE = """
class S(rx.State):
    a: str = ""
    @rx.server
    def go(self, word: str):
        self.a = word

"""
MANY = """
MADE = []
class S(rx.State):
    a: str = ""
    @rx.server(idempotent=True)
    async def go(self):
        for i in range({steps}):
            MADE.append(i)
            self.a = str(i)
            yield

"""
STEPS = 10 * WAITING


class Asked:
    """One request to an endpoint in this process."""

    def __init__(self, project: Project, rules: Rules) -> None:
        table = project.table()
        self.endpoint = Endpoint(table, SqliteStore(":memory:"), rules)
        self.sent: list[Message] = []
        (id,) = table.handlers
        headers = {
            "host": "testserver",
            "origin": "https://testserver",
            "content-type": "application/json",
            "wasmrx-call": table.name,
            "idempotency-key": "a" * 32,
        }
        self.scope: Scope = {
            "type": "http",
            "method": "POST",
            "path": f"/_wasmrx/call/{id}",
            "client": ("192.0.2.1", 1),
            "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
        }

    async def answer(
        self,
        receive: Callable[[], Awaitable[Message]],
        send: Callable[[Message], Awaitable[None]] | None = None,
    ) -> None:
        async def keep(message: Message) -> None:
            self.sent.append(message)

        await self.endpoint(self.scope, receive, send or keep)
        await self.endpoint.close()

    @property
    def lines(self) -> list[dict[str, Any]]:
        text = b"".join(each.get("body", b"") for each in self.sent)
        return [json.loads(line) for line in text.splitlines()]

    @property
    def refusal(self) -> tuple[int, str]:
        return self.sent[0]["status"], self.lines[-1]["error"]["code"]


async def never() -> Message:
    return await asyncio.get_running_loop().create_future()


def test_a_body_that_does_not_come_is_given_up(project: Project) -> None:
    asked = Asked(project.app(ONE), Rules(read_seconds=0.05))
    run(asyncio.wait_for(asked.answer(never), 10))
    assert asked.refusal == (408, "slow")


def test_a_body_that_comes_drop_by_drop_is_given_up(project: Project) -> None:
    asked = Asked(project.app(ONE), Rules(read_seconds=0.05))

    async def drop() -> Message:
        await asyncio.sleep(0.01)
        return {"type": "http.request", "body": b" ", "more_body": True}

    run(asyncio.wait_for(asked.answer(drop), 10))
    assert asked.refusal == (408, "slow")


def test_a_body_of_pieces_is_bounded(project: Project) -> None:
    """Without a Content-Length: one byte too many is refused, and nothing after it is taken."""
    bytes = Bounds().bytes
    asked = Asked(project.app(ONE), Rules())
    taken = 0

    async def piece() -> Message:
        nonlocal taken
        size = min(65_536, bytes + 1 - taken) or 65_536
        taken += size
        return {"type": "http.request", "body": b" " * size, "more_body": True}

    run(asyncio.wait_for(asked.answer(piece), 10))
    assert asked.refusal == (413, "large")
    assert taken == bytes + 1


def test_a_page_that_stops_reading_holds_the_handler_back(project: Project) -> None:
    """What it has not taken is bounded; once it reads on, everything comes, in order."""
    asked = Asked(project.app(MANY.format(steps=STEPS)), Rules())
    import app  # type: ignore[import-not-found]  # noqa: PLC0415  # pyright: ignore

    body = [b'{"args": {}, "reads": {}}']

    async def receive() -> Message:
        if not body:
            await never()
        return {"type": "http.request", "body": body.pop(), "more_body": False}

    async def answer() -> None:
        reads_on = asyncio.Event()

        async def send(message: Message) -> None:
            asked.sent.append(message)
            if len(asked.sent) > 1:
                await reads_on.wait()

        answering = asyncio.create_task(asked.answer(receive, send))
        made = -1
        while len(app.MADE) != made or made < WAITING:
            made = len(app.MADE)
            for _ in range(100):
                await asyncio.sleep(0)
        assert WAITING < made <= WAITING + 3
        reads_on.set()
        await answering

    run(asyncio.wait_for(answer(), 20))
    assert [each.get("delta") for each in asked.lines[:-1]] == [
        {"app.S": {"a": str(i)}} for i in range(STEPS)
    ]
    assert asked.lines[-1]["final"]

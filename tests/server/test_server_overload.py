"""Ten times as many calls as there is room for: what is taken on is as fast as ever."""

from __future__ import annotations

import asyncio
import json
import secrets
import statistics
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from backends import Backend, running_backend
from counts import count
from visits import run

PLACES = 4
FULL = 30
SECONDS = count(3, FULL)
WORK = 0.5
"""Seconds that a call takes, and that a page which was refused waits."""


@pytest.fixture(scope="module")
def backend(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Backend]:
    """The backend of ``tests/server/hostile_app`` with few places."""
    data = tmp_path_factory.mktemp("overload") / "data.sqlite"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOSTILE_MOST", str(PLACES))
        with running_backend(Path(__file__).parent / "hostile_app", data) as running:
            yield running


class Client:
    """A page's connection; it stays open."""

    def __init__(self, backend: Backend) -> None:
        self.backend = backend
        self.address = urlsplit(backend.origin)
        self.streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
        self.taken: list[float] = []
        self.refused = 0

    async def call(self) -> bool:
        """Call the handler that takes its time; tell whether the backend took it on."""
        if self.streams is None:
            address = self.address
            self.streams = await asyncio.open_connection(address.hostname, address.port)
        reader, writer = self.streams
        body = json.dumps({"args": {"seconds": WORK}, "reads": {}})
        headers = {
            "Host": self.address.netloc,
            "Origin": self.backend.origin,
            "Content-Type": "application/json",
            "Content-Length": str(len(body)),
            "Wasmrx-Call": self.backend.table,
            "Idempotency-Key": secrets.token_hex(16),
        }
        lines = [f"POST /_wasmrx/call/{self.backend.ids['work']} HTTP/1.1"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        start = time.perf_counter()
        writer.write("\r\n".join([*lines, "", body]).encode())
        head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
        await reader.readexactly(int(head.partition("content-length: ")[2].split()[0]))
        status = head.split()[1]
        if status == "200":
            self.taken.append(time.perf_counter() - start)
            return True
        assert status == "503" and "retry-after: 1" in head, head
        self.refused += 1
        return False

    async def insist(self, end: float) -> None:
        """Call until then, again and again."""
        while time.monotonic() < end:
            if not await self.call():
                await asyncio.sleep(WORK)


def p99(times: list[float]) -> float:
    return sorted(times)[int(len(times) * 0.99)]


def test_what_is_taken_on_does_not_wait_for_what_is_not(backend: Backend) -> None:
    async def overload() -> None:
        alone = Client(backend)
        for _ in range(count(3, 20)):
            assert await alone.call()
        clients = [Client(backend) for _ in range(10 * PLACES)]
        end = time.monotonic() + SECONDS
        await asyncio.gather(*(client.insist(end) for client in clients))
        ended = time.monotonic()
        later = Client(backend)
        while not await later.call():
            await asyncio.sleep(0.05)
        recovery = time.monotonic() - ended
        taken = [each for client in clients for each in client.taken]
        refused = sum(client.refused for client in clients)
        medians = statistics.median(taken), statistics.median(alone.taken)
        tails = p99(taken), p99(alone.taken)
        print(
            f"{len(taken)} taken on, {refused} refused; median {medians[0]:.3f} s, alone "
            f"{medians[1]:.3f}; p99 {tails[0]:.3f} s, alone {tails[1]:.3f}; as before after "
            f"{recovery:.2f} s"
        )
        assert refused > len(taken) > PLACES
        assert medians[0] <= 2 * medians[1]
        if SECONDS == FULL:
            assert tails[0] <= 2 * tails[1] and recovery <= 5

    run(overload())

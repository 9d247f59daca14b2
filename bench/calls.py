"""Calls of a server handler that does nothing, beside an endpoint written by hand.

Both run in one process of uvicorn with the same options, and get the same requests over the same
number of connections, in turns. The endpoint is Starlette's, and checks its body with pydantic; it
has neither keys nor sessions, limits or rules.
"""

import asyncio
import json
import os
import secrets
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from .peers import SCRATCH, free_port
from .site import REPOSITORY

APP = REPOSITORY / "bench" / "calls_app"
ROUNDS, SECONDS = 8, 1.0
CONNECTIONS = (1, 16)
BODY = b'{"args": {}, "reads": {}}'

TABLE = """
import json
import app
from wasmrx.wasm.server_table import server_table
table = server_table()
ids = {each.handler.attr: each.id for each in table.handlers.values()}
print(json.dumps([table.name, ids]))
"""


@dataclass
class Server:
    """A running server: its process, and the path that is called."""

    port: int
    process: subprocess.Popen[bytes]
    path: str = ""
    table: str = ""
    rates: list[float] = field(default_factory=list)
    costs: list[float] = field(default_factory=list)

    def processor_seconds(self) -> float:
        """Return what the process has used of a processor."""
        words = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")

    def request(self) -> bytes:
        """Return a call as a page sends it, with a key of its own."""
        head = (
            f"POST {self.path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\n"
            f"Origin: http://127.0.0.1:{self.port}\r\nContent-Type: application/json\r\n"
            f"Wasmrx-Call: {self.table}\r\nIdempotency-Key: {secrets.token_hex(16)}\r\n"
            f"Content-Length: {len(BODY)}\r\n\r\n"
        )
        return head.encode() + BODY


class Caller(asyncio.Protocol):
    """One connection: a call is sent when the one before is answered."""

    def __init__(self, server: Server) -> None:
        """Call ``server``."""
        self.count = 0
        self.is_over = False
        self._server = server
        self._got = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Send the first call."""
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        transport.write(self._server.request())

    def data_received(self, data: bytes) -> None:
        """Count an answer that is whole, and send the next call."""
        self._got += data
        head, _, body = self._got.partition(b"\r\n\r\n")
        length = head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0]
        if not length or len(body) < int(length):
            return
        if not head.startswith(b"HTTP/1.1 200 "):
            raise SystemExit(self._got.decode())
        self._got = b""
        self.count += 1
        if not self.is_over:
            self.transport.write(self._server.request())


async def measure(server: Server, connections: int) -> None:
    """Call for a while; note calls per second, and processor seconds per call."""
    loop = asyncio.get_running_loop()
    used, start = server.processor_seconds(), time.perf_counter()
    made = [
        await loop.create_connection(lambda: Caller(server), "127.0.0.1", server.port)
        for _ in range(connections)
    ]
    await asyncio.sleep(SECONDS)
    calls = sum(caller.count for _, caller in made)
    server.rates.append(calls / (time.perf_counter() - start))
    server.costs.append((server.processor_seconds() - used) / calls)
    for transport, caller in made:
        caller.is_over = True
        transport.close()


@contextmanager
def running(*command: str | Path) -> Iterator[Server]:
    """Run a server on a free port until it is no longer needed."""
    port = free_port()
    with (SCRATCH / "calls.log").open("a") as log:
        process = subprocess.Popen(
            [sys.executable, *command, "--port", str(port)], cwd=APP, stdout=log, stderr=log
        )
    try:
        for _ in range(600):
            if _answers(port):
                break
            time.sleep(0.1)
        yield Server(port, process)
    finally:
        process.terminate()
        process.wait(30)


def _answers(port: int) -> bool:
    try:
        asyncio.run(asyncio.wait_for(asyncio.open_connection("127.0.0.1", port), 1))
    except OSError:
        return False
    return True


def main() -> None:
    """Print calls per second of each, and the ratios to the endpoint written by hand."""
    SCRATCH.mkdir(parents=True, exist_ok=True)
    printed = subprocess.run(
        [sys.executable, "-c", TABLE], cwd=APP, check=True, capture_output=True, text=True
    )
    table, ids = json.loads(printed.stdout)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(dir=SCRATCH)))
        ours = ("-m", "wasmrx.dev_server", "backend", APP, "--data", folder / "calls.sqlite")
        backend = stack.enter_context(running(*ours))
        peer = stack.enter_context(
            running("-m", "uvicorn", "peer:app", "--no-access-log", "--log-level", "warning")
        )
        by_hand = Server(peer.port, peer.process, "/nothing", table)
        handlers = {
            name: Server(backend.port, backend.process, f"/_wasmrx/call/{id}", table)
            for name, id in ids.items()
        }
        for connections in CONNECTIONS:
            _compare({"by hand": by_hand, **handlers}, connections)


def _compare(servers: dict[str, Server], connections: int) -> None:
    for server in servers.values():
        server.rates.clear()
        server.costs.clear()
    for _ in range(ROUNDS):
        for server in servers.values():
            asyncio.run(measure(server, connections))
    print(f"{connections} connections at a time, medians of {ROUNDS} rounds")
    floor = servers["by hand"]
    for name, server in servers.items():
        rate, cost = statistics.median(server.rates), statistics.median(server.costs)
        rates = statistics.median(a / b for a, b in zip(server.rates, floor.rates, strict=True))
        costs = statistics.median(b / a for a, b in zip(server.costs, floor.costs, strict=True))
        print(
            f"  {name:18} {rate:6,.0f} calls/s, {rates:.2f} ×;"
            f" {cost * 1e6:5.0f} µs of a processor each, {costs:.2f} ×"
        )

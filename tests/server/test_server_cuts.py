"""The connection is cut at each stage of a call: it runs once, and the page gets its answer."""

from __future__ import annotations

import json
import random
import secrets
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from backends import Backend, Reply, Visitor, running_backend
from counts import count

TIMES = count(12, 200)
CALLERS = 8


@pytest.fixture(scope="module")
def backend(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Backend]:
    """The backend of ``tests/server/hostile_app``."""
    data = tmp_path_factory.mktemp("cuts") / "data.sqlite"
    with running_backend(Path(__file__).parent / "hostile_app", data) as running:
        yield running


class Request:
    """One call as bytes, and the socket that it goes over."""

    def __init__(self, visitor: Visitor, name: str) -> None:
        self.name = name
        self.key = secrets.token_hex(16)
        call = {"args": {"name": name}, "reads": {"app.Calls": {"ran": 0}}}
        self.body = json.dumps(call).encode()
        headers = visitor.headers(Idempotency_Key=self.key)
        address = urlsplit(visitor.backend.origin)
        lines = [f"POST {visitor.path('steps')} HTTP/1.1", f"Host: {address.netloc}"]
        lines += [f"{key}: {value}" for key, value in headers.items()]
        lines += [f"Content-Length: {len(self.body)}", "", ""]
        self.head = "\r\n".join(lines).encode()
        self.socket = socket.create_connection((address.hostname or "", address.port or 0), 30)

    def send(self, data: bytes) -> None:
        self.socket.sendall(data)

    def send_all(self) -> None:
        self.send(self.head + self.body)

    def read(self, until: bytes) -> None:
        """Read until that has come, or the server has closed."""
        got = b""
        while until not in got and (part := self.socket.recv(4096)):
            got += part

    def cut(self, is_hard: bool) -> None:
        """Close the connection, as a program does or as a lost network seems to."""
        if is_hard:
            linger = struct.pack("ii", 1, 0)
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        self.socket.close()


LAST = b'"final":true'
Cut = Callable[[Request], None]
STAGES: dict[str, Cut] = {
    "connecting, before": lambda request: None,
    "connecting, during": lambda request: request.send(request.head[:1]),
    "connecting, after": lambda request: request.send(request.head[:20]),
    "the head, before": lambda request: request.send(request.head.split(b"\n")[0] + b"\n"),
    "the head, during": lambda request: request.send(request.head[: len(request.head) // 2]),
    "the head, after": lambda request: request.send(request.head),
    "the body, before": lambda request: request.send(request.head + request.body[:1]),
    "the body, during": lambda request: request.send(request.head + request.body[:25]),
    "the body, after": lambda request: request.send_all(),
    "the run, before": lambda request: (request.send_all(), time.sleep(random.random() / 500)),
    "the run, during": lambda request: (request.send_all(), request.read(b'"final":false')),
    "the run, after": lambda request: (request.send_all(), time.sleep(0.03)),
    "the reply, before": lambda request: (request.send_all(), request.read(b"HTTP/1.1")),
    "the reply, during": lambda request: (request.send_all(), request.read(b" 1")),
    "the reply, after": lambda request: (request.send_all(), request.read(LAST)),
}


def runs(backend: Backend) -> dict[str, int]:
    with backend.visitor() as visitor:
        return insisted(lambda: visitor.call("runs")).vars["offered"]


def insisted(call: Callable[[], Reply]) -> Reply:
    """Call until there is room: what was cut off has its place until it ends."""
    end = time.monotonic() + 60
    while (reply := call()).status == 503:
        assert time.monotonic() < end
        time.sleep(0.05)
    return reply


@pytest.mark.parametrize("stage", STAGES)
def test_a_call_runs_once_wherever_its_connection_is_cut(backend: Backend, stage: str) -> None:
    local = threading.local()

    def visitor() -> Visitor:
        if not hasattr(local, "visitor"):
            local.visitor = stack.pop()
        return local.visitor

    def cut(number: int) -> Request:
        request = Request(visitor(), f"{stage} {number}")
        STAGES[stage](request)
        request.cut(is_hard=bool(number % 2))
        return request

    def again(request: Request) -> tuple[int, str]:
        own, headers = visitor(), {"Idempotency_Key": request.key}
        reply = insisted(lambda: own.post("steps", request.body, **headers))
        return reply.status, reply.vars.get("shown", "")

    visits = [backend.visitor() for _ in range(CALLERS)]
    stack = [each.__enter__() for each in visits]
    with ThreadPoolExecutor(CALLERS) as pool:
        requests = list(pool.map(cut, range(TIMES)))
        before = runs(backend)
        answers = list(pool.map(again, requests))
    for each in visits:
        each.__exit__(None, None, None)
    after = runs(backend)
    assert {before.get(request.name, 0) for request in requests} <= {0, 1}
    assert answers == [(200, f"{request.name} 2") for request in requests]
    assert {after[request.name] for request in requests} == {1}
    if stage in ("the run, during", "the reply, after"):
        assert all(before[request.name] == 1 for request in requests)

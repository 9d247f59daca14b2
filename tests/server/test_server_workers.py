"""Several processes behind one address, and pages on another host."""

from __future__ import annotations

import json
import os
import secrets
import signal
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from backends import Backend, Visitor, children, reply_of, running_backend
from counts import count
from daemons import running_nginx

CALLERS, KILLS = 8, 3
CALLS = int(os.environ.get("WASMRX_TEST_CALLS") or count(200, 10_000))
"""How many calls are made at least; with 10,000 and more a process is killed every 5 seconds."""

PAUSE = 5.0 if CALLS >= 10_000 else 0.8
PAGE = "https://pages.example.org"


def call_until_answered(visitor: Visitor) -> tuple[int, int]:
    """Call with one key until there is an answer; return it, and how often that took."""
    key, tries = secrets.token_hex(16), 0
    body = json.dumps({"args": {"name": "x", "wait": 0.01}, "reads": {}})
    end = time.monotonic() + 60
    while time.monotonic() < end:
        tries += 1
        try:
            answer = visitor.client.post(
                visitor.path("once"), content=body, headers=visitor.headers(Idempotency_Key=key)
            )
            if answer.status_code == 200:
                return reply_of(answer).vars["number"], tries
        except (httpx.TransportError, json.JSONDecodeError, KeyError):
            pass
        time.sleep(0.05)
    raise AssertionError("There was no answer.")


@pytest.mark.timeout(1800)
@pytest.mark.parametrize("store", ["SQLite", "Redis"])
def test_processes_are_killed_and_no_call_is_lost_or_doubled(
    store: str, backend_app: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """Each visitor's handler counts in a var of the server: every number comes exactly once."""
    options = ["--workers", "4"]
    if store == "Redis":
        options += ["--redis", request.getfixturevalue("redis")]
    with (
        running_backend(backend_app, tmp_path / "data.sqlite", *options) as backend,
        running_nginx(tmp_path, backend.port) as origin,
    ):
        done = threading.Event()
        killed: list[int] = []

        def kill() -> None:
            while not done.wait(PAUSE):
                alive = [pid for pid in children(backend.process.pid) if pid not in killed]
                if len(alive) > 1:
                    os.kill(alive[0], signal.SIGKILL)
                    killed.append(alive[0])

        def visit(_: int) -> list[int]:
            with replace(backend, origin=origin).visitor() as visitor:
                numbers = [call_until_answered(visitor)[0] for _ in range(CALLS // CALLERS)]
                end = time.monotonic() + 30
                while len(killed) < KILLS and time.monotonic() < end:
                    numbers.append(call_until_answered(visitor)[0])
                return numbers

        killer = threading.Thread(target=kill)
        killer.start()
        with ThreadPoolExecutor(CALLERS) as pool:
            counted = list(pool.map(visit, range(CALLERS)))
        done.set()
        killer.join()
        assert len(killed) >= KILLS
        for numbers in counted:
            assert numbers == list(range(1, len(numbers) + 1))
        print(f"{sum(map(len, counted))} calls, {len(killed)} processes killed")


@pytest.fixture(scope="module")
def elsewhere(backend_app: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Backend]:
    """A backend for pages on another host."""
    data = tmp_path_factory.mktemp("elsewhere") / "data.sqlite"
    with running_backend(backend_app, data, "--origin", PAGE) as backend:
        yield backend


def test_pages_of_a_named_host_may_call(elsewhere: Backend) -> None:
    body = json.dumps({"args": {"value": "x"}, "reads": {}})
    with elsewhere.visitor() as visitor:
        path = visitor.path("echo")
        asked = visitor.client.options(
            path,
            headers={
                "Origin": PAGE,
                "Access-Control-Request-Method": "POST",
                "Access-Control-Request-Headers": "content-type,wasmrx-call,idempotency-key",
            },
        )
        assert asked.status_code == 204
        assert asked.headers["access-control-allow-origin"] == PAGE
        assert asked.headers["access-control-allow-credentials"] == "true"
        reply = visitor.post("echo", body, Origin=PAGE)
        assert reply.vars == {"text": "x"}
        assert reply.headers["access-control-allow-origin"] == PAGE
        assert reply.headers["vary"] == "Origin"
        for origin in (elsewhere.origin, "https://evil.example", "null", f"{PAGE}.evil.example"):
            refused = visitor.post("echo", body, Origin=origin)
            assert refused.code == "origin"
            assert "access-control-allow-origin" not in refused.headers
            asked = visitor.client.options(path, headers={"Origin": origin})
            assert asked.status_code == 403


def test_their_session_is_for_another_site(elsewhere: Backend) -> None:
    with elsewhere.visitor() as visitor:
        reply = visitor.post("visit", '{"args": {}, "reads": {}}', Origin=PAGE)
        assert reply.vars == {"number": 1}
        assert reply.headers["set-cookie"].endswith("HttpOnly; Secure; SameSite=None; Partitioned")

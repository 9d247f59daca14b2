"""A backend as those see it who run it: its state, its figures, its log, its end."""

from __future__ import annotations

import json
import os
import re
import signal
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import httpx
import pytest

from backends import Backend, children, running_backend, running_command
from daemons import running_redis
from visits import ROOT


@pytest.fixture(scope="module")
def backend(tmp_path_factory: pytest.TempPathFactory, backend_app: Path) -> Iterator[Backend]:
    """A backend of two processes that logs as JSON."""
    data = tmp_path_factory.mktemp("operations") / "data.sqlite"
    with running_backend(backend_app, data, "--workers", "2", "--logs", "json") as running:
        yield running


def asked(backend: Backend, path: str, **headers: str) -> httpx.Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return httpx.get(f"{backend.origin}/_wasmrx/{path}", headers=named, trust_env=False)


def until(look: Callable[[], Any]) -> None:
    end = time.monotonic() + 60
    while not look():
        assert time.monotonic() < end
        time.sleep(0.02)


def figure(backend: Backend, name: str) -> float:
    lines = asked(backend, "metrics").text.splitlines()
    return sum(float(line.rpartition(" ")[2]) for line in lines if line.startswith(name))


def test_a_backend_that_takes_calls_says_so(backend: Backend) -> None:
    for path, told in (("health", {"ok": True}), ("ready", {"ready": True})):
        answer = asked(backend, path)
        assert (answer.status_code, answer.json()) == (200, told)
        assert answer.headers["cache-control"] == "no-store"


def test_calls_are_counted_over_all_processes(backend: Backend) -> None:
    echo = 'wasmrx_calls_total{handler="app.Calls.echo",outcome="%s"}'
    for i in range(20):  # Each over a connection of its own, which either process may take.
        with backend.visitor() as visitor:
            assert visitor.call("echo", value=str(i)).status == 200
            assert visitor.call("echo", value=i).code == "invalid"
    assert figure(backend, echo % "ok") == 20
    assert figure(backend, echo % "invalid") == 20
    assert figure(backend, 'wasmrx_call_seconds_count{handler="app.Calls.echo"}') == 40
    assert figure(backend, "wasmrx_calls_running") == 0


def test_figures_are_for_those_beside_the_backend(backend: Backend, tmp_path: Path) -> None:
    assert asked(backend, "metrics", X_Forwarded_For="192.0.2.1").status_code == 404
    assert asked(backend, "metrics", X_Forwarded_For="127.0.0.1").status_code == 404


def test_a_log_of_json_says_which_call_failed(backend: Backend) -> None:
    with backend.visitor() as visitor:
        number = visitor.call("fail").updates[-1]["error"]["id"]
        refused = visitor.call("members").updates[-1]["error"]["id"]
    records = [json.loads(line) for line in backend.log.read_text().splitlines()]
    (failed,) = [each for each in records if each.get("error") == number and "traceback" in each]
    assert (failed["level"], failed["code"]) == ("ERROR", "failed")
    assert failed["handler"] == "app.Calls.fail"
    assert "ValueError: the secret inside" in failed["traceback"]
    (told,) = [each for each in records if each.get("error") == refused]
    assert (told["level"], told["code"], told["handler"]) == ("INFO", "login", "app.Calls.members")


@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_backend_that_is_told_to_stop_ends_its_calls(
    backend_app: Path, tmp_path: Path, workers: str
) -> None:
    data = tmp_path / "data.sqlite"
    with running_backend(backend_app, data, "--workers", workers) as backend, ExitStack() as stack:
        pool = stack.enter_context(ThreadPoolExecutor(4))
        visitors = [stack.enter_context(backend.visitor()) for _ in range(4)]
        calls = [pool.submit(each.call, "once", name="x", wait=2.5) for each in visitors]
        until(lambda: figure(backend, "wasmrx_calls_running") == 4)
        backend.process.send_signal(signal.SIGTERM)
        until(lambda: asked(backend, "ready").status_code == 503)
        assert asked(backend, "ready").json() == {"ready": False, "why": "stopping"}
        with backend.visitor() as late:
            refused = late.call("echo", value="late")
        assert (refused.status, refused.code) == (503, "unavailable")
        assert refused.headers["retry-after"] == "1"
        assert [call.result().vars for call in calls] == [{"number": 1}] * 4
        backend.process.wait(30)


def test_figures_are_for_whoever_has_the_token(
    backend_app: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And a backend that is told to stop goes on refusing calls for a while, if it is to."""
    monkeypatch.setenv("WASMRX_METRICS_TOKEN", "the-token")
    drain = 1.5
    with running_backend(backend_app, tmp_path / "d.sqlite", "--drain", str(drain)) as backend:
        for given in ("", "the-token", "Bearer", "Bearer the-toke", "bearer the-token x"):
            assert asked(backend, "metrics", Authorization=given).status_code == 404
        bearer = {"Authorization": "Bearer the-token"}
        for more in ({}, {"X_Forwarded_For": "192.0.2.1"}):
            answer = asked(backend, "metrics", **bearer, **more)
            assert answer.status_code == 200 and "wasmrx_calls_running" in answer.text
        began = time.monotonic()
        backend.process.send_signal(signal.SIGTERM)
        until(lambda: asked(backend, "ready").status_code == 503)
        assert asked(backend, "health").status_code == 200
        with backend.visitor() as late:
            assert late.call("echo", value="late").code == "unavailable"
        assert backend.process.wait(30) is not None
        assert time.monotonic() - began >= drain


def test_a_backend_that_is_told_twice_ends_at_once(backend_app: Path, tmp_path: Path) -> None:
    """What runs is cancelled, and its page is told."""
    with (
        running_backend(backend_app, tmp_path / "data.sqlite", "--drain", "60") as backend,
        backend.visitor() as visitor,
        ThreadPoolExecutor(1) as pool,
    ):
        hanging = pool.submit(visitor.call, "hang", name="x")
        until(lambda: figure(backend, "wasmrx_calls_running") == 1)
        backend.process.send_signal(signal.SIGTERM)
        until(lambda: asked(backend, "ready").status_code == 503)
        assert not hanging.done()
        backend.process.send_signal(signal.SIGTERM)
        assert hanging.result(10).code == "cancelled"
        backend.process.wait(10)


def test_processes_that_are_told_twice_end_their_calls(backend_app: Path, tmp_path: Path) -> None:
    """As by systemd, which tells each of them, and their parent, which tells them again."""
    options = ("--workers", "2", "--drain", "1")
    with (
        running_backend(backend_app, tmp_path / "data.sqlite", *options) as backend,
        backend.visitor() as visitor,
        ThreadPoolExecutor(1) as pool,
    ):
        call = pool.submit(visitor.call, "once", name="x", wait=3.0)
        until(lambda: figure(backend, "wasmrx_calls_running") == 1)
        for pid in children(backend.process.pid):
            os.kill(pid, signal.SIGTERM)
        until(lambda: asked(backend, "ready").status_code == 503)
        backend.process.send_signal(signal.SIGTERM)
        assert call.result(20).vars == {"number": 1}
        backend.process.wait(20)


def test_any_asgi_server_runs_it(backend_app: Path, tmp_path: Path) -> None:
    """By the command of the documentation, with the variables of the environment it names."""
    guide = (ROOT / "docs" / "server-mode.md").read_text()
    found = re.search(r"`WASMRX_APP=my_app (uvicorn [^`]+)`", guide)
    assert found
    program, *options = found[1].split()
    command = [str(Path(sys.executable).with_name(program)), *options]
    page = "https://pages.example.org"
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "index.html").write_text("<p>the site</p>")
    environment = {
        "WASMRX_APP": str(backend_app),
        "WASMRX_ORIGINS": page,
        "WASMRX_SITE": str(tmp_path / "site"),
        "WASMRX_DATA": str(tmp_path / "data.sqlite"),
    }
    log = tmp_path / "uvicorn.log"
    with running_command(command, backend_app, log, **environment) as backend:
        assert "the site" in httpx.get(backend.origin, trust_env=False).text
        with backend.visitor() as visitor, ThreadPoolExecutor(1) as pool:
            body = '{"args": {"name": "x", "wait": 1.5}, "reads": {}}'
            assert visitor.post("once", body).code == "origin"
            running = pool.submit(visitor.post, "once", body, Origin=page)
            until(lambda: figure(backend, "wasmrx_calls_running") == 1)
            backend.process.send_signal(signal.SIGTERM)
            until(lambda: asked(backend, "ready").status_code == 503)
            assert running.result().vars == {"number": 1}
        backend.process.wait(30)
    assert (tmp_path / "data.sqlite").exists()


def test_a_backend_without_its_store_takes_no_calls(backend_app: Path, tmp_path: Path) -> None:
    with ExitStack() as stack, ExitStack() as first:
        url = first.enter_context(running_redis(tmp_path))
        options = (backend_app, tmp_path / "data.sqlite", "--redis", url)
        backend = stack.enter_context(running_backend(*options))
        visitor = stack.enter_context(backend.visitor())
        assert visitor.call("visit").vars == {"number": 1}
        first.close()
        assert asked(backend, "ready").json() == {"ready": False, "why": "store"}
        assert asked(backend, "health").status_code == 200
        refused = visitor.call("echo", value="x")
        assert (refused.status, refused.code) == (503, "unavailable")
        assert refused.headers["retry-after"] == "1"
        port = httpx.URL(url).port
        assert port is not None
        stack.enter_context(running_redis(tmp_path, port))
        until(lambda: asked(backend, "ready").status_code == 200)
        assert visitor.call("echo", value="again").vars == {"text": "again"}

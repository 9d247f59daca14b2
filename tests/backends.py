"""A backend that runs for real, and visitors who call it as a page does."""

from __future__ import annotations

import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

LOOK = """
import importlib, json, sys
sys.path.insert(0, sys.argv[1])
importlib.import_module("app")
from wasmrx.wasm.server_table import server_table
table = server_table()
ids = {each.handler.attr: each.id for each in table.handlers.values()}
print(json.dumps([table.name, ids]))
"""


@dataclass
class Reply:
    """An answer: its status and headers, and the updates in it."""

    status: int
    headers: httpx.Headers
    updates: list[dict[str, Any]]

    @property
    def code(self) -> str:
        return self.updates[-1].get("error", {}).get("code", "") if self.updates else ""

    @property
    def vars(self) -> dict[str, Any]:
        """The vars of all updates, the last value of each."""
        return {
            name: value
            for update in self.updates
            for values in update.get("delta", {}).values()
            for name, value in values.items()
        }


@dataclass
class Visitor:
    """Someone with a browser: cookies of their own."""

    backend: Backend
    client: httpx.Client

    def headers(self, **more: str) -> dict[str, str]:
        found = {
            "Origin": self.backend.origin,
            "Content-Type": "application/json",
            "Wasmrx-Call": self.backend.table,
            "Idempotency-Key": secrets.token_hex(16),
        }
        return {**found, **{name.replace("_", "-"): value for name, value in more.items()}}

    def path(self, name: str) -> str:
        return f"/_wasmrx/call/{self.backend.ids.get(name, name)}"

    def post(self, name: str, body: bytes | str, **headers: str) -> Reply:
        answer = self.client.post(self.path(name), content=body, headers=self.headers(**headers))
        return reply_of(answer)

    def call(self, handler: str, /, reads: Any = None, key: str = "", **args: Any) -> Reply:
        body = {"args": args, "reads": {"app.Calls": reads} if reads else {}}
        more = {"Idempotency_Key": key} if key else {}
        return self.post(handler, json.dumps(body), **more)


def reply_of(answer: httpx.Response) -> Reply:
    kind = answer.headers.get("content-type", "")
    lines = answer.text.strip("\n").split("\n") if kind == "application/x-ndjson" else []
    return Reply(answer.status_code, answer.headers, [json.loads(line) for line in lines])


@dataclass
class Backend:
    """A running backend: where it is, and its handlers' ids by name."""

    origin: str
    table: str
    ids: dict[str, str]
    process: subprocess.Popen[bytes]
    log: Path
    children: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def port(self) -> int:
        return httpx.URL(self.origin).port or 0

    @contextmanager
    def visitor(self) -> Iterator[Visitor]:
        with httpx.Client(base_url=self.origin, timeout=30, trust_env=False) as client:
            yield Visitor(self, client)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


@contextmanager
def running_backend(app: Path, data: Path, *options: str) -> Iterator[Backend]:
    """Run ``wasmrx backend`` on a free port."""
    command = [sys.executable, "-m", "wasmrx.dev_server", "backend", str(app), "--data", str(data)]
    with running_command([*command, *options], app, data.with_suffix(".log")) as running:
        yield running


@contextmanager
def running_command(command: list[str], app: Path, log: Path, **more: str) -> Iterator[Backend]:
    """Run a command that takes ``--port`` and serves an app's backend, with more environment."""
    looked = subprocess.run(
        [sys.executable, "-c", LOOK, str(app)], capture_output=True, text=True, check=True
    )
    table, ids = json.loads(looked.stdout)
    port = free_port()
    environment = {**os.environ, "PYTHONUNBUFFERED": "1", **more}
    with log.open("wb") as written:
        process = subprocess.Popen(
            [*command, "--port", str(port)], stdout=written, stderr=written, env=environment
        )
    origin = f"http://127.0.0.1:{port}"
    try:
        until_up(origin, process, log)
        yield Backend(origin, table, ids, process, log)
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()


def until_up(origin: str, process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        assert process.poll() is None, log.read_text()
        try:
            if httpx.get(f"{origin}/_wasmrx/health", trust_env=False).status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.05)
    raise AssertionError(log.read_text())


def children(pid: int) -> list[int]:
    """The worker processes of a backend; not those that help Python to start some."""
    found: list[int] = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            words = (folder / "cmdline").read_bytes()
        except OSError:  # It has just ended.
            continue
        if parent == pid and b"spawn_main" in words:
            found.append(int(folder.name))
    return sorted(found)

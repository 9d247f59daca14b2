"""A plain static web host for tests, as GitHub Pages behaves, that can be told to fail.

It knows nothing of wasmrx: files by path under a prefix, ``index.html`` for folders, a redirect
for a folder without its slash, ``404.html`` with status 404 for the rest.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Literal
from urllib.parse import unquote, urlsplit

TYPES = {
    ".css": "text/css",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript",
    ".json": "application/json",
    ".mjs": "text/javascript",
    ".svg": "image/svg+xml",
    ".wasm": "application/wasm",
    ".zip": "application/zip",
}
Fault = Literal[
    404, 500, "held", "half", "stalled", "truncated", "cut", "wrong bytes", "one byte", "wrong type"
]


class Cut:
    """A network that goes after so many requests."""

    def __init__(self, left: int) -> None:
        self._left = left
        self._lock = threading.Lock()

    @property
    def is_over(self) -> bool:
        """Whether a request got no answer."""
        return self._left < 0

    def counts(self) -> bool:
        """Count a request; tell whether it gets no answer."""
        with self._lock:
            self._left -= 1
            return self.is_over


@dataclass
class Host:
    """A running host: what is mounted where, what it was asked for, how it is to fail.

    ``once`` gives files that are served the first time only: what a machine of the host that is
    behind still has.
    """

    origin: str
    mounts: dict[str, Path] = field(default_factory=dict)
    faults: list[tuple[re.Pattern[str], Fault]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    released: threading.Event = field(default_factory=threading.Event)
    once: dict[str, Path] = field(default_factory=dict)
    cut: Cut | None = None

    @contextmanager
    def cut_after(self, requests: int) -> Iterator[Cut]:
        """Answer so many requests more, then hang up on all, as without a network."""
        self.cut = Cut(requests)
        try:
            yield self.cut
        finally:
            self.cut = None

    def mount(self, prefix: str, folder: Path) -> str:
        """Serve ``folder`` under ``prefix`` (``/any/path/``); gives its address."""
        self.mounts[prefix] = folder
        return self.origin + prefix

    @contextmanager
    def failing(self, pattern: str, fault: Fault) -> Iterator[None]:
        """Let every path that matches ``pattern`` fail in this way.

        ``held`` answers well once the block ends, ``half`` from its middle on, ``stalled`` never.
        ``one byte`` adds one at the end, with which a script still runs.
        """
        entry = (re.compile(pattern), fault)
        self.released.clear()
        self.faults.append(entry)
        try:
            yield
        finally:
            self.faults.remove(entry)
            self.released.set()

    def fault_of(self, path: str) -> Fault | None:
        return next((fault for pattern, fault in self.faults if pattern.search(path)), None)


@contextmanager
def running_host() -> Iterator[Host]:
    """A host on a free loopback port."""
    server = _Server(("127.0.0.1", 0), _Handler)
    host = Host(f"http://127.0.0.1:{server.server_address[1]}")
    server.host = host  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield host
    finally:
        host.released.set()
        server.shutdown()
        server.server_close()
        thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Stay quiet about visitors who leave."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self._answer(with_body=True)

    def do_HEAD(self) -> None:
        self._answer(with_body=False)

    def _answer(self, *, with_body: bool) -> None:
        host: Host = self.server.host  # type: ignore[attr-defined]
        path = unquote(urlsplit(self.path).path)
        host.asked.append(path)
        if host.cut and host.cut.counts():
            self.close_connection = True
            return
        status, file = self._find(host, path)
        if status == 301:
            self._send(301, b"", "text/plain", {"Location": path + "/"}, with_body)
            return
        body = file.read_bytes() if file else b"404 Not Found"
        kind = TYPES.get(file.suffix, "application/octet-stream") if file else "text/plain"
        self._fail_or_send(host, host.fault_of(path), status, body, kind, with_body)

    def _find(self, host: Host, path: str) -> tuple[int, Path | None]:
        if path in host.once:
            return 200, host.once.pop(path)
        for prefix, folder in host.mounts.items():
            if path.startswith(prefix) and ".." not in path:
                target = folder / path[len(prefix) :]
                if target.is_dir():
                    if not path.endswith("/"):
                        return 301, None
                    target /= "index.html"
                elif not target.is_file() and not path.endswith("/"):
                    target = target.with_name(target.name + ".html")
                if target.is_file():
                    return 200, target
                not_found = folder / "404.html"
                return 404, not_found if not_found.is_file() else None
        return 404, None

    def _fail_or_send(
        self, host: Host, fault: Fault | None, status: int, body: bytes, kind: str, with_body: bool
    ) -> None:
        extra: dict[str, str] = {}
        if fault in ("held", "stalled"):
            host.released.wait(60)
        if fault == "stalled":
            self.close_connection = True
            return
        if fault in (404, 500):
            status, body, kind = fault, b"<h1>Sorry</h1>", "text/html"
        elif fault == "truncated":
            body = body[: len(body) // 2]
        elif fault == "wrong bytes":
            body = body[::-1]
        elif fault == "one byte":
            body += b" "
        elif fault == "wrong type":
            kind, extra["Cache-Control"] = "text/html", "no-store"
        elif fault == "cut":
            extra["Content-Length"] = str(len(body))
            body = body[: len(body) // 2]
        wait = host.released.wait if fault == "half" else None
        self._send(status, body, kind, extra, with_body, wait)
        if fault == "cut":
            self.close_connection = True

    def _send(
        self,
        status: int,
        body: bytes,
        kind: str,
        extra: dict[str, str],
        with_body: bool,
        wait: Callable[[float], bool] | None = None,
    ) -> None:
        caching = "no-store" if status != 200 else "max-age=600"
        headers = {
            "Content-Type": kind,
            "Content-Length": str(len(body)),
            "Cache-Control": caching,
            **extra,
        }
        try:
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            if with_body and wait:
                self.wfile.write(body[: len(body) // 2])
                wait(60)
                self.wfile.write(body[len(body) // 2 :])
            elif with_body:
                self.wfile.write(body)
        except ConnectionError:
            self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:
        """Stay quiet."""

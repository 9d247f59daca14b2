"""A site of someone else on loopback: it answers, echoes, streams, waits, and may refuse pages."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

WORDS = ("I am ", "a fake ", "server.")


@dataclass
class OtherSite:
    """A running site: ``go_on`` lets what it holds back go; ``left`` is set when a caller left."""

    url: str = ""
    go_on: threading.Event = field(default_factory=threading.Event)
    left: threading.Event = field(default_factory=threading.Event)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    site: OtherSite

    def do_OPTIONS(self) -> None:
        self._send(204, b"")

    def do_GET(self) -> None:
        match self.path.partition("?")[0]:
            case "/lines":
                self._stream((f"line {number}\n".encode() for number in range(3)), "text/plain")
            case "/endless":
                self._stream_until_left()
            case "/held":
                self._hold()
            case "/missing":
                self._send(404, b"no")
            case _:
                self._send(200, f"hello {self.path}".encode())

    do_HEAD = do_GET

    def do_POST(self) -> None:
        data = self.rfile.read(int(self.headers["Content-Length"] or 0))
        if self.path == "/v1/chat/completions":
            assert json.loads(data)["messages"]
            self._stream(map(_spoken, (*WORDS, None)), "text/event-stream")
        else:
            self._send(200, data)

    do_PUT = do_POST

    def _send(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self._allow()
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def _allow(self) -> None:
        if self.path.startswith("/closed"):
            return
        for name in ("Origin", "Headers", "Methods"):
            self.send_header(f"Access-Control-Allow-{name}", "*")
        self.send_header("Access-Control-Expose-Headers", "x-test")
        self.send_header("X-Test", "seen")

    def _stream(self, pieces: Iterator[bytes], kind: str) -> None:
        """Send each piece when the test says so."""
        self.send_response(200)
        self._allow()
        self.send_header("Content-Type", kind)
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        for piece in pieces:
            self.wfile.write(piece)
            self.wfile.flush()
            self.site.go_on.wait(20)

    def _stream_until_left(self) -> None:
        """Send lines until the caller has gone."""
        self.close_connection = True
        self._stream(iter([]), "text/plain")
        try:
            for number in range(400):
                self.wfile.write(f"line {number}\n".encode())
                self.site.left.wait(0.05)
        except OSError:
            self.site.left.set()

    def _hold(self) -> None:
        """Answer nothing until the caller has gone."""
        self.close_connection = True
        self.connection.settimeout(60)
        try:
            gone = self.connection.recv(1) == b""
        except OSError:
            gone = True
        if gone:
            self.site.left.set()

    def log_message(self, format: str, *args: object) -> None:
        """Stay quiet."""


def _spoken(word: str | None) -> bytes:
    if word is None:
        return b"data: [DONE]\n\n"
    choice = {"index": 0, "delta": {"content": word}, "finish_reason": None}
    told = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "m"}
    return f"data: {json.dumps({**told, 'choices': [choice]})}\n\n".encode()


@contextmanager
def running_site() -> Iterator[OtherSite]:
    """A site on a free port."""
    site = OtherSite()
    handler = type("Handler", (_Handler,), {"site": site})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    site.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield site
    finally:
        site.go_on.set()
        server.shutdown()
        server.server_close()
        thread.join()

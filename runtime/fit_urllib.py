"""``urllib.request`` in a worker: http and https addresses are opened by the browser's fetch."""

from __future__ import annotations

import importlib
import io
from collections.abc import Generator
from email.message import Message
from typing import Any

from .fetching import Unreachable, fetch_now


def fit(module: Any) -> None:
    """Replace the handlers of ``urllib.request`` that would open sockets.

    The browser follows redirects, stores cookies and looks after certificates and proxies.
    """

    class HTTPHandler(module.BaseHandler):
        """Opens addresses of http."""

        def __init__(self, *_: Any, **options: Any) -> None:
            """Take what the handlers of urllib take, which is about sockets."""

        def http_open(self, request: Any) -> Any:
            """Return the answer as ``urlopen`` gives it."""
            return _opened(module, request)

    class HTTPSHandler(HTTPHandler):
        """Opens addresses of https."""

        def https_open(self, request: Any) -> Any:
            """Return the answer as ``urlopen`` gives it."""
            return _opened(module, request)

    module.HTTPHandler, module.HTTPSHandler = HTTPHandler, HTTPSHandler


class _Body(io.RawIOBase):
    """The body of an answer as a file, which has each piece as soon as it comes."""

    def __init__(self, pieces: Generator[bytes]) -> None:
        self._pieces = pieces
        self._rest = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill ``buffer`` from one piece; returns how many bytes that were."""
        while not self._rest:
            piece = next(self._pieces, None)
            if piece is None:
                return 0
            self._rest = memoryview(piece)
        count = min(len(buffer), len(self._rest))
        buffer[:count], self._rest = self._rest[:count], self._rest[count:]
        return count

    def close(self) -> None:
        """End the request, whatever of its answer has not come."""
        self._pieces.close()
        super().close()


def _opened(module: Any, request: Any) -> Any:
    seconds = request.timeout if isinstance(request.timeout, int | float) else None
    data = request.data
    body = data if data is None or isinstance(data, bytes) else b"".join(data)
    try:
        answer, pieces = fetch_now(
            request.get_method(), request.full_url, request.header_items(), body, seconds
        )
    except Unreachable as error:
        raise importlib.import_module("urllib.error").URLError(str(error)) from None
    headers = Message()
    for name, value in answer.headers:
        headers[name] = value
    opened = module.addinfourl(io.BufferedReader(_Body(pieces)), headers, answer.url, answer.status)
    opened.msg = opened.reason = answer.reason
    return opened

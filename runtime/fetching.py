"""Requests of libraries that know sockets only, made by the browser's fetch.

Coroutines await it. Other code waits for it where the browser can suspend Python, else by a
synchronous XMLHttpRequest, during which the worker does nothing else. A request ends when its
time is over or its handler is cancelled.
"""

from __future__ import annotations

import asyncio
import contextlib
import importlib
from collections.abc import AsyncIterator, Generator, Iterable
from typing import Any, NamedTuple

from .suspended import can_wait, wait

_OF_THE_BROWSER = frozenset(
    ("accept-encoding", "connection", "content-length", "host", "keep-alive", "user-agent")
)
"""Headers of a request that the browser sets itself; its own fetch refuses most of them."""

_DECODED = frozenset(("content-encoding", "content-length", "transfer-encoding"))
"""Headers of an answer that no longer hold when its body was decoded."""


class Unreachable(OSError):
    """There was no answer; the browser's words, or those of wasm/ts/refusals.ts, say why."""


class Answer(NamedTuple):
    """An answer: its status, headers, address, and its body piece by piece."""

    status: int
    reason: str
    headers: list[tuple[str, str]]
    url: str
    pieces: AsyncIterator[bytes]


async def fetch(
    method: str,
    url: str,
    headers: Iterable[tuple[str, str]],
    body: bytes | None,
    seconds: float | None = None,
) -> Answer:
    """Return the answer to a request; its head, and each piece, within ``seconds``."""
    js = importlib.import_module("js")
    to_js = importlib.import_module("pyodide.ffi").to_js
    abort = js.AbortController.new()
    sent = [[name, value] for name, value in headers if name.lower() not in _OF_THE_BROWSER]
    options: dict[str, Any] = {"method": method, "signal": abort.signal, "headers": sent}
    if body:
        options["body"] = body
    given = js.Object.fromEntries(to_js(list(options.items())))
    answer = await _in_time(js.fetch(url, given), seconds, abort)
    pieces = _pieces(answer.body.getReader(), seconds, abort) if answer.body else _nothing()
    told: dict[str, str] = js.Object.fromEntries(answer.headers.entries()).to_py()
    kept = [(name, value) for name, value in told.items() if name not in _DECODED]
    return Answer(int(answer.status), str(answer.statusText), kept, str(answer.url), pieces)


async def _in_time(promise: Any, seconds: float | None, abort: Any) -> Any:
    """Await a promise of a request; the request ends where that does not come to an end."""
    js_error = importlib.import_module("pyodide.ffi").JsException
    try:
        async with asyncio.timeout(seconds):
            return await promise
    except js_error as error:
        raise Unreachable(str(error.message)) from None
    except BaseException:
        abort.abort()
        raise


async def _pieces(reader: Any, seconds: float | None, abort: Any) -> AsyncIterator[bytes]:
    try:
        while not (piece := await _in_time(reader.read(), seconds, abort)).done:
            yield piece.value.to_bytes()
    finally:
        with contextlib.suppress(Exception):
            await reader.cancel()


async def _nothing() -> AsyncIterator[bytes]:
    for piece in ():
        yield piece


def fetch_now(
    method: str,
    url: str,
    headers: Iterable[tuple[str, str]],
    body: bytes | None,
    seconds: float | None = None,
) -> tuple[Answer, Generator[bytes]]:
    """Return the answer to a request, and its body piece by piece, to code that cannot await."""
    if not can_wait():
        return _by_xhr(method, url, headers, body, seconds)
    answer: Answer = wait(fetch(method, url, headers, body, seconds))
    return answer, _pieces_now(answer.pieces)


def _pieces_now(pieces: Any) -> Generator[bytes]:
    """Yield each piece as it comes; the request ends where the rest is not wanted."""
    end = object()
    try:
        while (piece := wait(anext(pieces, end))) is not end:
            yield piece
    finally:
        with contextlib.suppress(Exception):
            wait(pieces.aclose())


def _by_xhr(
    method: str,
    url: str,
    headers: Iterable[tuple[str, str]],
    body: bytes | None,
    seconds: float | None,
) -> tuple[Answer, Generator[bytes]]:
    js = importlib.import_module("js")
    ffi = importlib.import_module("pyodide.ffi")
    request = js.XMLHttpRequest.new()
    request.open(method, url, False)
    request.responseType = "arraybuffer"
    if seconds:
        request.timeout = int(seconds * 1000)
    for name, value in headers:
        if name.lower() not in _OF_THE_BROWSER:
            request.setRequestHeader(name, value)
    try:
        request.send(ffi.to_js(body) if body else None)
    except ffi.JsException as error:
        if error.name == "TimeoutError":
            raise TimeoutError("The server did not answer in time.") from None
        raise Unreachable(str(error.message)) from None
    lines = [line.partition(":") for line in str(request.getAllResponseHeaders()).splitlines()]
    kept = [(n.strip().lower(), v.strip()) for n, _, v in lines if n.lower() not in _DECODED]
    data: bytes = request.response.to_bytes()
    answer = Answer(
        int(request.status), str(request.statusText), kept, str(request.responseURL), _nothing()
    )
    return answer, (piece for piece in (data,))

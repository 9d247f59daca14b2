"""What ``rx.download`` saves where that is a file or comes piece by piece.

The browser keeps the pieces, outside of Python's memory, which holds one of them at a time. On a
server they go to the page as one.
"""

from __future__ import annotations

import asyncio
import importlib
import sys
from base64 import b64encode
from collections.abc import AsyncIterable, Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO, cast

from .errors import EventHandlerTypeError

PIECE = 1 << 20
"""Bytes are given to the browser, and read from files, so many at once."""

_LIVES_S = 60.0
"""A browser has begun to save by then, and needs the address no more."""


class _Pieces:
    """Pieces that have come: those of a full size are the browser's already."""

    def __init__(self) -> None:
        self._js: Any = importlib.import_module("js") if sys.platform == "emscripten" else None
        self._parts: Any = self._js.Array.new() if self._js else None
        self._waiting = bytearray()

    def add(self, piece: Any) -> None:
        """Add bytes, or text as UTF-8."""
        if isinstance(piece, str):
            piece = piece.encode()
        if not isinstance(piece, (bytes, bytearray, memoryview)):
            raise EventHandlerTypeError(
                f"rx.download saves pieces of text or bytes; one is a {type(piece).__name__}."
            )
        self._waiting += piece
        if len(self._waiting) >= PIECE and self._js:
            self._give()

    def _give(self) -> None:
        to_js = importlib.import_module("pyodide.ffi").to_js
        self._parts.push(self._js.Blob.new(to_js([bytes(self._waiting)])))
        self._waiting.clear()

    def args(self, mime: str) -> dict[str, object]:
        """Return what the page's action needs: an address, or the bytes themselves."""
        if not self._js:
            data = b64encode(self._waiting).decode("ascii")
            return {"data": data, "mime": mime, "base64": True}
        self._give()
        to_js = importlib.import_module("pyodide.ffi").to_js
        options = self._js.Object.fromEntries(to_js([["type", mime]]))
        address = str(self._js.URL.createObjectURL(self._js.Blob.new(self._parts, options)))
        forget = self._js.URL.revokeObjectURL
        asyncio.get_running_loop().call_later(_LIVES_S, forget, address)
        return {"url": address}


def saved(data: Any, mime: str) -> dict[str, object]:
    """Return the arguments of the page's action for what is there at once."""
    if isinstance(data, AsyncIterable):
        raise EventHandlerTypeError(
            "rx.download cannot wait for what comes with time. Write "
            "`return await rx.download_stream(pieces, filename=...)`."
        )
    pieces = _Pieces()
    for piece in _of(data):
        pieces.add(piece)
    return pieces.args(mime)


async def saved_in_time(data: Any, mime: str) -> dict[str, object]:
    """Return the same for what may come with time; the page's other events go on meanwhile."""
    pieces = _Pieces()
    if isinstance(data, AsyncIterable):
        async for piece in cast("AsyncIterable[object]", data):
            pieces.add(piece)
    else:
        for piece in _of(data):
            pieces.add(piece)
            await asyncio.sleep(0)
    return pieces.args(mime)


def _of(data: Any) -> Iterable[object]:
    if isinstance(data, (str, bytes, bytearray)):
        return (data,)
    if isinstance(data, Path):
        return _read(data)
    return _pieces_of(data) if hasattr(data, "read") else data


def _read(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        yield from _pieces_of(file)


def _pieces_of(file: BinaryIO) -> Iterator[bytes]:
    while piece := file.read(PIECE):
        yield piece

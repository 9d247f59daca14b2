"""``rx.UploadFile``: a file that the visitor chose. Its bytes stay with the browser until read.

Where reading is asynchronous, each piece is told to those that follow the progress, and a transfer
that was cancelled ends there.
"""

from __future__ import annotations

import asyncio
import io
from collections.abc import Awaitable, Callable
from typing import BinaryIO, Protocol, cast

CHUNK = 1 << 20
"""So many bytes are asked of the browser at once."""


class Source(Protocol):
    """A file of the browser."""

    name: str
    size: int
    type: str

    async def read(self, start: int, end: int) -> bytes:
        """Return the bytes from ``start`` to ``end``."""
        ...

    def read_now(self, start: int, end: int) -> bytes:
        """Return the same, at once: nothing else runs meanwhile."""
        ...


class UploadCancelledError(asyncio.CancelledError):
    """``rx.cancel_upload`` stopped the reading. A handler that lets it pass just ends."""


class Transfer:
    """The files that one event brings: how much of them is read, and whether that may go on."""

    def __init__(self, upload: str, sources: list[Source], event: int = 0) -> None:
        """Hold what came from ``upload`` with the page's event of this number."""
        self.upload = upload
        self.event = event
        self.is_cancelled = False
        self.tell: Callable[[int, int], Awaitable[None]] | None = None
        self.files = [UploadFile(source, self) for source in sources]
        self._total = sum(source.size for source in sources)
        self._told = 0

    def check(self) -> None:
        """Raise UploadCancelledError where the transfer was cancelled."""
        if self.is_cancelled:
            raise UploadCancelledError(f"The upload {self.upload!r} was cancelled.")

    async def advance(self) -> None:
        """Tell how much has been read, where that is more than before."""
        loaded = sum(file.reached for file in self.files)
        if self.tell is not None and loaded > self._told:
            self._told = loaded
            await self.tell(loaded, self._total)


class UploadFile:
    """A file that the visitor chose.

    ``await read(n)`` gives the next ``n`` bytes. ``file`` is the same as a binary file object, for
    libraries that want one: it reads at once, without progress, and cannot be cancelled.
    """

    def __init__(self, source: Source, transfer: Transfer | None = None) -> None:
        """Stand for ``source``."""
        self._source = source
        self._transfer = transfer
        self._position = 0
        self._is_closed = False
        self._file: BinaryIO | None = None
        self.reached = 0

    @property
    def name(self) -> str:
        """The file's name, without folders."""
        return self._source.name

    @property
    def filename(self) -> str:
        """The same."""
        return self._source.name

    @property
    def path(self) -> str:
        """The same: a browser tells no folders."""
        return self._source.name

    @property
    def size(self) -> int:
        """The number of bytes."""
        return self._source.size

    @property
    def content_type(self) -> str:
        """The type that the browser takes it for, ``"image/png"``; empty where it knows none."""
        return self._source.type

    @property
    def headers(self) -> dict[str, str]:
        """What a form would say of the file."""
        return {"content-type": self.content_type} if self.content_type else {}

    @property
    def file(self) -> BinaryIO:
        """The file as a binary file object with a position of its own, opened when asked for."""
        if self._file is None:
            raw = _RawFile(self._source)
            self._file = cast("BinaryIO", io.BufferedReader(raw, CHUNK))
        return self._file

    async def read(self, size: int = -1) -> bytes:
        """Return the next ``size`` bytes, or what is left; nothing at the end.

        Raises ValueError once the file is closed, UploadCancelledError where the visitor cancels.
        """
        self._check()
        start = self._position
        end = self.size if size < 0 else min(self.size, start + size)
        if end - start <= CHUNK:
            found = await self._piece(start, end) if end > start else b""
        else:
            found = await self._whole(start, end)
        return found

    async def _whole(self, start: int, end: int) -> bytes:
        """Return many pieces as one, held once: the buffer has its size from the start."""
        whole = io.BytesIO()
        whole.seek(end - start - 1)
        whole.write(b"\0")
        whole.seek(0)
        for at in range(start, end, CHUNK):
            whole.write(await self._piece(at, min(end, at + CHUNK)))
        return whole.getvalue()

    async def _piece(self, start: int, end: int) -> bytes:
        found = await self._source.read(start, end)
        self._check()
        self._position = end
        self.reached = max(self.reached, end)
        if self._transfer is not None:
            await self._transfer.advance()
        return found

    def _check(self) -> None:
        if self._is_closed:
            raise ValueError(f"The file {self.name!r} is closed.")
        if self._transfer is not None:
            self._transfer.check()

    async def seek(self, offset: int) -> None:
        """Go to ``offset``: the next ``read`` begins there."""
        self._position = min(max(offset, 0), self.size)

    async def write(self, data: bytes) -> None:
        """Refuse: what the visitor chose cannot be changed."""
        raise io.UnsupportedOperation(
            f"{self.name!r} is the visitor's own file, which can be read and not written. Write "
            "into a file of rx.get_upload_dir()."
        )

    async def close(self) -> None:
        """Let go of the file."""
        self._is_closed = True
        if self._file is not None:
            self._file.close()

    def __repr__(self) -> str:
        """Return name, size and type."""
        return f"<UploadFile {self.name!r}, {self.size} bytes, {self.content_type or 'no type'}>"


class _RawFile(io.RawIOBase):
    """A file of the browser, as Python's own classes read files."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._position = 0
        self.name = source.name

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._position

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._position, io.SEEK_END: self._source.size}
        self._position = max(0, base[whence] + offset)
        return self._position

    def readinto(self, buffer: bytearray | memoryview) -> int:  # pyright: ignore[reportIncompatibleMethodOverride]
        end = min(self._source.size, self._position + len(buffer))
        if end <= self._position:
            return 0
        found = self._source.read_now(self._position, end)
        buffer[: len(found)] = found
        self._position += len(found)
        return len(found)

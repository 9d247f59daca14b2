"""What a run has made and its page has not taken yet: in order, and bounded."""

from __future__ import annotations

import asyncio
from collections import deque

from .rpc_errors import CallRefused

WAITING = 16
"""Lines that may wait for the page to take them."""

Line = tuple[bool, bytes]
"""Whether it is the last one, and the line."""


class Lines:
    """The lines of one run, for one who takes them."""

    def __init__(self) -> None:
        """Start empty."""
        self._made: deque[Line | CallRefused] = deque()
        self._moved: asyncio.Future[None] | None = None
        self._is_left = False

    def give(self, made: Line | CallRefused) -> None:
        """Add a line, or why there is no more."""
        if not self._is_left:
            self._made.append(made)
            self._wake()

    async def put(self, made: bytes) -> None:
        """Add a line that is not the last, and wait while too many are there."""
        self.give((False, made))
        while len(self._made) > WAITING and not self._is_left:
            await self._wait()

    async def get(self) -> Line:
        """Return the next line; raise CallRefused where there is none, or nobody listens."""
        while not self._made and not self._is_left:
            await self._wait()
        if self._is_left:
            raise CallRefused("cancelled")
        made = self._made.popleft()
        self._wake()
        if isinstance(made, CallRefused):
            raise made
        return made

    def leave(self) -> None:
        """Note that nobody listens any more."""
        self._is_left = True
        self._made.clear()
        self._wake()

    async def _wait(self) -> None:
        self._moved = asyncio.get_running_loop().create_future()
        await self._moved

    def _wake(self) -> None:
        moved, self._moved = self._moved, None
        if moved is not None and not moved.done():
            moved.set_result(None)

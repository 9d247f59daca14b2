"""What open pages are told while the author works: a new build is there, or the compiler's error.

One event stream per page. The last message is repeated to whoever connects, so a page that was
loaded between two messages misses nothing.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Literal, TypedDict

HEARTBEAT = 15.0


class LiveMessage(TypedDict):
    """``build``: this build is served now. ``error``: the last one failed, ``text`` says why."""

    kind: Literal["build", "error"]
    build: str
    text: str


class Live:
    """The open streams, and the message that each of them has last been sent."""

    def __init__(self) -> None:
        """Start with no stream and nothing built."""
        self.last = LiveMessage(kind="build", build="", text="")
        self.closed = False
        self._changed = asyncio.Condition()
        self._number = 0

    async def tell(self, message: LiveMessage) -> None:
        """Send ``message`` to every page."""
        async with self._changed:
            self.last = message
            self._number += 1
            self._changed.notify_all()

    async def close(self) -> None:
        """End every stream, so that the server can stop."""
        async with self._changed:
            self.closed = True
            self._changed.notify_all()

    async def stream(self) -> AsyncIterator[str]:
        """The body of one event stream."""
        seen = -1
        while not self.closed:
            if self._number != seen:
                seen = self._number
                yield f"data: {json.dumps(self.last)}\n\n"
            if not await self._news(seen):
                yield ":\n\n"

    async def _news(self, seen: int) -> bool:
        """Wait until there is a newer message than ``seen``, or the end; False after a while."""
        try:
            async with asyncio.timeout(HEARTBEAT), self._changed:
                return await self._changed.wait_for(lambda: self.closed or self._number != seen)
        except TimeoutError:
            return False

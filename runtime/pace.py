"""How often the yields of one handler are shown, and when the loop has its turn.

The first yields are shown one by one. A handler that goes on is shown once in a frame, which is
all that an eye sees: however fast it yields, messages of the page come in between and the page is
not flooded. What the yields left out is part of the next update.
"""

from __future__ import annotations

import asyncio
import time

_SINGLE = 100
_ALONE = 0.1
"""Seconds after which a handler that yields lets others have turns between its steps."""

_FRAME = 1 / 60


class Pace:
    """The yields of one run of a handler."""

    __slots__ = ("_left", "_next", "_start")

    def __init__(self) -> None:
        """Start with the first yield."""
        self._left = _SINGLE
        self._next = 0.0
        self._start = time.monotonic()

    @property
    def is_long(self) -> bool:
        """Tell whether the handler has run for so long that the loop needs its turns."""
        return self._left <= 0 or time.monotonic() - self._start > _ALONE

    def is_due(self) -> bool:
        """Count a yield; tell whether it is shown now."""
        self._left -= 1
        if self._left >= 0:
            return True
        now = time.monotonic()
        if now < self._next:
            return False
        self._next = now + _FRAME
        return True


class Turn:
    """Lets the loop have its turn, once in a frame, beside work that never waits."""

    __slots__ = ("_next",)

    def __init__(self) -> None:
        """Start with a turn that is due."""
        self._next = 0.0

    async def give(self) -> None:
        """Let other work go on if that is due."""
        now = time.monotonic()
        if now >= self._next:
            self._next = now + _FRAME
            await asyncio.sleep(0)

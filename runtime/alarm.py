"""One time at which to be called, moved as often as one likes.

A timer that is cancelled stays with the browser until its time has come: where timers are set and
cancelled with each event, thousands would wait. So a timer that was started is kept, and looks when
it goes off whether that is still wanted.
"""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import Callable


class Alarm:
    """Calls ``ring`` once the time has come that was set last."""

    __slots__ = ("_at", "_pending", "_ring")

    def __init__(self, ring: Callable[[], object]) -> None:
        """Call ``ring`` without arguments."""
        self._ring = ring
        self._at = math.inf
        self._pending = math.inf

    def set(self, seconds: float) -> None:
        """Ring ``seconds`` from now, and not when it was to before."""
        self._at = time.monotonic() + seconds
        if self._at < self._pending:
            self._start(seconds)

    def set_latest(self, seconds: float) -> None:
        """Ring ``seconds`` from now, or when it was to before where that is earlier."""
        if time.monotonic() + seconds < self._at:
            self.set(seconds)

    def stop(self) -> None:
        """Do not ring."""
        self._at = math.inf

    def _start(self, seconds: float) -> None:
        self._pending = self._at
        asyncio.get_running_loop().call_later(seconds, self._on_time, self._at)

    def _on_time(self, pending: float) -> None:
        if pending == self._pending:
            self._pending = math.inf
        left = self._at - time.monotonic()
        if left <= _EARLY:
            self._at = math.inf
            self._ring()
        elif self._at < self._pending:
            self._start(left)


_EARLY = 0.001
"""Seconds by which a timer may go off before its time."""

"""``time.sleep`` as handlers call it: it blocks, as everywhere, and the visitor's Stop ends it.

Pyodide's own lets other events run meanwhile where the browser can switch stacks, and fails where
it was started from a snapshot that was made without.
"""

from __future__ import annotations

import time

_SLICE = 0.05
"""Seconds after which it is seen that the handler is to stop."""

_STEPS = 64
"""Python looks for signals once in 50 steps."""

_sleep = getattr(time.sleep, "__wrapped__", time.sleep)


def sleep(seconds: float, /) -> None:
    """Block for so many seconds."""
    if seconds < _SLICE:
        _sleep(seconds)
        return
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        _sleep(min(left, _SLICE))
        for _ in range(_STEPS):
            pass


def install() -> None:
    """Put it in the place of ``time.sleep``."""
    time.sleep = sleep

"""``rx.run_in_thread``: blocking work in a background handler."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable
from typing import TypeVar

R = TypeVar("R")


async def run_in_thread(func: Callable[[], R]) -> R:
    """Return ``func()``. In the browser there are no threads: it runs in place."""
    if sys.platform == "emscripten":
        await asyncio.sleep(0)
        return func()
    return await asyncio.to_thread(func)

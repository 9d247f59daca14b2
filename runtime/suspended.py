"""Code that cannot await, suspended until something is there; it ends with its handler.

To its task such code is running, so a cancellation would reach it only after the wait: what it
waits for is cancelled in the task's stead.
"""

from __future__ import annotations

import asyncio
import importlib
from collections.abc import Awaitable
from typing import Any

_waits: dict[object, asyncio.Future[Any]] = {}


def can_wait() -> bool:
    """Return whether Python can be suspended here: the browser can, and a coroutine is below."""
    return bool(importlib.import_module("pyodide.ffi").can_run_sync())


def wait(awaitable: Awaitable[Any]) -> Any:
    """Return what ``awaitable`` gives; the worker goes on with other work until then."""
    task = asyncio.current_task()
    future = asyncio.ensure_future(awaitable)
    _waits[task] = future
    try:
        return _run_sync(future)
    finally:
        _waits.pop(task, None)


def _run_sync(future: Any) -> Any:
    ffi = importlib.import_module("pyodide.ffi")
    return getattr(ffi, "plain_run_sync", ffi.run_sync)(future)


def let_others_wait_so() -> None:
    """Let libraries that suspend Python themselves end with their handler, too."""
    ffi: Any = importlib.import_module("pyodide.ffi")
    if not hasattr(ffi, "plain_run_sync"):
        ffi.plain_run_sync, ffi.run_sync = ffi.run_sync, wait


def cancel(task: asyncio.Task[Any]) -> None:
    """Cancel a task, or what it is suspended for."""
    _waits.get(task, task).cancel()

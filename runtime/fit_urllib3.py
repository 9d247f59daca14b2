"""``urllib3`` in a worker, which asks by the browser's fetch itself: its timeouts, and its end."""

from __future__ import annotations

import asyncio
import importlib
from typing import Any

from .suspended import let_others_wait_so


def fit(module: Any) -> None:
    """Fit the module that sends, or the one that tells what became of it."""
    if module.__name__.endswith(".fetch"):
        _end_with_the_handler(module)
    else:
        _tell_timeouts(module)


def _end_with_the_handler(module: Any) -> None:
    let_others_wait_so()
    run = module._run_sync_with_timeout

    def run_or_abort(promise: Any, timeout: float, abort: Any, *more: Any, **named: Any) -> Any:
        try:
            return run(promise, timeout, abort, *more, **named)
        except asyncio.CancelledError:
            abort.abort()
            raise

    module._run_sync_with_timeout = run_or_abort


def _tell_timeouts(module: Any) -> None:
    """Raise the error by which requests knows a timeout."""
    error = importlib.import_module("urllib3.exceptions").ReadTimeoutError

    def late(message: str) -> Any:
        return error("fetch", "", message)

    module.TimeoutError = late

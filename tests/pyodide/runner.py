"""Inside Pyodide: pytest over the given files, with an event loop that needs no JavaScript."""

from __future__ import annotations

import asyncio
import os
import sys
import time
from asyncio import events
from collections.abc import Coroutine, Iterable
from typing import Any

import pytest


class _Clock:
    """Stands for a selector: there is nothing to wait for except time."""

    def select(self, timeout: float | None) -> list[Any]:
        if timeout is None:
            raise RuntimeError("The event loop would wait for ever.")
        time.sleep(max(timeout, 0))
        return []


class _Loop(asyncio.BaseEventLoop):
    """An event loop that runs to the end without giving control back to JavaScript."""

    def __init__(self) -> None:
        super().__init__()
        self._selector = _Clock()

    def _process_events(self, event_list: list[Any]) -> None:
        pass

    def _write_to_self(self) -> None:
        pass


def run(folder: str, tests: Iterable[str]) -> int:
    """Run pytest over ``tests`` in ``folder``; conftest files above it play no part."""
    sys.dont_write_bytecode = True
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    asyncio.run = _run  # type: ignore[assignment]
    events._set_running_loop(None)  # Pyodide's own, which only JavaScript can drive
    options = ["-q", "-p", "no:cacheprovider", "-c", "/dev/null", f"--rootdir={folder}"]
    options += [f"--confcutdir={folder}", "--import-mode=importlib"]
    return int(pytest.main([*options, *(f"{folder}/{test}" for test in tests)]))


def _run(main: Coroutine[Any, Any, Any], **_: object) -> Any:
    with asyncio.Runner(loop_factory=_Loop) as runner:
        return runner.run(main)

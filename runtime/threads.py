"""``rx.run_in_thread``: blocking work in a background handler; and what a browser says of threads.

``asyncio.to_thread`` and ``run_in_executor`` call their function in place there, and so does a
``ThreadPoolExecutor``.
"""

from __future__ import annotations

import asyncio
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, NoReturn, TypeVar

from .errors import WasmrxError, caller_place

R = TypeVar("R")


async def run_in_thread(func: Callable[[], R]) -> R:
    """Return ``func()``. In the browser there are no threads: it runs in place."""
    if sys.platform == "emscripten":
        await asyncio.sleep(0)
        return func()
    return await asyncio.to_thread(func)


class NoThreadsError(WasmrxError, RuntimeError):
    """A thread is started in a browser, which has none."""


def _refuse(self: threading.Thread) -> NoReturn:
    raise NoThreadsError(
        f"The thread {self.name!r} cannot start: a browser's worker has no threads. What waits "
        "is an asyncio task; what computes goes to other workers by await rx.parallel(fn, items); "
        "anything else can be called in place."
    ).at(caller_place())


class NoProcessesError(WasmrxError, NotImplementedError):
    """A pool of processes is made in a browser, which has none."""


def _refuse_processes(*_: Any, **__: Any) -> NoReturn:
    raise NoProcessesError(
        "A browser has no processes. await rx.parallel(fn, items) calls a function of a module on "
        "several workers at once."
    ).at(caller_place())


def submit_in_place(self: Any, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:
    """Return a future that is done: ``fn`` is called as it is submitted to an executor."""
    if self._shutdown:
        raise RuntimeError("cannot schedule new futures after shutdown")
    future: Future[Any] = Future()
    future.set_running_or_notify_cancel()
    try:
        future.set_result(fn(*args, **kwargs))
    except Exception as error:
        future.set_exception(error)
    return future


def fit(module: Any) -> None:
    """Let the executors of a module of ``concurrent.futures`` do without threads."""
    if hasattr(module, "ProcessPoolExecutor"):
        module.ProcessPoolExecutor.__init__ = _refuse_processes
    else:
        module.ThreadPoolExecutor.submit = submit_in_place


def install() -> None:
    """Have threads say that there are none, and executors do without, in a browser only."""
    if sys.platform != "emscripten":
        return
    threading.Thread.start = _refuse
    for name in ("concurrent.futures.thread", "concurrent.futures.process"):
        if name in sys.modules:
            fit(sys.modules[name])

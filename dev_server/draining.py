"""The way from being told to stop to the end: calls that run end, new ones are refused.

The server's own reaction to SIGTERM comes last: it would close its sockets at once, and nobody
could be told to try elsewhere. A second SIGTERM cancels what runs; not in one of several processes,
which are all told at once by systemd, for example, and then by the first of them again.
"""

from __future__ import annotations

import asyncio
import logging
import multiprocessing
import signal
import threading
from types import FrameType

from .rpc import Endpoint

logger = logging.getLogger("wasmrx.backend")


class Draining:
    """Stands before the server's handler of SIGTERM."""

    def __init__(self, endpoint: Endpoint, seconds: float) -> None:
        """Go on refusing calls for at least ``seconds``."""
        self._endpoint = endpoint
        self._seconds = seconds
        self._task: asyncio.Task[None] | None = None

    def stand_before(self) -> None:
        """Take the signal over where the server has a handler for it that can be called."""
        before = signal.getsignal(signal.SIGTERM)
        if threading.current_thread() is not threading.main_thread() or not callable(before):
            return
        loop = asyncio.get_running_loop()

        def stop(number: int, frame: FrameType | None) -> None:
            if self._endpoint.is_draining:
                if multiprocessing.parent_process() is None:
                    before(number, frame)
                    loop.call_soon_threadsafe(self._endpoint.desk.cancel)
                return
            self._endpoint.is_draining = True
            loop.call_soon_threadsafe(begin)

        def begin() -> None:
            self._task = loop.create_task(self._drain())
            self._task.add_done_callback(lambda _: before(signal.SIGTERM, None))

        signal.signal(signal.SIGTERM, stop)

    async def _drain(self) -> None:
        running = self._endpoint.load.running
        logger.info("stopping; calls at work: %d", running, extra={"running": running})
        await asyncio.sleep(self._seconds)
        while self._endpoint.load.running:
            await asyncio.sleep(0.05)

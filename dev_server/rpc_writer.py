"""Writes to an SQLite file: those of one moment in one transaction.

Nobody is told anything before all of a transaction is in the file, and a write that fails takes no
other with it. Waiting for another process that writes keeps nothing else from running.
"""

from __future__ import annotations

import asyncio
import logging
import sqlite3
import time
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from .rpc_store import StoreError

logger = logging.getLogger("wasmrx.backend")
T = TypeVar("T")

PATIENCE = 10.0
PAUSE = 0.002
"""Seconds until a file that others write to counts as out of reach, and between two tries."""

SOON = 0.02
"""Seconds that a write for which nobody waits may wait for another one to go with."""

Job = tuple[Callable[[], Any], "asyncio.Future[Any] | None"]


class Writer:
    """Writes to one file for one event loop."""

    def __init__(self, database: sqlite3.Connection) -> None:
        """Have nothing to write."""
        self._run = database.execute
        self._database = database
        self._jobs: list[Job] = []
        self._next: asyncio.Handle | None = None
        self._is_now = False
        self._busy_since: float | None = None

    async def do(self, work: Callable[[], T]) -> T:
        """Return what ``work`` gives, once it is in the file; raise StoreError where it cannot."""
        loop = asyncio.get_running_loop()
        told: asyncio.Future[T] = loop.create_future()
        self._jobs.append((work, told))
        if not self._is_now:
            self._is_now = True
            if self._next is not None:
                self._next.cancel()
            self._next = loop.call_soon(self._commit)
        return await told

    def do_soon(self, work: Callable[[], object]) -> None:
        """Do ``work`` within a moment."""
        self._jobs.append((work, None))
        if self._next is None:
            self._next = asyncio.get_running_loop().call_later(SOON, self._commit)

    async def finish(self) -> None:
        """Return when nothing waits to be written."""
        while self._jobs:
            await asyncio.sleep(PAUSE)

    def together(self, works: Sequence[Callable[[], T]]) -> list[T]:
        """Return what each gives, once all of it is in the file."""
        self._run("begin immediate")
        try:
            done = [work() for work in works]
            self._run("commit")
        except BaseException:
            if self._database.in_transaction:
                self._run("rollback")
            raise
        return done

    def _commit(self) -> None:
        """Write what waits, and tell those who asked; come back where another process writes."""
        jobs = self._jobs
        try:
            done = self.together([work for work, _ in jobs])
        except Exception as error:
            if self._may_wait(error):
                loop = asyncio.get_running_loop()
                self._next = loop.call_later(PAUSE, self._commit)
                return
            self._begin_anew()
            self._each_alone(jobs)
            return
        self._begin_anew()
        for (_, told), result in zip(jobs, done, strict=True):
            if told is not None and not told.done():
                told.set_result(result)

    def _begin_anew(self) -> None:
        self._jobs = []
        self._next = self._busy_since = None
        self._is_now = False

    def _may_wait(self, error: Exception) -> bool:
        """Tell whether another process writes, and has done so for a bearable time."""
        if getattr(error, "sqlite_errorcode", 0) & 0xFF != sqlite3.SQLITE_BUSY:
            return False
        self._is_now = True
        now = time.monotonic()
        self._busy_since = self._busy_since or now
        return now - self._busy_since < PATIENCE

    def _each_alone(self, jobs: Sequence[Job]) -> None:
        """Write what cannot be written together."""
        for work, told in jobs:
            try:
                (result,) = self.together([work])
                if told is not None and not told.done():
                    told.set_result(result)
            except Exception as error:
                if told is None:
                    logger.exception("A reply could not be kept.")
                elif not told.done():
                    told.set_exception(StoreError(str(error)))

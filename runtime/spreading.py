"""``rx.parallel``: a function for many items, on several workers at once.

The workers start from what the page's own worker started from, and have the app's code but not its
state. Where there can be no others, and on a server, the items are worked on one after another.
"""

from __future__ import annotations

import asyncio
import importlib
import inspect
from collections import deque
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from ._door import IN_WORKER
from .errors import WasmrxError, caller_place
from .pool_worker import answer

T = TypeVar("T")
R = TypeVar("R")
Progress = Callable[[int, int], object]

_SHARES = 8
"""A worker gets its part of the items in about so many batches."""


class UnsendableError(WasmrxError, TypeError):
    """A function cannot be called by another worker."""


class ParallelError(WasmrxError):
    """A function failed for an item; ``__cause__`` is what it raised, where that could be sent."""

    def __init__(self, index: int, words: str, traceback: str = "") -> None:
        """Keep the item's number and the traceback of the worker."""
        super().__init__(f"rx.parallel failed for item {index}: {words}")
        self.index = index
        self.traceback = traceback
        if traceback:
            self.add_note(traceback)


async def parallel(
    fn: Callable[[T], R],
    items: Iterable[T],
    *,
    workers: int | None = None,
    progress: Progress | None = None,
) -> list[R]:
    """Return ``[fn(item) for item in items]``, worked out by several workers.

    ``fn`` is a function at the top of a module that needs only its item. ``progress`` is called
    with the numbers of items that are done and of all; it may be a coroutine function. Ends at once
    when the handler is cancelled. Raises ParallelError for the first item that is known to fail.
    """
    given = list(items)
    if workers is not None and workers < 1:
        raise ValueError("rx.parallel needs at least one worker.")
    work = _Work(fn, given, progress)
    pool = importlib.import_module(f"{__package__}.pool") if IN_WORKER else None
    found: list[Any] = await pool.members(workers, len(given)) if pool and given else []
    await (work.spread(found) if found else work.here())
    return work.results


class _Work:
    """The items of one call, the batches that wait, and what is done."""

    def __init__(self, fn: Any, items: list[Any], progress: Progress | None) -> None:
        self.fn, self.items, self.progress = fn, items, progress
        self.results: list[Any] = [None] * len(items)
        self._done = 0
        self._pickle: Any = importlib.import_module("pickle")
        self._check()

    def _check(self) -> None:
        try:
            self._pickle.dumps(self.fn, 5)
        except Exception as error:
            name = getattr(self.fn, "__qualname__", self.fn)
            raise UnsendableError(
                f"{name} cannot be sent to another worker ({error}). rx.parallel takes a function "
                "at the top of a module: no lambda, no handler, none inside another function."
            ).at(caller_place()) from None

    async def here(self) -> None:
        """Work on one item after another; what else there is has its turns in between."""
        for start in range(len(self.items)):
            batch = self._packed(start, 1)
            if IN_WORKER:
                await asyncio.sleep(0)
                await self._take(start, answer(batch))
            else:
                await self._take(start, await asyncio.to_thread(answer, batch))

    async def spread(self, members: list[Any]) -> None:
        """Give batches to the members until all are done; end them where that is broken off."""
        size = max(1, len(self.items) // (len(members) * _SHARES))
        waiting = deque(range(0, len(self.items), size))
        tasks = [asyncio.ensure_future(self._feed(member, waiting, size)) for member in members]
        try:
            await asyncio.gather(*tasks)
        except BaseException:
            for task in tasks:
                task.cancel()
            for member in members:
                member.end()
            raise
        for member in members:
            member.rest()

    async def _feed(self, member: Any, waiting: deque[int], size: int) -> None:
        while waiting:
            start = waiting.popleft()
            try:
                data = await member.run(self._packed(start, size))
            except RuntimeError as error:
                raise ParallelError(start, str(error)) from None
            await self._take(start, data)

    def _packed(self, start: int, size: int) -> bytes:
        try:
            return self._pickle.dumps((self.fn, self.items[start : start + size]), 5)
        except Exception as error:
            words = f"it cannot be sent to another worker: {error}"
            raise ParallelError(start, words) from None

    async def _take(self, start: int, data: bytes) -> None:
        results, failure = self._pickle.loads(data)
        if failure is not None:
            number, error, words, trace = failure
            raise ParallelError(start + number, words, trace) from error
        self.results[start : start + len(results)] = results
        self._done += len(results)
        if self.progress is not None:
            told = self.progress(self._done, len(self.items))
            if inspect.isawaitable(told):
                await told

"""The workers of ``rx.parallel`` in the browser: started when needed, ended when long idle."""

from __future__ import annotations

import asyncio
import contextlib
import importlib
from typing import Any

_MOST = 8
_START = 60
"""Seconds in which a worker must have started."""

_IDLE = 15
"""Seconds after which a worker that nothing needs is ended."""


class Member:
    """One worker: it works on one batch at a time."""

    def __init__(self) -> None:
        """Start it; ``joined`` is done when it is ready."""
        self._js = importlib.import_module("js")
        ffi = importlib.import_module("pyodide.ffi")
        self._ffi = ffi
        options = self._object(type="module")
        self._worker = self._js.Worker.new(self._js.location.href, options)
        self._listeners = [ffi.create_proxy(self._heard), ffi.create_proxy(self._broke)]
        self._worker.onmessage, self._worker.onerror = self._listeners
        self._waiting: asyncio.Future[bytes] | None = None
        self.joined: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()
        self._timer: asyncio.TimerHandle | None = None
        parts = importlib.import_module(f"{__package__}.bridge").parts[0]
        self._worker.postMessage(self._object(pool=parts))

    def _object(self, **given: Any) -> Any:
        made = self._js.Object.new()
        for name, value in given.items():
            setattr(made, name, value)
        return made

    def _heard(self, event: Any) -> None:
        data = event.data
        if isinstance(data, str):
            return
        if hasattr(data, "joined"):
            _settle(self.joined, b"")
        elif hasattr(data, "done"):
            _settle(self._waiting, data.done.to_bytes())
        elif hasattr(data, "failed"):
            self._fail(str(data.failed))

    def _broke(self, event: Any) -> None:
        event.preventDefault()
        self._fail(str(getattr(event, "message", "") or "it was ended"))

    def _fail(self, words: str) -> None:
        error = RuntimeError(f"a worker broke: {words}")
        self.end()
        for future in (self.joined, self._waiting):
            if future is not None and not future.done():
                future.set_exception(error)

    async def run(self, batch: bytes) -> bytes:
        """Return the answer to a batch. Raises RuntimeError where the worker breaks."""
        if self._timer is not None:
            self._timer.cancel()
        self._waiting = asyncio.get_running_loop().create_future()
        self._worker.postMessage(self._object(batch=self._ffi.to_js(batch)))
        return await self._waiting

    def rest(self) -> None:
        """Wait for the next call, for a while."""
        self._timer = asyncio.get_running_loop().call_later(_IDLE, self.end)
        _resting.append(self)

    def end(self) -> None:
        """End the worker, whatever it does."""
        if self in _resting:
            _resting.remove(self)
        self._worker.terminate()
        for listener in self._listeners:
            listener.destroy()
        self._listeners = []


_resting: list[Member] = []


def _settle(future: asyncio.Future[bytes] | None, value: bytes) -> None:
    if future is not None and not future.done():
        future.set_result(value)


def _wanted(workers: int | None, items: int) -> int:
    navigator = importlib.import_module("js").navigator
    cores = int(getattr(navigator, "hardwareConcurrency", 0) or 2)
    memory = float(getattr(navigator, "deviceMemory", 0) or 4)
    return max(1, min(workers or cores, items, _MOST, int(2 * memory)))


async def members(workers: int | None, items: int) -> list[Member]:
    """Return as many workers as are wanted, or as can be had; they are the caller's until rest."""
    count = _wanted(workers, items)
    taken = [_resting.pop() for _ in range(min(count, len(_resting)))]
    started: list[Member] = []
    with contextlib.suppress(Exception):
        while len(taken) + len(started) < count:
            started.append(Member())
    try:
        joins = [member.joined for member in started]
        if joins:
            await asyncio.wait(joins, timeout=_START)
    except BaseException:
        for member in (*taken, *started):
            member.end()
        raise
    for member in started:
        if member.joined.done() and member.joined.exception() is None:
            taken.append(member)
        elif not member.joined.done():
            member.end()
    return taken

"""What runs, and how it is ended: by a newer run, by leaving the page, by the visitor's Stop.

A handler that is ended gets ``asyncio.CancelledError``, where it waits or yields. One that does
neither gets it wherever it is, by a signal that the worker looks for while Python runs. That is
raised in the author's own code only, called by the runtime as a handler: what the runtime itself is
doing, or computes for it, is never broken off.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Coroutine
from types import FrameType
from typing import TYPE_CHECKING, Any

from . import suspended
from .handlers import EventHandler
from .outcome import Job
from .protocol import Stop
from .sessions import Collected
from .sleep import sleep

if TYPE_CHECKING:
    from .dispatch import Dispatch

Task = asyncio.Task[None]

_OWN = os.path.dirname(__file__) + os.sep
_CALLERS = frozenset(
    "Dispatch.run_job Dispatch._run_generator Stepwise.run Stepwise._rest Stepwise.go_on "
    "each_step Background._drive".split()
)
"""The functions of the runtime that call a handler's code, for a ``job`` or in its task."""


class Running:
    """The tasks of one dispatch."""

    def __init__(self, dispatch: Dispatch) -> None:
        """Work for ``dispatch``."""
        self.dispatch = dispatch
        self.tasks: dict[Task, Job] = {}
        self.holder: Task | None = None
        """The task that holds the state lock."""
        self._broken: tuple[object, tuple[str, int]] | None = None

    def spawn(self, work: Coroutine[Any, Any, None], job: Job) -> None:
        """Run ``work`` of ``job`` as a task, kept alive until it ends."""
        task = asyncio.get_running_loop().create_task(work)
        self.tasks[task] = job
        if not (isinstance(job.call, EventHandler) and job.call.background):
            self.holder = task
        if job.origin.tasks is not None:
            job.origin.tasks.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: Task) -> None:
        job = self.tasks.pop(task)
        if job.origin.tasks is not None:
            job.origin.tasks.discard(task)
        if self.holder is task:
            self.holder = None

    # -- ending --------------------------------------------------------------------------------

    def supersede(self, handler: EventHandler) -> None:
        """Cancel what is unfinished of ``handler``."""
        for task, job in list(self.tasks.items()):
            if job.call is handler:
                cancel(task)
        self.drop(lambda job: job.call is handler)

    def drop(self, is_meant: Callable[[Job], bool]) -> None:
        """Take what is queued, and meant, away."""
        queue = self.dispatch.queue
        for job in [job for job in queue if is_meant(job)]:
            queue.remove(job)
            job.beside = True
            self.dispatch.post(job, Collected(), [])

    def end(self, name: object) -> None:
        """Cancel what is unfinished of the handler with this wire name."""
        for handler in {job.call for job in (*self.tasks.values(), *self.dispatch.queue)}:
            if isinstance(handler, EventHandler) and handler.name == name:
                self.supersede(handler)

    def stop(self, message: Stop) -> None:
        """Cancel what the page wants to end, and answer when that has ended."""
        if "handler" in message:
            self.end(message["handler"])
            return
        if self._broken is not None:
            (call, place), self._broken = self._broken, None
            self.dispatch.updates.stopped(call, place)
        elif self.holder is None:
            self.dispatch.updates.stopped(None, None)
        else:
            self._stop(self.holder)

    def _stop(self, task: Task) -> None:
        """Cancel what holds the lock: a handler, a task of the author's, what sends kept calls."""
        job = self.tasks.get(task)
        call = job and job.call
        place = call.place if isinstance(call, EventHandler) else None

        def ended(_: Task) -> None:
            self.dispatch.updates.stopped(call, place)
            self.dispatch.background.resume()

        task.add_done_callback(ended)
        cancel(task)

    def interrupt(self, _signal: int, frame: FrameType | None) -> None:
        """End the handler whose own code is running; where none is, the signal comes again.

        The ``stop`` message of the same wish follows; until then no second handler is ended.
        """
        if self._broken is not None or frame is None:
            return
        place = (frame.f_code.co_filename, frame.f_lineno)
        caller = _caller(frame)
        if caller is not None:
            job = caller.f_locals.get("job") or self.tasks.get(asyncio.current_task())  # type: ignore[arg-type]
            self._broken = (job and job.call, place)
            raise asyncio.CancelledError


def cancel(task: Task) -> None:
    """Cancel a task once it has begun: one that never begins would leave the state locked."""
    if getattr(task.get_coro(), "cr_suspended", False):
        suspended.cancel(task)
    else:
        asyncio.get_running_loop().call_soon(suspended.cancel, task)


def _caller(frame: FrameType) -> FrameType | None:
    """Return the frame of the runtime that called the author's code in ``frame`` as a handler."""
    if frame.f_code is sleep.__code__ and frame.f_back is not None:
        frame = frame.f_back
    inner: FrameType | None = frame
    while inner is not None:
        code = inner.f_code
        if code.co_filename.startswith(_OWN):
            return inner if inner is not frame and code.co_qualname in _CALLERS else None
        inner = inner.f_back
    return None

"""Handlers that wait: they run as tasks that hold the state lock, from one step to the next."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Generator
from types import GeneratorType
from typing import TYPE_CHECKING, Any, cast

from .outcome import Job
from .pace import Pace

if TYPE_CHECKING:
    from .dispatch import Dispatch

Steps = Generator[Any, Any, Any]


class Stepwise:
    """Runs the waiting handlers of one dispatch."""

    def __init__(self, dispatch: Dispatch) -> None:
        """Work for ``dispatch``."""
        self.dispatch = dispatch

    async def run(self, job: Job, out: Any) -> None:
        """Run an async handler to its end."""
        value: Any = None
        failure: BaseException | None = None
        pace = Pace()
        try:
            if hasattr(out, "__aiter__"):
                await each_step(out, lambda step: self._paced(job, step, out, pace))
            else:
                value = await out
                if isinstance(value, GeneratorType):
                    value = await self._rest(job, cast("Steps", value), pace)
        except asyncio.CancelledError:
            pass
        except (Exception, SystemExit) as error:
            failure = error
        await self.dispatch.end_later(job, value, failure)

    async def _rest(self, job: Job, steps: Steps, pace: Pace) -> Any:
        """Run the generator that an async handler has returned; return what that returns."""
        while True:
            try:
                value = next(steps)
            except StopIteration as stop:
                return stop.value
            await self._paced(job, value, steps, pace)

    async def _paced(self, job: Job, value: Any, steps: Any, pace: Pace) -> None:
        """Take a step as its pace allows; let other work go on where there are many."""
        if pace.is_due() or value is not None:
            await self.dispatch.session.settle()
            self.dispatch.step(job, value, steps)
            if pace.is_long:
                await asyncio.sleep(0)

    async def go_on(self, job: Job, value: Any, steps: Steps, pace: Pace) -> None:
        """Run the rest of a generator whose last value is ``value``."""
        last: Any = None
        failure: BaseException | None = None
        try:
            while True:
                try:
                    await self._paced(job, value, steps, pace)
                except asyncio.CancelledError as cancelled:
                    value = steps.throw(cancelled)
                else:
                    value = next(steps)
        except StopIteration as stop:
            last = stop.value
        except asyncio.CancelledError:
            pass
        except (Exception, SystemExit) as error:
            failure = error
        await self.dispatch.end_later(job, last, failure)


async def each_step(out: AsyncGenerator[Any, Any], take: Callable[[Any], Awaitable[None]]) -> None:
    """Give each step of ``out`` to ``take``; the handler hears where it is cancelled meanwhile."""
    step = await anext(out, _END)
    while step is not _END:
        try:
            await take(step)
        except asyncio.CancelledError as cancelled:
            try:
                step = await out.athrow(cancelled)
            except StopAsyncIteration:
                return
        else:
            step = await anext(out, _END)


_END: Any = object()

"""Background handlers: they run beside the queue and take the state lock by ``async with self``."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from .coerce import plan_of
from .errors import ImmutableStateError, caller_place
from .handlers import EventHandler
from .outcome import Job, Origin
from .sessions import Collected
from .state import Guard

if TYPE_CHECKING:
    from .dispatch import Dispatch


class Background:
    """Starts background handlers of one dispatch, and passes the lock to them."""

    def __init__(self, dispatch: Dispatch) -> None:
        """Work for ``dispatch``."""
        self.dispatch = dispatch

    def start(self, job: Job, handler: EventHandler) -> None:
        """Start the handler; the event that asked for it is done at once."""
        dispatch = self.dispatch
        guard = Guard(self.acquire, self.release)
        found = Collected()
        try:
            payload = plan_of(handler).arguments(handler, job.payload)
            out = handler.fn(dispatch.session.home(handler.state).__wx_view__(guard), **payload)
            beside = Job(handler, {}, Origin(0), None, job.depth)
            dispatch.spawn(self._drive(beside, out, guard), handler)
        except Exception as error:
            found.errors.append(error)
        dispatch.post(job, found, [])

    async def _drive(self, job: Job, out: Any, guard: Guard) -> None:
        try:
            if hasattr(out, "__aiter__"):
                async for value in out:
                    await self._send(job, value, guard)
            else:
                await self._send(job, await out, guard)
        except asyncio.CancelledError:
            pass
        except Exception as error:
            found = Collected()
            found.errors.append(error)
            self.dispatch.post(job, found, [], final=False)
        finally:
            if guard.held:
                await self.release(guard)

    async def _send(self, job: Job, value: Any, guard: Guard) -> None:
        """Send what the handler yields or returns, and what it changed so far."""
        found = Collected()
        if guard.held:
            await self.dispatch.session.settle()
            found = self.dispatch.session.flush()
        elif value is None:
            return
        self.dispatch.post(job, found, self.dispatch.follow(job, value, found), final=False)

    async def acquire(self, guard: Guard) -> None:
        """Wait for the lock."""
        dispatch = self.dispatch
        if guard.held:
            raise ImmutableStateError(
                "'async with self' is already open in this background handler."
            ).at(caller_place())
        if dispatch.locked or dispatch.waiting:
            turn = asyncio.get_running_loop().create_future()
            dispatch.waiting.append(turn)
            try:
                await turn
            except asyncio.CancelledError:
                if turn.done() and not turn.cancelled():
                    dispatch.unlock()
                raise
        dispatch.locked = True
        guard.held = True

    async def release(self, guard: Guard) -> None:
        """Send what changed and free the lock."""
        await self.dispatch.session.settle()
        found = self.dispatch.session.flush()
        self.dispatch.updates.post(0, found, [], "", end=True, final=False)
        guard.held = False
        self.dispatch.unlock()

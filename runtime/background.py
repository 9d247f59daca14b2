"""Background handlers: they run beside the queue and take the state lock by ``async with self``."""

from __future__ import annotations

import asyncio
import importlib
from typing import TYPE_CHECKING, Any

from .alarm import Alarm
from .coerce import plan_of
from .errors import ImmutableStateError, LockExpiredError, caller_place
from .handlers import EventHandler
from .outcome import Job, Origin
from .pace import Turn
from .sessions import Collected
from .state import Guard
from .stepwise import each_step

if TYPE_CHECKING:
    from .dispatch import Dispatch

LONG = 5
"""After so many seconds in ``async with self`` while events wait, the author is told."""


class Background:
    """Starts background handlers of one dispatch, and passes the lock to them."""

    def __init__(self, dispatch: Dispatch) -> None:
        """Work for ``dispatch``."""
        self.dispatch = dispatch
        self._turn = Turn()
        self._alarm = Alarm(self._warn)
        self._place: tuple[str, int] | None = None
        self.calls: Any = None

    def start(self, job: Job, handler: EventHandler) -> None:
        """Start the handler; the event that asked for it is done at once."""
        if handler.server is not None:
            self.prepare_calls().start(job, handler)
            return
        dispatch = self.dispatch
        guard = Guard(self.acquire, self.release)
        try:
            payload = plan_of(handler).arguments(handler, job.payload)
            out = handler.fn(dispatch.session.home(handler.state).__wx_view__(guard), **payload)
            beside = Job(handler, {}, Origin(0), None, job.depth)
            beside.origin.tasks = job.origin.tasks
            dispatch.running.spawn(self._drive(beside, out, guard), beside)
        except Exception as error:
            dispatch.fail(job, error, Collected())
            return
        dispatch.post(job, Collected(), [])

    def prepare_calls(self) -> Any:
        """Return what calls handlers that run on a server."""
        if self.calls is None:
            calling: Any = importlib.import_module(f"{__package__}.calling")
            self.calls = calling.Calls(self.dispatch)
        return self.calls

    def resume(self) -> None:
        """Go on with what an earlier worker of the tab had not finished."""
        if self.calls is not None:
            self.calls.resume()

    def is_sending(self) -> bool:
        """Tell whether a kept call of a server is under way."""
        return self.calls is not None and self.calls.is_sending()

    async def _drive(self, job: Job, out: Any, guard: Guard) -> None:
        try:
            if hasattr(out, "__aiter__"):
                await each_step(out, lambda value: self._send(job, value, guard, out))
            else:
                await self._send(job, await out, guard)
        except asyncio.CancelledError:
            pass
        except (Exception, SystemExit) as error:
            if guard.held:
                await self.release(guard)
            self.dispatch.fail(job, error, Collected(), final=False)
        finally:
            if guard.held:
                await self.release(guard)

    async def _send(self, job: Job, value: Any, guard: Guard, steps: Any = None) -> None:
        """Send what the handler yields or returns, and what it changed so far."""
        found = Collected()
        if guard.held:
            await self.dispatch.session.settle()
            found = self.dispatch.session.flush()
        elif value is None:
            await self._turn.give()
            return
        actions = self.dispatch.follow(job, value, found, steps)
        self.dispatch.post(job, found, actions, final=False)

    async def acquire(self, guard: Guard) -> None:
        """Wait for the lock. Raises ImmutableStateError where this task has it already."""
        dispatch = self.dispatch
        task = asyncio.current_task()
        if guard.held and guard.owner is task:
            raise ImmutableStateError(
                "'async with self' is already open in this background handler; inside it the "
                "state can be changed. Take the inner 'async with' away."
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
        guard.owner = task
        dispatch.running.holder = task
        self._place = caller_place()
        self._alarm.set(LONG)

    async def release(self, guard: Guard) -> None:
        """Send what changed and free the lock."""
        try:
            await self.dispatch.session.settle()
        finally:
            self._free(guard)
        await self._turn.give()

    def _free(self, guard: Guard) -> None:
        found = self.dispatch.session.flush()
        actions = self.dispatch.answered(Job(_nothing, {}, Origin(0), None), found)
        self.dispatch.updates.post(0, found, actions, None, end=True, final=False)
        guard.held = False
        guard.owner = None
        self.dispatch.running.holder = None
        self._alarm.stop()
        self.dispatch.unlock()

    def _warn(self) -> None:
        """Say that a background handler keeps every event waiting."""
        if self.dispatch.queue or self.dispatch.waiting:
            error = LockExpiredError(
                f"A background handler has been inside 'async with self' for {LONG} s, and events "
                "wait for it. Do what takes time outside of the block."
            ).at(self._place)
            found = Collected()
            self.dispatch.session.warn(error)
            self.dispatch.updates.post(0, found, [], None, end=False, final=False)


def _nothing(_: Job) -> None:
    """Stand for a call where there is none: the end of a block is no event."""

"""From a message of the page to the updates that answer it.

One queue, strict order. A handler runs to its end, or from one ``yield`` to the next; each step
posts one update. What a handler returns or yields, other events, goes to the end of the queue.
Handlers that never wait run inside ``receive`` itself; the others in a task that holds the lock.
Background handlers run beside the queue and take the lock by ``async with self``.
"""

from __future__ import annotations

import asyncio
import json
from collections import deque
from collections.abc import Callable, Coroutine, Generator
from types import GeneratorType
from typing import Any, cast

from .app import App
from .background import Background
from .coerce import plan_of
from .errors import UnknownEventError
from .handlers import EventHandler
from .outcome import Job, Origin, Outcome, outcome_of
from .protocol import Event, Hydrate, Json, Location, Navigate, PageAction
from .registry import handler_named
from .report import report
from .router import router_data
from .sessions import Collected, Session
from .state import State, all_states
from .update import Updates

Steps = Generator[Any, Any, Any]

_DEEP = 100
"""From this length on a chain of events no longer keeps its first event open."""


class Dispatch:
    """The queue of one session, and what runs."""

    def __init__(
        self, app: App, initial: dict[str, dict[str, Json]], post: Callable[[str], None], dev: bool
    ) -> None:
        """Answer with ``post``; ``initial`` is the state that the page was built with."""
        self.app = app
        self.session = Session()
        self.updates = Updates(self.session, post, dev, initial, lambda: self.locked)
        self.queue: deque[Job] = deque()
        self.locked = False
        self.waiting: deque[asyncio.Future[None]] = deque()
        self.location: Location | None = None
        self.tasks: set[asyncio.Task[None]] = set()
        self.running: dict[str, set[asyncio.Task[None]]] = {}
        self.background = Background(self)
        self._scheduled = False

    # -- messages ------------------------------------------------------------------------------

    def receive(self, text: str) -> None:
        """Take one message of the page. Never raises: what is wrong with it is answered."""
        message: Any = None
        try:
            message = json.loads(text)
            kind = message["t"]
            take = {"event": self._event, "navigate": self._navigate, "hydrate": self._hydrate}
            take[kind](message)
        except Exception as error:
            id = message.get("id") if isinstance(message, dict) else 0  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
            known = id if isinstance(id, int) else 0
            words = report(error, "A message of the page was not understood")
            self.updates.error(known, words, final=True)

    def _event(self, message: Event) -> None:
        handler = handler_named(message["handler"])
        origin = Origin(message["id"])
        if handler is None:
            error = UnknownEventError(
                f"The page sent the event {message['handler']!r}, which the app does not have. "
                "Reload the page: it may be older than the app."
            )
            self.updates.error(origin.id, report(error, "An event is unknown"), final=True)
            return
        job = Job(handler, message["payload"], origin, message["location"])
        if handler.supersedes:
            self._supersede(handler)
        self.queue.append(job)
        self.pump()

    def _navigate(self, message: Navigate) -> None:
        origin = Origin(message["id"])
        self.queue.append(Job(self._enter, {}, origin, message["location"]))
        self.pump()

    def _enter(self, job: Job) -> list[PageAction]:
        """Put the events of ``on_load`` in front of the queue, then say that all is loaded."""
        page = self.app.pages.get(job.location["route"]) if job.location else None
        root = self.session.home(State)
        outcome = Outcome()
        if page is not None and page.on_load:
            outcome_of(page.on_load, outcome, f"on_load of {page.route}")
        if outcome.chained:
            root.is_hydrated = False  # type: ignore[attr-defined]
        jobs = [Job(h, p, job.origin, None) for h, p in outcome.chained]
        jobs.append(Job(self._loaded, {}, job.origin, None))
        job.origin.left += len(jobs)
        self.queue.extendleft(reversed(jobs))
        return outcome.actions

    def _loaded(self, _: Job) -> None:
        self.session.home(State).is_hydrated = True  # type: ignore[attr-defined]

    def _hydrate(self, message: Hydrate) -> None:
        async def hydrate() -> None:
            self._locate(message["location"])
            self.updates.restore(message.get("saved") or {}, message["storage"])
            for cls in all_states():
                self.session.home(cls)
            await self.session.settle(self.session.unawaited())
            self.updates.hydrate()

        self.queue.append(Job(lambda _: hydrate(), {}, Origin(message["id"]), None))
        self.pump()

    # -- the queue -----------------------------------------------------------------------------

    def pump(self) -> None:
        """Run what is queued until something waits or a chained event is next."""
        while self.queue and not self.locked:
            if self.queue[0].chained:
                self._schedule()
                return
            self._run(self.queue.popleft())

    def _schedule(self) -> None:
        """Go on after the messages that have already arrived."""
        if not self._scheduled:
            self._scheduled = True
            asyncio.get_running_loop().call_soon(self._go_on)

    def _go_on(self) -> None:
        self._scheduled = False
        if self.queue and not self.locked:
            self.queue[0].chained = False
            self.pump()

    def unlock(self) -> None:
        """Give the lock to the background handler that waits longest, else to the queue."""
        while self.waiting:
            waiter = self.waiting.popleft()
            if not waiter.done():
                waiter.set_result(None)
                return
        self.locked = False
        if self.queue:
            self._schedule()

    def _run(self, job: Job) -> None:
        if job.location is not None and job.location != self.location:
            self._locate(job.location)
        handler = job.call
        if isinstance(handler, EventHandler) and handler.background:
            self.background.start(job, handler)
            return
        self.locked = True
        out: Any
        try:
            if isinstance(handler, EventHandler):
                payload = plan_of(handler).arguments(handler, job.payload)
                out = handler.fn(self.session.home(handler.state), **payload)
            else:
                out = handler(job)
            if out is None:
                self._end(job)
            elif isinstance(out, GeneratorType):
                self._run_generator(job, cast("Steps", out))
            elif hasattr(out, "__await__") or hasattr(out, "__aiter__"):
                self.spawn(self._drive(job, out), handler)
            else:
                self._end(job, out)
        except Exception as error:
            self._end(job, None, error)

    def _run_generator(self, job: Job, steps: Steps) -> None:
        """Run a generator; where a step needs to await a computed var, go on in a task."""
        while True:
            try:
                value = next(steps)
            except StopIteration as stop:
                self._end(job, stop.value)
                return
            if self.session.needs_awaiting():
                self.spawn(self._drive_generator(job, value, steps), job.call)
                return
            self.step(job, value)

    def _locate(self, location: Location) -> None:
        self.location = location
        self.session.home(State).router = router_data(location)  # type: ignore[attr-defined]

    # -- steps ---------------------------------------------------------------------------------

    def step(self, job: Job, value: Any) -> None:
        """Post what changed, and queue what ``value`` asks for."""
        found = self.session.flush()
        self.post(job, found, self.follow(job, value, found), final=False)

    def _end(self, job: Job, value: Any = None, error: Exception | None = None) -> None:
        """Do the same for the last step, and let the next event run."""
        if self.session.needs_awaiting():
            self.spawn(self._end_later(job, value, error), job.call)
        else:
            self._close(job, value, error)

    async def _end_later(self, job: Job, value: Any, error: Exception | None) -> None:
        await self.session.settle()
        self._close(job, value, error)

    def _close(self, job: Job, value: Any, error: Exception | None) -> None:
        found = self.session.flush()
        if error is not None:
            value = self._answer_to(error, found)
        self.post(job, found, [] if value is None else self.follow(job, value, found))
        self.unlock()

    def _answer_to(self, error: Exception, found: Collected) -> Any:
        """Return the events of the app's own exception handler; without one, note the error."""
        custom = self.app.backend_exception_handler
        if custom is None:
            found.errors.insert(0, error)
            return None
        try:
            return custom(error)
        except Exception as second:
            found.errors.append(second)
            return None

    def follow(self, job: Job, value: Any, found: Collected) -> list[PageAction]:
        """Queue the events that a handler asks for; return the actions."""
        if value is None:
            return []
        outcome = Outcome()
        try:
            outcome_of(value, outcome, job.name)
        except Exception as error:
            found.errors.append(error)
        for handler, payload in outcome.chained:
            depth = job.depth + 1
            origin = job.origin if depth < _DEEP else Origin(0)
            origin.left += 1
            if handler.supersedes:
                self._supersede(handler)
            self.queue.append(Job(handler, payload, origin, None, depth, chained=True))
        return outcome.actions

    def post(
        self, job: Job, found: Collected, actions: list[PageAction], final: bool = True
    ) -> None:
        """Send one step of ``job``; the event ends when its whole chain has."""
        if final:
            job.origin.left -= 1
        done = final and job.origin.left <= 0
        self.updates.post(job.origin.id, found, actions, job.name, end=final, final=done)
        if self.queue and not self.locked:
            self._schedule()

    # -- handlers that wait --------------------------------------------------------------------

    def spawn(self, work: Coroutine[Any, Any, None], call: object) -> None:
        """Run ``work`` as a task, kept alive until it ends."""
        task = asyncio.get_running_loop().create_task(work)
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)
        if isinstance(call, EventHandler) and call.supersedes:
            running = self.running.setdefault(call.name, set())
            running.add(task)
            task.add_done_callback(running.discard)

    def _supersede(self, handler: EventHandler) -> None:
        """Cancel what is unfinished of ``handler``."""
        for task in list(self.running.get(handler.name, ())):
            task.cancel()
        for job in [j for j in self.queue if j.call is handler]:
            self.queue.remove(job)
            self.post(job, Collected(), [])

    async def _drive(self, job: Job, out: Any) -> None:
        """Run an async handler to its end."""
        value: Any = None
        failure: Exception | None = None
        try:
            if hasattr(out, "__aiter__"):
                async for step in out:
                    await self.session.settle()
                    self.step(job, step)
            else:
                value = await out
        except asyncio.CancelledError:
            pass
        except Exception as error:
            failure = error
        await self._end_later(job, value, failure)

    async def _drive_generator(self, job: Job, value: Any, steps: Steps) -> None:
        """Run the rest of a generator whose last value is ``value``."""
        last: Any = None
        failure: Exception | None = None
        try:
            while True:
                await self.session.settle()
                self.step(job, value)
                value = next(steps)
        except StopIteration as stop:
            last = stop.value
        except asyncio.CancelledError:
            steps.close()
        except Exception as error:
            failure = error
        await self._end_later(job, last, failure)

"""From a message of the page to the updates that answer it.

One queue, strict order. A handler runs to its end, or from one ``yield`` to the next; each step
posts one update. What a handler returns or yields, other events, goes to the end of the queue.
Handlers that never wait run inside ``receive`` itself; the others in a task that holds the lock.
Background handlers run beside the queue and take the lock by ``async with self``.
"""

from __future__ import annotations

import asyncio
import importlib
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from types import GeneratorType
from typing import Any, cast

from .app import App
from .background import Background
from .codec import loads
from .coerce import plan_of
from .errors import ComputedVarError
from .failures import unknown_event
from .handlers import EventHandler, EventSpec
from .outcome import Job, Origin, Outcome, outcome_of, placed
from .pace import Pace
from .protocol import Event, Hydrate, Json, Location, Navigate, PageAction, Stored, Visitor
from .registry import handler_named
from .report import report
from .router import router_data
from .running import Running, cancel
from .sessions import Collected, Session
from .state import State, all_states
from .stepwise import Steps, Stepwise
from .update import AFTER_STEP, Updates

PAGE_EXCEPTION = "wasmrx.exception"

_FILES = '"$files"'
"""Stands in the text of each event that brings files, and no other: quotes in text are escaped."""

_DEEP = 100
"""From this length on a chain of events no longer keeps its first event open."""


class Dispatch:
    """The queue of one session, and what runs."""

    def __init__(
        self,
        app: App,
        initial: dict[str, dict[str, Json]],
        post: Callable[[str | int], None],
        dev: bool,
    ) -> None:
        """Answer with ``post``; ``initial`` is the state that the page was built with."""
        self.app = app
        self.session = Session()
        self.updates = Updates(self.session, post, dev, initial, lambda: self.locked)
        self.queue: deque[Job] = deque()
        self.locked = False
        self.waiting: deque[asyncio.Future[None]] = deque()
        self.location: Location | None = None
        self.visitor: Visitor | None = None
        self.running = Running(self)
        self.background = Background(self)
        self.stepwise = Stepwise(self)
        self.entered = Origin(0)
        self._scheduled = False
        self.run: Callable[[Job], None] = self.run_job
        if app.middleware:
            from .middleware import surround  # noqa: PLC0415 - few apps have middleware

            self.run = surround(self)

    # -- messages ------------------------------------------------------------------------------

    def receive(self, text: str, files: Sequence[Any] = ()) -> None:
        """Take one message of the page. Never raises: what is wrong with it is answered.

        ``files`` are what an event speaks of by number.
        """
        message: Any = None
        try:
            message = loads(text)
            if message["t"] == "event":
                if _FILES not in text or self._uploading().unpack(self, message, files):
                    self._event(message)
            else:
                take: dict[str, Callable[[Any], None]] = {
                    "navigate": self._navigate,
                    "hydrate": self._hydrate,
                    "stored": self._stored,
                    "stop": self.running.stop,
                    "cancel": lambda message: self._uploading().cancel(self, message),
                    "publish": lambda message: self._uploading().publish(self, message),
                }
                take[message["t"]](message)
        except Exception as error:
            id = message.get("id") if isinstance(message, dict) else 0  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
            known = id if isinstance(id, int) else 0
            words = report(error, "A message of the page was not understood")
            self.updates.error(known, words, final=True)

    def _event(self, message: Event) -> None:
        handler = handler_named(message["handler"])
        origin = Origin(message["id"], waits=True)
        if handler is None and message["handler"] == PAGE_EXCEPTION:
            self.queue.append(Job(self._page_failed, message["payload"], origin, None))
            self.pump()
            return
        if handler is None:
            error = unknown_event(message["handler"])
            self.updates.error(origin.id, report(error, "An event is unknown"), final=True)
            return
        job = Job(handler, message["payload"], origin, message.get("location"))
        if handler.supersedes:
            self.running.supersede(handler)
        if self.queue or self.locked:
            self.queue.append(job)
        else:
            self.run(job)
        if self.queue:
            self.pump()

    def _navigate(self, message: Navigate) -> None:
        """Queue what entering a page does; what is left of the page before is dropped."""
        origin = Origin(message["id"], waits=True)
        entered, self.entered = self.entered, origin
        origin.tasks = set()
        if entered.tasks:
            for task in list(entered.tasks):
                cancel(task)
        if entered.left > 0:
            self.running.drop(lambda job: job.origin is entered)
        self.queue.append(Job(self._enter, {}, origin, message["location"]))
        self.pump()

    def _enter(self, job: Job) -> list[EventSpec]:
        """Put the events of ``on_load`` in front of the queue, then say that all is loaded."""
        page = self.app.pages.get(job.location["route"]) if job.location else None
        root = self.session.home(State)
        outcome = Outcome()
        if page is not None and page.on_load:
            outcome_of(page.on_load, outcome, f"on_load of {page.route}")
        if outcome.chained:
            root.is_hydrated = False  # type: ignore[attr-defined]
        jobs = [Job(h, p, job.origin, None) for h, p in outcome.chained]
        jobs.append(Job(lambda _: self._loaded(), {}, job.origin, None))
        job.origin.left += len(jobs)
        self.queue.extendleft(reversed(jobs))
        return [
            EventSpec(action["name"], tuple(action["args"].items())) for action in outcome.actions
        ]

    def _loaded(self) -> None:
        self.session.home(State).is_hydrated = True  # type: ignore[attr-defined]

    def _hydrate(self, message: Hydrate) -> None:
        async def hydrate() -> EventSpec | None:
            self.visitor = message.get("visitor")
            self.locate(message["location"])
            self.updates.restore(message["storage"])
            for cls in all_states():
                self.session.home(cls)
            self.session.home(State).is_ready = True  # type: ignore[attr-defined]
            with suppress(asyncio.CancelledError):
                await self.session.settle(self.session.unawaited())
            if message.get("loaded"):
                self._loaded()
            self.updates.hydrate(message.get("anew", False))
            if "ended" in message:
                self.updates.tell_end(message["ended"])
            self.background.resume()
            if self.app.frontend_exception_handler is None:
                return None
            return EventSpec("watch_exceptions", (("name", PAGE_EXCEPTION),))

        self.queue.append(Job(lambda _: hydrate(), {}, Origin(message["id"]), None))
        self.pump()

    @staticmethod
    def _uploading() -> Any:
        """Return the code for uploads, which most apps never load."""
        return importlib.import_module("wasmrx.uploading")

    def _page_failed(self, job: Job) -> Any:
        """Give an exception of the page to the app's handler."""
        custom = self.app.frontend_exception_handler
        return None if custom is None else custom(Exception(str(job.payload.get("info", ""))))

    def _stored(self, message: Stored) -> None:
        values = message["kept"]
        origin = Origin(message["id"])
        self.queue.append(Job(lambda _: self.updates.kept.take(values), {}, origin, None))
        self.pump()

    # -- the queue -----------------------------------------------------------------------------

    def pump(self) -> None:
        """Run what is queued until something waits or a chained event is next."""
        while self.queue and not self.locked:
            if self.queue[0].chained:
                self._schedule()
                return
            self.run(self.queue.popleft())

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

    def begin(self, job: Job) -> None:
        """Tell that the page's event begins with ``job``, unless it has begun."""
        if job.origin.waits:
            job.origin.waits = False
            self.updates.begin(job.origin)

    def run_job(self, job: Job) -> None:
        """Run one entry of the queue, or start it where it has to wait."""
        if job.location is not None and job.location != self.location:
            self.locate(job.location)
        handler = job.call
        self.begin(job)
        is_handler = isinstance(handler, EventHandler)
        if is_handler and handler.background:
            self.background.start(job, handler)
            return
        out: Any
        try:
            if is_handler:
                plan = plan_of(handler)
                if plan.takes_steps:
                    self.updates.commits.flush()
                self.locked = True
                payload = plan.arguments(handler, job.payload)
                out = handler.fn(self.session.home(handler.state), **payload)
            else:
                self.locked = True
                out = handler(job)
            if out is None:
                self._end(job)
            elif isinstance(out, GeneratorType):
                self._run_generator(job, cast("Steps", out))
            elif hasattr(out, "__await__") or hasattr(out, "__aiter__"):
                self.running.spawn(self.stepwise.run(job, out), job)
            else:
                self._end(job, out)
        except asyncio.CancelledError:
            self._end(job)
        except (Exception, SystemExit) as error:
            self._end(job, None, error)

    def _run_generator(self, job: Job, steps: Steps) -> None:
        """Run a generator; where it goes on for long or must wait, go on in a task."""
        pace = Pace()
        while True:
            try:
                value = next(steps)
            except StopIteration as stop:
                self._end(job, stop.value)
                return
            if pace.is_long or self.session.needs_awaiting():
                self.running.spawn(self.stepwise.go_on(job, value, steps, pace), job)
                return
            pace.is_due()
            self.step(job, value, steps)

    def locate(self, location: Location) -> None:
        """Note where the visitor is."""
        self.location = location
        self.session.home(State).router = router_data(location, self.visitor)  # type: ignore[attr-defined]

    # -- steps ---------------------------------------------------------------------------------

    def step(self, job: Job, value: Any, steps: Any = None) -> None:
        """Post what changed, and queue what ``value``, yielded by ``steps``, asks for."""
        found = self.session.flush()
        self.post(job, found, self.follow(job, value, found, steps), final=False)

    def _end(self, job: Job, value: Any = None, error: BaseException | None = None) -> None:
        """Do the same for the last step, and let the next event run."""
        if self.session.needs_awaiting():
            self.running.spawn(self.end_later(job, value, error), job)
        else:
            self._close(job, value, error)

    async def end_later(self, job: Job, value: Any, error: BaseException | None) -> None:
        """End ``job`` once the computed vars that the page shows are there."""
        with suppress(asyncio.CancelledError):
            await self.session.settle()
        self._close(job, value, error)

    def _close(self, job: Job, value: Any, error: BaseException | None) -> None:
        if error is not None:
            self.fail(job, error, self.session.flush())
        else:
            found = self.session.flush()
            self.post(job, found, [] if value is None else self.follow(job, value, found))
        self.unlock()

    def fail(self, job: Job, error: BaseException, found: Collected, final: bool = True) -> None:
        """Post what ``job`` changed until ``error``, and what the app answers to that."""
        value: Any = None
        if self.app.backend_exception_handler is None:
            found.errors.insert(0, error)
        else:
            value = self._ask_app(error, found)
        self.post(job, found, self.follow(job, value, found), final)

    def _ask_app(self, error: BaseException, found: Collected) -> Any:
        """Return what the app's handler of exceptions answers."""
        try:
            return self.app.backend_exception_handler(error)  # type: ignore[misc]
        except Exception as second:
            found.errors.append(second)

    def answered(self, job: Job, found: Collected) -> list[PageAction]:
        """Let the app's handler answer what computed vars failed with; return its actions."""
        failed = [error for error in found.errors if isinstance(error, ComputedVarError)]
        if not failed or self.app.backend_exception_handler is None:
            return []
        found.errors = [error for error in found.errors if error not in failed]
        actions: list[PageAction] = []
        for error in failed:
            actions += self.follow(job, self._ask_app(error.__cause__ or error, found), found)
        return actions

    def follow(self, job: Job, value: Any, found: Collected, steps: Any = None) -> list[PageAction]:
        """Queue the events that a handler asks for; return the actions."""
        if value is None:
            return []
        outcome = Outcome()
        try:
            outcome_of(value, outcome, job.name)
        except Exception as error:
            found.errors.append(placed(error, job.call, steps))
        for action in outcome.actions:
            if action["name"] == "cancel":  # At once: what is cancelled changes nothing any more.
                self.running.end(action["args"]["handler"])
        for handler, payload in outcome.chained:
            depth = job.depth + 1
            origin = job.origin if depth < _DEEP else Origin(0)
            origin.left += 1
            if handler.supersedes:
                self.running.supersede(handler)
            self.queue.append(Job(handler, payload, origin, None, depth, chained=True))
        return [action for action in outcome.actions if action["name"] != "cancel"]

    def post(
        self, job: Job, found: Collected, actions: list[PageAction], final: bool = True
    ) -> None:
        """Send one step of ``job``; the event ends when its whole chain has.

        In the middle of another handler nothing is written: the end of that one does it.
        """
        if found.errors:
            actions = actions + self.answered(job, found)
        if final:
            job.origin.left -= 1
        done = final and job.origin.left <= 0
        end = final and not (job.beside and self.locked)
        self.updates.post(job.origin.id, found, actions, job.call, end=end, final=done)
        if self.queue and not self.locked:
            self._schedule()

    def is_idle(self) -> bool:
        """Tell whether nothing runs, waits or is held that is not in the saved state.

        A folder of uploads is not: the page shows addresses that live as long as this worker.
        """
        busy = self.locked or self.queue or self.running.tasks or self.background.is_sending()
        return not busy and not AFTER_STEP and self.updates.commits.is_kept()

"""Middleware: code of an app that runs before every event, and on every update that answers one."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterable
from dataclasses import dataclass, field
from inspect import isawaitable
from typing import TYPE_CHECKING, Any, cast

from .coerce import plan_of
from .errors import EventHandlerValueError
from .handlers import EventHandler
from .outcome import Job, Origin
from .protocol import PageAction
from .sessions import Collected
from .state import State

if TYPE_CHECKING:
    from .app import App
    from .dispatch import Dispatch


@dataclass
class Event:
    """An event before its handler runs: the handler's wire name, and the arguments by name.

    ``payload`` may be changed; the handler gets what is in it then.
    """

    name: str
    payload: dict[str, Any] = field(default_factory=dict[str, Any])
    router_data: dict[str, Any] = field(default_factory=dict[str, Any])


@dataclass
class StateUpdate:
    """What the page is told: new values by state and var, and events to run next."""

    delta: dict[str, dict[str, Any]] = field(default_factory=dict[str, dict[str, Any]])
    events: Any = field(default_factory=list[Any])
    final: bool = True


class Middleware:
    """Base of an app's middleware, for ``app.add_middleware``."""

    async def preprocess(self, app: App, state: State, event: Event) -> StateUpdate | None:
        """Look at ``event`` before its handler runs.

        Return None to let it run, or an update, which is sent in its place. An exception is
        treated as one of the handler.
        """
        return None

    async def postprocess(
        self, app: App, state: State, event: Event, update: StateUpdate
    ) -> StateUpdate:
        """Return what the page is told after a step of the handler; it must not wait."""
        return update


class Around:
    """Runs an app's middleware around the events of one dispatch."""

    def __init__(self, dispatch: Dispatch) -> None:
        """Stand around ``dispatch``."""
        self.dispatch = dispatch
        self.app = dispatch.app
        self._post = dispatch.post
        self._may_wait = any(map(_looks_at_events, self.app.middleware))

    def is_needed_after(self) -> bool:
        """Tell whether some middleware looks at updates."""
        return any(map(_looks_at_updates, self.app.middleware))

    def run(self, job: Job) -> None:
        """Run ``job`` after the middleware has let it through."""
        dispatch = self.dispatch
        if not isinstance(job.call, EventHandler):
            dispatch.run_job(job)
            return
        dispatch.begin(job)
        if self._may_wait or plan_of(job.call).takes_steps:
            dispatch.updates.commits.flush()
        dispatch.locked = True
        dispatch.running.spawn(self._through(job, job.call), job)

    async def _through(self, job: Job, handler: EventHandler) -> None:
        dispatch = self.dispatch
        if job.location is not None:
            dispatch.locate(job.location)
        event = Event(handler.name, job.payload, dict(job.location or {}))
        try:
            update = await self._before(event)
        except asyncio.CancelledError:
            await dispatch.end_later(job, None, None)
            return
        except Exception as error:
            await dispatch.end_later(job, None, error)
            return
        if update is None:
            job.payload = event.payload
            dispatch.run_job(job)
            if handler.background:
                dispatch.unlock()
            return
        found = dispatch.session.flush()
        found.delta.update(update.delta)
        self._post(job, found, dispatch.follow(job, update.events, found))
        dispatch.unlock()

    async def _before(self, event: Event) -> StateUpdate | None:
        root = self.dispatch.session.home(State)
        for each in self.app.middleware:
            update: Any = each.preprocess(app=self.app, state=root, event=event)
            if isawaitable(update):
                update = await update
            if update is not None:
                return update
        return None

    def post(
        self, job: Job, found: Collected, actions: list[PageAction], final: bool = True
    ) -> None:
        """Post one step of ``job`` as the middleware wants it."""
        if isinstance(job.call, EventHandler):
            try:
                actions = [*actions, *self._after(job, job.call, found, final)]
            except Exception as error:
                found.errors.append(error)
        self._post(job, found, actions, final)

    def _after(
        self, job: Job, handler: EventHandler, found: Collected, final: bool
    ) -> Iterable[PageAction]:
        session = self.dispatch.session
        for state, names in found.patches.items():
            owner = next(cls for cls in session.states if cls.get_full_name() == state)
            for name in names:
                found.put(state, name, getattr(session.home(owner), name))
        found.patches.clear()
        event = Event(handler.name, job.payload)
        update = StateUpdate(found.delta, [], final)
        for each in self.app.middleware:
            root = session.home(State)
            given = each.postprocess(app=self.app, state=root, event=event, update=update)
            update = _at_once(cast("Any", given)) if isawaitable(given) else given
        found.delta = update.delta
        beside = Job(handler, {}, Origin(0), None, job.depth)
        return self.dispatch.follow(beside, update.events, found)


def _looks_at_events(middleware: Middleware) -> bool:
    return middleware.__class__.preprocess is not Middleware.preprocess


def _looks_at_updates(middleware: Middleware) -> bool:
    return middleware.__class__.postprocess is not Middleware.postprocess


def _at_once(work: Coroutine[Any, Any, StateUpdate]) -> StateUpdate:
    """Return what a coroutine gives that does not wait for anything."""
    try:
        work.send(None)
    except StopIteration as stop:
        return stop.value
    work.close()
    raise EventHandlerValueError(
        "postprocess of a middleware must not wait: an update is sent at once. Do what takes time "
        "in preprocess, or in a background handler."
    )


def surround(dispatch: Dispatch) -> Callable[[Job], None]:
    """Return what runs the jobs of ``dispatch``, with the app's middleware around them."""
    around = Around(dispatch)
    if around.is_needed_after():
        dispatch.post = around.post
    return around.run

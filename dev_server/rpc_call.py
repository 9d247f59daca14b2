"""A call from its key to its last line: run once, repeated from what was kept, stopped in time.

The run is a task of its own, so that the page's going away need not end it: a call that may be sent
again goes on, and the page that asks again gets what was kept. Others are cancelled.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, cast

from wasmrx.remote import Caller, CallUpdate, running
from wasmrx.wasm.server_table import ServerHandler

from .rpc_check import Body
from .rpc_clock import Clock
from .rpc_errors import CallRefused
from .rpc_limits import Place
from .rpc_lines import Lines
from .rpc_run import CallSession, KeptVars, line, run
from .rpc_session import new_session
from .rpc_store import CALLS_KEPT, ONCE_KEPT, Claim, Finish, Run, Store, StoreError

logger = logging.getLogger("wasmrx.backend")

LEASE = 6.0
"""Seconds after which a call of a process that says nothing any more counts as interrupted."""

KEPT_BYTES = 1_000_000
SENT_BYTES = 20_000_000
SENT_LINES = 100_000
"""What of a reply is kept for repeating, and what it may be at most."""

UNWATCHED = 0.05
"""Seconds that a call may take before it is watched whether its page goes away."""

Tell = Callable[[str, bool, bytes], Awaitable[None]]
"""Takes the session that a cookie is set for ("" for none), whether it is the last, and lines."""

Put = Callable[[bytes], Awaitable[None]]


@dataclass(eq=False)
class Call:
    """One call that fits its handler.

    ``cookie`` is the session that the visitor's cookie names, ``session`` the same where it is
    known, "" for none. ``is_renamed`` and ``is_dropped`` are what login and logout ask for: the
    session gets another name, and its vars go.
    """

    found: ServerHandler
    body: Body
    kept: KeptVars
    key: str
    digest: str
    cookie: str
    session: str
    caller: Caller
    place: Place
    task: asyncio.Task[Any] | None
    run: str = ""
    locked: str = ""
    is_new: bool = False
    is_renamed: bool = False
    is_dropped: bool = False
    has_begun: bool = False
    is_over: bool = False
    work: CallSession | None = None

    def change_user(self, user: str | None) -> None:
        """Log a user in or out; the cookie can only be set ahead of the first step."""
        if not isinstance(cast("object", user), str | None):
            raise TypeError(f"rx.server.login takes the user as text, not {type(user).__name__}.")
        if self.has_begun or self.is_over:
            raise RuntimeError("rx.server.login and logout must come before the first yield.")
        if self.found.options.safe:
            raise RuntimeError("A handler with safe=True changes nothing: nobody logs in or out.")
        self.is_renamed = True
        if user is None or self.caller.user not in (None, user):
            self.is_dropped = True
            if self.work is not None:
                self.work.forget()
        self.caller = replace(self.caller, user=user)

    def end(self, changed: Mapping[str, str], reply: bytes | None) -> Finish:
        """Return what is kept of the call, or of its beginning where ``reply`` is None."""
        renamed = new_session() if self.is_renamed else ""
        return Finish(
            key=self.key,
            run=self.run,
            reply=reply,
            session=self.session,
            is_new=self.is_new,
            user=self.caller.user,
            vars=changed,
            renamed=renamed,
            is_dropped=self.is_dropped,
            locked=self.locked,
        )

    def failed_end(self, reply: bytes) -> Finish:
        """Return what is kept of a call that failed: no login, and no session made by it."""
        session = "" if self.is_new else self.session
        return Finish(key=self.key, run=self.run, reply=reply, session=session, locked=self.locked)

    def cancel(self) -> None:
        """Stop the handler; what came of it is kept all the same."""
        if self.task is not None and not self.is_over:
            self.task.cancel()

    @property
    def seconds_kept(self) -> float:
        """Return how long it is known that the call was made: longer than a page asks again."""
        options = self.found.options
        return options.timeout + (CALLS_KEPT if options.idempotent else ONCE_KEPT)

    @property
    def is_only_looking(self) -> bool:
        """Tell whether it is no matter how often the call runs, so that nothing is kept of it."""
        return self.found.options.safe and not self.found.kept

    @property
    def has_session(self) -> bool:
        """Tell whether the handler has to do with the visitor's session."""
        return bool(self.found.kept)


class Desk:
    """Answers the calls of one process."""

    def __init__(self, store: Store, clock: Clock) -> None:
        """Keep what is to be kept in ``store``."""
        self._store = store
        self._clock = clock
        self._running: set[Call] = set()
        self._beating: asyncio.Task[None] | None = None

    async def answer(
        self, call: Call, tell: Tell, until_away: Callable[[], Awaitable[None]]
    ) -> None:
        """Tell the lines that answer ``call``; ``until_away`` returns when nobody listens."""
        if call.is_only_looking:
            await self._answer_here(call, tell, until_away)
            return
        claim = await self._claim(call)
        if claim.state == "done":
            await tell(claim.session, True, claim.reply)
        elif call.found.options.idempotent:
            await self._answer_apart(call, tell, until_away)
        elif claim.state == "stale":
            refused = CallRefused("interrupted")
            await self._store.finish(call.failed_end(line(refused.as_json())))
            raise refused
        else:
            await self._answer_here(call, tell, until_away)

    async def _answer_here(
        self, call: Call, tell: Tell, until_away: Callable[[], Awaitable[None]]
    ) -> None:
        """Run the call in the task of its request: it ends with the page's being there."""

        async def put(made: bytes) -> None:
            await tell(call.session, False, made)

        self._running.add(call)
        self._beat()
        watching = _Watching(until_away, call.cancel, self._clock)
        try:
            last = await self._run(call, put)
        finally:
            watching.end()
            self._running.discard(call)
        await tell(call.session, True, last)

    async def _answer_apart(
        self, call: Call, tell: Tell, until_away: Callable[[], Awaitable[None]]
    ) -> None:
        """Run the call in a task of its own, which goes on when the page has gone."""
        lines = Lines()
        call.place.hold()
        self._running.add(call)
        self._beat()
        call.task = asyncio.create_task(self._run_apart(call, lines))
        watching = _Watching(until_away, lines.leave, self._clock)
        try:
            is_last = False
            while not is_last:
                is_last, made = await lines.get()
                await tell(call.session, is_last, made)
        finally:
            watching.end()
            lines.leave()

    async def _run_apart(self, call: Call, lines: Lines) -> None:
        try:
            lines.give((True, await self._run(call, lines.put)))
        except CallRefused as refused:
            lines.give(refused)
        finally:
            self._running.discard(call)
            call.place.drop()

    async def _claim(self, call: Call) -> Claim:
        """Take the call; where it runs already, wait for its end."""
        end = time.monotonic() + call.found.options.timeout + LEASE
        while True:
            claim = await self._store.claim(
                call.key, call.digest, call.cookie, LEASE, call.seconds_kept
            )
            if claim.state == "other":
                raise CallRefused("reused")
            if claim.state != "running":
                call.run = claim.run
                return claim
            if time.monotonic() > end:
                raise CallRefused("busy", after=1)
            await asyncio.sleep(0.1)

    # -- running -------------------------------------------------------------------------------

    async def _run(self, call: Call, put: Put) -> bytes:
        """Run the handler, and keep the reply; return its last line, which ``put`` has not got."""
        reply: list[bytes] = []
        changed: dict[str, str] = {}
        refused: CallRefused | None = None
        try:
            with self._clock.limit(call.found.options.timeout, call.task):
                changed = await self._drive(call, put, reply)
        except asyncio.CancelledError:
            refused = CallRefused("cancelled")
        except TimeoutError:
            refused = CallRefused("timeout")
        except CallRefused as error:
            refused = error
        except BaseException as error:  # A handler that ends the program ends its call only.
            refused = _failure(call, error)
        finally:
            call.is_over = True
        refused = await self._end(call, changed, reply, refused)
        if refused is not None:
            raise refused
        return reply[-1]

    async def _end(
        self, call: Call, changed: dict[str, str], reply: list[bytes], refused: CallRefused | None
    ) -> CallRefused | None:
        """Keep what came of a run; return why it is refused after all."""
        if refused is not None:
            reply.append(line(refused.as_json()))
        whole = reply[0] if len(reply) == 1 else b"".join(reply)
        if len(whole) > KEPT_BYTES:
            words = CallRefused("failed", "It was answered before, with more than is kept.")
            whole = line(words.as_json())
        end = call.end(changed, whole) if refused is None else call.failed_end(whole)
        if call.is_only_looking:
            return refused
        if not (end.session or end.renamed or call.found.options.idempotent):
            self._store.finish_soon(end)  # Nobody asks again; and it is known that it has run.
            return refused
        try:
            kept = await self._store.finish(end)
        except Exception as error:
            return refused or _failure(call, error)
        call.session = (end.renamed or end.session) if kept == "kept" else ""
        return CallRefused("interrupted") if kept == "overtaken" else refused

    async def _drive(self, call: Call, put: Put, reply: list[bytes]) -> dict[str, str]:
        """Run the handler; return what it changed of the session. The last line waits."""
        stored: Mapping[str, str] = {}
        call.is_new = not call.session
        if call.has_session:
            call.session = call.session or new_session()
            await self._lock(call)
            saved = await self._store.load(call.session)
            if saved is None and not call.is_new:
                raise CallRefused("ended")
            stored = saved.vars if saved is not None else {}
        session = call.work = CallSession(call.found, call.body, call.kept.load(stored), call.place)
        sent = 0

        async def step(update: CallUpdate) -> None:
            nonlocal sent
            made = line(update)
            reply.append(made)
            sent += len(made)
            if sent > SENT_BYTES or len(reply) > SENT_LINES:
                raise OverflowError("The handler sends more than a call may.")
            if call.is_renamed and not call.has_begun:
                await self._rename(call)
            call.has_begun = True
            await put(made)

        token = running.set(call)
        try:
            last = line(await run(session, call.body.arguments, step))
        finally:
            running.reset(token)
        if sent + len(last) > SENT_BYTES:
            raise OverflowError("The handler sends more than a call may.")
        reply.append(last)
        return call.kept.changed(session)

    async def _lock(self, call: Call) -> None:
        while not await self._store.lock(call.session, call.run, LEASE):
            await asyncio.sleep(0.02)
        call.locked = call.session

    async def _rename(self, call: Call) -> None:
        """Give the session of a visitor who logs in or out another name, before the cookie goes."""
        end = call.end({}, None)
        kept = await self._store.finish(end)
        if kept != "kept":
            raise CallRefused("ended" if kept == "ended" else "interrupted")
        call.session = end.renamed
        call.is_new = call.is_renamed = call.is_dropped = False

    # -- living --------------------------------------------------------------------------------

    def _beat(self) -> None:
        if self._beating is None or self._beating.done():
            self._beating = asyncio.create_task(self._keep_beating())

    async def _keep_beating(self) -> None:
        """Tell the other processes that this one's calls go on."""
        while self._running:
            await asyncio.sleep(LEASE / 3)
            runs = [Run(call.key, call.run, call.locked) for call in self._running]
            try:
                await self._store.beat(runs, LEASE)
            except StoreError:
                logger.exception("The store of calls does not answer.")

    def cancel(self) -> None:
        """Cancel the calls that run."""
        for call in tuple(self._running):
            call.cancel()

    async def close(self) -> None:
        """Give running calls a moment to end, then cancel them."""
        for is_late in (False, True):
            if is_late:
                self.cancel()
            tasks = [call.task for call in self._running if call.task is not None]
            if tasks:
                await asyncio.wait(tasks, timeout=5)
        if self._beating is not None:
            self._beating.cancel()


class _Watching:
    """Looks out for the page's going away, once its call has taken a while."""

    def __init__(
        self, until_away: Callable[[], Awaitable[None]], leave: Callable[[], None], clock: Clock
    ) -> None:
        """Begin in a moment; call ``leave`` when the page has gone."""
        self._until_away = until_away
        self._leave = leave
        self._clock = clock
        self._task: asyncio.Task[None] | None = None
        self._alarm = clock.after(UNWATCHED, self._begin)

    def _begin(self) -> None:
        self._task = asyncio.create_task(self._watch())

    async def _watch(self) -> None:
        await self._until_away()
        self._leave()

    def end(self) -> None:
        """Look no longer."""
        self._clock.drop(self._alarm)
        if self._task is not None:
            self._task.cancel()


def _failure(call: Call, error: BaseException) -> CallRefused:
    """Return the answer to a call that failed, whose number is in the log beside the reason."""
    refused = CallRefused("failed")
    name = call.found.handler.name
    told = {**refused.as_log(), "handler": name}
    logger.error("%s failed (error %s)", name, refused.id, exc_info=error, extra=told)
    return refused

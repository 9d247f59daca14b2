"""A call from its key to its last line: run once, repeated from what was kept, stopped in time.

The run is a task of its own, so that the page's going away need not end it: a call that may be sent
again goes on, and the page that asks again gets what was kept. Others are cancelled.
"""

from __future__ import annotations

import asyncio
import functools
import logging
import time
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import aclosing
from dataclasses import dataclass, replace
from typing import Any, TypeVar, cast

import anyio

from wasmrx.remote import Caller, running
from wasmrx.wasm.server_table import ServerHandler

from .rpc_check import Body
from .rpc_errors import CallRefused
from .rpc_limits import Place
from .rpc_run import CallSession, KeptVars, line, steps
from .rpc_session import new_session
from .rpc_store import CALLS_KEPT, ONCE_KEPT, Claim, Finish, Saved, Store

logger = logging.getLogger("wasmrx.backend")
T = TypeVar("T")

LEASE = 6.0
"""Seconds after which a call of a process that says nothing any more counts as interrupted."""

KEPT_BYTES = 1_000_000
SENT_BYTES = 20_000_000
SENT_LINES = 100_000
"""What of a reply is kept for repeating, and what it may be at most."""

Part = tuple[str, bool, bytes]
"""The session that a cookie is set for ("" for none), whether it is the last part, and lines."""


@dataclass
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
    run: str = ""
    is_new: bool = False
    is_renamed: bool = False
    is_dropped: bool = False
    has_begun: bool = False
    is_over: bool = False
    is_heard: bool = True
    work: CallSession | None = None

    def change_user(self, user: str | None) -> None:
        """Log a user in or out; the cookie can only be set ahead of the first step."""
        if not isinstance(cast("object", user), str | None):
            raise TypeError(f"rx.server.login takes the user as text, not {type(user).__name__}.")
        if self.has_begun or self.is_over:
            raise RuntimeError("rx.server.login and logout must come before the first yield.")
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
            seconds=self.seconds_kept,
        )

    def failed_end(self, reply: bytes) -> Finish:
        """Return what is kept of a call that failed: no login, and no session made by it."""
        session = "" if self.is_new else self.session
        kept = self.seconds_kept
        return Finish(key=self.key, run=self.run, reply=reply, session=session, seconds=kept)

    @property
    def seconds_kept(self) -> float:
        """Return how long a page may ask for the reply again."""
        return CALLS_KEPT if self.found.options.idempotent else ONCE_KEPT

    @property
    def has_session(self) -> bool:
        """Tell whether the handler has to do with the visitor's session."""
        return bool(self.found.kept)


class Desk:
    """Answers the calls of one process."""

    def __init__(self, store: Store) -> None:
        """Keep what is to be kept in ``store``."""
        self._store = store
        self._tasks: set[asyncio.Task[None]] = set()
        self._runs: set[str] = set()
        self._beating: asyncio.Task[None] | None = None

    async def load(self, session: str) -> Saved | None:
        """Return what is stored of a session."""
        return await self._ask(self._store.load, session)

    async def answer(self, call: Call, away: asyncio.Future[None]) -> AsyncGenerator[Part]:
        """Yield the lines that answer ``call``; ``away`` is done when nobody listens."""
        claim = await self._claim(call)
        if claim.state == "done":
            yield claim.session, True, claim.reply
            return
        if claim.state == "stale" and not call.found.options.idempotent:
            refused = CallRefused("interrupted")
            await self._ask(self._store.finish, call.failed_end(line(refused.as_json())))
            raise refused
        lines: asyncio.Queue[tuple[bool, bytes] | CallRefused] = asyncio.Queue(16)
        task = asyncio.create_task(self._run(call, lines))
        self._tasks.add(task)
        call.place.hold()
        task.add_done_callback(lambda _: call.place.drop())
        task.add_done_callback(self._tasks.discard)
        try:
            while True:
                got = await _next(lines, away)
                if isinstance(got, CallRefused):
                    raise got
                is_last, made = got
                yield call.session, is_last, made
                if is_last:
                    return
        finally:
            call.is_heard = False
            while not lines.empty():
                lines.get_nowait()
            if not call.found.options.idempotent:
                task.cancel()

    async def _claim(self, call: Call) -> Claim:
        """Take the call; where it runs already, wait for its end."""
        end = time.monotonic() + call.found.options.timeout + LEASE
        ask = functools.partial(self._store.claim, call.key, call.digest, call.cookie, LEASE)
        while time.monotonic() < end:
            claim = await self._ask(ask)
            if claim.state == "other":
                raise CallRefused("reused")
            if claim.state != "running":
                call.run = claim.run
                return claim
            await asyncio.sleep(0.1)
        raise CallRefused("busy", after=1)

    # -- running -------------------------------------------------------------------------------

    async def _run(self, call: Call, lines: asyncio.Queue[Any]) -> None:
        """Run the handler, give its lines away, and keep the reply."""
        self._runs.add(call.run)
        self._beat()
        reply: list[bytes] = []
        changed: dict[str, str] = {}
        refused: CallRefused | None = None
        try:
            async with asyncio.timeout(call.found.options.timeout):
                changed = await self._drive(call, lines, reply)
        except asyncio.CancelledError:
            refused = CallRefused("cancelled")
        except TimeoutError:
            refused = CallRefused("timeout")
        except CallRefused as error:
            refused = error
        except BaseException:  # A handler that ends the program ends its call only.
            refused = _failure(call)
        finally:
            call.is_over = True
            self._runs.discard(call.run)
        with anyio.CancelScope(shield=True):
            refused = await self._end(call, changed, reply, refused)
        if call.is_heard:
            await lines.put(refused or (True, reply[-1]))

    async def _end(
        self, call: Call, changed: dict[str, str], reply: list[bytes], refused: CallRefused | None
    ) -> CallRefused | None:
        """Keep what came of a run; return why it is refused after all."""
        if refused is not None:
            reply.append(line(refused.as_json()))
        whole = b"".join(reply)
        if len(whole) > KEPT_BYTES:
            words = CallRefused("failed", "It was answered before, with more than is kept.")
            whole = line(words.as_json())
        end = call.end(changed, whole) if refused is None else call.failed_end(whole)
        try:
            kept = await self._ask(self._store.finish, end)
        except Exception:
            return refused or _failure(call)
        call.session = (end.renamed or end.session) if kept == "kept" else ""
        return CallRefused("interrupted") if kept == "overtaken" else refused

    async def _drive(
        self, call: Call, lines: asyncio.Queue[Any], reply: list[bytes]
    ) -> dict[str, str]:
        """Run the handler; return what it changed of the session. The last line waits."""
        stored: dict[str, str] = {}
        call.is_new = not call.session
        if call.has_session:
            call.session = call.session or new_session()
            await self._lock(call)
            saved = await self.load(call.session)
            if saved is None and not call.is_new:
                raise CallRefused("ended")
            stored = dict(saved.vars) if saved is not None else {}
        session = call.work = CallSession(call.found, call.body, call.kept.load(stored), call.place)
        token = running.set(call)
        sent = 0
        try:
            async with aclosing(steps(session, call.body.arguments)) as updates:
                async for each in updates:
                    made = line(each)
                    reply.append(made)
                    sent += len(made)
                    if sent > SENT_BYTES or len(reply) > SENT_LINES:
                        raise OverflowError("The handler sends more than a call may.")
                    if not each.get("final"):
                        if call.is_renamed and not call.has_begun:
                            await self._rename(call)
                        call.has_begun = True
                        if call.is_heard:
                            await lines.put((False, made))
        finally:
            running.reset(token)
        return call.kept.changed(session)

    async def _lock(self, call: Call) -> None:
        while not await self._ask(self._store.lock, call.session, call.run, LEASE):
            await asyncio.sleep(0.02)

    async def _rename(self, call: Call) -> None:
        """Give the session of a visitor who logs in or out another name, before the cookie goes."""
        end = call.end({}, None)
        kept = await self._ask(self._store.finish, end)
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
        while self._runs:
            await asyncio.sleep(LEASE / 3)
            try:
                await self._ask(self._store.beat, [*self._runs], LEASE)
            except Exception:
                logger.exception("The store of calls does not answer.")

    async def close(self) -> None:
        """Give running calls a moment to end, then cancel them."""
        if self._beating is not None:
            self._beating.cancel()
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=5)
            for task in late:
                task.cancel()
            if late:
                await asyncio.wait(late, timeout=5)

    async def _ask(self, method: Callable[..., T], *given: Any) -> T:
        """Ask the store: its transactions are shorter than the way to a thread and back."""
        return method(*given)


def _failure(call: Call) -> CallRefused:
    """Return the answer to a call that failed, whose number is in the log beside the reason."""
    refused = CallRefused("failed")
    logger.exception("%s failed (error %s)", call.found.handler.name, refused.id)
    return refused


async def _next(lines: asyncio.Queue[Any], away: asyncio.Future[None]) -> Any:
    """Return the next line; raise CallRefused once nobody listens."""
    getting = asyncio.ensure_future(lines.get())
    await asyncio.wait((getting, away), return_when=asyncio.FIRST_COMPLETED)
    if getting.done():
        return getting.result()
    getting.cancel()
    raise CallRefused("cancelled")

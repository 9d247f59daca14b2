"""One POST per call of a server handler: refused, replayed or run, and answered as it goes.

The order is that of trust. Who may talk to this server at all, how much it takes on, whether the
handler exists, whether the visitor may call it: all of that is decided before a byte of the body is
read. What comes next is bounded, then validated; only then a call takes its key, and runs.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import logging
import re
import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from inspect import isawaitable
from typing import Any

from starlette.types import Message, Receive, Scope, Send

from wasmrx.remote import Caller
from wasmrx.wasm.server_table import ServerHandler, ServerTable

from . import rpc_metrics
from .rpc_call import Call, Desk
from .rpc_check import Bounds, Checker, check_bounds
from .rpc_clock import Clock, Limit
from .rpc_errors import CallRefused
from .rpc_guard import (
    HEADER,
    PREFLIGHT,
    allowed_origin,
    check_request,
    cors_headers,
    is_plain,
    read_headers,
)
from .rpc_limits import Load, bucket
from .rpc_run import KeptVars, line
from .rpc_session import Cookies
from .rpc_store import Saved, Store, StoreError

logger = logging.getLogger("wasmrx.backend")

PREFIX = "/_wasmrx"
CALLS = f"{PREFIX}/call/"
"""Where a backend answers, and calls in it; beside a site it is under the site's own root."""

_KEY = re.compile(r"[0-9a-f]{32}")
_ID = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True)
class Rules:
    """What holds for all calls.

    ``origins`` are exact origins of pages on other hosts. ``auth`` decides where a handler says
    nothing itself, None lets everyone call.
    """

    origins: Collection[str] = ()
    auth: Any = None
    bounds: Bounds = field(default_factory=Bounds)
    read_seconds: float = 10.0
    write_seconds: float = 30.0
    most: int = 100
    of_one: int = 16
    rate: str = "1200/minute"


class Endpoint:
    """The ASGI application that answers calls."""

    def __init__(self, table: ServerTable, store: Store, rules: Rules) -> None:
        """Prepare every handler; raise ServerHandlerError where one has types that do not do."""
        self.table = table
        self.rules = rules
        self.load = Load(rules.most, rules.of_one, rules.rate)
        self.clock = Clock()
        self.desk = Desk(store, self.clock)
        self.store = store
        self.is_draining = False
        is_cross_site = bool(rules.origins)
        self._cookies = Cookies(store.secret(), is_cross_site)
        self._checkers = {id: Checker(found) for id, found in table.handlers.items()}
        self._kept = {id: KeptVars(found) for id, found in table.handlers.items()}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request whose path is the handler's id."""
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
            return
        headers = read_headers(scope["headers"])
        origin = allowed_origin(headers, self.rules.origins)
        cors = cors_headers(origin) if origin and self.rules.origins else []
        task = asyncio.current_task()
        answer = _Answer(send, cors, self.clock.limit(self.rules.write_seconds, task))
        with contextlib.suppress(_UnreadError):
            try:
                if scope["method"] == "OPTIONS" and answer.cors:
                    await answer.start(204, [*PREFLIGHT])
                    await answer.write(b"", True)
                    return
                check_request(scope["method"], headers, origin, self.rules.origins)
                await self._call(scope, headers, receive, answer)
                answer.outcome = "ok"
            except _UnreadError:
                logger.info("call dropped: its page takes no answer")
            except CallRefused as refused:
                await answer.refuse(refused, str(scope["path"])[:100])
            except Exception as error:
                code = "unavailable" if isinstance(error, StoreError) else "failed"
                refused = CallRefused(code, after=1 if code == "unavailable" else 0)
                logger.exception("call failed (error %s)", refused.id, extra=refused.as_log())
                await answer.refuse(refused)
            finally:
                answer.count()

    async def _call(
        self, scope: Scope, headers: Mapping[str, str], receive: Receive, answer: _Answer
    ) -> None:
        if self.is_draining:
            raise CallRefused("unavailable", after=1)
        client = scope.get("client") or ("", 0)
        address = str(client[0])
        visitor = bucket(address)
        place = self.load.place(visitor)
        try:
            self.load.check_rate(visitor)
            id = path_of(scope).removeprefix(CALLS)
            found = self._find(id, headers)
            answer.handler = found.handler.name
            is_loopback = is_plain(headers.get("origin", ""))
            sent = self._cookies.read(headers.get("cookie", ""), is_loopback)
            saved = await self.store.load(sent.session) if sent.session else None
            caller = _caller(found, saved, address, headers)
            await self._authorize(found, caller)
            known = sent.session if saved is not None else ""
            self.load.check_handler_rate(found.options.rate, found.id, visitor, known)
            task = asyncio.current_task()
            data = await self._read(receive, headers, task)
            check_bounds(data, self.rules.bounds)
            body = self._checkers[id].body(data)
            digest = hashlib.sha256(id.encode() + data).hexdigest()
            kept, key = self._kept[id], _key(headers)
            call = Call(found, body, kept, key, digest, sent.session, known, caller, place, task)
            await self._run(call, receive, answer, sent.is_due, is_loopback)
        finally:
            place.drop()

    async def _read(
        self, receive: Receive, headers: Mapping[str, str], task: asyncio.Task[Any] | None
    ) -> bytes:
        """Return the body, which must come in time and within its bound."""
        most = self.rules.bounds.bytes
        length = headers.get("content-length", "0")
        if not length.isdigit() or int(length) > most:
            raise CallRefused("large")
        data = b""
        try:
            with self.clock.limit(self.rules.read_seconds, task):
                while True:
                    message = await receive()
                    if message["type"] == "http.disconnect":
                        raise CallRefused("slow")
                    data += message.get("body", b"")
                    if len(data) > most:
                        raise CallRefused("large")
                    if not message.get("more_body"):
                        return data
        except TimeoutError as error:
            raise CallRefused("slow") from error

    async def _run(
        self, call: Call, receive: Receive, answer: _Answer, is_due: bool, is_plain: bool
    ) -> None:
        """Pass the call's lines on as they come; a page that goes away may end the call.

        A cookie that says the same as the one that came would undo another answer's that is later.
        """

        async def tell(session: str, is_last: bool, made: bytes) -> None:
            more: list[tuple[bytes, bytes]] = []
            is_told = session == call.cookie and not (is_last and is_due)
            if session and not is_told and not answer.is_started:
                more.append((b"set-cookie", self._cookies.header(session, is_plain)))
            if is_last and not answer.is_started:
                await answer.whole(200, more, made)
                return
            if not answer.is_started:
                await answer.start(200, more)
            await answer.write(made, is_last)

        await self.desk.answer(call, tell, lambda: _until_away(receive))

    def _find(self, id: str, headers: Mapping[str, str]) -> ServerHandler:
        found = self.table.handlers.get(id) if _ID.fullmatch(id) else None
        if found is None:
            is_other = headers.get(HEADER) != self.table.name and bool(_ID.fullmatch(id))
            raise CallRefused("outdated" if is_other else "unknown")
        return found

    async def _authorize(self, found: ServerHandler, caller: Caller) -> None:
        """Raise CallRefused unless the handler's rule, or that of all, lets the visitor call."""
        rule = self.rules.auth if found.options.auth is None else found.options.auth
        if rule is None or rule is False:
            return
        if rule is True:
            allowed = caller.user is not None
        else:
            allowed = rule(caller)
            if isawaitable(allowed):
                allowed = await allowed
        if allowed is not True:
            raise CallRefused("login" if caller.user is None else "forbidden")

    async def close(self) -> None:
        """Let calls end, and close the store."""
        await self.desk.close()
        await self.store.close()


def path_of(scope: Scope) -> str:
    """Return the path of a request below that of the application."""
    return str(scope["path"]).removeprefix(scope.get("root_path", ""))


def _caller(
    found: ServerHandler, saved: Saved | None, address: str, headers: Mapping[str, str]
) -> Caller:
    user = None if saved is None else saved.user
    return Caller(found.handler.name, user, address, dict(headers))


def _key(headers: Mapping[str, str]) -> str:
    key = headers.get("idempotency-key", "")
    if not _KEY.fullmatch(key):
        raise CallRefused("key")
    return key


async def _until_away(receive: Receive) -> None:
    """Return when the page has gone."""
    while (await receive())["type"] != "http.disconnect":
        pass


_HEAD = (
    (b"content-type", b"application/x-ndjson"),
    (b"cache-control", b"no-store"),
    (b"x-content-type-options", b"nosniff"),
)


class _UnreadError(CallRefused):
    """The page is there, and does not read."""

    def __init__(self) -> None:
        super().__init__("cancelled")


class _Answer:
    """The response to one request; each part has to be taken within ``limit``."""

    def __init__(self, send: Send, cors: list[tuple[bytes, bytes]], limit: Limit) -> None:
        self.is_started = False
        self.cors = cors
        self._to = send
        self._limit = limit
        self.handler = ""
        self.outcome = "dropped"
        self._began = time.perf_counter()

    def count(self) -> None:
        """Note in the figures what came of the call."""
        rpc_metrics.answered(self.handler, self.outcome, time.perf_counter() - self._began)

    async def _send(self, *messages: Message) -> None:
        try:
            with self._limit:
                for message in messages:
                    await self._to(message)
        except TimeoutError as error:
            raise _UnreadError from error

    def _head(self, status: int, more: list[tuple[bytes, bytes]]) -> Message:
        self.is_started = True
        headers = [*_HEAD, *self.cors, *more]
        return {"type": "http.response.start", "status": status, "headers": headers}

    async def start(self, status: int, more: list[tuple[bytes, bytes]]) -> None:
        """Send the head."""
        await self._send(self._head(status, [*more, (b"x-accel-buffering", b"no")]))

    async def whole(self, status: int, more: list[tuple[bytes, bytes]], data: bytes) -> None:
        """Send an answer of one piece."""
        head = self._head(status, [*more, (b"content-length", b"%d" % len(data))])
        await self._send(head, {"type": "http.response.body", "body": data, "more_body": False})

    async def write(self, data: bytes, is_last: bool) -> None:
        """Send a part of the body."""
        await self._send({"type": "http.response.body", "body": data, "more_body": not is_last})

    async def refuse(self, refused: CallRefused, path: str = "") -> None:
        """Send an error: as the whole answer, or as the last line of one that has begun."""
        self.outcome = refused.code
        if path:
            told = {**refused.as_log(), "handler": self.handler, "path": path}
            words = "call refused: %s (error %s) %r"
            logger.info(words, refused.code, refused.id, path, extra=told)
        if not self.is_started:
            after = [(b"retry-after", str(refused.after).encode())] if refused.after else []
            await self.whole(refused.status, after, line(refused.as_json()))
            return
        await self.write(line(refused.as_json()), True)

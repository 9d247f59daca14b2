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
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from inspect import isawaitable
from typing import Any
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import Message, Receive, Scope, Send

from wasmrx.remote import Caller
from wasmrx.wasm.server_table import ServerHandler, ServerTable

from .guard import LOOPBACK_NAMES
from .rpc_call import Call, Desk
from .rpc_check import Bounds, Checker, check_bounds
from .rpc_errors import CallRefused
from .rpc_guard import HEADER, PREFLIGHT, allowed_origin, check_request, cors_headers
from .rpc_limits import Load, bucket
from .rpc_run import KeptVars, line
from .rpc_session import Cookies
from .rpc_store import Saved, Store

logger = logging.getLogger("wasmrx.backend")

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
    rate_storage: str = ""


class Endpoint:
    """The ASGI application that answers calls."""

    def __init__(self, table: ServerTable, store: Store, rules: Rules) -> None:
        """Prepare every handler; raise ServerHandlerError where one has types that do not do."""
        self.table = table
        self.rules = rules
        self.load = Load(rules.most, rules.of_one, rules.rate, rules.rate_storage)
        self.desk = Desk(store)
        self._store = store
        is_cross_site = bool(rules.origins)
        self._cookies = Cookies(store.secret(), is_cross_site)
        self._checkers = {id: Checker(found) for id, found in table.handlers.items()}
        self._kept = {id: KeptVars(found) for id, found in table.handlers.items()}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request whose path is the handler's id."""
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
            return
        headers = Headers(scope=scope)
        origin = allowed_origin(headers, self.rules.origins)
        cors = cors_headers(origin) if origin and self.rules.origins else []
        answer = _Answer(send, cors, self.rules.write_seconds)
        with contextlib.suppress(_UnreadError):
            try:
                if scope["method"] == "OPTIONS" and answer.cors:
                    await answer.start(204, [*PREFLIGHT])
                    await answer.end()
                    return
                await self._call(scope, headers, receive, answer)
            except _UnreadError:
                logger.info("call dropped: its page takes no answer")
            except CallRefused as refused:
                path = str(scope["path"])[:100]
                logger.info("call refused: %s (error %s) %r", refused.code, refused.id, path)
                await answer.refuse(refused)
            except Exception:
                refused = CallRefused("failed")
                logger.exception("call failed (error %s)", refused.id)
                await answer.refuse(refused)

    async def _call(
        self, scope: Scope, headers: Headers, receive: Receive, answer: _Answer
    ) -> None:
        check_request(scope["method"], headers, self.rules.origins)
        client = scope.get("client") or ("", 0)
        address = str(client[0])
        visitor = bucket(address)
        place = self.load.place(visitor)
        try:
            await self.load.check_rate(visitor)
            id = str(scope["path"]).removeprefix(f"{scope.get('root_path', '')}/")
            found = self._find(id, headers)
            sent = self._cookies.read(headers.get("cookie", ""), _is_plain(headers))
            saved = await self.desk.load(sent.session) if sent.session else None
            caller = _caller(found, saved, address, headers)
            await self._authorize(found, caller)
            known = sent.session if saved is not None else ""
            await self.load.check_handler_rate(found.options.rate, found.id, visitor, known)
            data = await _read(receive, headers, self.rules)
            check_bounds(data, self.rules.bounds)
            body = self._checkers[id].body(data)
            digest = hashlib.sha256(id.encode() + data).hexdigest()
            kept, key = self._kept[id], _key(headers)
            call = Call(found, body, kept, key, digest, sent.session, known, caller, place)
            await self._run(call, receive, answer, sent.is_due, _is_plain(headers))
        finally:
            place.drop()

    async def _run(
        self, call: Call, receive: Receive, answer: _Answer, is_due: bool, is_plain: bool
    ) -> None:
        """Pass the call's lines on as they come; a page that goes away may end the call.

        A cookie that says the same as the one that came would undo another answer's that is later.
        """
        away = asyncio.ensure_future(_until_away(receive))
        lines = self.desk.answer(call, away)
        try:
            async for session, is_last, each in lines:
                more: list[tuple[bytes, bytes]] = []
                is_told = session == call.cookie and not (is_last and is_due)
                if session and not is_told and not answer.is_started:
                    more.append((b"set-cookie", self._cookies.header(session, is_plain)))
                if is_last and not answer.is_started:
                    await answer.whole(200, more, each)
                    return
                if not answer.is_started:
                    await answer.start(200, more)
                await answer.write(each)
            await answer.end()
        finally:
            away.cancel()
            await lines.aclose()

    def _find(self, id: str, headers: Headers) -> ServerHandler:
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
        self._store.close()


def _caller(found: ServerHandler, saved: Saved | None, address: str, headers: Headers) -> Caller:
    user = None if saved is None else saved.user
    return Caller(found.handler.name, user, address, dict(headers))


def _key(headers: Headers) -> str:
    key = headers.get("idempotency-key", "")
    if not _KEY.fullmatch(key):
        raise CallRefused("key")
    return key


def _is_plain(headers: Headers) -> bool:
    origin = urlsplit(headers.get("origin", ""))
    return origin.scheme == "http" and origin.hostname in LOOPBACK_NAMES


async def _read(receive: Receive, headers: Mapping[str, str], rules: Rules) -> bytes:
    """Return the body, which must come in time and within its bound."""
    length = headers.get("content-length", "0")
    if not length.isdigit() or int(length) > rules.bounds.bytes:
        raise CallRefused("large")
    parts: list[bytes] = []
    size = 0
    try:
        async with asyncio.timeout(rules.read_seconds):
            while True:
                message = await receive()
                if message["type"] == "http.disconnect":
                    raise CallRefused("slow")
                part = message.get("body", b"")
                size += len(part)
                if size > rules.bounds.bytes:
                    raise CallRefused("large")
                parts.append(part)
                if not message.get("more_body"):
                    return b"".join(parts)
    except TimeoutError as error:
        raise CallRefused("slow") from error


async def _until_away(receive: Receive) -> None:
    """Return when the page has gone."""
    while (await receive())["type"] != "http.disconnect":
        pass


class _UnreadError(Exception):
    """The page is there, and does not read."""


class _Answer:
    """The response to one request; each part has to be taken within ``seconds``."""

    def __init__(self, send: Send, cors: list[tuple[bytes, bytes]], seconds: float) -> None:
        self.is_started = False
        self.cors = cors
        self._to = send
        self._seconds = seconds

    async def _send(self, message: Message) -> None:
        try:
            async with asyncio.timeout(self._seconds):
                await self._to(message)
        except TimeoutError as error:
            raise _UnreadError from error

    async def start(self, status: int, more: list[tuple[bytes, bytes]]) -> None:
        """Send the head."""
        self.is_started = True
        head: Message = {"type": "http.response.start", "status": status}
        head["headers"] = [
            (b"content-type", b"application/x-ndjson"),
            (b"cache-control", b"no-store"),
            (b"x-content-type-options", b"nosniff"),
            (b"x-accel-buffering", b"no"),
            *self.cors,
            *more,
        ]
        await self._send(head)

    async def whole(self, status: int, more: list[tuple[bytes, bytes]], data: bytes) -> None:
        """Send an answer of one piece."""
        await self.start(status, [*more, (b"content-length", str(len(data)).encode())])
        await self._send({"type": "http.response.body", "body": data, "more_body": False})

    async def write(self, data: bytes) -> None:
        """Send a part of the body."""
        await self._send({"type": "http.response.body", "body": data, "more_body": True})

    async def end(self) -> None:
        """Send the end."""
        await self._send({"type": "http.response.body", "body": b"", "more_body": False})

    async def refuse(self, refused: CallRefused) -> None:
        """Send an error: as the whole answer, or as the last line of one that has begun."""
        if not self.is_started:
            after = [(b"retry-after", str(refused.after).encode())] if refused.after else []
            await self.whole(refused.status, after, line(refused.as_json()))
            return
        await self.write(line(refused.as_json()))
        await self.end()

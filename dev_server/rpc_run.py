"""One server handler at work: its states hold what the call brought, and nothing else.

A var that the handler does not declare is an error where it is read or changed; no default stands
in for it. What changed is sent step by step, whole values of declared vars only.
"""

from __future__ import annotations

import asyncio
import contextlib
import contextvars
import functools
from collections.abc import AsyncGenerator, Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import aclosing
from types import AsyncGeneratorType, GeneratorType
from typing import Any, cast

from pydantic import TypeAdapter

from wasmrx.codec import Path, dumps_plain, plain, to_json
from wasmrx.delta import same
from wasmrx.errors import ServerHandlerError, UndeclaredVarError, caller_place
from wasmrx.fields import MISSING, Field
from wasmrx.outcome import Outcome, outcome_of
from wasmrx.proxy import unwrap
from wasmrx.remote import CallUpdate
from wasmrx.sessions import Collected, Session
from wasmrx.state import State
from wasmrx.wasm.server_table import ServerHandler

from .rpc_check import Body
from .rpc_limits import Place

THREADS = 40
"""How many handlers without ``async`` run at a time in one process."""

Step = Callable[[CallUpdate], Awaitable[None]]


class _Declared(dict[str, Any]):
    """The values of a state as far as a handler declares them."""

    def __init__(self, cls: type[State], handler: str) -> None:
        super().__init__()
        self.cls = cls
        self.handler = handler

    def __missing__(self, name: str) -> Any:
        raise UndeclaredVarError(
            f"{self.handler} reads {self.cls.get_full_name()}.{name}, which was not sent along. "
            f'Add it to the handler\'s list: reads=["{name}"].'
        ).at(caller_place())


class CallSession(Session):
    """The states of one call."""

    def __init__(
        self, found: ServerHandler, body: Body, kept: dict[Field[Any], Any], place: Place
    ) -> None:
        """Give the vars that the handler reads, and the server's own, their values."""
        super().__init__()
        self.place = place
        self.found = found
        self.kept = set(found.kept)
        self.changed: set[Field[Any]] = set()
        self._writes = set(found.writes)
        for field, value in {**body.reads, **kept}.items():
            self.home(field.owner).__wx_values__[field.name] = value

    def home(self, cls: type[State]) -> State:
        """Return the instance of ``cls``, which knows declared vars only."""
        made = self.states.get(cls)
        if made is None:
            made = object.__new__(cls)
            put = object.__setattr__
            put(made, "__wx_session__", self)
            put(made, "__wx_computed__", {})
            put(made, "__wx_guard__", None)
            put(made, "__wx_values__", _Declared(cls, self.found.handler.name))
            self.states[cls] = made
        return made

    def assigned(self, field: Field[Any], old: Any) -> None:
        """Note a change of a declared var."""
        self._check(field)
        super().assigned(field, old)

    def mutating(self, field: Field[Any], proxy: Any, whole: bool) -> None:
        """Note a change inside of a declared var."""
        self._check(field)
        super().mutating(field, proxy, whole)

    def _check(self, field: Field[Any]) -> None:
        if field not in self._writes and field not in self.kept:
            raise UndeclaredVarError(
                f"{self.found.handler.name} changes {field.owner.get_full_name()}.{field.name}, "
                f'which it does not declare. Add it to its list: writes=["{field.name}"].'
            ).at(caller_place())

    def collect(self) -> tuple[dict[str, dict[str, Any]], list[Path]]:
        """Return the vars that changed since the last time, as JSON, and where odd floats are."""
        dirty, self.dirty = self.dirty, {}
        self.stale.clear()
        delta: dict[str, dict[str, Any]] = {}
        special: list[Path] = []
        for field, changes in dirty.items():
            state, value = field.owner.get_full_name(), self.value(field)
            if field in self.kept:
                self.changed.add(field)
            elif changes.hot or not same(value, changes.before):
                delta.setdefault(state, {})[field.name] = to_json(value, state, field.name, special)
        return delta, special

    def forget(self) -> None:
        """Give the server's own vars their defaults: what they were is another visitor's."""
        self.changed.clear()
        for field in self.kept:
            self.dirty.pop(field, None)
            home = self.home(field.owner)
            home.__wx_values__[field.name] = field.initial()
            home.__wx_computed__.clear()

    def flush(self) -> Collected:
        """Refuse: what changed is given by ``collect``."""
        raise NotImplementedError

    def value(self, field: Field[Any]) -> Any:
        """Return the value of a var that is there."""
        return self.home(field.owner).__wx_values__[field.name]


async def run(session: CallSession, arguments: dict[str, Any], step: Step) -> CallUpdate:
    """Run the handler; ``step`` gets an update for each ``yield``. Return the last one."""
    handler = session.found.handler
    state = session.home(handler.state)
    call = functools.partial(handler.fn, state, **arguments)
    code = getattr(handler.fn, "__code__", None)
    waits = code is not None and code.co_flags & _RUNS_IN_LOOP
    out: Any = call() if waits else await in_thread(call, session.place)
    if hasattr(out, "__await__"):
        return update(session, await out, is_final=True)
    if isinstance(out, AsyncGeneratorType):
        async with aclosing(cast("AsyncGenerator[Any]", out)) as steps:
            async for each in steps:
                await step(update(session, each))
    elif isinstance(out, GeneratorType):
        generator = cast("GeneratorType[Any, Any, Any]", out)
        while True:
            each = await in_thread(functools.partial(next, generator, MISSING), session.place)
            if each is MISSING:
                break
            await step(update(session, each))
    else:
        return update(session, out, is_final=True)
    return update(session, None, is_final=True)


_RUNS_IN_LOOP = 0x80 | 0x20 | 0x200
"""The flags of code whose call only makes a coroutine or a generator."""


_threads = ThreadPoolExecutor(THREADS, thread_name_prefix="handler")


async def in_thread(work: Callable[[], Any], place: Place) -> Any:
    """Run what may take long in a thread, in the context of this call.

    The thread of a call that is cancelled goes on until it ends, and has the call's place as long.
    """
    loop = asyncio.get_running_loop()
    told: asyncio.Future[Any] = loop.create_future()
    context = contextvars.copy_context()

    def tell(value: Any, error: BaseException | None) -> None:
        place.drop()
        if told.done():
            return
        if error is None:
            told.set_result(value)
        else:
            told.set_exception(error)

    def run() -> None:
        value: Any = None
        raised: BaseException | None = None
        try:
            value = context.run(work)
        except StopIteration as error:
            raised = RuntimeError(f"The handler raised {error!r}.")
        except BaseException as error:
            raised = error
        with contextlib.suppress(RuntimeError):  # The loop is closed.
            loop.call_soon_threadsafe(tell, value, raised)

    place.hold()
    begun = _threads.submit(run)
    try:
        return await told
    finally:
        if begun.cancel():
            place.drop()


def update(session: CallSession, value: Any, is_final: bool = False) -> CallUpdate:
    """Return what changed, and what a handler that gave ``value`` asks for."""
    made: CallUpdate = {"id": 0, "final": is_final}
    delta, special = session.collect()
    if delta:
        made["delta"] = delta
    if special:
        made["special"] = special
    if value is None:
        return made
    outcome = Outcome()
    outcome_of(value, outcome, session.found.handler.name)
    if outcome.chained:
        made["events"] = [
            {"handler": handler.name, "payload": _plain(payload)}
            for handler, payload in outcome.chained
        ]
    if outcome.actions:
        made["actions"] = [_plain(action) for action in outcome.actions]
    return made


def _plain(value: Any) -> Any:
    return plain(unwrap(value), [], [])


def line(made: CallUpdate | dict[str, object]) -> bytes:
    """Return an update as a line of JSON."""
    return dumps_plain(made).encode() + b"\n"


class KeptVars:
    """The server's own vars of a handler, as they are stored."""

    def __init__(self, found: ServerHandler) -> None:
        """Read the types; raise ServerHandlerError where one cannot be stored as JSON."""
        self._found = found
        self._adapters: dict[Field[Any], TypeAdapter[Any]] = {}
        for field in found.kept:
            try:
                self._adapters[field] = TypeAdapter(field.hint)
            except Exception as error:
                raise ServerHandlerError(
                    f"{_name(field)} lives on the server, and its type cannot be stored: "
                    f"{str(error).partition('. Set ')[0]}. Use types that JSON can say."
                ).at(found.handler.place) from error

    def load(self, stored: Any) -> dict[Field[Any], Any]:
        """Return the values; those that are not stored, or no longer fit, are the defaults."""
        found: dict[Field[Any], Any] = {}
        for field, adapter in self._adapters.items():
            text = stored.get(_name(field))
            try:
                found[field] = field.initial() if text is None else adapter.validate_json(text)
            except ValueError:
                found[field] = field.initial()
        return found

    def changed(self, session: CallSession) -> dict[str, str]:
        """Return what a call changed, as JSON by name."""
        if not self._adapters:
            return {}
        session.collect()
        return {
            _name(field): self._adapters[field].dump_json(unwrap(session.value(field))).decode()
            for field in session.changed
        }


def _name(field: Field[Any]) -> str:
    return f"{field.owner.get_full_name()}.{field.name}"

"""Calls of server handlers from the browser: they run beside the queue, as background handlers do.

When a call's turn comes in the queue, what it reads is taken from the state as it is then; the
queue goes on at once. What comes back is applied under the state lock, step by step, and the last
writer of a var wins. Invariant: a call that waits for a network is saved with the state that it was
made in, and is taken off the list in the step that applies its last answer.
"""

from __future__ import annotations

import asyncio
import importlib
import json
import secrets
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any, TypedDict, cast
from zlib import crc32

from .codec import Path, dumps_plain, to_json
from .coercers import MISFIT, coercer_for
from .errors import EventDeserializationError, ServerCallError, StateSerializationError
from .handlers import EventHandler, EventSpec
from .outcome import Job, Origin
from .registry import handler_named, state_named
from .remote import CallUpdate, Contract
from .sessions import Collected
from .state import Guard, State

if TYPE_CHECKING:
    from .dispatch import Dispatch

DELAYS = (0.5, 1.0, 2.0, 4.0)
"""Seconds before each further try of a call that may be sent again; a kept call goes on trying."""

LOST = "unreachable"
_AGAIN = frozenset((LOST, "busy", "too_many", "interrupted", "unavailable"))
_RELOAD = (
    "This page is older than the server. Reload it to go on; what you have entered is kept where "
    "the page keeps state."
)
_MADE_LATER = "its state was made after the build, so the server does not know it"
_FLOATS = {"nan": float("nan"), "inf": float("inf"), "-inf": float("-inf")}


class KeptCall(TypedDict):
    """A call on its way: ``key`` names it, so that the server answers it once.

    ``body`` is made when the call is first sent, and stays: it is what the key stands for.
    ``taken`` has a checksum of each line of the answer that was taken: a further try repeats them.
    """

    handler: str
    id: str
    key: str
    args: dict[str, Any]
    body: str
    taken: list[int]


class WaitingCalls(State):
    """The calls that wait for a network, the oldest first."""

    _calls: list[KeptCall] = []  # noqa: RUF012 - a var


class Calls:
    """The server calls of one dispatch."""

    def __init__(self, dispatch: Dispatch) -> None:
        """Work for ``dispatch``."""
        self.dispatch = dispatch
        self._bridge: Any = importlib.import_module(f"{__package__}.bridge")
        self._sender: asyncio.Task[None] | None = None
        self._rests = False

    # -- beginning -----------------------------------------------------------------------------

    def start(self, job: Job, handler: EventHandler) -> None:
        """Call the handler; the event that asked for it is open until the answer is there."""
        contract: Contract = handler.server
        if contract["address"] is None:
            self._fall_back(job, contract, handler)
            return
        try:
            call = self._made(job, handler, contract)
            if not contract["queue"]:
                call["body"] = self._body(call, contract)
        except Exception as error:
            self.dispatch.fail(job, error, Collected())
            return
        if not contract["queue"]:
            self.dispatch.running.spawn(self._drive(job, call, contract), job)
            return
        self._waiting = [*self._waiting, call]
        self.dispatch.post(job, self.dispatch.session.flush(), [])
        self.resume()

    def resume(self) -> None:
        """Send what waits, unless that is under way."""
        if self._waiting and (self._sender is None or self._sender.done()):
            loop = asyncio.get_running_loop()
            self._sender = loop.create_task(self._send_waiting())

    def is_sending(self) -> bool:
        """Tell whether a kept call is under way, not only waiting for its next try."""
        return self._sender is not None and not self._sender.done() and not self._rests

    def _fall_back(self, job: Job, contract: Contract, handler: EventHandler) -> None:
        other = handler_named(contract["fallback"] or "")
        if other is None:
            why = "this site is built without one" if contract["id"] else _MADE_LATER
            error = ServerCallError(f"{handler.name} runs on a server, and {why}.")
            self.dispatch.fail(job, error.at(handler.place), Collected())
            return
        chained = Job(other, job.payload, job.origin, None, job.depth + 1, chained=True)
        job.origin.left += 1
        self.dispatch.queue.append(chained)
        self.dispatch.post(job, Collected(), [])

    def _made(self, job: Job, handler: EventHandler, contract: Contract) -> KeptCall:
        special: list[Path] = []
        arguments = {
            name: to_json(value, handler.name, name, special) for name, value in job.payload.items()
        }
        _refuse_odd(special, handler)
        return KeptCall(
            handler=handler.name,
            id=contract["id"],
            key=secrets.token_hex(16),
            args=arguments,
            body="",
            taken=[],
        )

    def _body(self, call: KeptCall, contract: Contract) -> str:
        """Return what a call sends, with the vars as they are now."""
        special: list[Path] = []
        reads = {
            state: {name: self._value(state, name, special) for name in names}
            for state, names in contract["reads"].items()
        }
        _refuse_odd(special, handler_named(call["handler"]))
        return dumps_plain({"args": call["args"], "reads": reads})

    def _value(self, state: str, name: str, special: list[Path]) -> Any:
        cls = state_named(state)
        assert cls is not None
        return to_json(self.dispatch.session.home(cls).__wx_values__[name], state, name, special)

    @property
    def _waiting(self) -> list[KeptCall]:
        return cast("Any", self.dispatch.session.home(WaitingCalls)).get_value("_calls")

    @_waiting.setter
    def _waiting(self, calls: list[KeptCall]) -> None:
        cast("Any", self.dispatch.session.home(WaitingCalls))._calls = calls

    # -- sending -------------------------------------------------------------------------------

    async def _send_waiting(self) -> None:
        """Send the kept calls, one after the other."""
        while self._waiting:
            call = self._waiting[0]
            handler = handler_named(call["handler"])
            contract: Contract | None = None if handler is None else handler.server
            if handler is None or not isinstance(contract, dict) or contract["address"] is None:
                await self._give_up(call)
                continue
            job = Job(handler, {}, Origin(0), None)
            job.origin.left += 1
            await self._until_online()
            await self._drive(job, call, {**contract, "queue": True})

    async def _give_up(self, call: KeptCall) -> None:
        """Take a call off the list that another build of the app has made."""
        name = call["handler"]
        error = ServerCallError(
            f"{name} was called without a network and waited for one. The app has a new version "
            "meanwhile, which cannot call it any more: what it was to do has not been done."
        )
        async with self._locked():
            self._keep(call, is_done=True)
            self.dispatch.fail(Job(_no_handler, {}, Origin(0), None), error, Collected(), False)

    async def _begin_kept(self, call: KeptCall, contract: Contract) -> KeptCall:
        """Fix what a kept call sends, before it is sent for the first time."""
        async with self._locked():
            begun: KeptCall = {**call, "body": self._body(call, contract)}
            self._keep(begun)
        return begun

    async def _until_online(self) -> None:
        while not self._bridge.is_online():
            await self._rest(1.0)

    async def _rest(self, seconds: float) -> None:
        self._rests = True
        try:
            await asyncio.sleep(seconds)
        finally:
            self._rests = False

    @asynccontextmanager
    async def _locked(self) -> AsyncGenerator[None]:
        """Hold the state lock."""
        background = self.dispatch.background
        guard = Guard(background.acquire, background.release)
        await guard.acquire(guard)
        try:
            yield
        finally:
            await guard.release(guard)

    async def _drive(self, job: Job, call: KeptCall, contract: Contract) -> None:
        """Send a call until it is answered, and carry out the answer."""
        job.beside = True
        try:
            if not call["body"]:
                call = await self._begin_kept(call, contract)
            await self._send(job, call, contract)
        except asyncio.CancelledError:
            self.dispatch.post(job, Collected(), [])
            raise
        except Exception as error:
            if contract["queue"]:
                await self._finish_kept(call)
            if getattr(error, "code", "") == "outdated":
                self._offer_reload()
                self.dispatch.post(job, Collected(), [])
                return
            if isinstance(error, ServerCallError):
                error.at(cast("EventHandler", job.call).place)
            self.dispatch.fail(job, error, Collected())
        else:
            self.dispatch.post(job, Collected(), [])

    async def _send(self, job: Job, call: KeptCall, contract: Contract) -> None:
        """Send a call until it is answered.

        A further try repeats lines that were taken before: of these, events and actions are not
        carried out again.
        """
        tries = 0
        taken = [*call.get("taken", ())]
        while True:
            try:
                count = 0
                async for update in self._answer(call, contract):
                    is_new, text = count == len(taken), crc32(ascii(update).encode())
                    if is_new or text != taken[count]:
                        taken[count:] = [text, *taken[count + 1 :]]
                        call = {**call, "taken": [*taken]}
                        line = update if is_new else _vars_only(update)
                        await self._take(job, line, contract, call)
                    count += 1
                return
            except ServerCallError as error:
                is_kept = contract["queue"]
                if error.code not in _AGAIN or not contract["again"]:
                    raise
                if tries >= len(DELAYS) and not is_kept:
                    raise
                wait = max(DELAYS[min(tries, len(DELAYS) - 1)], error.after)
            tries += 1
            if is_kept:
                await self._rest(wait)
                await self._until_online()
            else:
                await asyncio.sleep(wait)

    async def _answer(self, call: KeptCall, contract: Contract) -> AsyncIterator[CallUpdate]:
        """Yield the updates that answer one try of a call."""
        headers = {
            "Content-Type": "application/json",
            "Wasmrx-Call": contract["table"],
            "Idempotency-Key": call["key"],
        }
        address = f"{contract['address']}call/{call['id']}"
        answer = await self._bridge.post_call(
            address, headers, call["body"], contract["timeout"] + 5
        )
        try:
            is_whole = False
            async for line in answer.lines():
                update: CallUpdate = json.loads(line)
                if "error" in update:
                    raise _failure(update["error"], answer.retry_after)
                is_whole = bool(update.get("final"))
                yield update
            if not is_whole:
                raise _failure({"code": LOST, "message": "The server's answer broke off."}, 0)
        except ValueError as error:
            words = f"The server answered what is none ({answer.status})."
            code = LOST if answer.status == 200 else _code_of(answer.status)
            raise _failure({"code": code, "message": words}, answer.retry_after) from error
        finally:
            answer.close()

    # -- the answer ----------------------------------------------------------------------------

    async def _take(self, job: Job, update: CallUpdate, contract: Contract, call: KeptCall) -> None:
        """Apply one update, and pass on what it asks for."""
        dispatch = self.dispatch
        async with self._locked():
            self._apply(update, contract)
            if contract["queue"]:
                self._keep(call, is_done=bool(update.get("final")))
            try:
                await dispatch.session.settle()
            finally:
                found = dispatch.session.flush()
                actions = [*update.get("actions", ())]
                specs = [_spec(event) for event in update.get("events", ())]
                actions += dispatch.follow(job, specs, found)
                dispatch.post(job, found, cast("Any", actions), final=False)

    def _keep(self, call: KeptCall, is_done: bool = False) -> None:
        """Save a kept call as it is now, or take it off the list."""
        waiting = [call if each["key"] == call["key"] else each for each in self._waiting]
        self._waiting = [each for each in waiting if not is_done or each is not call]

    async def _finish_kept(self, call: KeptCall) -> None:
        """Take a call that was refused off the list."""
        async with self._locked():
            self._keep(call, is_done=True)

    def _apply(self, update: CallUpdate, contract: Contract) -> None:
        delta = update.get("delta", {})
        for state, name, *steps, kind in update.get("special", ()):
            holder: Any = delta[str(state)]
            for step in [name, *steps][:-1]:
                holder = holder[step]
            holder[[name, *steps][-1]] = _FLOATS[str(kind)]
        for state, values in delta.items():
            cls = state_named(state)
            declared = contract["writes"].get(state, ())
            if cls is None or not values.keys() <= set(declared):
                raise ServerCallError(f"The server answered with vars of {state} that it may not.")
            home = self.dispatch.session.home(cls)
            for name, value in values.items():
                setattr(home, name, _typed(cls, name, value))

    def _offer_reload(self) -> None:
        notice = {"t": "notice", "key": "outdated", "text": _RELOAD, "reload": True}
        self.dispatch.updates.send(dumps_plain(notice))


def _no_handler(_: Job) -> None:
    """Stand for a handler that is gone."""


def _vars_only(update: CallUpdate) -> CallUpdate:
    """Return an update without what it asks for."""
    return cast("CallUpdate", {k: v for k, v in update.items() if k not in ("events", "actions")})


def _typed(cls: type[State], name: str, value: Any) -> Any:
    """Return what the server sent as the var's own type."""
    coerce = None if value is None else coercer_for(cls.__wx_fields__[name].hint)
    if coerce is None:
        return value
    try:
        return coerce(value)
    except MISFIT as error:
        raise EventDeserializationError(
            f"{cls.get_full_name()}.{name} got {value!r} of the server: {error}."
        ) from error


def _refuse_odd(special: list[Path], handler: EventHandler | None) -> None:
    """Raise where what is to be sent holds a float that JSON cannot write."""
    if special and handler is not None:
        state, name = special[0][:2]
        raise StateSerializationError(
            f"{handler.name} cannot be called: {state}.{name} holds {special[0][-1]}, which JSON "
            "cannot say. Send a finite number."
        ).at(handler.place)


def _spec(event: dict[str, Any]) -> EventSpec:
    handler = handler_named(event["handler"])
    if handler is None:
        raise ServerCallError(f"The server asks for the event {event['handler']!r}, unknown here.")
    return EventSpec(handler.name, tuple(event["payload"].items()), kind="event", handler=handler)


def _failure(error: dict[str, str], after: float) -> ServerCallError:
    number = f" (error {error['id']})" if error.get("id") else ""
    made = ServerCallError(f"{error.get('message', 'The call failed.')}{number}")
    made.code = error.get("code", "failed")
    made.after = after
    return made


def _code_of(status: int) -> str:
    """Return the code for an answer that is not the backend's own, but of what stands before it."""
    return "unavailable" if status in (429, 502, 503, 504) else "failed"

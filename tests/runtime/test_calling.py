"""Calls of server handlers, with a server that is a list of answers."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any

import pytest

import wasmrx as rx
from wasmrx.calling import WaitingCalls
from wasmrx.errors import ServerCallError
from wasmrx.record import unpack
from wasmrx.remote import stub

Visit = Callable[..., Any]


def contract(name: str, **other: Any) -> str:
    """Return the contract of a handler of ``Shop``."""
    own = {"id": name, "table": "t", "address": "", "reads": {}, "writes": {}, "timeout": 5}
    own |= {"again": False, "queue": False, "supersedes": False, "fallback": None}
    return json.dumps({f"{__name__}.Shop.{name}": own | other})


KEPT = {"again": True, "queue": True}


closed: list[asyncio.Event] = []
"""Where there is one, what is computed waits for it."""


class Shop(rx.State):
    left: int = 0
    right: int = 0
    price: float = 1.0
    notes: list[str] = []
    _go: Any = None

    @rx.event
    async def move(self):
        self._go = asyncio.Event()
        self.left += 1
        yield
        await self._go.wait()
        self.right += 1

    @rx.var
    async def label(self) -> str:
        for gate in closed:
            await gate.wait()
        return str(self.left)

    @rx.event
    def spoil(self):
        self.price = float("nan")

    @rx.event
    def note(self, text: str):
        self.notes.append(text)

    @stub(contract("ask"), attach=True)
    async def ask(self): ...

    @stub(contract("order", reads={f"{__name__}.Shop": ["price"]}, **KEPT), attach=True)
    async def order(self, what: str): ...

    @stub(contract("tell", writes={f"{__name__}.Shop": ["left"]}, **KEPT), attach=True)
    async def tell(self, what: str): ...


@pytest.fixture(autouse=True)
def open_again() -> Iterator[None]:
    yield
    closed.clear()


class Answer:
    """What a server says to one call."""

    status, retry_after = 200, 0

    def __init__(self, lines: list[dict[str, Any]]) -> None:
        self._lines = lines

    async def lines(self) -> AsyncIterator[str]:
        for line in self._lines:
            yield json.dumps(line)

    def close(self) -> None:
        pass


class Server:
    """Stands for the bridge to a server: ``answer`` says what a call gets."""

    def __init__(self, answer: Callable[[dict[str, Any]], Any]) -> None:
        self.answer = answer
        self.asked: list[dict[str, Any]] = []
        self.online = True

    def is_online(self) -> bool:
        return self.online

    async def post_call(
        self, address: str, headers: dict[str, str], body: str, seconds: float
    ) -> Any:
        call = {"to": address, "key": headers["Idempotency-Key"], **json.loads(body)}
        self.asked.append(call)
        answer = self.answer(call)
        return await answer if hasattr(answer, "__await__") else answer


def connect(v: Any, answer: Callable[[dict[str, Any]], Any]) -> Server:
    """Let the calls of a visitor go to a server that answers so."""
    server = Server(answer)
    v.dispatch.background.prepare_calls()._bridge = server
    return server


def test_a_call_that_fails_beside_a_handler_writes_nothing(visit: Visit) -> None:
    async def story(v: Any) -> None:
        failing = asyncio.Event()

        async def fail() -> None:
            await failing.wait()
            raise ServerCallError("The server is not well.")

        connect(v, lambda _: fail())
        v.event(Shop.ask)
        v.event(Shop.move)
        while v.of(Shop)["left"] == 0:
            await asyncio.sleep(0)
        failing.set()
        while not v.errors:
            await asyncio.sleep(0)
        assert saved(v) == []
        v.instance(Shop)._go.set()
        await v.idle()
        assert [(each["left"], each["right"]) for each in saved(v)] == [(1, 1)]

    (error,) = visit(story).errors
    assert error["message"] == "The server is not well."


def saved(v: Any) -> list[dict[str, Any]]:
    """Return the saved values of ``Shop``, of each record there is."""
    return [unpack(raw).values() for name, raw in v.saved.items() if "Shop" in name]


def calls_of(v: Any) -> list[Any]:
    """Return the calls of a visitor that wait for a network."""
    return v.instance(WaitingCalls).get_value("_calls")


async def until(holds: Callable[[], Any]) -> None:
    async with asyncio.timeout(20):
        while not holds():
            await asyncio.sleep(0)


def test_a_kept_call_that_cannot_be_sent_has_failed_and_the_others_go_on(visit: Visit) -> None:
    async def story(v: Any) -> None:
        server = connect(v, lambda _: Answer([{"final": True}]))
        server.online = False
        await v.run(Shop.order, what="a")
        await v.run(Shop.tell, what="b")
        await v.run(Shop.spoil)
        server.online = True
        await until(lambda: not calls_of(v))
        assert [call["args"] for call in server.asked] == [{"what": "b"}]

    (error,) = visit(story).errors
    assert error["handler"] == "test_calling.Shop.order"
    assert "test_calling.Shop.price holds nan" in error["message"]


def test_a_kept_call_that_the_app_no_longer_has_is_told(visit: Visit, make_visitor: Any) -> None:
    async def story(v: Any) -> None:
        connect(v, lambda _: Answer([{"final": True}])).online = False
        await v.run(Shop.tell, what="a")
        await v.run(Shop.tell, what="b")
        first, second = calls_of(v)
        v.instance(WaitingCalls)._calls = [{**first, "handler": "test_calling.Shop.gone"}, second]
        await v.run(Shop.spoil)
        w = make_visitor()
        w.saved = v.saved
        server = connect(w, lambda _: Answer([{"final": True}]))
        await w.hydrate()
        await until(lambda: not calls_of(w))
        assert [call["args"] for call in server.asked] == [{"what": "b"}]
        (error,) = w.errors
        assert "test_calling.Shop.gone was called without a network" in error["message"]
        assert not w.dispatch.locked

    visit(story)


def test_a_kept_call_is_made_once_where_its_handler_keeps_no_calls_any_more(
    visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def story(v: Any) -> None:
        server = connect(v, lambda _: Answer([{"final": True}]))
        server.online = False
        await v.run(Shop.tell, what="a")
        monkeypatch.setitem(Shop.tell.server, "queue", False)
        server.online = True
        await until(lambda: not calls_of(v))
        assert len(server.asked) == 1

    assert visit(story).errors == []


NOTE = {
    "events": [{"handler": f"{__name__}.Shop.note", "payload": {"text": "hello"}}],
    "delta": {f"{__name__}.Shop": {"left": 1}},
    "final": False,
}


class Endless(Answer):
    """An answer that stays open after its lines."""

    async def lines(self) -> AsyncIterator[str]:
        async for line in super().lines():
            yield line
        await asyncio.Event().wait()


def test_what_an_answer_asks_for_is_done_once_where_the_worker_ends_meanwhile(
    visit: Visit, make_visitor: Any
) -> None:
    async def story(v: Any) -> None:
        first = connect(v, lambda _: Endless([NOTE]))
        await v.run(Shop.tell, what="a")
        await until(lambda: v.of(Shop)["notes"])
        w = make_visitor()
        w.saved = dict(v.saved)
        second = connect(w, lambda _: Answer([NOTE, {**NOTE, "final": True}]))
        await w.hydrate()
        await until(lambda: not calls_of(w))
        await w.idle()
        assert w.of(Shop)["notes"] == ["hello", "hello"]
        assert second.asked == first.asked

    assert visit(story).errors == []


def test_a_worker_with_a_kept_call_under_way_is_not_idle(visit: Visit) -> None:
    async def story(v: Any) -> None:
        server = connect(v, lambda _: Endless([]))
        server.online = False
        await v.run(Shop.tell, what="a")
        assert not v.dispatch.is_idle()
        await until(v.dispatch.is_idle)
        server.online = True
        await until(lambda: server.asked)
        assert not v.dispatch.is_idle()

    assert visit(story).errors == []


def test_a_kept_call_goes_on_after_a_stop(visit: Visit) -> None:
    async def story(v: Any) -> None:
        server = connect(v, lambda _: Answer([NOTE, {"final": True}]))
        closed.append(asyncio.Event())
        await v.run(Shop.tell, what="a")
        await until(lambda: v.dispatch.session.computing)
        v.open.discard(v.send("stop"))
        closed.clear()
        await until(lambda: not calls_of(v))
        await v.idle()
        assert v.told == [""]
        assert len({call["key"] for call in server.asked}) == 1
        assert v.of(Shop)["notes"] == ["hello"]
        assert v.of(Shop)["label"] == "1"

    assert visit(story).errors == []

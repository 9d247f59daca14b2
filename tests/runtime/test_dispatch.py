"""Events: order, steps, chains, background handlers, exceptions."""

from __future__ import annotations

import asyncio
import dataclasses
import enum
import json
from collections.abc import Callable
from typing import Any

import wasmrx as rx

Visit = Callable[..., Any]
log: list[str] = []


class Color(enum.Enum):
    RED = "red"


@dataclasses.dataclass
class Point:
    x: int
    y: int = 0


class Counter(rx.State):
    count: int = 0
    names: list[str] = []
    _secret: int = 1

    def add(self, by: int = 1):
        self.count += by
        log.append(f"add {by}")

    async def add_later(self, by: int):
        await asyncio.sleep(0)
        self.count += by
        log.append(f"later {by}")

    def steps(self):
        for number in range(3):
            self.count = number
            yield
        return Counter.add(10)

    async def async_steps(self):
        self.count = 1
        yield rx.toast("one")
        await asyncio.sleep(0)
        self.count = 2
        yield Counter.add(5)
        self.count = 3

    def chain(self):
        log.append("chain")
        return [Counter.add(1), rx.redirect("/x"), Counter.add_later(2)]

    def fail(self):
        self.count = 7
        raise ValueError("no such thing")

    def fail_between(self):
        self.count = 1
        yield
        self.count = 2
        raise KeyError("gone")

    def returns_text(self):
        self.count = 4
        return "text"

    def loop_for_ever(self):
        self.count += 1
        if self.count < 300:
            return Counter.loop_for_ever

    def bad_type(self):
        self.count = "text"  # type: ignore[assignment]

    def undefined(self):
        self.cuont = 3

    def touch_backend_first(self):
        self._secret += 1
        yield rx.console_log("done")

    def touch_backend(self):
        self._secret += 1

    @rx.event
    def typed(self, a: int, b: float, c: bool, d: Color, e: Point, f: set[int], g: int | None):
        log.append(repr((a, b, c, d, e, f, g)))

    def call_other(self):
        self.add(2)
        self.set_count(self.count * 10)


class Background(rx.State):
    value: int = 0
    items: list[int] = []

    @rx.event(background=True)
    async def work(self):
        async with self:
            self.value = 1
        log.append(f"read {self.value}")
        async with self:
            self.items.append(self.value)
            self.value = 2

    @rx.event(background=True)
    async def careless(self):
        try:
            self.value = 5
        except Exception as error:
            log.append(type(error).__name__)
        try:
            self.items.append(1)
        except Exception as error:
            log.append(type(error).__name__)
        async with self:
            kept = self.items
            kept.append(1)
        try:
            kept.append(2)
        except Exception as error:
            log.append(type(error).__name__)

    @rx.event(background=True)
    async def other_state(self):
        async with self:
            counter = await self.get_state(Counter)
            counter.count = 77
        try:
            counter.count = 78
        except Exception as error:
            log.append(type(error).__name__)

    @rx.event(background=True)
    async def fails(self):
        async with self:
            self.value = 9
            raise RuntimeError("in the block")

    @rx.event(background=True)
    async def yields(self):
        yield rx.toast("hello")
        async with self:
            self.value = 1
            yield
            self.value = 2
        yield Counter.add(3)

    @rx.event(supersedes=True)
    async def search(self, text: str):
        log.append(f"starts {text}")
        await asyncio.sleep(0.01)
        log.append(f"ends {text}")
        self.value += 1

    def helper_value(self) -> int:
        return self.value

    @rx.event(background=True)
    async def uses_methods(self):
        async with self:
            self.bump()

    def bump(self):
        self.value += 1

    async def slow(self):
        log.append("slow starts")
        await asyncio.sleep(0.005)
        self.value = 50
        log.append("slow ends")

    @rx.event(background=True)
    async def waits(self):
        async with self:
            log.append(f"got the lock at {self.value}")

    def not_background(self):
        pass

    async def misuse(self):
        async with self:
            pass


@rx.event
def outside(state: Counter, by: int):
    state.count += by


def test_events_run_in_order(visit: Visit) -> None:
    log.clear()

    async def story(v: Any) -> None:
        v.event(Counter.add, by=1)
        v.event(Counter.add_later, by=2)
        v.event(Counter.add, by=3)
        await v.idle()

    v = visit(story)
    assert log == ["add 1", "later 2", "add 3"]
    assert v.of(Counter)["count"] == 6


def test_chained_events_come_before_what_arrives_later(visit: Visit) -> None:
    log.clear()

    async def story(v: Any) -> None:
        v.event(Counter.chain)
        v.event(Counter.add, by=5)
        await v.idle()

    v = visit(story)
    assert log == ["chain", "add 1", "later 2", "add 5"]
    assert ("redirect", {"path": "/x", "is_external": False, "popup": False, "replace": False}) in (
        v.actions
    )


def test_chained_events_go_to_the_end_of_the_queue(visit: Visit) -> None:
    log.clear()

    async def story(v: Any) -> None:
        v.event(Counter.add_later, by=1)
        v.event(Counter.chain)
        v.event(Counter.add, by=5)
        await v.idle()

    visit(story)
    assert log == ["later 1", "chain", "add 5", "add 1", "later 2"]


def test_every_yield_is_one_update(visit: Visit) -> None:
    async def story(v: Any) -> None:
        v.instance(Counter).count = 9
        v.dispatch.session.flush()
        updates = await v.run(Counter.steps)
        steps = [u for u in updates if "delta" in u]
        assert [u["delta"][Counter.get_full_name()]["count"] for u in steps] == [0, 1, 2, 12]
        assert [u["final"] for u in steps] == [False, False, False, True]
        assert [u["final"] for u in updates].count(True) == 1

    visit(story)


def test_async_generator(visit: Visit) -> None:
    async def story(v: Any) -> None:
        await v.run(Counter.async_steps)
        assert v.of(Counter)["count"] == 8

    v = visit(story)
    assert v.actions[0][0] == "toast"


def test_an_exception_keeps_what_was_changed_and_the_queue_goes_on(visit: Visit) -> None:
    async def story(v: Any) -> None:
        await v.run(Counter.fail)
        (error,) = v.errors
        assert error["message"] == "ValueError: no such thing"
        assert error["handler"] == Counter.fail.name
        assert error["file"].endswith("test_dispatch.py")
        with open(__file__) as source:
            assert "no such thing" in source.read().splitlines()[error["line"] - 1]
        assert "ValueError" in error["traceback"]
        assert v.of(Counter)["count"] == 7
        await v.run(Counter.add, by=1)
        assert v.of(Counter)["count"] == 8

    visit(story)


def test_in_production_no_traceback_is_sent(visit: Visit) -> None:
    async def story(v: Any) -> None:
        await v.run(Counter.fail)
        assert "traceback" not in v.errors[0]

    visit(story, dev=False)


def test_an_exception_in_a_generator(visit: Visit) -> None:
    async def story(v: Any) -> None:
        await v.run(Counter.fail_between)
        assert v.of(Counter)["count"] == 2
        assert v.errors[0]["message"] == "KeyError: 'gone'"

    visit(story)


def test_the_apps_own_exception_handler_answers(visit: Visit) -> None:
    app = rx.App(backend_exception_handler=lambda error: rx.toast.error(str(error)))

    async def story(v: Any) -> None:
        await v.run(Counter.fail)
        assert v.errors == []
        assert v.actions[0][1]["message"] == "no such thing"

    visit(story, app)


def test_a_return_value_that_is_no_event_is_named(visit: Visit) -> None:
    async def story(v: Any) -> None:
        await v.run(Counter.returns_text)
        assert "returned or yielded 'text' (a str)" in v.errors[0]["message"]
        assert v.of(Counter)["count"] == 4

    visit(story)


def test_an_endless_chain_lets_other_events_through(visit: Visit) -> None:
    async def story(v: Any) -> None:
        first = v.event(Counter.loop_for_ever)
        v.event(Counter.set_names, value=["x"])
        while not v.of(Counter)["names"]:
            await asyncio.sleep(0)
        assert v.of(Counter)["count"] < 10
        await v.idle()
        assert v.of(Counter)["count"] == 300
        assert first not in v.open

    visit(story)


def test_a_wrong_type_is_said_with_its_line_and_still_assigned(visit: Visit) -> None:
    async def story(v: Any) -> None:
        await v.run(Counter.bad_type)
        (error,) = v.errors
        assert "Counter.count is declared int but is assigned 'text' (str)" in error["message"]
        assert error["file"].endswith("test_dispatch.py")
        assert v.of(Counter)["count"] == "text"

    visit(story)


def test_an_undeclared_var_is_named(visit: Visit) -> None:
    async def story(v: Any) -> None:
        await v.run(Counter.undefined)
        assert "has no var 'cuont'" in v.errors[0]["message"]

    visit(story)


def test_the_last_update_tells_that_an_earlier_step_changed_state(visit: Visit) -> None:
    async def story(v: Any) -> None:
        *_, last = await v.run(Counter.touch_backend_first)
        assert last["delta"] == {}

    visit(story)


def test_backend_vars_stay_in_python(visit: Visit) -> None:
    async def story(v: Any) -> None:
        updates = await v.run(Counter.touch_backend)
        assert v.instance(Counter)._secret == 2
        assert not any(u.get("delta") or "patches" in u for u in updates)
        assert "_secret" not in v.of(Counter)

    visit(story)


def test_arguments_get_the_declared_types(visit: Visit) -> None:
    log.clear()

    async def story(v: Any) -> None:
        payload = {"a": "3", "b": "1.5", "c": True, "d": "red", "e": {"x": 1, "y": 2}, "f": [1, 1]}
        await v.run(Counter.typed, **payload, g=None)
        assert v.errors == []

    visit(story)
    assert log == ["(3, 1.5, True, <Color.RED: 'red'>, Point(x=1, y=2), {1}, None)"]


def test_an_argument_that_does_not_fit_is_named(visit: Visit) -> None:
    async def story(v: Any) -> None:
        await v.run(Counter.add, by="many")
        assert "takes by: int, but the page sent 'many'" in v.errors[0]["message"]
        await v.run(Counter.add, why=3)
        assert "was sent 'why', which it does not take" in v.errors[1]["message"]
        assert v.of(Counter)["count"] == 0

    visit(story)


def test_an_event_that_the_app_does_not_have_says_what_may_be_wrong(visit: Visit) -> None:
    async def story(v: Any) -> None:
        wire = Counter.get_full_name()
        for name, words in [
            (
                "shop.cart.Cart.add",
                "Nothing has imported the module that defines Cart, 'shop.cart'",
            ),
            (f"{wire}.ad", f"{wire} has no handler 'ad'. Did you mean 'add'?"),
            ("odd", "The page sent the event 'odd', which the app does not have. Reload the page"),
        ]:
            await v.run(name)
            assert words in v.errors[-1]["message"]
            assert v.errors[-1]["message"].endswith("if it may be older than the app.")
        await v.run(Counter.add, by=1)
        assert v.of(Counter)["count"] == 1

    visit(story)


def test_handlers_call_each_other_as_methods(visit: Visit) -> None:
    async def story(v: Any) -> None:
        await v.run(Counter.call_other)
        assert v.of(Counter)["count"] == 20

    visit(story)


def test_an_event_outside_of_its_class(visit: Visit) -> None:
    async def story(v: Any) -> None:
        await v.run(outside, by=4)
        assert v.of(Counter)["count"] == 4

    visit(story)


def test_garbage_is_answered_and_changes_nothing(visit: Visit) -> None:
    async def story(v: Any) -> None:
        for text in ("{", "[]", "null", '{"t":"what"}', '{"t":"event"}', '{"t":"event","id":1}'):
            v.dispatch.receive(text)
        assert len(v.errors) == 6
        bad = {"t": "event", "id": 99, "handler": Counter.add.name, "payload": 3, "location": None}
        v.dispatch.receive(json.dumps(bad))
        assert len(v.errors) == 7
        await v.run(Counter.add)
        assert v.of(Counter)["count"] == 1

    visit(story)


def test_a_background_handler_sends_at_the_end_of_each_block(visit: Visit) -> None:
    log.clear()

    async def story(v: Any) -> None:
        updates = await v.run(Background.work)
        assert updates[0] == {"t": "update", "id": updates[0]["id"], "final": True}
        assert [u["id"] for u in updates[1:]] == [0, 0]
        assert v.of(Background) == {"value": 2, "items": [1]}

    visit(story)
    assert log == ["read 1"]


def test_a_background_handler_may_not_change_state_outside_of_a_block(visit: Visit) -> None:
    log.clear()

    async def story(v: Any) -> None:
        await v.run(Background.careless)
        assert v.of(Background) == {"value": 0, "items": [1]}

    visit(story)
    assert log == ["ImmutableStateError"] * 3


def test_a_background_handler_reaches_other_states(visit: Visit) -> None:
    log.clear()

    async def story(v: Any) -> None:
        await v.run(Background.other_state)
        assert v.of(Counter)["count"] == 77

    visit(story)
    assert log == ["ImmutableStateError"]


def test_an_exception_in_a_block_frees_the_lock(visit: Visit) -> None:
    async def story(v: Any) -> None:
        await v.run(Background.fails)
        assert v.of(Background)["value"] == 9
        assert v.errors[0]["message"] == "RuntimeError: in the block"
        await v.run(Counter.add)
        assert v.of(Counter)["count"] == 1

    visit(story)


def test_a_background_generator(visit: Visit) -> None:
    async def story(v: Any) -> None:
        await v.run(Background.yields)
        assert v.of(Background)["value"] == 2
        assert v.of(Counter)["count"] == 3

    visit(story)


def test_a_later_run_supersedes_an_earlier_one(visit: Visit) -> None:
    log.clear()

    async def story(v: Any) -> None:
        first = v.event(Background.search, text="a")
        await asyncio.sleep(0)
        v.event(Background.search, text="b")
        await v.idle()
        assert first not in v.open
        assert v.of(Background)["value"] == 1

    visit(story)
    assert log == ["starts a", "starts b", "ends b"]


def test_methods_of_a_background_handler_see_the_lock(visit: Visit) -> None:
    async def story(v: Any) -> None:
        await v.run(Background.uses_methods)
        assert v.of(Background)["value"] == 1

    visit(story)


def test_the_lock_is_held_while_a_handler_waits(visit: Visit) -> None:
    log.clear()

    async def story(v: Any) -> None:
        v.event(Background.slow)
        v.event(Background.waits)
        await v.idle()

    visit(story)
    assert log == ["slow starts", "slow ends", "got the lock at 50"]


def test_async_with_self_elsewhere_says_what_it_is_for(visit: Visit) -> None:
    async def story(v: Any) -> None:
        await v.run(Background.misuse)
        assert "background=True" in v.errors[0]["message"]

    visit(story)

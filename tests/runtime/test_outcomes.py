"""Everything that a handler may return or yield, and the words for what it may not."""

from __future__ import annotations

import asyncio
import functools
import inspect
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import wasmrx as rx
from wasmrx.errors import EventFnArgMismatchError, EventHandlerTypeError
from wasmrx.events import EventChain, bind

Visit = Callable[..., Any]
ran: list[str] = []


class Log(rx.State):
    ready: bool = True

    def put(self, text: str = "put"):
        ran.append(text)

    def two(self, first: str, second: str):
        ran.append(f"{first} {second}")

    @rx.event(background=True)
    async def beside(self, text: str = "beside"):
        ran.append(text)


class Other(rx.State):
    def put(self, text: str = "other"):
        ran.append(text)


def wrapped(fn: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(fn)
    def around(*args: Any, **named: Any) -> Any:
        ran.append("before")
        return fn(*args, **named)

    return around


@rx.event
def module_level(state: Log, text: str):
    ran.append(f"{text} on {type(state).__name__}")


@rx.event(background=True)
async def module_background(state: Log):
    async with state:
        ran.append("module background")


class Asks(rx.State):
    """Each handler asks for something else; ``expected`` holds what then runs."""

    flag: bool = True
    words: list[str] = ["a"]

    def handler(self):
        return Log.put

    def spec(self):
        return Log.put("spec")

    def by_name(self):
        return Log.two(second="2", first="1")

    def in_parts(self):
        return Log.two("1")("2")

    def nested(self):
        return [Log.put("1"), (Other.put, [Log.put("3")]), None, []]

    def function(self):
        return lambda: Log.put("lambda")

    def function_of_list(self):
        return lambda: [Log.put("1"), Log.put("2")]

    def part(self):
        return functools.partial(Log.put, "partial")

    def method(self):
        return self.own

    def own(self):
        ran.append("own")

    async def method_of_another(self):
        other = await self.get_state(Other)
        return other.put

    def by_class(self):
        return type(self).own

    def either(self):
        return rx.cond(self.flag, Log.put("yes"), Log.put("no"))

    def either_not(self):
        return [rx.cond(self.words == [], Log.put("yes"), Other.put), rx.cond(False, Log.put, None)]

    def chain(self):
        return EventChain.create([Log.put("chained"), rx.noop(), rx.console_log("x")])

    def module(self):
        return module_level("module")

    def modifiers(self):
        return Log.put("modified").debounce(10)

    def steps(self):
        yield Log.put("yielded")
        yield [Log.put("listed"), None]
        return Log.put("returned")

    def gives_steps(self):
        return self.steps()

    async def async_steps(self):
        yield Log.put("async yielded")

    async def gives_steps_later(self):
        return self.steps()

    def background(self):
        return [Log.beside("queued beside"), Log.put]

    def module_beside(self):
        return module_background

    @wrapped
    def decorated(self):
        return Log.put("decorated")

    def calls(self):
        self.own()
        return self.spec()

    def nothing(self):
        yield
        yield None

    def snapshot(self):
        spec = Log.put(self.words[0])
        self.words[0] = "changed"
        return spec


EXPECTED: dict[str, list[str]] = {
    "handler": ["put"],
    "spec": ["spec"],
    "by_name": ["1 2"],
    "in_parts": ["1 2"],
    "nested": ["1", "other", "3"],
    "function": ["lambda"],
    "function_of_list": ["1", "2"],
    "part": ["partial"],
    "method": ["own"],
    "method_of_another": ["other"],
    "by_class": ["own"],
    "either": ["yes"],
    "either_not": ["other"],
    "chain": ["chained"],
    "module": ["module on Log"],
    "modifiers": ["modified"],
    "steps": ["yielded", "listed", "returned"],
    "gives_steps": ["yielded", "listed", "returned"],
    "async_steps": ["async yielded"],
    "gives_steps_later": ["yielded", "listed", "returned"],
    "background": ["queued beside", "put"],
    "module_beside": ["module background"],
    "decorated": ["before", "decorated"],
    "calls": ["own", "spec"],
    "nothing": [],
    "snapshot": ["a"],
}


@pytest.mark.parametrize("name", EXPECTED)
def test_what_a_handler_may_ask_for(visit: Visit, name: str) -> None:
    ran.clear()

    async def story(v: Any) -> None:
        updates = await v.run(getattr(Asks, name))
        assert v.errors == []
        assert [u["final"] for u in updates].count(True) == 1

    visit(story)
    assert sorted(ran) == sorted(EXPECTED[name]) if name == "background" else ran == EXPECTED[name]


def test_actions_of_a_chain_reach_the_page(visit: Visit) -> None:
    async def story(v: Any) -> None:
        await v.run(Asks.chain)

    assert visit(story).actions == [("console_log", {"message": "x"})]


class Errs(rx.State):
    count: int = 0

    def number(self):
        return 3

    def text_in_a_list(self):
        return [Log.put("not run"), "text"]

    def yields_a_dict(self):
        self.count = 1
        yield {"a": 1}
        self.count = 2

    async def async_yields_a_set(self):
        yield Log.put("first")
        yield {1}

    def forgets_to_await(self):
        return self.later()

    async def later(self):
        ran.append("later")

    async def forgets_inside(self):
        return self.later()

    def a_var(self):
        return Errs.count

    def by_a_var(self):
        return rx.cond(Errs.count > 1, Log.put, Other.put)

    def with_a_var(self):
        return Log.put(Errs.count)

    def too_few(self):
        return Log.two("1")

    def calls_background(self):
        self.beside()

    @rx.event(background=True)
    async def beside(self):
        ran.append("never")

    def a_class(self):
        return Log


MISTAKES = [
    ("number", "returned or yielded 3 (a int)", "def number"),
    ("text_in_a_list", "returned or yielded 'text' (a str)", "def text_in_a_list"),
    ("yields_a_dict", "returned or yielded {'a': 1} (a dict)", 'yield {"a": 1}'),
    ("async_yields_a_set", "returned or yielded {1} (a set)", "yield {1}"),
    ("forgets_inside", "Errs.later(...), that was not awaited", "async def forgets_inside"),
    ("a_var", "Errs.count", "def a_var"),
    ("by_a_var", "decide with Python's own 'if'", "def by_a_var"),
    ("with_a_var", "is a Var of the class, not a value", "def with_a_var"),
    (
        "too_few",
        "Log.two takes 2 arguments (first, second), and second is not given",
        "def too_few",
    ),
    ("calls_background", "return Errs.beside", "self.beside()"),
    ("a_class", "Log", "def a_class"),
]


@pytest.mark.parametrize(("name", "words", "line"), MISTAKES, ids=[m[0] for m in MISTAKES])
def test_what_it_may_not_is_told_with_the_authors_line(
    visit: Visit, name: str, words: str, line: str
) -> None:
    ran.clear()

    async def story(v: Any) -> None:
        await v.run(getattr(Errs, name))
        (error,) = v.errors
        assert words in error["message"]
        assert error["file"].endswith("test_outcomes.py")
        assert line in Path(__file__).read_text().splitlines()[error["line"] - 1]
        await v.run(Log.put("goes on").handler, text="goes on")

    visit(story)
    assert ran[-1] == "goes on"
    assert "never" not in ran


def test_a_handler_that_is_not_awaited_by_its_caller_still_runs(visit: Visit) -> None:
    """``return self.later()`` of a plain handler is a coroutine: it is awaited, as in Reflex."""
    ran.clear()

    async def story(v: Any) -> None:
        await v.run(Errs.forgets_to_await)
        assert v.errors == []

    visit(story)
    assert ran == ["later"]


def test_a_yield_with_a_mistake_does_not_end_the_handler(visit: Visit) -> None:
    async def story(v: Any) -> None:
        await v.run(Errs.yields_a_dict)
        assert v.of(Errs)["count"] == 2

    visit(story)


def test_decorators_around_handlers() -> None:
    with pytest.raises(EventHandlerTypeError, match="staticmethod"):

        class Static(rx.State):  # pyright: ignore[reportUnusedClass]
            @rx.event
            @staticmethod
            def none() -> None: ...

    with pytest.raises(EventHandlerTypeError, match="classmethod"):

        class Classy(rx.State):  # pyright: ignore[reportUnusedClass]
            @rx.event
            @classmethod
            def none(cls) -> None: ...

    assert Asks.decorated.params == ()
    assert inspect.iscoroutinefunction(module_background.fn)
    assert module_background.is_background
    assert bind(functools.partial(Log.put, "x")).calls[0][1].target == Log.put.name


def test_arguments_by_place_and_name_do_not_collide() -> None:
    with pytest.raises(EventFnArgMismatchError, match="two values for 'text'"):
        Log.put("a", text="b")
    with pytest.raises(EventFnArgMismatchError, match="'first' is not free"):
        Log.two("1")(first="2")


def test_tasks_of_a_handler_go_on_beside_it(visit: Visit) -> None:
    ran.clear()

    class Spawns(rx.State):
        seen: int = 0

        @rx.event(background=True)
        async def both(self):
            async def child(number: int) -> None:
                async with self:
                    self.seen += number
                    await asyncio.sleep(0)
                    ran.append(f"{number}: {self.seen}")

            await asyncio.gather(child(1), child(10))

    async def story(v: Any) -> None:
        await v.run(Spawns.both)
        assert v.errors == []
        assert v.of(Spawns)["seen"] == 11

    visit(story)
    assert ran == ["1: 1", "10: 11"]

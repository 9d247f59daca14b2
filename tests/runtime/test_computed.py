"""Computed vars: when they are computed, what they may return, and what they may not do."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

import wasmrx as rx
from wasmrx import registry
from wasmrx.errors import (
    ComputedVarError,
    ComputedVarSignatureError,
    SetUndefinedStateVarError,
    UntypedComputedVarError,
    VarDependencyError,
)
from wasmrx.expr import StateVar
from wasmrx.state import initial_state
from wasmrx.var import to_expr

Visit = Callable[..., Any]
ran: list[str] = []
outside: dict[str, int] = {"value": 0}


@pytest.fixture(autouse=True)
def start_over() -> None:
    ran.clear()
    outside["value"] = 0


# -- what counts as a dependency ---------------------------------------------------------------


@dataclass
class Line:
    name: str
    price: int = 1


class Shop(rx.State):
    lines: list[Line] = [Line("pear"), Line("fig")]
    prices: dict[str, dict[str, int]] = {"a": {"b": 1}}
    rate: int = 2
    use_rate: bool = False
    other: int = 0

    def _sum(self) -> int:
        return sum(line.price for line in self.lines)

    @property
    def doubled(self) -> int:
        return self.rate * 2

    @rx.var
    def by_method(self) -> int:
        ran.append("by_method")
        return self._sum()

    @rx.var
    def by_property(self) -> int:
        ran.append("by_property")
        return self.doubled

    @rx.var
    def by_branch(self) -> int:
        ran.append("by_branch")
        return self.rate if self.use_rate else -1

    @rx.var
    def by_nesting(self) -> int:
        ran.append("by_nesting")
        return {k: list(v.values()) for k, v in self.prices.items()}["a"][0]

    @rx.var
    def by_generator(self) -> list[str]:
        ran.append("by_generator")

        def names() -> Iterator[str]:
            yield from (line.name for line in self.lines)

        return list(names())

    @rx.event
    def set_all(self, name: str, value: Any):
        setattr(self, name, value)

    @rx.event
    def raise_price(self):
        self.lines[1].price += 4

    @rx.event
    def deep(self):
        self.prices["a"]["b"] = 9


class Till(Shop):
    paid: int = 0

    @rx.var
    def due(self) -> int:
        return self.by_method - self.paid

    @rx.var
    async def from_afar(self) -> int:
        ran.append("from_afar")
        far = await self.get_state(Far)
        await asyncio.sleep(0)
        return far.count + await self.get_var_value(Far.later) + self.rate


class Far(rx.State):
    count: int = 1
    hidden: int = 0

    @rx.var
    async def later(self) -> int:
        await asyncio.sleep(0)
        return self.count * 10

    @rx.event
    def grow(self):
        self.count += 1


def test_reads_are_found_wherever_they_happen(visit: Visit) -> None:
    async def story(v: Any) -> None:
        ran.clear()
        await v.run(Shop.raise_price)
        assert sorted(ran) == ["by_generator", "by_method"]
        assert v.of(Shop)["by_method"] == 6
        assert v.of(Till)["due"] == 6
        ran.clear()
        await v.run(Shop.set_all, name="rate", value=5)
        assert sorted(ran) == ["by_property", "from_afar"]
        await v.run(Shop.set_all, name="use_rate", value=True)
        ran.clear()
        await v.run(Shop.set_all, name="rate", value=7)
        assert sorted(ran) == ["by_branch", "by_property", "from_afar"]
        await v.run(Shop.deep)
        assert v.of(Shop)["by_nesting"] == 9
        ran.clear()
        await v.run(Shop.set_all, name="other", value=3)
        assert ran == []
        await v.run(Far.grow)
        assert v.of(Till)["from_afar"] == 2 + 20 + 7
        assert ran == ["from_afar"]

    visit(story)


class Twins(rx.State):
    a: int = 1
    b: int = 1
    gate: int = 0

    @rx.var
    async def slow_a(self) -> int:
        ran.append("a")
        await asyncio.sleep(0)
        found = self.a
        await asyncio.sleep(0.001)
        return found

    @rx.var
    async def slow_b(self) -> int:
        ran.append("b")
        await asyncio.sleep(0.0005)
        return self.b

    @rx.var
    async def both(self) -> list[int]:
        ran.append("both")
        return list(await asyncio.gather(self.slow_a, self.slow_b))

    @rx.event
    def set_one(self, name: str, value: int):
        setattr(self, name, value)

    @rx.event
    async def change_while_read(self):
        reading = asyncio.ensure_future(self._read())
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        self.a = 50
        assert await reading == 1

    async def _read(self) -> int:
        self.a = 1
        return await self.slow_a


def test_interleaved_async_vars_keep_their_reads_apart(visit: Visit) -> None:
    async def story(v: Any) -> None:
        ran.clear()
        await v.run(Twins.set_one, name="b", value=2)
        assert sorted(ran) == ["b", "both"]
        assert v.of(Twins)["both"] == [1, 2]
        ran.clear()
        await v.run(Twins.set_one, name="a", value=3)
        assert sorted(ran) == ["a", "both"]

    visit(story)


def test_a_change_while_an_async_var_waits_is_not_lost(visit: Visit) -> None:
    async def story(v: Any) -> None:
        await v.run(Twins.set_one, name="a", value=7)
        await v.run(Twins.change_while_read)
        assert v.of(Twins)["slow_a"] == 50
        assert v.of(Twins)["both"] == [50, 1]
        assert v.errors == []

    visit(story)


# -- options -----------------------------------------------------------------------------------


class Elsewhere(rx.State):
    n: int = 0
    m: int = 0

    @rx.event
    def up(self):
        self.n += 1


class Listed(rx.State):
    n: int = 0
    m: int = 0
    user: Line = Line("ann")

    @rx.var
    def base(self) -> int:
        return self.n

    @rx.var(deps=["m", base, Elsewhere.n + Elsewhere.m, "user.name"], auto_deps=False)
    def listed(self) -> int:
        ran.append("listed")
        return outside["value"]

    @rx.var(deps=[f"{__name__}.Elsewhere.m"])
    def by_path(self) -> int:
        ran.append("by_path")
        return 1

    @rx.event
    def set_n(self, value: int):
        outside["value"] += 1
        self.n = value

    @rx.event
    def rename(self):
        self.user.name = "bob"


def test_listed_dependencies(visit: Visit) -> None:
    async def story(v: Any) -> None:
        ran.clear()
        await v.run(Listed.set_n, value=1)
        assert v.of(Listed)["listed"] == 1
        await v.run(Listed.rename)
        await v.run(Elsewhere.up)
        await v.run("wasmrx.unknown")
        assert ran == ["listed"] * 3
        await v.run(Elsewhere.set_m, value=2)
        assert ran[3:] in (["listed", "by_path"], ["by_path", "listed"])

    visit(story)


@pytest.mark.parametrize("dep", ["nope", "nope.inner", f"{__name__}.Elsewhere.nope", Line("x"), ""])
def test_a_listed_dependency_that_does_not_exist(dep: Any) -> None:
    with pytest.raises((VarDependencyError, TypeError), match=r"deps|dependency"):

        class Wrong(rx.State):
            @rx.var(deps=[dep])
            def x(self) -> int:
                return 1


@pytest.fixture
def passing() -> Iterator[None]:
    """Forget the states of the module "passing": they make every event of any test wait."""
    yield
    registry.forget("passing")


@pytest.mark.usefixtures("passing")
def test_uncached_vars_and_those_that_read_them(visit: Visit) -> None:
    class Uncached(rx.State):
        __module__ = "passing"

        other: int = 0

        @rx.var(cache=False)
        def now(self) -> int:
            return outside["value"]

        @rx.var(cache=False)
        def _hidden_now(self) -> int:
            return outside["value"] * 10

        @rx.var
        def of_now(self) -> int:
            return self.now + self._hidden_now

        @rx.var(cache=False)
        async def later_now(self) -> int:
            await asyncio.sleep(0)
            return outside["value"]

        @rx.var
        async def of_later(self) -> int:
            return await self.later_now + 1

        @rx.event
        def nothing(self):
            outside["value"] += 1

    async def story(v: Any) -> None:
        (update,) = await v.run(Uncached.nothing)
        changed = {"now": 1, "of_now": 11, "later_now": 1, "of_later": 2}
        assert update["delta"][Uncached.get_full_name()] == changed
        (update,) = await v.run(Uncached.set_other, value=3)
        assert update["delta"][Uncached.get_full_name()] == {"other": 3}

    visit(story)


@pytest.mark.usefixtures("passing")
def test_an_interval_limits_how_long_a_value_holds(
    visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Timed(rx.State):
        __module__ = "passing"

        other: int = 0

        @rx.var(interval=timedelta(seconds=60))
        def minute(self) -> int:
            ran.append("minute")
            return outside["value"]

        @rx.var(interval=60)
        async def minute_later(self) -> int:
            return outside["value"]

        @rx.var
        def of_minute(self) -> int:
            return self.minute + 1

    clock = time.time()
    monkeypatch.setattr(time, "time", lambda: clock)

    async def story(v: Any) -> None:
        nonlocal clock
        outside["value"] = 5
        ran.clear()
        clock += 59
        await v.run(Timed.set_other, value=1)
        assert v.of(Timed)["minute"] == 0
        clock += 2
        await v.run(Timed.set_other, value=2)
        assert v.of(Timed)["minute"] == 5
        assert v.of(Timed)["minute_later"] == 5
        assert v.of(Timed)["of_minute"] == 6
        assert ran == ["minute"]

    visit(story)


def test_options_that_exclude_each_other() -> None:
    with pytest.raises(ValueError, match="interval"):
        rx.var(cache=False, interval=3, return_type=int)(lambda self: 1)
    with pytest.raises(VarDependencyError, match="cache=False"):

        @rx.var(cache=False, deps=["a"])
        def x(self: Any) -> int:
            return 1


def test_signatures_that_cannot_work() -> None:
    with pytest.raises(ComputedVarSignatureError, match="takes 2 parameters"):

        @rx.var
        def two(self: Any, other: Any) -> int:
            return 1

    with pytest.raises(ComputedVarSignatureError, match="takes no parameter"):

        @rx.var
        def none() -> int:
            return 1

    with pytest.raises(ComputedVarSignatureError, match="yields"):

        @rx.var
        def many(self: Any) -> Iterator[int]:
            yield 1

    with pytest.raises(UntypedComputedVarError, match="return annotation") as caught:

        @rx.var
        def untyped(self: Any):
            return 1

    assert caught.value.file == __file__
    typed: Any = rx.var(return_type=int)(lambda self: 1)
    assert typed.bound(Shop, "typed").hint is int


# -- inheritance -------------------------------------------------------------------------------


class Counting(rx.State, mixin=True):
    n: int = 1

    @rx.var
    def size(self) -> int:
        return self.n

    @rx.var
    async def size_later(self) -> int:
        return self.n


class Plain(Counting, rx.State):
    pass


class Louder(Counting, rx.State):
    @rx.var
    def size(self) -> int:
        return super().size * 100

    @rx.var
    async def size_later(self) -> int:
        return await super().size_later + 5


class Under(Plain):
    @rx.var
    def size(self) -> int:
        return super().size + 1000

    @rx.var
    def seen(self) -> int:
        return self.size + self.n


def test_computed_vars_are_inherited_and_overridden(visit: Visit) -> None:
    async def story(v: Any) -> None:
        await v.run(Plain.set_n, value=2)
        await v.run(Louder.set_n, value=3)
        assert v.of(Plain)["size"] == 2
        assert v.of(Louder)["size"] == 300
        assert v.of(Louder)["size_later"] == 8
        assert v.of(Under)["size"] == 1002
        assert v.of(Under)["seen"] == 1004

    visit(story)
    assert to_expr(Under.size) == StateVar(Under.get_full_name(), "size")
    assert to_expr(Under.size_later) == StateVar(Plain.get_full_name(), "size_later")


# -- what they return --------------------------------------------------------------------------


class Returns(rx.State):
    n: int = 1
    rows: list[Line] = [Line("a"), Line("b")]

    @rx.var
    def line(self) -> Line:
        return Line("x", self.n)

    @rx.var
    def numbers(self) -> list[int]:
        return [3, 1, self.n]

    @rx.var
    def table(self) -> dict[str, list[int]]:
        return {"a": [self.n]}

    @rx.var
    def kinds(self) -> set[str]:
        return {"b"} if self.n else set()

    @rx.var
    def ordered(self) -> list[int]:
        found = self.numbers
        found.sort()
        return found

    @rx.var
    def cheap(self) -> list[Line]:
        return [row for row in self.rows if row.price < 5]

    @rx.event
    def spoil(self):
        self.numbers.append(99)
        assert self.numbers[-1] == 99, "the handler's own copy stays the same"
        self.table["a"].append(7)
        self.table["b"] = []
        self.kinds.clear()

    @rx.event
    def check(self):
        assert self.numbers == [3, 1, self.n]
        assert self.table == {"a": [self.n]}
        assert self.kinds == {"b"}

    @rx.event
    def through(self):
        self.cheap[1].price = 3


def test_what_a_handler_does_to_a_returned_value_stays_its_own(visit: Visit) -> None:
    async def story(v: Any) -> None:
        page = dict(v.of(Returns))
        assert page["line"] == {"name": "x", "price": 1}
        assert (page["numbers"], page["ordered"]) == ([3, 1, 1], [1, 1, 3])
        (update,) = await v.run(Returns.spoil)
        assert "delta" not in update
        await v.run(Returns.check)
        await v.run(Returns.set_n, value=2)
        await v.run(Returns.check)
        assert v.of(Returns)["numbers"] == [3, 1, 2]
        await v.run(Returns.through)
        assert v.of(Returns)["rows"][1]["price"] == 3
        assert v.of(Returns)["cheap"][1]["price"] == 3
        assert v.errors == []

    visit(story)


class Mistyped(rx.State):
    wrong: bool = False

    @rx.var
    def number(self) -> int:
        return "text" if self.wrong else 1  # type: ignore[return-value]


def test_a_value_of_another_type_is_reported_and_shown(visit: Visit) -> None:
    async def story(v: Any) -> None:
        await v.run(Mistyped.set_wrong, value=True)
        assert v.of(Mistyped)["number"] == "text"
        (error,) = v.errors
        assert "Mistyped.number is declared int but returns 'text' (str)" in error["message"]
        assert error["file"].endswith("test_computed.py")

    visit(story)


async def _nothing(_: Any) -> None:
    pass


# -- what goes wrong ---------------------------------------------------------------------------


class Broken(rx.State):
    divisor: int = 1
    text: str = ""

    def _deep(self) -> int:
        return 6 // self.divisor

    @rx.var
    def quotient(self) -> int:
        return self._deep()

    @rx.var
    def of_quotient(self) -> int:
        return self.quotient + 1

    @rx.var
    async def of_quotient_later(self) -> int:
        await asyncio.sleep(0)
        return self.quotient + 2

    @rx.var
    def fine(self) -> str:
        return self.text + "!"

    @rx.event
    def change(self, divisor: int, text: str):
        self.divisor, self.text = divisor, text


def test_an_exception_costs_no_other_var_and_mends_itself(visit: Visit) -> None:
    async def story(v: Any) -> None:
        (update,) = await v.run(Broken.change, divisor=0, text="a")
        values = update["delta"][Broken.get_full_name()]
        assert values == {"divisor": 0, "text": "a", "fine": "a!"}
        (error,) = v.errors
        assert error["title"] == "A computed var failed"
        assert "Broken.quotient failed with ZeroDivisionError" in error["message"]
        assert error["file"].endswith("test_computed.py")
        assert error["line"] == Broken._deep.__code__.co_firstlineno + 1
        assert "in _deep" in error["traceback"]
        await v.run(Broken.change, divisor=3, text="b")
        assert len(v.errors) == 1
        assert v.of(Broken) == {
            "divisor": 3,
            "text": "b",
            "quotient": 2,
            "of_quotient": 3,
            "of_quotient_later": 4,
            "fine": "b!",
        }

    visit(story)


def test_a_build_says_which_var_failed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Broken.__wx_fields__["divisor"], "default", 0)
    with pytest.raises(ComputedVarError, match=r"Broken\.quotient failed with ZeroDiv") as caught:
        initial_state()
    assert caught.value.file == __file__
    assert "initial_value" in str(caught.value)


class Circle(rx.State):
    closed: bool = False

    @rx.var
    def x(self) -> int:
        return 1 + (self.get_value("y") if self.closed else 0)

    @rx.var
    def y(self) -> int:
        return self.x

    @rx.var
    async def slow_x(self) -> int:
        return 1 + ((await asyncio.gather(self.slow_y))[0] if self.closed else 0)

    @rx.var
    async def slow_y(self) -> int:
        return await self.slow_x

    @rx.var
    def itself(self) -> int:
        return self.itself if self.closed else 0


def test_a_circle_is_named(visit: Visit) -> None:
    async def story(v: Any) -> None:
        assert (v.of(Circle)["y"], v.of(Circle)["slow_y"]) == (1, 1)
        await v.run(Circle.set_closed, value=True)
        home = Circle.get_full_name()
        lines = [Circle.__wx_computed_vars__[n].place[1] for n in ("x", "y")]  # type: ignore[index]
        circle = f"{home}.x (line {lines[0]}) → {home}.y (line {lines[1]}) → {home}.x"
        messages = [e["message"] for e in v.errors]
        assert len(messages) == 3
        assert sum(circle in m for m in messages) == 1
        assert sum("slow_x" in m and "→" in m for m in messages) == 1
        assert sum("reads itself" in m for m in messages) == 1
        assert all(e["file"].endswith("test_computed.py") for e in v.errors)
        await v.run(Circle.set_closed, value=False)
        assert len(v.errors) == 3

    visit(story)


class Writing(rx.State):
    on: bool = False
    count: int = 0
    items: list[int] = [2, 1]
    _asked: int = 0
    _memo: list[int] = []

    @rx.var
    def assigns(self) -> int:
        if self.on:
            self.count = 5
        return self.count

    @rx.var
    async def mutates(self) -> list[int]:
        await asyncio.sleep(0)
        if self.on:
            self.items.sort()
        return self.items

    @rx.var
    def asked(self) -> int:
        if self.on and self._asked < 3:
            self._asked += 1
        return self._asked

    @rx.var
    def remembers(self) -> list[int]:
        if not self._memo:
            ran.append("work")
            self._memo = [1, 2, 3]
        return self._memo

    @rx.event
    def forget(self):
        self._memo = []

    @rx.event
    def assign_computed(self):
        self.asked = 3


def test_a_computed_var_may_not_change_what_the_page_shows(visit: Visit) -> None:
    async def story(v: Any) -> None:
        await v.run(Writing.set_on, value=True)
        first, second = sorted(e["message"] for e in v.errors)
        assert "Writing.assigns changes" in first
        assert "Writing.count. A computed var may only read" in first
        assert "Writing.mutates changes" in second
        assert "sorted(self.items)" in second
        assert v.of(Writing)["items"] == [2, 1]
        assert v.of(Writing)["count"] == 0
        assert all(e["file"].endswith("test_computed.py") for e in v.errors)

    visit(story)


def test_a_computed_var_may_remember_in_a_backend_var(visit: Visit) -> None:
    async def story(v: Any) -> None:
        ran.clear()
        await v.run(Writing.set_count, value=2)
        assert ran == []
        await v.run(Writing.forget)
        assert ran == ["work"]
        assert v.of(Writing)["remembers"] == [1, 2, 3]
        assert v.errors == []

    visit(story)


def test_a_computed_var_cannot_be_assigned(visit: Visit) -> None:
    async def story(v: Any) -> None:
        await v.run(Writing.assign_computed)
        (error,) = v.errors
        assert "Writing.asked is a computed var and cannot be assigned" in error["message"]
        assert error["line"] == Writing.assign_computed.fn.__code__.co_firstlineno + 2

    visit(story)
    with pytest.raises(SetUndefinedStateVarError):
        Writing().asked = 3


def test_initial_values_and_backend(visit: Visit) -> None:
    class First(rx.State):
        n: int = 1

        @rx.var(initial_value="soon")
        def shown(self) -> str:
            return f"n={self.n}"

        @rx.var(initial_value=[0])
        async def awaited(self) -> list[int]:
            return [self.n]

        @rx.var(backend=True)
        def secret(self) -> object:
            return object()

        @rx.var
        def _secret_too(self) -> object:
            return object()

    started = initial_state()[First.get_full_name()]
    assert started == {"n": 1, "shown": "soon", "awaited": [0]}
    v = visit(_nothing)
    assert v.of(First) == {"n": 1, "shown": "n=1", "awaited": [1]}

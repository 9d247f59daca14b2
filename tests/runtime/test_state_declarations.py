"""What a class body may declare: vars, mixins, overrides, and the names it may not use."""

from __future__ import annotations

import dataclasses
import datetime
import enum
import functools
from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Any, ClassVar

import pytest

import wasmrx as rx
from wasmrx.errors import (
    BackendVarFormatError,
    DynamicRouteArgShadowsStateVarError,
    EventDeserializationError,
    EventHandlerShadowsBuiltInStateMethodError,
    EventHandlerValueError,
    SetUndefinedStateVarError,
    StateValueError,
    StateVarReplacedError,
    VarNameError,
)
from wasmrx.expr import StateVar
from wasmrx.fields import Field
from wasmrx.state import State, all_states, initial_state
from wasmrx.var import Var, to_expr

Visit = Callable[..., Any]


class Timed(rx.State, mixin=True):
    """A mixin with all that a state may have."""

    started: int = 1
    _secret: str = "s"
    tags: list[str] = []

    @rx.var
    def started_twice(self) -> int:
        return self.started * 2

    def start(self):
        self.started += 1
        self._helper()

    def _helper(self):
        self.tags.append(str(self.started))


class Named(rx.State, mixin=True):
    name: str = "n"
    started: int = 7


class TimedAndMore(Timed):
    """A mixin of a mixin: whoever derives from mixins only is one."""

    more: int = 5

    @rx.var
    def sum(self) -> int:
        return self.started + self.more


class First(TimedAndMore, rx.State):
    pass


class Second(TimedAndMore, Named, rx.State):
    more = 6


class Below(First):
    own: int = 1

    @rx.var
    def above(self) -> int:
        return self.started + self.own


class Plain:
    """No state: it gives methods, and backend vars by annotation."""

    _kept: list[int] = []
    seen: int = 0

    def remember(self, value: int) -> int:
        self._kept.append(value)
        return len(self._kept)


class UsesPlain(Plain, rx.State):
    def add(self):
        self.remember(3)


class Size(enum.Enum):
    SMALL = "s"
    LARGE = "l"


@dataclasses.dataclass
class Point:
    x: int = 0
    y: int = 0


class Descriptor:
    def __get__(self, instance: Any, owner: Any) -> Any:
        return self if instance is None else instance.total + 100

    def __set__(self, instance: Any, value: int) -> None:
        instance.total = value * 2


class Typed(rx.State):
    total: int = 0
    ratio: float = 0.0
    size: Size = Size.SMALL
    day: datetime.date = datetime.date(2026, 1, 1)
    point: Point = Point()
    chosen: set[int] = set()
    flag: bool = False
    anything: Any = None
    text = "t"
    __hidden: int = 1
    LIMIT: ClassVar[int] = 3
    described = Descriptor()
    call = functools.partial(int, "5")

    @property
    def label(self) -> str:
        return f"total {self.total}"

    @label.setter
    def label(self, value: str) -> None:
        self.total = len(value)

    @functools.cached_property
    def once(self) -> list[int]:
        return [self.total]

    @staticmethod
    def plain(x: int) -> int:
        return x + 1

    @classmethod
    def of_class(cls) -> str:
        return cls.__name__

    def hide(self):
        self.__hidden = 9
        return self.__hidden

    def set_text(self, value: str):
        self.text = value.upper()


class Override(Typed):
    total: int  # Restates the type: the var stays the parent's.
    ratio = 0.5
    text = "other"

    @property
    def flag(self) -> bool:  # type: ignore[override]
        return True


class LikeBuiltins(rx.State):
    list: list[str] = []
    id: int = 1
    type: str = "t"
    len: int = 0
    constructor: str = "c"
    toString: str = "s"
    then: int = 0
    more: "list[str]" = []  # noqa: UP037


class Abstract(ABC):
    @abstractmethod
    def helper(self) -> int: ...


class UsesAbstract(Abstract, rx.State):
    x: int = 0

    def helper(self) -> int:
        return 1


def test_mixins_are_copied_into_each_state(visit: Visit) -> None:
    async def story(v: Any) -> None:
        assert v.of(First) == {
            "started": 1, "tags": [], "more": 5, "started_twice": 2, "sum": 6,
        }  # fmt: skip
        assert v.of(Second)["name"] == "n"
        assert v.of(Second)["more"] == 6
        assert v.of(Second)["started"] == 1
        await v.run(First.start)
        assert v.of(First)["started_twice"] == 4
        assert v.of(First)["sum"] == 7
        assert v.of(First)["tags"] == ["2"]
        assert v.of(Second)["started"] == 1
        assert v.instance(First)._secret == "s"

    visit(story)
    assert Timed not in all_states()
    assert TimedAndMore not in all_states()


def test_a_substate_shares_what_its_parent_has_of_mixins(visit: Visit) -> None:
    assert set(initial_state()[Below.get_full_name()]) == {"own", "above"}
    assert to_expr(Below.started) == StateVar(First.get_full_name(), "started")

    async def story(v: Any) -> None:
        await v.run(Below.start)
        assert v.of(First)["started"] == 2
        assert v.of(Below)["above"] == 3

    visit(story)


def test_a_mixins_var_cannot_be_shown() -> None:
    assert isinstance(Timed.started, Field)
    with pytest.raises(BackendVarFormatError, match=r"Timed\.started is a var of a mixin"):
        Var.create(Timed.started)
    with pytest.raises(BackendVarFormatError, match="mixin"):
        f"{Timed.started}"


def test_a_backend_var_cannot_be_shown() -> None:
    assert First._secret.default_value() == "s"
    with pytest.raises(BackendVarFormatError, match=r"First\._secret is a backend var"):
        Var.create(First._secret)
    with pytest.raises(BackendVarFormatError, match="stays in Python"):
        f"{First._secret}"


def test_plain_bases_give_methods_and_backend_vars(visit: Visit) -> None:
    one, two = UsesPlain(), UsesPlain()
    assert one.remember(1) == 1
    assert one.remember(2) == 2
    assert two.remember(1) == 1
    assert Plain._kept == []
    assert "remember" not in UsesPlain.get_event_handlers()
    assert initial_state()[UsesPlain.get_full_name()] == {}
    assert UsesAbstract().helper() == 1


def test_two_parents_are_refused() -> None:
    with pytest.raises(StateValueError, match="derives from two states, First and UsesPlain"):

        class Both(First, UsesPlain):
            pass


def test_overrides() -> None:
    assert to_expr(Override.total) == StateVar(Typed.get_full_name(), "total")
    assert Override.ratio._var_type is float
    assert to_expr(Override.ratio) == StateVar(Override.get_full_name(), "ratio")
    state = Override()
    assert (state.ratio, state.text, state.flag) == (0.5, "other", True)
    assert "flag" not in Override.get_fields()
    with pytest.raises(AttributeError, match="flag"):
        state.flag = False


def test_what_is_no_var_stays_what_it_is() -> None:
    state = Typed()
    assert state.label == "total 0"
    state.label = "four"
    assert state.total == 4
    assert state.once == [4]
    state.total = 9
    assert state.once == [4]
    state.described = 3
    assert (state.total, state.described) == (6, 106)
    assert state.plain(1) == Typed.plain(1) == 2
    assert state.of_class() == "Typed"
    assert state.hide() == 9
    assert state.LIMIT == Typed.LIMIT == 3
    assert "call" not in Typed.get_fields()
    assert "_Typed__hidden" not in Typed.get_fields()
    assert {"label", "once", "described", "LIMIT"}.isdisjoint(Typed.vars)


def test_only_vars_are_assigned() -> None:
    state = Typed()
    for name, words in {
        "totla": r"has no var 'totla'\. Did you mean 'total'\? Declare it .*'totla: int = \.\.\.'",
        "LIMIT": "has no var 'LIMIT'",
        "set_text": "is an event handler",
        "hide": "is an event handler",
        "plain": "has no var 'plain'",
        "reset": "has no var 'reset'",
    }.items():
        with pytest.raises(SetUndefinedStateVarError, match=words) as caught:
            setattr(state, name, 1)
        assert caught.value.file == __file__


def test_a_var_cannot_be_replaced_on_the_class() -> None:
    with pytest.raises(StateVarReplacedError, match=r"'self\.total = \.\.\.'") as caught:
        Typed.total += 1
    assert caught.value.file == __file__
    with pytest.raises(StateVarReplacedError, match=r"Override\.total"):
        Override.total = 3  # type: ignore[assignment]
    with pytest.raises(StateVarReplacedError, match="deleted"):
        del Typed.total
    Typed.LIMIT = 4
    assert Typed().LIMIT == 4
    Typed.LIMIT = 3


@pytest.mark.parametrize("name", ["reset", "get_state", "router", "vars", "setvar", "dict", "set"])
def test_names_of_state_are_refused(name: str) -> None:
    with pytest.raises(StateValueError, match=f"'{name}' has the name of something") as caught:
        type(State)("Bad", (State,), {"__annotations__": {name: int}, name: 1})
    assert caught.value.file == __file__
    with pytest.raises((StateValueError, VarNameError), match=r"Rename the var|already"):
        Typed.add_var(name, int, 0)

    def handler(self: Any) -> None: ...

    with pytest.raises(EventHandlerShadowsBuiltInStateMethodError, match=name):
        type(State)("Bad", (State,), {name: handler})


def test_vars_named_like_builtins(visit: Visit) -> None:
    assert LikeBuiltins.list._var_type == list[str]
    assert LikeBuiltins.more._var_type == list[str]

    async def story(v: Any) -> None:
        state = v.instance(LikeBuiltins)
        state.list.append("x")
        state.id += 1
        state.len = len(state.list)
        state.constructor = "d"
        await v.run(LikeBuiltins.set_then, value="4")
        assert v.of(LikeBuiltins) == {
            "list": ["x"], "id": 2, "type": "t", "len": 1, "constructor": "d", "toString": "s",
            "then": 4, "more": [],
        }  # fmt: skip
        assert not v.errors

    visit(story)


SETTERS = [
    (Typed.set_total, "12", 12),
    (Typed.set_total, "no number", 0),
    (Typed.set_total, None, 0),
    (Typed.set_ratio, "0.5", 0.5),
    (Typed.set_size, "l", Size.LARGE),
    (Typed.set_day, "2026-02-03", datetime.date(2026, 2, 3)),
    (Typed.set_point, {"x": 1, "y": 2}, Point(1, 2)),
    (Typed.set_chosen, [1, 2], {1, 2}),
    (Typed.set_flag, True, True),
    (Typed.set_text, "up", "UP"),
    (Typed.set_anything, [1], [1]),
]


@pytest.mark.parametrize(("handler", "value", "expected"), SETTERS)
def test_setters_convert(visit: Visit, handler: Any, value: Any, expected: Any) -> None:
    async def story(v: Any) -> None:
        await v.run(handler, value=value)
        assert v.instance(Typed).get_value(handler.attr.removeprefix("set_")) == expected
        assert not v.errors

    visit(story)
    state = Typed()
    getattr(state, handler.attr)(value)
    assert state.get_value(handler.attr.removeprefix("set_")) == expected


def test_a_setter_that_cannot_convert_names_the_var(visit: Visit) -> None:
    async def story(v: Any) -> None:
        await v.run(Typed.set_size, value="huge")
        (error,) = v.errors
        assert "Typed.size is declared Size, but set_size got 'huge'" in error["message"]
        assert v.of(Typed)["size"] == "s"

    visit(story)
    with pytest.raises(EventDeserializationError):
        Typed().set_day("never")


def test_setvar() -> None:
    state = Typed()
    state.setvar("total", "3")
    assert state.total == 3
    assert Override.setvar("total", 1).target == f"{Typed.get_full_name()}.set_total"
    assert Typed.setvar("text").missing == ("value",)
    with pytest.raises(AttributeError, match="no var 'nothing' to set"):
        state.setvar("nothing", 1)
    with pytest.raises(EventHandlerValueError, match="name of a var as text"):
        Typed.setvar(Typed.total)


def test_what_a_class_tells_of_itself() -> None:
    assert Below.get_parent_state() is First
    assert Below.get_root_state() is State
    assert State.get_class_substate(Below.get_full_name()) is Below
    assert First.get_class_substate([First.get_name(), Below.get_name()]) is Below
    with pytest.raises(ValueError, match="no substate"):
        First.get_class_substate("nowhere")
    assert set(Below.base_vars) == {"own"}
    assert set(Below.computed_vars) == {"above"}
    assert {"own", "above", "started", "sum", "is_hydrated", "router"} <= set(Below.vars)
    assert "_secret" not in Below.vars
    assert to_expr(Below.vars["started"]) == to_expr(First.started)
    assert {"own", "started", "_secret"} <= set(Below.get_fields())
    assert {"start", "set_started"} <= set(First.get_event_handlers())


def test_what_an_instance_tells_of_itself() -> None:
    state = Below()
    first = state.parent_state
    assert type(first) is First
    assert first.substates == {Below.get_full_name(): state}
    assert first.get_substate([Below.get_full_name()]) is state
    assert state.set(own=3, started=2) is state
    assert (state.own, first.started) == (3, 2)
    assert state.dict()[Below.get_full_name()] == {"own": 3, "above": 5}
    assert set(first.dict(include_computed=False)[First.get_full_name()]) == {
        "started", "tags", "more",
    }  # fmt: skip
    assert Below.get_full_name() in first.dict()
    assert type(first.get_value("tags")) is list
    first.get_value("tags").append("unseen")
    with pytest.raises(TypeError, match="name of a var"):
        state.get_value(Below.own)


def test_add_var_joins_the_state_and_those_below(visit: Visit) -> None:
    class Grows(rx.State):
        a: int = 1

    class GrowsBelow(Grows):
        pass

    Grows.add_var("later", list[int], [1])
    assert to_expr(GrowsBelow.later) == StateVar(Grows.get_full_name(), "later")
    with pytest.raises(VarNameError, match="'later' already"):
        GrowsBelow.add_var("later", int)
    with pytest.raises(NameError):
        Grows.add_var("a", int)

    async def story(v: Any) -> None:
        v.instance(GrowsBelow).later.append(2)
        await v.run(Grows.set_a, value=2)
        assert v.of(Grows) == {"a": 2, "later": [1, 2]}
        await v.run(GrowsBelow.set_later, value=[5])
        assert v.of(Grows)["later"] == [5]

    visit(story)


def test_defaults_can_be_replaced() -> None:
    class Configured(rx.State):
        level: int = 1
        names: list[str] = []

    Configured.get_fields()["level"].set_default(5)
    Configured.get_fields()["names"].set_default(default_factory=lambda: ["a"])
    assert Configured().level == 5
    assert Configured().names == ["a"]
    with pytest.raises(TypeError, match="either"):
        Configured.get_fields()["level"].set_default()


def test_a_dynamic_part_may_not_take_the_name_of_a_var() -> None:
    with pytest.raises(DynamicRouteArgShadowsStateVarError, match=r"\[is_hydrated_id\]"):
        rx.App().add_page(lambda: None, route="/x/[is_hydrated]")
    with pytest.raises(DynamicRouteArgShadowsStateVarError, match=r"\[reset\]"):
        rx.App().add_page(lambda: None, route="/x/[reset]")
    rx.App().add_page(lambda: None, route="/x/[again]")
    rx.App().add_page(lambda: None, route="/y/[again]")


def test_fields_with_options() -> None:
    class Options(rx.State):
        a: rx.Field[int] = rx.field(3)
        b: rx.Field[list[int]] = rx.field(default_factory=lambda: [1])
        c = rx.field("text")
        d: rx.Field[dict[str, int]] = rx.field({"x": 1})
        hidden: rx.Field[int] = rx.field(1, is_var=False)

    one, two = Options(), Options()
    one.b.append(2)
    one.d["x"] = 2
    assert (two.a, two.b, two.c, two.d, two.hidden) == (3, [1], "text", {"x": 1}, 1)
    assert Options.c._var_type is str
    assert Options.a._var_type is int
    assert set(initial_state()[Options.get_full_name()]) == {"a", "b", "c", "d"}
    with pytest.raises(ValueError, match="either"):
        rx.field(1, default_factory=int)

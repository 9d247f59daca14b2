"""State classes: what they declare, and what instances do."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, ClassVar, Literal, Optional

import pytest

import wasmrx as rx
from wasmrx.errors import (
    EventHandlerShadowsBuiltInStateMethodError,
    SetUndefinedStateVarError,
    UntypedComputedVarError,
    VarDependencyError,
)
from wasmrx.expr import StateVar
from wasmrx.handlers import EventHandler
from wasmrx.state import State, all_states, initial_state
from wasmrx.var import Var, to_expr

Visit = Callable[..., Any]
ran: list[str] = []


class Kinds(rx.State):
    number: int
    text: str
    many: list[int]
    maybe: int | None
    old_maybe: Optional[str]  # noqa: UP045
    choice: Literal["a", "b"]
    pair: tuple[int, int]
    mapping: dict[str, int]
    quoted: "set[int]"  # noqa: UP037
    bare = ["x", "y"]
    bare_number = 3
    _hidden: dict[str, int] = {}
    _bare_hidden = [1]
    limit: ClassVar[int] = 10
    made: rx.Field[list[int]] = rx.field(default_factory=lambda: [1, 2])
    kept_back: rx.Field[int] = rx.field(5, is_var=False)

    @rx.var
    def doubled(self) -> int:
        return self.number * 2

    @staticmethod
    def plain(x: int) -> int:
        return x + 1

    def _private(self) -> int:
        return self.number

    @property
    def prop(self) -> int:
        return self.number + 1


class Parent(rx.State):
    shared: int = 1

    def bump(self):
        self.shared += 1


class Child(Parent):
    own: int = 0

    @rx.var
    def total(self) -> int:
        ran.append("total")
        return self.shared + self.own

    def bump_both(self):
        self.shared += 10
        self.own += 1
        self.bump()


class Grandchild(Child):
    deep: list[str] = []

    @rx.var
    def summary(self) -> str:
        return f"{self.total}/{len(self.deep)}"


class Shadow(Parent):
    shared: int = 100  # pyright: ignore


class Mixin(rx.State, mixin=True):
    mixed: int = 1

    @rx.var
    def mixed_twice(self) -> int:
        return self.mixed * 2

    def mix(self):
        self.mixed += 1


class UsesMixin(Mixin, rx.State):
    pass


class AlsoUsesMixin(Mixin, rx.State):
    mixed: int = 50


class Other(rx.State):
    a: int = 1

    @rx.var
    async def from_elsewhere(self) -> int:
        child = await self.get_state(Child)
        return child.own * 100 + self.a

    async def read(self):
        ran.append(str(await self.get_var_value(Child.total)))
        ran.append(str(await self.get_var_value(Kinds.number)))

    async def change_elsewhere(self):
        child = await self.get_state(Child)
        child.own = 5


class Computed(rx.State):
    a: int = 1
    b: int = 1
    flag: bool = True

    @rx.var
    def either(self) -> int:
        ran.append("either")
        return self.a if self.flag else self.b

    @rx.var(cache=False)
    def uncached(self) -> int:
        ran.append("uncached")
        return self.a

    @rx.var(backend=True)
    def unseen(self) -> int:
        return self.a + 1

    @rx.var(deps=["b"], auto_deps=False)
    def only_b(self) -> str:
        return f"{self.a},{self.b}"

    @rx.var(initial_value=-1)
    def starts(self) -> int:
        return self.a

    @rx.var(interval=1000)
    def rarely(self) -> int:
        return self.a

    @rx.var
    def fails(self) -> int:
        return 1 // self.b

    def change(self, name: str, value: int):
        setattr(self, name, value)


def test_a_class_attribute_is_a_var() -> None:
    assert isinstance(Kinds.number, Var)
    assert to_expr(Kinds.number) == StateVar(f"{__name__}.Kinds", "number")
    assert Kinds.number._var_type is int
    assert Kinds.bare._var_type == list[str]
    assert Kinds.doubled._var_type is int
    assert isinstance(Kinds.set_number, EventHandler)
    assert Kinds.limit == 10
    assert Kinds.plain(1) == 2
    assert to_expr(Child.shared) == StateVar(f"{__name__}.Parent", "shared")
    assert to_expr(Shadow.shared) == StateVar(f"{__name__}.Shadow", "shared")


def test_names() -> None:
    assert rx.State.get_full_name() == "wasmrx.State"
    assert Child.get_full_name() == f"{__name__}.Child"
    assert Child.bump_both.name == f"{__name__}.Child.bump_both"
    assert Child.bump.name == f"{__name__}.Parent.bump"
    assert Child.get_parent_state() is Parent
    assert Parent.get_substates() == {Child, Shadow}
    order = all_states()
    assert order[0] is State
    assert order.index(Parent) < order.index(Child) < order.index(Grandchild)


def test_defaults_by_type() -> None:
    values = initial_state()[Kinds.get_full_name()]
    assert values == {
        "number": 0,
        "text": "",
        "many": [],
        "maybe": None,
        "old_maybe": None,
        "choice": "a",
        "pair": [],
        "mapping": {},
        "quoted": [],
        "bare": ["x", "y"],
        "bare_number": 3,
        "made": [1, 2],
        "doubled": 0,
    }


def test_instances_do_not_share_defaults() -> None:
    one, two = Kinds(), Kinds()
    one.bare.append("z")
    one._hidden["k"] = 1
    assert two.bare == ["x", "y"]
    assert two._hidden == {}
    assert one.kept_back == 5
    assert one.prop == 1
    assert one._private() == 0


def test_an_undeclared_var_cannot_be_set() -> None:
    state = Kinds()
    for name in ("nothing", "_nothing"):
        with pytest.raises(SetUndefinedStateVarError, match=f"has no var '{name}'"):
            setattr(state, name, 1)
    with pytest.raises(AttributeError, match="computed var"):
        state.doubled = 3  # type: ignore[misc]


def test_computed_vars_follow_what_they_read() -> None:
    state = Kinds()
    assert state.doubled == 0
    state.number = 4
    assert state.doubled == 8


def test_substates_share_their_parents_values(visit: Visit) -> None:
    async def story(v: Any) -> None:
        await v.run(Child.bump_both)
        assert v.of(Parent)["shared"] == 12
        assert v.of(Child) == {"own": 1, "total": 13}
        assert v.of(Grandchild)["summary"] == "13/0"
        await v.run(Grandchild.bump)
        assert v.of(Parent)["shared"] == 13
        assert v.of(Child)["total"] == 14
        assert v.of(Shadow)["shared"] == 100

    visit(story)


def test_a_computed_var_runs_once_per_change(visit: Visit) -> None:
    async def story(v: Any) -> None:
        ran.clear()
        await v.run(Child.bump_both)
        assert ran.count("total") == 1
        await v.run(Kinds.set_text, value="x")
        assert ran.count("total") == 1

    visit(story)


def test_mixins_are_copied(visit: Visit) -> None:
    async def story(v: Any) -> None:
        await v.run(UsesMixin.mix)
        assert v.of(UsesMixin) == {"mixed": 2, "mixed_twice": 4}
        assert v.of(AlsoUsesMixin) == {"mixed": 50, "mixed_twice": 100}

    visit(story)
    assert Mixin not in all_states()


def test_reset_restores_this_state_and_those_below(visit: Visit) -> None:
    async def story(v: Any) -> None:
        await v.run(Child.bump_both)
        v.instance(Grandchild).deep.append("x")
        v.instance(Child).reset()
        await v.run(Kinds.set_text, value="flush")
        assert v.of(Parent)["shared"] == 12
        assert v.of(Child)["own"] == 0
        assert v.of(Grandchild)["deep"] == []

    visit(story)


def test_states_reach_each_other(visit: Visit) -> None:
    async def story(v: Any) -> None:
        ran.clear()
        await v.run(Other.read)
        assert [text for text in ran if text.isdigit()] == ["1", "0"]
        assert v.of(Other)["from_elsewhere"] == 1
        await v.run(Other.change_elsewhere)
        assert v.of(Child)["own"] == 5
        assert v.of(Other)["from_elsewhere"] == 501

    visit(story)


def test_setters_convert_text_to_numbers(visit: Visit) -> None:
    async def story(v: Any) -> None:
        await v.run(Kinds.set_number, value="12")
        assert v.of(Kinds)["number"] == 12
        await v.run(Kinds.set_number, value="no number")
        assert v.of(Kinds)["number"] == 12
        await v.run(Kinds.set_text, value="hello")
        assert v.of(Kinds)["text"] == "hello"

    visit(story)


def test_setvar_is_the_setter() -> None:
    spec = Kinds.setvar("text", "x")
    assert spec.target == f"{__name__}.Kinds.set_text"
    with pytest.raises(AttributeError, match="no var 'nothing'"):
        Kinds.setvar("nothing")


def test_options_of_computed_vars(visit: Visit) -> None:
    async def story(v: Any) -> None:
        assert initial_state()[Computed.get_full_name()]["starts"] == -1
        assert v.of(Computed)["starts"] == 1
        assert "unseen" not in v.of(Computed)
        assert v.instance(Computed).unseen == 2
        await v.run(Computed.change, name="a", value=5)
        assert v.of(Computed)["only_b"] == "1,1"
        assert v.of(Computed)["uncached"] == 5
        assert v.of(Computed)["rarely"] == 5
        await v.run(Computed.change, name="b", value=2)
        assert v.of(Computed)["only_b"] == "5,2"

    visit(story)


def test_only_the_branch_that_was_taken_counts(visit: Visit) -> None:
    async def story(v: Any) -> None:
        ran.clear()
        await v.run(Computed.change, name="b", value=7)
        assert "either" not in ran
        await v.run(Computed.change, name="flag", value=False)
        assert v.of(Computed)["either"] == 7
        ran.clear()
        await v.run(Computed.change, name="a", value=3)
        assert "either" not in ran
        await v.run(Computed.change, name="b", value=8)
        assert v.of(Computed)["either"] == 8

    visit(story)


def test_a_failing_computed_var_is_reported_and_recovers(visit: Visit) -> None:
    async def story(v: Any) -> None:
        await v.run(Computed.change, name="b", value=0)
        (error,) = v.errors
        assert "ZeroDivisionError" in error["message"]
        assert error["file"].endswith("test_state.py")
        assert v.of(Computed)["fails"] == 1
        assert v.of(Computed)["b"] == 0
        await v.run(Computed.change, name="b", value=1)
        await v.run(Computed.change, name="b", value=-1)
        assert v.of(Computed)["fails"] == -1

    visit(story)


def test_a_computed_var_needs_a_return_annotation() -> None:
    with pytest.raises(UntypedComputedVarError, match="no return annotation"):

        @rx.var
        def untyped(self: Any):
            return 1


def test_a_handler_may_not_hide_a_method_of_state() -> None:
    with pytest.raises(EventHandlerShadowsBuiltInStateMethodError, match="reset"):

        class Bad(rx.State):
            def reset(self) -> None: ...


def test_an_unknown_dependency_is_named() -> None:
    with pytest.raises(VarDependencyError, match="'b'"):

        class Depends(rx.State):
            a: int = 1

            @rx.var(deps=["b"])
            def c(self) -> int:
                return self.a


def test_local_classes_replace_their_namesakes() -> None:
    def make() -> type[State]:
        class Local(rx.State):
            x: int = 1

        return Local

    make()
    second = make()
    found = [c for c in all_states() if c.__qualname__ == second.__qualname__]
    assert found == [second]


def test_nothing_is_sent_for_an_equal_value(visit: Visit) -> None:
    async def story(v: Any) -> None:
        (update,) = await v.run(Kinds.set_text, value="")
        assert "delta" not in update

    visit(story)


def test_component_state_copies() -> None:
    class Placed:
        State: Any = None

    class Like(rx.ComponentState):
        liked: bool = False

        def toggle(self):
            self.liked = not self.liked

        @classmethod
        def get_component(cls, *children: Any, **props: Any) -> Any:
            return Placed()

    one, two = Like.create(), Like.create()
    assert one.State.get_full_name().endswith("Like_n1")
    assert two.State.get_full_name().endswith("Like_n2")
    assert one.State.toggle.name != two.State.toggle.name
    state = one.State()
    state.toggle()
    assert state.liked


def test_dynamic_route_vars(visit: Visit) -> None:
    app = rx.App()
    loads: list[str] = []

    class Post(rx.State):
        title: str = ""

        def load(self):
            loads.append(self.router.page.params["slug"])
            self.title = self.slug.upper()  # type: ignore[attr-defined]

    app.add_page(lambda: None, route="/post/[slug]", on_load=Post.load)

    async def story(v: Any) -> None:
        from_route = {"path": "/post/abc", "route": "/post/[slug]", "params": {"slug": "abc"}}
        v.at = {"href": "http://h/post/abc", "query": {}, **from_route}
        v.send("navigate")
        await v.idle()
        assert loads == ["abc"]
        assert v.of(Post)["title"] == "ABC"
        assert v.of(State)["slug"] == "abc"
        assert v.of(State)["is_hydrated"] is True
        assert v.of(State)["router"]["page"]["path"] == "/post/[slug]"

    visit(story, app)
    assert to_expr(rx.State.slug) == StateVar("wasmrx.State", "slug")  # type: ignore[attr-defined]


def test_on_load_runs_before_queued_events_and_is_hydrated_after_it(visit: Visit) -> None:
    app = rx.App()
    seen: list[Any] = []

    class Loads(rx.State):
        def first(self):
            seen.append(("first", self.is_hydrated))

        async def second(self):
            await asyncio.sleep(0)
            seen.append(("second", self.is_hydrated))

        def click(self):
            seen.append(("click", self.is_hydrated))

    app.add_page(lambda: None, route="/", on_load=[Loads.first, Loads.second])

    async def story(v: Any) -> None:
        v.send("navigate")
        v.event(Loads.click)
        await v.idle()

    visit(story, app)
    assert seen == [("first", False), ("second", False), ("click", True)]

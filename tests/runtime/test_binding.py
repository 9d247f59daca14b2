"""What a trigger may be given, and the chain that it becomes."""

from __future__ import annotations

from typing import Any

import pytest

import wasmrx as rx
from wasmrx.errors import (
    EventFnArgMismatchError,
    EventHandlerArgTypeMismatchError,
    EventHandlerTypeError,
    EventHandlerValueError,
)
from wasmrx.events import (
    EventChain,
    bind,
    input_event,
    key_event,
    no_args_event_spec,
    on_submit_event_spec,
    passthrough_event_spec,
    pointer_event_spec,
)
from wasmrx.expr import Chain, Conditional, Literal, Local, Raw
from wasmrx.outcome import Outcome, outcome_of
from wasmrx.var import conditional, local


class Shop(rx.State):
    open: bool = True
    text: str = ""

    def plain(self): ...

    def named(self, name: str): ...

    def two(self, first: int, second: str = "x"): ...

    def form(self, data: dict[str, Any]): ...

    @rx.event(debounce=300, prevent_default=True)
    def slow(self, value: str): ...

    @rx.event
    def keys(self, key: str, info: dict[str, bool]): ...


class Button:
    """What a toast's button is in Reflex: an object with these two."""

    def __init__(self) -> None:
        self.label = "No"
        self.on_click = Shop.plain


NAME = Shop.get_full_name()


def sent(spec: Any) -> dict[str, Any]:
    """Return what the page gets where a handler returns ``spec``."""
    found = Outcome()
    outcome_of(spec, found, "a handler")
    (action,) = found.actions
    return action["args"]


def only(chain: Chain) -> Any:
    ((when, call),) = chain.calls
    assert when is None
    return call


def test_a_handler_takes_what_the_trigger_gives() -> None:
    call = only(bind(Shop.named, input_event))
    assert call.target == f"{NAME}.named"
    ((name, value),) = call.args
    assert name == "name"
    assert isinstance(value, Raw)
    assert value.pieces == ("", Local("_e"), ".target.value")
    assert bind(Shop.named, input_event).params == ("_e",)


def test_a_handler_may_take_less() -> None:
    assert only(bind(Shop.plain, input_event)).args == ()
    assert len(only(bind(Shop.keys, key_event)).args) == 2
    assert len(only(bind(Shop.named, key_event)).args) == 1
    assert len(only(bind(Shop.two, input_event)).args) == 1


def test_given_arguments_come_first() -> None:
    call = only(bind(Shop.two(5), input_event))
    assert call.args[0] == ("first", Literal(5))
    assert call.args[1][0] == "second"
    assert only(bind(Shop.two(1, "b"), input_event)).args == (
        ("first", Literal(1)),
        ("second", Literal("b")),
    )
    assert only(bind(Shop.two(second="b"), input_event)).args[0] == ("second", Literal("b"))
    assert only(bind(Shop.two(1)("c"), no_args_event_spec)).args[1] == ("second", Literal("c"))


def test_lambdas() -> None:
    call = only(bind(lambda value: Shop.named(value), input_event))
    assert isinstance(call.args[0][1], Raw)
    item = local("item", str)
    assert only(bind(lambda: Shop.named(item))).args == (("name", Local("item")),)
    assert only(bind(lambda i=3: Shop.two(i), input_event)).args[0] == ("first", Literal(3))
    chain = bind(lambda value: [Shop.named(value), rx.console_log(value)], input_event)
    assert [call.target for _, call in chain.calls] == [f"{NAME}.named", "console_log"]
    assert bind(lambda: None).calls == ()


def test_lists_and_actions() -> None:
    chain = bind([Shop.plain, rx.redirect("/x"), [Shop.named("a")]])
    assert [(c.kind, c.target) for _, c in chain.calls] == [
        ("event", f"{NAME}.plain"),
        ("action", "redirect"),
        ("event", f"{NAME}.named"),
    ]


def test_conditions() -> None:
    chain = bind(lambda v: conditional(Shop.open, Shop.named(v), Shop.plain), input_event)
    (first_guard, first), (second_guard, second) = chain.calls
    assert first.target.endswith(".named")
    assert second.target.endswith(".plain")
    assert isinstance(second_guard, Conditional)
    assert first_guard == second_guard.test
    nested = conditional(Shop.open, conditional(Shop.text == "a", Shop.plain(), rx.noop()), None)
    assert len(bind(nested).calls) >= 1


def test_a_bare_handler_in_a_condition_gets_the_triggers_arguments() -> None:
    chain = bind(conditional(Shop.open, Shop.named, Shop.plain), input_event)
    assert [name for name, _ in chain.calls[0][1].args] == ["name"]


def test_modifiers() -> None:
    assert dict(only(bind(Shop.slow, input_event)).modifiers) == {
        "preventDefault": True,
        "debounce": 300,
    }
    assert dict(only(bind(Shop.plain.throttle(50).stop_propagation)).modifiers) == {
        "throttle": 50,
        "stopPropagation": True,
    }
    assert dict(only(bind(Shop.named("x").temporal)).modifiers) == {"temporal": True}
    chain = bind([rx.stop_propagation, Shop.plain])
    assert dict(chain.modifiers) == {"stopPropagation": True}
    assert len(chain.calls) == 1
    later = bind([rx.noop().debounce(300).prevent_default, Shop.plain])
    assert dict(later.modifiers) == {"preventDefault": True}
    chosen = bind(conditional(Shop.open, rx.prevent_default, Shop.plain()))
    assert chosen.modifiers == ()
    assert [call.target for _, call in chosen.calls] == ["noop", f"{NAME}.plain"]


def test_too_few_arguments_are_explained() -> None:
    with pytest.raises(EventFnArgMismatchError) as caught:
        bind(Shop.named, no_args_event_spec, trigger="on_click")
    text = str(caught.value)
    assert "on_click gives no arguments" in text
    assert f"{NAME}.named needs 1" in text
    assert "(name)" in text
    with pytest.raises(EventFnArgMismatchError, match="takes 1 argument"):
        Shop.named(1, 2)
    with pytest.raises(EventFnArgMismatchError, match="no parameter 'nmae'"):
        Shop.named(nmae=1)
    with pytest.raises(EventFnArgMismatchError, match="on_change gives 1 argument"):
        bind(lambda a, b: Shop.two(a, b), input_event, trigger="on_change")


def test_what_is_no_event_is_named() -> None:
    with pytest.raises(EventHandlerTypeError, match="on_click got 3"):
        bind(3, trigger="on_click")
    with pytest.raises(EventHandlerValueError, match="starts with an underscore"):

        @rx.event
        def _private(self: Any) -> None: ...

    with pytest.raises(EventHandlerTypeError, match="async def"):

        @rx.event(background=True)
        def not_async(self: Any) -> None: ...


def test_argument_specs() -> None:
    assert bind(Shop.plain, on_submit_event_spec).params == ("_e",)
    call = only(bind(Shop.form, on_submit_event_spec))
    assert call.args[0][1].imports[0][1].name == "formData"
    spec = passthrough_event_spec(int, str)
    assert bind(Shop.two, spec).params == ("_ev0", "_ev1")
    assert only(bind(Shop.two, spec)).args == (
        ("first", Local("_ev0")),
        ("second", Local("_ev1")),
    )
    assert bind(Shop.plain, pointer_event_spec).params == ("_e",)
    with pytest.raises(EventHandlerArgTypeMismatchError, match=r"PointerEventInfo.*name: str"):
        bind(Shop.named, pointer_event_spec)
    chain = bind(Shop.named, lambda e: [e.target.value])
    assert chain.params == ("_e",)
    assert bind(Shop.named, (input_event, no_args_event_spec)).params == ("_e",)


def test_a_chain_of_the_author() -> None:
    chain = EventChain.create(value=Shop.named, args_spec=rx.event.input_event)
    assert bind(chain) is chain.chain
    assert rx.Var.create({"a": chain}) is not None


def test_actions_and_their_callbacks() -> None:
    spec = rx.call_script("1 + 1", callback=Shop.named)
    named, two = Shop.named.name, Shop.two.name
    assert sent(spec)["callback"] == [
        {"kind": "event", "name": named, "args": {}, "ways": {"name": []}}
    ]
    partial = rx.call_script("x", callback=Shop.two(1))
    assert sent(partial)["callback"] == [
        {"kind": "event", "name": two, "args": {"first": 1}, "ways": {"second": []}}
    ]
    parts = rx.call_script("x", callback=lambda got: [Shop.two(got.a[0], got["b"]), rx.back()])
    assert sent(parts)["callback"] == [
        {"kind": "event", "name": two, "args": {}, "ways": {"first": ["a", 0], "second": ["b"]}},
        {"kind": "action", "name": "back", "args": {}, "ways": {}},
    ]
    inner = rx.call_script("x", callback=rx.call_script("y", callback=Shop.named))
    assert sent(inner)["callback"][0]["args"]["callback"][0]["name"] == named
    with pytest.raises(EventHandlerTypeError, match="callback got 3"):
        rx.call_script("x", callback=3)
    with pytest.raises(EventHandlerValueError, match="only the page can compute"):
        sent(rx.call_script("x", callback=lambda got: Shop.named(got.to(str) + "!")))
    assert bind(rx.call_script("x", callback=lambda got: Shop.named(got.to(str) + "!"))).calls
    assert dict(rx.download(data=b"ab", filename="f").values)["base64"] is True
    with pytest.raises(EventHandlerValueError, match="either url= or data="):
        rx.download()
    with pytest.raises(EventHandlerValueError, match="must start with '/'"):
        rx.download("x.txt")
    toast = dict(rx.toast.success("hi", close_button=True, duration=5).values)
    assert toast == {
        "level": "success",
        "message": "hi",
        "options": {"closeButton": True, "duration": 5},
    }
    with pytest.raises(EventHandlerValueError, match="needs a message"):
        rx.toast()
    with pytest.raises(EventHandlerValueError, match=r"no option 'durration'.*duration"):
        rx.toast("x", durration=5)
    with pytest.raises(EventHandlerValueError, match="no level 'loud'"):
        rx.toast("x", level="loud")
    assert dict(rx.toast(Shop.text, id="a").values)["options"] == {"id": "a"}
    button = rx.toast("x", action={"label": "Undo", "on_click": Shop.named("u")}, cancel=Button())
    assert sent(button)["options"]["action"]["onClick"][0]["args"] == {"name": "u"}
    assert sent(button)["options"]["cancel"]["label"] == "No"
    styled = rx.toast("x", style={"background_color": "red"}, on_auto_close=Shop.form)
    assert sent(styled)["options"]["style"] == {"backgroundColor": "red"}
    assert sent(styled)["options"]["onAutoClose"][0]["ways"] == {"data": []}

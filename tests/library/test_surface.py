"""Everything that Reflex names exists here: each component with its props and triggers."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import wasmrx as rx
from wasmrx.compiler.component import Component, spec_of
from wasmrx.compiler.css_names import is_style_name
from wasmrx.errors import WasmrxError

SURFACE = Path(__file__).with_name("reflex_surface.txt")
NO_CLASSES = {
    # Functions that make one of several components, or none; each takes what Reflex's takes.
    *("connection_banner", "connection_modal", "debounce_input", "foreach", "fragment", "match"),
    # Names of families; their parts are components.
    *("dialog", "hover_card", "tabs"),
}
TAKEN_APART = {
    # Props that `create` hands to the parts of a component.
    "accordion.item": {"header"},
    "callout": {"icon", "text"},
    "radio": {"items", "spacing"},
    "radio_group": {"items", "spacing"},
    "select": {
        *("high_contrast", "items", "label", "on_open_change", "placeholder", "radius"),
        "variant",
    },
}
MISSING = {
    "markdown.root": {"rehype_plugins", "remark_plugins"},
}


@pytest.fixture(autouse=True)
def _written_for_wasmrx(monkeypatch: pytest.MonkeyPatch) -> None:
    """What an app of Reflex is only warned of is an error here, whatever ran before."""
    monkeypatch.delitem(sys.modules, "reflex", raising=False)


def surface() -> Iterator[tuple[str, list[str]]]:
    """Yield each name with its props and triggers."""
    _, html, *lines = SURFACE.read_text(encoding="utf-8").splitlines()
    for line in lines:
        name, *props = line.split()
        yield name, [*props[1:], *html.split()[1:]] if props[:1] == ["*"] else props


def found(name: str) -> Any:
    value: Any = rx
    for part in name.split("."):
        value = getattr(value, part)
    return value


def class_of(name: str) -> type[Component]:
    value = found(name)
    owner = getattr(value, "__self__", None)
    return owner if isinstance(owner, type) else value.__component__


def is_taken(cls: type[Component], prop: str) -> bool:
    """Tell whether a component takes a keyword, in any of the spellings that it knows."""
    spec, plain = spec_of(cls), prop.rstrip("_")
    parameters = inspect.signature(cls.create).parameters
    flat = {known.replace("_", "") for known in spec.props}
    return (
        plain.replace("_", "") in flat
        or {prop, plain} & {*parameters, *spec.all_triggers} != set()
        or is_style_name(plain)
        or plain.startswith(("aria_", "data_"))
    )


@pytest.mark.parametrize(("name", "props"), list(surface()), ids=lambda value: str(value)[:40])
def test_a_component_of_reflex_takes_what_it_takes_there(name: str, props: list[str]) -> None:
    if name in NO_CLASSES:
        assert found(name.split(".")[0]) is not None
        return
    cls = class_of(name)
    excused = TAKEN_APART.get(name, set()) | MISSING.get(name, set())
    lacking = {prop for prop in props if not is_taken(cls, prop)}
    assert lacking == excused


def test_props_that_go_to_parts_are_taken() -> None:
    rx.accordion.item(header="a", content="b")
    rx.callout("a", icon="info")
    rx.callout(text="a", icon="info")
    rx.radio(["a"], spacing="2")
    rx.radio_group(["a"], spacing="2")
    rx.select(
        ["a"],
        high_contrast=True,
        label="l",
        placeholder="p",
        radius="full",
        variant="soft",
        on_open_change=rx.console_log("x"),
    )
    rx.connection_banner(rx.text("gone"))
    rx.connection_modal()


def near_misses() -> Iterator[tuple[str, str, str]]:
    """Yield components of each family with a prop that is misspelt."""
    for name, prop in (
        *(("button", "variant"), ("text", "weight"), ("heading", "trim"), ("grid", "columns")),
        *(("select.root", "default_value"), ("tabs.trigger", "value"), ("table.row", "align")),
        *(("dialog.content", "max_width"), ("drawer.root", "direction"), ("avatar", "fallback")),
        *(("form.message", "force_match"), ("accordion.root", "collapsible")),
        *(("recharts.bar", "bar_size"), ("recharts.x_axis", "tick_line"), ("video", "playing")),
        *(("code_block", "language"), ("markdown", "component_map"), ("moment", "from_now")),
        *(("data_table", "pagination"), ("data_editor", "row_markers"), ("el.input", "max_length")),
        *(("el.svg.path", "stroke_width"), ("icon", "absolute_stroke_width")),
        *(("slider", "orientation"), ("progress", "fill_color"), ("plotly", "layout")),
    ):
        yield name, prop[:-2] + prop[-1] + prop[-2] if prop[-1] != prop[-2] else prop + "x", prop


@pytest.mark.parametrize(("name", "wrong", "right"), list(near_misses()))
def test_a_prop_that_is_misspelt_is_told_with_the_right_one(
    name: str, wrong: str, right: str
) -> None:
    children: tuple[Any, ...] = ("heart",) if name == "icon" else ()
    text = ("x",) if name in ("code_block", "markdown", "text", "heading") else ()
    more = {"data": []} if name == "plotly" else {}
    with pytest.raises(WasmrxError) as caught:
        found(name)(*children, *text, **{wrong: "x"}, **more)
    assert f"`{wrong}`" in str(caught.value)
    assert f"Did you mean `{right}`?" in str(caught.value)

"""What components make of what authors give them: defaults, renamed props, parts, errors."""

from __future__ import annotations

from enum import Enum
from typing import Annotated, Any, Literal

import pytest

import wasmrx as rx
from wasmrx.compiler.component import Component
from wasmrx.compiler.held import tree_of
from wasmrx.compiler.ir import Element, Node, Text, walk_nodes
from wasmrx.compiler.library import Button, Div
from wasmrx.compiler.lower import Lowering
from wasmrx.errors import WasmrxError
from wasmrx.expr import Array, Conditional, Import, Object
from wasmrx.expr import Literal as Constant


class Weather(Enum):
    WARM = "sun"
    COLD = "snowflake"


class Shop(rx.State):
    name: str = ""
    count: int = 0
    is_open: bool = False
    names: list[str] = []
    light: Literal["sun", "moon", ""] | None = None
    weather: Weather = Weather.WARM
    wrong: Annotated[Literal["snu"], "a slip"] = "snu"


def lowered(component: Component) -> Element:
    node = Lowering().node(component)
    assert isinstance(node, Element)
    return node


def props(component: Component) -> dict[str, Any]:
    """The props in JavaScript, constants as Python values."""
    return {
        name: value.value if isinstance(value, Constant) else value
        for name, value in lowered(component).props
    }


def texts(node: Node) -> list[str]:
    return [inside.value for inside in walk_nodes(node) if isinstance(inside, Text)]


def types(component: Component) -> list[str]:
    found = [node.type for node in walk_nodes(lowered(component)) if isinstance(node, Element)]
    return [kind.name if isinstance(kind, Import) else str(kind) for kind in found]


@pytest.mark.parametrize(
    ("component", "expected"),
    [
        (rx.vstack, {"gap": "3", "align": "start", "direction": "column"}),
        (rx.hstack, {"gap": "3", "align": "start", "direction": "row"}),
        (rx.container, {"size": "3"}),
        (rx.section, {"size": "2"}),
        (rx.divider, {"size": "4"}),
        (rx.text, {"as": "p"}),
        (rx.text.span, {"as": "span"}),
    ],
)
def test_defaults(component: Any, expected: dict[str, str]) -> None:
    assert expected.items() <= props(component()).items()


def test_an_author_overrides_defaults() -> None:
    assert props(rx.vstack(spacing="5", align="center"))["gap"] == "5"
    assert props(rx.text("x", as_="label"))["as"] == "label"


def test_props_of_the_theme_have_their_own_names() -> None:
    shown = props(rx.button("x", color_scheme="red", high_contrast=True))
    assert shown["color"] == "red"
    assert shown["highContrast"] is True
    assert "className" in props(rx.button("x", color="red"))


def test_a_responsive_list_goes_by_breakpoint() -> None:
    size = props(rx.heading("x", size=["1", None, "3"]))["size"]
    assert size == Object(((Constant("initial"), Constant("1")), (Constant("sm"), Constant("3"))))


def test_what_css_knows_is_style_and_not_a_prop() -> None:
    shown = props(rx.box(width="50%", position="sticky", padding_x="2px"))
    assert set(shown) == {"className"}


def test_a_link_into_the_site_is_followed_by_the_router() -> None:
    link = rx.link("home", href="/", color_scheme="red")
    assert types(link) == ["Link", "Link"]
    (anchor,) = lowered(link).children
    assert isinstance(anchor, Element)
    assert anchor.type == Import("wasmrx/page", "Link")
    assert dict(anchor.props)["href"] == Constant("/")


def test_an_external_link_opens_a_tab() -> None:
    (anchor,) = lowered(rx.link("x", href="https://example.org", is_external=True)).children
    assert isinstance(anchor, Element)
    assert dict(anchor.props)["target"] == Constant("_blank")


def test_icons_are_named_in_any_spelling() -> None:
    names = [rx.icon("arrow_left"), rx.icon("arrow-left"), rx.icon(tag="Arrow_Left".lower())]
    assert {lowered(icon).type for icon in names} == {Import("lucide-react/icons", "arrow-left")}


@pytest.mark.parametrize(
    ("name", "icons"),
    [
        (rx.cond(Shop.is_open, "sun", "moon"), {"sun", "moon"}),
        (
            rx.match(Shop.count, (1, "Sun"), (2, "arrow_left"), "moon"),
            {"sun", "arrow-left", "moon"},
        ),
        (Shop.light, {"sun", "moon"}),
        (Shop.weather, {"sun", "snowflake"}),
        (rx.cond(Shop.is_open, "sun", Shop.name), {"sun", "NamedIcon"}),
        (Shop.name, {"NamedIcon"}),
        (f"arrow-{Shop.name}", {"NamedIcon"}),
    ],
)
def test_a_var_draws_the_icons_that_it_can_name(name: Any, icons: set[str]) -> None:
    node = Lowering().node(rx.icon(name, size=20))
    found = [inside for inside in walk_nodes(node) if isinstance(inside, Element)]
    kinds = [inside.type for inside in found if isinstance(inside.type, Import)]
    assert {kind.name for kind in kinds} == icons
    modules = {kind.module for kind in kinds if kind.name != "NamedIcon"}
    assert modules <= {"lucide-react/icons"}
    assert all(("size", Constant(20)) in inside.props for inside in found)


def test_a_held_icon_cannot_have_any_name() -> None:
    with pytest.raises(WasmrxError, match=r"test_components\.py:\d+.*rx\.match"):
        tree_of(rx.icon(Shop.name))


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: rx.icon("arow_left"), ("arow_left", "arrow-left")),
        (lambda: rx.icon(Shop.count), ("count", "no text", "arrow-left")),
        (lambda: rx.icon(Shop.wrong), ("snu", "sun")),
        (lambda: rx.button("x", size="9"), ("rx.button", "size=", '"4"')),
        (lambda: rx.button("x", colour_scheme="red"), ("colour_scheme", "color_scheme")),
        (lambda: rx.button("x", on_clik=rx.console_log("x")), ("on_clik", "on_click")),
        (lambda: rx.select("abc"), ("rx.select", "list")),
        (lambda: rx.icon_button(), ("icon",)),
        (lambda: rx.plotly(), ("figure",)),
        (lambda: rx.markdown("a", "b"), ("one text",)),
        (lambda: rx.debounce_input(rx.input()), ("value", "on_change")),
    ],
)
def test_errors_name_what_is_wrong_and_the_fix(make: Any, words: tuple[str, ...]) -> None:
    with pytest.raises(WasmrxError) as caught:
        make()
    assert all(word in str(caught.value) for word in words), str(caught.value)


@pytest.mark.parametrize("path", ["dialog", "recharts", "tabs.panel", "el.dvi", "el.svg.crcle"])
def test_a_name_that_is_no_component_is_told(path: str) -> None:
    found: Any = rx
    with pytest.raises((AttributeError, TypeError), match=path.split(".")[0]):
        for name in path.split("."):
            found = getattr(found, name)
        found()


def test_a_field_with_value_and_handler_echoes() -> None:
    field = lowered(rx.input(value=Shop.name, on_change=Shop.set_name))
    assert field.type == Import("wasmrx/field", "Field")
    assert lowered(rx.input(placeholder="x")).type == Import("@radix-ui/themes/text-field", "Root")
    assert lowered(rx.el.input(value=Shop.name, on_change=Shop.set_name)).type == field.type
    assert props(rx.input(auto_complete=False))["autoComplete"] == "off"


def test_an_input_gives_what_its_type_holds() -> None:
    def given(kind: str) -> str:
        field = rx.el.input(type=kind, on_change=lambda value: rx.console_log(value))
        return repr(field.event_triggers["on_change"])

    assert "checked" in given("checkbox")
    assert "parseFloat" in given("number")
    assert "parseFloat" not in given("text")
    tick = rx.el.input(type="checkbox", value="x", on_change=lambda value: rx.console_log(value))
    assert lowered(tick).type == "input"


def test_a_select_is_made_of_its_items() -> None:
    select = rx.select(["a", "b"], placeholder="p", label="L", color_scheme="red", width="10em")
    assert types(select) == ["Root", "Trigger", "Content", "Group", "Label", "Item", "Item"]
    assert texts(lowered(select)) == ["L", "a", "b"]
    assert "Each" in {type(n).__name__ for n in walk_nodes(lowered(rx.select(Shop.names)))}


def test_triggers_have_radix_names() -> None:
    assert "onValueChange" in props(rx.select(["a"], on_change=Shop.set_name))
    assert "onCheckedChange" in props(rx.switch(on_change=Shop.set_is_open))
    assert "onOpenChange" in props(rx.dialog.root(on_open_change=Shop.set_is_open))
    assert "onSelect" in props(rx.menu.item("x", on_select=rx.console_log("x")))


def test_a_slider_takes_a_single_number() -> None:
    assert props(rx.slider(value=Shop.count))["value"] == Array((rx.Var.create(Shop.count)._expr,))
    assert props(rx.slider())["defaultValue"] == Array((Constant(50),))


def test_a_tick_box_stands_in_its_label() -> None:
    assert types(rx.checkbox("agree")) == ["Text", "Flex", "Checkbox"]


def test_a_trigger_leaves_the_handler_of_its_child_alone() -> None:
    opened = rx.dialog.trigger(rx.button("open", on_click=rx.console_log("x")))
    assert types(opened) == ["Trigger", "Button"]
    assert types(rx.dialog.trigger("open")) == ["Trigger", "Flex"]
    assert lowered(opened).slot


def test_a_file_of_the_site_is_resolved_by_the_page() -> None:
    assert lowered(rx.image(src="/logo.png")).type == Import("wasmrx/media", "Sourced")
    assert lowered(rx.image(src=Shop.name)).type == Import("wasmrx/media", "Sourced")
    assert lowered(rx.image(src="https://example.org/a.png")).type == "img"


def test_charts_fit_their_place() -> None:
    chart = rx.recharts.bar_chart(rx.recharts.bar(data_key="uv"), data=[{"uv": 1}], height=200)
    assert types(chart) == ["ResponsiveContainer", "BarChart", "Bar"]
    assert props(chart)["height"] == 200
    assert props(rx.recharts.line(data_key="a", type_="monotone"))["type"] == "monotone"


def test_lists_take_items() -> None:
    assert texts(lowered(rx.ordered_list(items=["a", 1]))) == ["a", "1"]
    assert lowered(rx.list.unordered(rx.list.item("x"))).type == "ul"


def test_elements_of_html_and_svg() -> None:
    assert lowered(rx.el.div()).type == "div"
    assert props(rx.el.label(html_for="x"))["htmlFor"] == "x"
    assert props(rx.el.svg.path(d="M0", stroke_width=2))["strokeWidth"] == 2
    assert props(rx.el.svg(view_box="0 0 1 1"))["viewBox"] == "0 0 1 1"
    assert props(rx.el.div(data_kind="x", aria_label="y")) == {"data-kind": "x", "aria-label": "y"}
    with pytest.raises(WasmrxError, match="children"):
        rx.el.br("x")


def test_the_colour_mode_chooses_values_and_components() -> None:
    assert isinstance(rx.color_mode_cond("a", "b")._expr, Conditional)
    assert {"sun", "moon"} <= set(types(rx.box(rx.color_mode.icon())))
    assert "onClick" in props(rx.color_mode.button())


def test_an_author_may_extend_a_component() -> None:
    class Loud(Button):
        pass

    assert lowered(Loud.create("x", size="3")).type == Import("@radix-ui/themes/button", "Button")
    assert lowered(Div.create("x")).type == "div"


@pytest.mark.parametrize("create", [rx.button, rx.box, rx.el.button, rx.input])
@pytest.mark.parametrize("trigger", ["on_click", "on_context_menu", "on_double_click"])
def test_pointer_triggers_give_where_the_pointer_is(create: Any, trigger: str) -> None:
    made = create(**{trigger: lambda info: rx.console_log(info["client_x"].to(str))})
    assert made.event_triggers[trigger].params

"""Every component once, on a page for each family."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from rich import media, tables
from writing import code, markdown

import wasmrx as rx


class Gallery(rx.State):
    text: str = "start"
    flag: bool = True
    choice: str = "b"
    values: list[float] = [30]
    names: list[str] = ["a", "b", "c"]
    rows: list[dict[str, Any]] = [{"name": "A", "uv": 4}, {"name": "B", "uv": 7}]
    colors: list[str] = ["tomato", "teal"]
    submitted: dict[str, Any] = {}
    when: datetime = datetime(2024, 5, 17, 12, 30)

    @rx.event
    def submit(self, data: dict[str, Any]):
        self.submitted = data

    @rx.event
    def shout(self, value: str):
        self.text = value.upper()

    @rx.event
    def clear(self):
        self.text = ""


def layout() -> rx.Component:
    return rx.container(
        rx.vstack(
            rx.heading("Layout", size="7"),
            rx.hstack(rx.box("box"), rx.spacer(), rx.box("far"), width="100%"),
            rx.flex(rx.box("1"), rx.box("2"), spacing="4", wrap="wrap"),
            rx.grid(rx.box("a"), rx.box("b"), columns="2", spacing="3", width="100%"),
            rx.grid(rx.box("a"), rx.box("b"), columns=["1", "2"], spacing_x="3"),
            rx.center("centre", width="100%", background=rx.color("accent", 3)),
            rx.divider(),
            rx.separator(orientation="vertical", size="2"),
            rx.section("section", size="1"),
            rx.card(rx.inset(rx.box("inset", background="var(--gray-4)"), side="top"), "card"),
            rx.aspect_ratio(rx.box("ratio", background="var(--gray-5)"), ratio=4),
            rx.scroll_area(rx.box("tall", height="400px"), height="80px", type="always"),
            rx.stack(rx.text("stack"), direction="row-reverse"),
            rx.desktop_only("desktop"),
            rx.mobile_and_tablet("not desktop"),
            rx.mobile_only("mobile"),
            rx.tablet_only("tablet"),
            rx.tablet_and_desktop("tablet and desktop"),
            rx.fragment(rx.text("in a fragment")),
            rx.skeleton(rx.text("behind a skeleton"), loading=Gallery.flag),
            spacing="4",
        ),
        size="3",
        stack_children_full_width=True,
    )


def typography() -> rx.Component:
    return rx.vstack(
        rx.heading("Typography", as_="h2", color_scheme="grass"),
        rx.text("text", weight="bold", _hover={"color": "red"}),
        rx.text("responsive", size=["2", "4", "6"]),
        rx.text(
            rx.text.em("em"),
            rx.text.kbd("Ctrl"),
            rx.text.quote("quote"),
            rx.text.span("span", color=rx.cond(Gallery.flag, "var(--green-11)", "red")),
            rx.text.strong("strong"),
        ),
        rx.code("x = 1", variant="solid"),
        rx.blockquote("blockquote"),
        rx.link("inside", href="/fields"),
        rx.link("outside", href="https://example.org", is_external=True),
        rx.link(rx.button("in a link"), href="/"),
        rx.list(rx.list_item("one"), rx.list.item("two")),
        rx.ordered_list(items=["first", "second"]),
        rx.list.unordered(items=Gallery.names),
        rx.data_list.root(
            rx.data_list.item(
                rx.data_list.label("Name"),
                rx.data_list.value(rx.badge("value", color_scheme="jade", high_contrast=True)),
            )
        ),
        rx.markdown(
            "# Markdown\n\nA *text* with `code`, [a link](/), a table\n\n|a|b|\n|-|-|\n|1|2|\n\n"
            "- one\n- two\n\n```python\nprint(1)\n```\n"
        ),
        rx.markdown(Gallery.text),
        rx.markdown(
            "## Own look\n\n[there](/fields)",
            component_map={
                "h2": lambda text: rx.heading(text, rx.text.span(" +"), size="3", id="own-look"),
                "a": lambda text, **props: rx.link(text, id="own-link", **props),
            },
        ),
        rx.moment("2024-05-17T12:30:00", format="YYYY-MM-DD", id="moment"),
        rx.moment(Gallery.when, format="DD/MM/YYYY", id="moment-var"),
        rx.moment("2024-05-17T12:30:00", format="GGGG-[W]WW", id="moment-week"),
        rx.moment(from_now=True),
        rx.html("<b id='raw'>raw</b>"),
    )


def display() -> rx.Component:
    return rx.vstack(
        rx.hstack(
            rx.button("solid"),
            rx.button("soft", variant="soft", color_scheme="tomato", size="3", high_contrast=True),
            rx.button("wait", loading=True),
            rx.icon_button("home"),
            rx.icon_button(rx.icon("arrow_left"), size="3", variant="outline"),
        ),
        rx.hstack(
            rx.icon("heart", size=32, color="crimson"),
            rx.icon(rx.cond(Gallery.flag, "sun", "moon")),
            rx.icon("check", stroke_width=3),
        ),
        rx.hstack(rx.badge("new"), rx.badge("4", variant="solid", radius="full")),
        rx.hstack(rx.avatar(fallback="WX"), rx.avatar(src="/picture.svg", fallback="N", size="5")),
        rx.card("a card", size="3", width="20em"),
        rx.callout("a callout", icon="info", color_scheme="amber", high_contrast=True),
        rx.callout.root(rx.callout.icon(rx.icon("triangle_alert")), rx.callout.text("parts")),
        rx.spinner(size="3"),
        rx.progress(value=40, aria_label="progress"),
        rx.progress(value=70, fill_color="plum", aria_label="coloured"),
        rx.image(src="/picture.svg", alt="a picture", width="24px"),
        rx.table.root(
            rx.table.header(
                rx.table.row(rx.table.column_header_cell("name"), rx.table.column_header_cell("uv"))
            ),
            rx.table.body(
                rx.foreach(
                    Gallery.rows,
                    lambda row: rx.table.row(
                        rx.table.row_header_cell(row["name"]), rx.table.cell(row["uv"])
                    ),
                )
            ),
            variant="surface",
            width="100%",
        ),
        rx.accordion.root(
            rx.accordion.item(header="First", content="The first"),
            rx.accordion.item(header="Second", content="The second"),
            collapsible=True,
            width="300px",
        ),
        rx.accordion.root(
            rx.accordion.item(header="Outlined", content="With lines", value="x"),
            variant="outline",
            type="multiple",
            color_scheme="grass",
        ),
        width="100%",
    )


def fields() -> rx.Component:
    return rx.vstack(
        rx.input(placeholder="plain"),
        rx.input(
            rx.input.slot(rx.icon("search")),
            value=Gallery.text,
            on_change=Gallery.set_text,
            id="echo",
            aria_label="echo",
        ),
        rx.input(value=Gallery.text, on_change=Gallery.shout, id="shout", aria_label="shout"),
        rx.text(Gallery.text, id="text"),
        rx.button("clear", on_click=Gallery.clear, id="clear"),
        rx.debounce_input(
            rx.input(value=Gallery.text, on_change=Gallery.set_text, id="slow", aria_label="slow")
        ),
        rx.text_area(value=Gallery.text, on_change=Gallery.set_text, id="area", aria_label="area"),
        rx.text_area(placeholder="grows", auto_height=True, enter_key_submit=True),
        rx.checkbox("tick", checked=Gallery.flag, on_change=Gallery.set_flag),
        rx.switch(checked=Gallery.flag, on_change=Gallery.set_flag, aria_label="switch"),
        rx.slider(value=Gallery.values, on_change=Gallery.set_values, aria_label="slider"),
        rx.slider(default_value=20, width="10em", aria_label="small slider"),
        rx.radio(["a", "b"], value=Gallery.choice, on_change=Gallery.set_choice),
        rx.radio(Gallery.names, direction="column"),
        rx.radio_group.root(rx.radio_group.item("one", value="1"), default_value="1"),
        rx.radio_cards.root(rx.radio_cards.item("one", value="1"), default_value="1"),
        rx.checkbox_group.root(rx.checkbox_group.item("one", value="1"), default_value=["1"]),
        rx.checkbox_cards.root(rx.checkbox_cards.item("one", value="1"), default_value=["1"]),
        rx.select(["a", "b"], value=Gallery.choice, on_change=Gallery.set_choice, label="Letters"),
        rx.select(Gallery.names, placeholder="Choose", width="10em"),
        rx.segmented_control.root(
            rx.segmented_control.item("A", value="a"),
            rx.segmented_control.item("B", value="b"),
            value=Gallery.choice,
            on_change=Gallery.set_choice,
        ),
        rx.form(
            rx.input(name="name", default_value="Ada", aria_label="name"),
            rx.checkbox("agree", name="agree", default_checked=True),
            rx.select(["x", "y"], name="letter", default_value="y", aria_label="letter"),
            rx.button("send", type="submit", id="send"),
            on_submit=Gallery.submit,
            reset_on_submit=True,
        ),
        rx.form.root(
            rx.form.field(
                rx.form.label("Mail"),
                rx.form.control(rx.input(type="email", required=True), as_child=True),
                rx.form.message("Please give one", match="valueMissing"),
                name="mail",
            ),
            rx.form.submit(rx.button("check"), as_child=True),
            on_submit=Gallery.submit,
        ),
        rx.text(Gallery.submitted.to_string(), id="submitted"),
        width="100%",
    )


def overlays() -> rx.Component:
    return rx.vstack(
        rx.dialog.root(
            rx.dialog.trigger(rx.button("dialog")),
            rx.dialog.content(
                rx.dialog.title("Title"),
                rx.dialog.description("Description"),
                rx.dialog.close(rx.button("close dialog")),
            ),
        ),
        rx.alert_dialog.root(
            rx.alert_dialog.trigger(rx.button("alert", on_click=Gallery.clear)),
            rx.alert_dialog.content(
                rx.alert_dialog.title("Sure?"),
                rx.alert_dialog.description("It cannot be undone."),
                rx.alert_dialog.cancel(rx.button("cancel")),
                rx.alert_dialog.action(rx.button("do it")),
            ),
        ),
        rx.popover.root(
            rx.popover.trigger(rx.button("popover")),
            rx.popover.content("inside", rx.popover.close(rx.button("close popover"))),
        ),
        rx.hover_card.root(
            rx.hover_card.trigger(rx.link("hover", href="/")), rx.hover_card.content("card")
        ),
        rx.tooltip(rx.button("tooltip"), content="tip"),
        rx.menu.root(
            rx.menu.trigger(rx.button("menu")),
            rx.menu.content(
                rx.menu.item("edit", shortcut="E", on_click=Gallery.clear),
                rx.menu.separator(),
                rx.menu.sub(
                    rx.menu.sub_trigger("more"), rx.menu.sub_content(rx.menu.item("deeper"))
                ),
            ),
        ),
        rx.context_menu.root(
            rx.context_menu.trigger(rx.card("right click")),
            rx.context_menu.content(rx.context_menu.item("copy"), rx.context_menu.separator()),
        ),
        rx.tabs.root(
            rx.tabs.list(
                rx.tabs.trigger("one", value="1"),
                rx.tabs.trigger("two", value="2", color_scheme="red"),
            ),
            rx.tabs.content("first tab", value="1"),
            rx.tabs.content("second tab", value="2"),
            default_value="1",
        ),
        rx.color_mode.button(position="top-right"),
        rx.color_mode.button(allow_system=True),
        rx.color_mode.switch(),
        rx.color_mode.icon(),
        rx.text("light or dark", color=rx.color_mode_cond("black", "white")),
        rx.theme(rx.button("themed"), accent_color="plum", radius="full", has_background=False),
        rx.toast.provider(),
        rx.button("toast", on_click=rx.toast.success("it worked"), id="toast"),
        rx.window_event_listener(on_resize=rx.console_log("resized")),
        rx.clipboard(on_paste=rx.console_log("pasted")),
        rx.auto_scroll(rx.box(height="200px"), height="50px", width="50px"),
        rx.script("document.documentElement.dataset.script = 'ran'"),
        rx.el.div(
            rx.el.label("label", html_for="plain"),
            rx.el.input(id="plain", value=Gallery.text, on_change=Gallery.set_text),
            rx.el.select(
                rx.el.option("a"),
                rx.el.option("b"),
                on_change=Gallery.set_choice,
                aria_label="plain choice",
            ),
            rx.el.svg(
                rx.el.svg.circle(cx="10", cy="10", r="8", fill="tomato"),
                view_box="0 0 20 20",
                width="40",
                height="40",
            ),
            rx.el.a("anchor", href="/fields"),
            data_kind="plain",
        ),
    )


def charts() -> rx.Component:
    def place(chart: rx.Component) -> rx.Component:
        return rx.box(chart, width="100%", height="200px")

    return rx.grid(
        place(
            rx.recharts.bar_chart(
                rx.recharts.bar(data_key="uv"),
                rx.recharts.x_axis(data_key="name"),
                rx.recharts.y_axis(),
                rx.recharts.graphing_tooltip(),
                rx.recharts.legend(),
                rx.recharts.cartesian_grid(stroke_dasharray="3 3"),
                data=Gallery.rows,
            )
        ),
        rx.recharts.line_chart(
            rx.recharts.line(data_key="uv", type_="monotone"),
            rx.recharts.x_axis(data_key="name"),
            rx.recharts.y_axis(),
            data=Gallery.rows,
            width="100%",
            height=200,
        ),
        place(rx.recharts.area_chart(rx.recharts.area(data_key="uv"), data=Gallery.rows)),
        place(
            rx.recharts.pie_chart(
                rx.recharts.pie(
                    rx.foreach(Gallery.colors, lambda color: rx.recharts.cell(fill=color)),
                    data=Gallery.rows,
                    data_key="uv",
                    name_key="name",
                    label=True,
                )
            )
        ),
        place(
            rx.recharts.scatter_chart(
                rx.recharts.scatter(data=[{"x": 1, "y": 2}, {"x": 3, "y": 1}]),
                rx.recharts.x_axis(data_key="x", type_="number"),
                rx.recharts.y_axis(data_key="y"),
            )
        ),
        place(
            rx.recharts.radar_chart(
                rx.recharts.radar(data_key="uv"),
                rx.recharts.polar_grid(),
                rx.recharts.polar_angle_axis(data_key="name"),
                data=Gallery.rows,
            )
        ),
        place(
            rx.recharts.composed_chart(
                rx.recharts.bar(data_key="uv"), rx.recharts.line(data_key="uv"), data=Gallery.rows
            )
        ),
        rx.plotly(
            data={"data": [{"x": [1, 2, 3], "y": [2, 6, 3], "type": "scatter"}], "layout": {}},
            height="300px",
        ),
        columns="2",
        width="100%",
    )


app = rx.App(theme=rx.theme(accent_color="indigo"))
app.add_page(layout, route="/")
app.add_page(typography)
app.add_page(display)
app.add_page(fields)
app.add_page(overlays)
app.add_page(charts)
app.add_page(code)
app.add_page(markdown)
app.add_page(media)
app.add_page(tables)

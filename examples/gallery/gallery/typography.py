"""Text of all kinds."""

from __future__ import annotations

import wasmrx as rx


def heading() -> rx.Component:
    """Heading: nine sizes, whatever its level in the page's outline."""
    return rx.vstack(
        rx.heading("Size 3", size="3", as_="h3"),
        rx.heading("Size 6", size="6", as_="h3"),
        rx.heading("Size 8", size="8", as_="h3", color_scheme="grass"),
    )


def text() -> rx.Component:
    """Text: a paragraph, in nine sizes, or more on wider windows."""
    return rx.vstack(
        rx.text("Small and gray", size="1", color_scheme="gray"),
        rx.text("Bold", weight="bold"),
        rx.text("Larger on larger windows", size={"initial": "3", "md": "5"}),
    )


def inline() -> rx.Component:
    """Parts of a text: emphasis, keys, quotations, spans."""
    return rx.text(
        "Press ",
        rx.text.kbd("Ctrl"),
        " and ",
        rx.text.kbd("K"),
        ": it is ",
        rx.text.em("really"),
        " ",
        rx.text.strong("quick"),
        ", and she said ",
        rx.text.quote("well done"),
        " in ",
        rx.text.span("colours", color=rx.color("tomato", 11)),
        ".",
    )


def code() -> rx.Component:
    """Code: names and pieces of code within a text."""
    return rx.hstack(
        rx.code("x = 1"),
        rx.code("solid", variant="solid"),
        rx.code("outline", variant="outline", color_scheme="grass"),
        wrap="wrap",
    )


def blockquote() -> rx.Component:
    """Blockquote: someone else's words."""
    return rx.blockquote("Simple things should be simple, complex things should be possible.")


def link() -> rx.Component:
    """Link: inside the site it changes the page without loading anew."""
    return rx.hstack(
        rx.link("To the start", href="/"),
        rx.link("Python", href="https://www.python.org", is_external=True),
        rx.link("Always underlined", href="#link", underline="always"),
        spacing="5",
        wrap="wrap",
    )


def lists() -> rx.Component:
    """Lists: of items as children or as values."""
    return rx.grid(
        rx.list.unordered(rx.list.item("bread"), rx.list.item("butter")),
        rx.list.ordered(items=["wash", "cut", "cook"]),
        rx.list(
            rx.list_item(
                rx.icon("check", size=14),
                "no marks",
                display="flex",
                gap="0.4rem",
                align_items="center",
            )
        ),
        rx.unordered_list(items=["the same"], list_style_type="square"),
        rx.ordered_list(items=["by its other name"], list_style_type="lower-roman"),
        columns={"initial": "1", "sm": "3"},
        spacing="4",
    )


def data_list() -> rx.Component:
    """Data list: names and values of one thing."""
    return rx.data_list.root(
        rx.data_list.item(rx.data_list.label("Name"), rx.data_list.value("Ada Lovelace")),
        rx.data_list.item(rx.data_list.label("Status"), rx.data_list.value(rx.badge("active"))),
    )

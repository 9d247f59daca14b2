"""Parts that take turns."""

from __future__ import annotations

import wasmrx as rx


class Chapter(rx.State):
    open: str = "plan"

    @rx.event
    def turn_to(self, chapter: str):
        self.open = chapter


def tabs() -> rx.Component:
    """Tabs: one part at a time, which one is known to Python."""
    return rx.vstack(
        rx.tabs.root(
            rx.tabs.list(
                rx.tabs.trigger("Plan", value="plan"),
                rx.tabs.trigger("Build", value="build"),
                rx.tabs.trigger("Check", value="check", color_scheme="grass"),
            ),
            rx.tabs.content("First think.", value="plan", padding_top="1rem"),
            rx.tabs.content("Then do it.", value="build", padding_top="1rem"),
            rx.tabs.content("Then look again.", value="check", padding_top="1rem"),
            value=Chapter.open,
            on_change=Chapter.turn_to,
            width="100%",
        ),
        rx.text("Open: ", Chapter.open, size="2", color_scheme="gray"),
        width="100%",
    )


def tabs_upright() -> rx.Component:
    """Upright tabs: the list stands at the side."""
    return rx.tabs.root(
        rx.tabs.list(
            rx.tabs.trigger("One", value="1"),
            rx.tabs.trigger("Two", value="2"),
        ),
        rx.tabs.content("The first part", value="1", padding="0.75rem"),
        rx.tabs.content("The second part", value="2", padding="0.75rem"),
        default_value="1",
        orientation="vertical",
    )


def accordion() -> rx.Component:
    """Accordion: titles that show their text."""
    return rx.accordion.root(
        rx.accordion.item(header="What runs where?", content="Python runs in your browser."),
        rx.accordion.item(header="What does it cost?", content="One download, cached."),
        collapsible=True,
        variant="surface",
    )


def accordion_parts() -> rx.Component:
    """Accordion of parts: any component as a title, several open at once."""
    return rx.accordion.root(
        rx.accordion.item(
            rx.accordion.header(
                rx.accordion.trigger(
                    rx.hstack(rx.icon("map", size=18), rx.text("Way")), rx.accordion.icon()
                )
            ),
            rx.accordion.content(rx.text("Over the bridge, then left.")),
            value="way",
        ),
        rx.accordion.item(
            rx.accordion.header(rx.accordion.trigger("Hours", rx.accordion.icon())),
            rx.accordion.content(rx.text("Nine to five.")),
            value="hours",
        ),
        type="multiple",
        default_value=["way"],
        variant="soft",
        color_scheme="grass",
    )

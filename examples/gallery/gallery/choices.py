"""Fields with a choice."""

from __future__ import annotations

import wasmrx as rx


class Terms(rx.State):
    agreed: bool = False

    @rx.event
    def agree(self, agreed: bool):
        self.agreed = agreed


def checkbox() -> rx.Component:
    """Checkbox: yes or no, with its label."""
    return rx.vstack(
        rx.checkbox("I agree", checked=Terms.agreed, on_change=Terms.agree),
        rx.button("Go on", disabled=~Terms.agreed),
    )


class Lamp(rx.State):
    is_on: bool = False

    @rx.event
    def turn(self, is_on: bool):
        self.is_on = is_on


def switch() -> rx.Component:
    """Switch: takes effect at once."""
    return rx.hstack(
        rx.switch(checked=Lamp.is_on, on_change=Lamp.turn, aria_label="Lamp"),
        rx.icon(rx.cond(Lamp.is_on, "lightbulb", "lightbulb-off")),
        rx.text(rx.cond(Lamp.is_on, "on", "off")),
        align="center",
    )


class Volume(rx.State):
    level: int = 40
    span: list[float] = [20, 70]

    @rx.event
    def set_level(self, values: list[float]):
        self.level = int(values[0])

    @rx.event
    def set_span(self, values: list[float]):
        self.span = values


def slider() -> rx.Component:
    """Slider: a number, or with two thumbs a span."""
    return rx.vstack(
        rx.text("Volume ", Volume.level),
        rx.slider(value=Volume.level, on_change=Volume.set_level, aria_label="Volume"),
        rx.text("From ", Volume.span[0], " to ", Volume.span[1]),
        rx.slider(
            value=Volume.span,
            on_change=Volume.set_span,
            color_scheme="grass",
            aria_label="Span",
        ),
        width="100%",
    )


class Fruit(rx.State):
    chosen: str = "pear"

    @rx.event
    def choose(self, fruit: str):
        self.chosen = fruit


def select() -> rx.Component:
    """Select: one of a list that opens."""
    return rx.hstack(
        rx.select(
            ["apple", "pear", "plum"],
            value=Fruit.chosen,
            on_change=Fruit.choose,
            label="Fruit",
        ),
        rx.text("A ", Fruit.chosen, ", please."),
        align="center",
    )


def select_parts() -> rx.Component:
    """Select of parts: with groups, labels and a line between."""
    return rx.select.root(
        rx.select.trigger(placeholder="Choose a food", aria_label="Food"),
        rx.select.content(
            rx.select.group(
                rx.select.label("Fruit"),
                rx.select.item("Apple", value="apple"),
                rx.select.item("Plum", value="plum"),
            ),
            rx.select.separator(),
            rx.select.group(
                rx.select.label("Vegetables"),
                rx.select.item("Carrot", value="carrot"),
                rx.select.item("Sold out", value="leek", disabled=True),
            ),
        ),
    )


class Size(rx.State):
    chosen: str = "M"

    @rx.event
    def choose(self, size: str):
        self.chosen = size


def radio() -> rx.Component:
    """Radio buttons: all choices in sight, from a list."""
    return rx.vstack(
        rx.radio(["S", "M", "L"], value=Size.chosen, on_change=Size.choose, aria_label="Size"),
        rx.text("Size ", Size.chosen),
    )


def radio_group() -> rx.Component:
    """Radio group: buttons with labels of your own."""
    return rx.radio_group.root(
        rx.text(rx.radio_group.item(value="slow"), " by ship", as_="label", size="2"),
        rx.text(rx.radio_group.item(value="fast"), " by plane", as_="label", size="2"),
        default_value="slow",
        color_scheme="grass",
        aria_label="Sent",
    )


def radio_cards() -> rx.Component:
    """Radio cards: one of several cards."""
    return rx.radio_cards.root(
        rx.radio_cards.item(rx.vstack(rx.text("Basic", weight="bold"), "2 cores"), value="a"),
        rx.radio_cards.item(rx.vstack(rx.text("Large", weight="bold"), "8 cores"), value="b"),
        default_value="a",
        columns={"initial": "1", "sm": "2"},
        aria_label="Plan",
    )


class Days(rx.State):
    chosen: list[str] = ["Mon"]

    @rx.event
    def choose(self, days: list[str]):
        self.chosen = days


def checkbox_group() -> rx.Component:
    """Checkbox group: several of a list."""
    return rx.vstack(
        rx.checkbox_group.root(
            *[rx.checkbox_group.item(day, value=day) for day in ("Mon", "Tue", "Wed")],
            value=Days.chosen,
            on_change=Days.choose,
            aria_label="Days",
        ),
        rx.text(Days.chosen.length(), " days: ", Days.chosen.join(", ")),
    )


def checkbox_cards() -> rx.Component:
    """Checkbox cards: several of some cards."""
    return rx.checkbox_cards.root(
        rx.checkbox_cards.item("Keyboard", value="keyboard"),
        rx.checkbox_cards.item("Mouse", value="mouse"),
        default_value=["mouse"],
        columns={"initial": "1", "sm": "2"},
        aria_label="Devices",
    )


class View(rx.State):
    chosen: str = "day"

    @rx.event
    def choose(self, view: str | list[str]):
        self.chosen = str(view)


def segmented_control() -> rx.Component:
    """Segmented control: a choice that switches a view."""
    return rx.vstack(
        rx.segmented_control.root(
            rx.segmented_control.item("Day", value="day"),
            rx.segmented_control.item("Week", value="week"),
            rx.segmented_control.item("Month", value="month"),
            value=View.chosen,
            on_change=View.choose,
        ),
        rx.text("The ", View.chosen, " is shown."),
    )

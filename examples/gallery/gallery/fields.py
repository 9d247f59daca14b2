"""Fields for text."""

from __future__ import annotations

import wasmrx as rx


class Greeting(rx.State):
    name: str = "Ada"

    @rx.event
    def set_name(self, name: str):
        self.name = name


def text_field() -> rx.Component:
    """Text field: one line, told to Python at each key."""
    return rx.vstack(
        rx.input(value=Greeting.name, on_change=Greeting.set_name, aria_label="Your name"),
        rx.text("Hello ", Greeting.name, "!"),
    )


def slots() -> rx.Component:
    """Slots: an icon, a unit or a button within the field."""
    return rx.vstack(
        rx.input(rx.input.slot(rx.icon("search", size=16)), placeholder="Search"),
        rx.text_field(rx.text_field.slot("kg", side="right"), type="number", placeholder="Weight"),
    )


def types() -> rx.Component:
    """Types of fields: the browser brings the right keyboard and picker."""
    return rx.grid(
        rx.input(type="email", placeholder="you@example.org", aria_label="Mail"),
        rx.input(type="password", placeholder="password", aria_label="Password"),
        rx.input(type="date", aria_label="Day"),
        rx.input(type="time", aria_label="Time"),
        columns={"initial": "1", "sm": "2"},
        spacing="3",
        width="100%",
    )


class Note(rx.State):
    text: str = ""

    @rx.event
    def set_text(self, text: str):
        self.text = text

    @rx.var
    def words(self) -> int:
        return len(self.text.split())


def text_area() -> rx.Component:
    """Text area: several lines; this one grows with its text."""
    return rx.vstack(
        rx.text_area(
            value=Note.text,
            on_change=Note.set_text,
            placeholder="Write a note",
            auto_height=True,
            width="100%",
        ),
        rx.text(Note.words, " words", size="2", color_scheme="gray"),
        width="100%",
    )


class Unhurried(rx.State):
    text: str = ""
    asked: int = 0

    @rx.event
    def look_up(self, text: str):
        self.text = text
        self.asked += 1


def debounce_input() -> rx.Component:
    """Debounced field: Python hears of it when typing pauses."""
    return rx.vstack(
        rx.debounce_input(
            rx.input(value=Unhurried.text, on_change=Unhurried.look_up, placeholder="Type quickly"),
            debounce_timeout=400,
        ),
        rx.text("Asked ", Unhurried.asked, " times"),
    )


def looks() -> rx.Component:
    """Field looks: variants, sizes, colours."""
    return rx.vstack(
        rx.input(placeholder="surface", variant="surface", size="1"),
        rx.input(placeholder="classic", variant="classic", radius="full"),
        rx.input(placeholder="soft", variant="soft", color_scheme="grass", size="3"),
        rx.input(placeholder="disabled", disabled=True),
    )

"""Colours, conditions, keys, dragging."""

from __future__ import annotations

import wasmrx as rx


def color_mode() -> rx.Component:
    """Colour mode: buttons, a switch, and values for light and dark."""
    return rx.hstack(
        rx.color_mode.button(),
        rx.color_mode.button(allow_system=True, aria_label="Choose the color mode"),
        rx.color_mode.switch(),
        rx.color_mode.icon(),
        rx.text(rx.color_mode_cond("It is light.", "It is dark.")),
        align="center",
        wrap="wrap",
    )


def theme() -> rx.Component:
    """Theme: colours and corners for a part of the page."""
    return rx.hstack(
        rx.theme(rx.button("iris"), accent_color="iris", radius="full", has_background=False),
        rx.theme(rx.button("plum"), accent_color="plum", radius="none", has_background=False),
        rx.theme(
            rx.card("dark, wherever it stands"),
            appearance="dark",
            has_background=False,
            padding="0.75rem",
            background="#111113",
        ),
        align="center",
        wrap="wrap",
    )


def theme_panel() -> rx.Component:
    """Theme panel: try themes while you build; the key T opens it."""
    return rx.fragment(rx.theme_panel(default_open=False), rx.text("Press ", rx.text.kbd("T"), "."))


class Order(rx.State):
    level: str = "low"
    guests: list[str] = ["Ada", "Grace"]

    @rx.event
    def set_level(self, level: str):
        self.level = level

    @rx.event
    def invite(self):
        self.guests.append(f"Guest {len(self.guests) + 1}")


def choosing() -> rx.Component:
    """Conditions and rows: what is shown depends on the state."""
    return rx.vstack(
        rx.select(
            ["low", "middle", "high"],
            value=Order.level,
            on_change=Order.set_level,
            aria_label="Level",
        ),
        rx.cond(Order.level == "low", rx.text("All is well."), rx.text("Look at it.")),
        rx.match(
            Order.level,
            ("low", rx.badge("low", color_scheme="green", high_contrast=True)),
            ("middle", rx.badge("middle", color_scheme="amber", high_contrast=True)),
            rx.badge("high", color_scheme="red", high_contrast=True),
        ),
        rx.hstack(
            rx.foreach(Order.guests, lambda name, index: rx.badge(index + 1, ". ", name)),
            wrap="wrap",
        ),
        rx.button("Invite", on_click=Order.invite, size="1"),
    )


class Keys(rx.State):
    last: str = ""
    pasted: str = ""

    @rx.event
    def press(self, key: str):
        self.last = key

    @rx.event
    def paste(self, parts: list[tuple[str, str]]):
        self.pasted = parts[0][1] if parts else ""


def listeners() -> rx.Component:
    """Keys and pasting: heard wherever they happen in the window."""
    return rx.fragment(
        rx.window_event_listener(on_key_down=Keys.press),
        rx.clipboard(on_paste=Keys.paste),
        rx.text("Last key: ", Keys.last),
        rx.text("Pasted: ", Keys.pasted),
    )


class Board(rx.State):
    todo: list[str] = ["wash", "cook"]
    done: list[str] = ["shop"]
    dragged: str = ""

    @rx.event
    def drag(self, task: str):
        self.dragged = task

    @rx.event
    def drop(self, place: str):
        for tasks in (self.todo, self.done):
            if self.dragged in tasks:
                tasks.remove(self.dragged)
        (self.done if place == "done" else self.todo).append(self.dragged)


def _column(title: str, place: str, tasks: rx.Var[list[str]]) -> rx.Component:
    return rx.vstack(
        rx.text(title, weight="bold"),
        rx.foreach(
            tasks,
            lambda task: rx.badge(
                task, size="3", draggable=True, on_drag_start=Board.drag(task), cursor="grab"
            ),
        ),
        on_drag_over=rx.prevent_default,
        on_drop=Board.drop(place).prevent_default,
        background=rx.color("gray", 3),
        padding="0.75rem",
        min_height="8rem",
        flex="1",
    )


def drag_and_drop() -> rx.Component:
    """Drag and drop: the browser's own events lead to Python."""
    return rx.hstack(
        _column("To do", "todo", Board.todo),
        _column("Done", "done", Board.done),
        align="stretch",
        width="100%",
    )


def script() -> rx.Component:
    """Script: a file of JavaScript that runs when the page has become live."""
    return rx.fragment(
        rx.script(src="/gallery/hello.js"),
        rx.text("A script wrote here: ", rx.el.output(id="from-script")),
    )

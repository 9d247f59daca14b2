"""Menus of a button and of a right click."""

from __future__ import annotations

import wasmrx as rx


class Document(rx.State):
    done: str = "nothing yet"

    @rx.event
    def do(self, what: str):
        self.done = what


def dropdown_menu() -> rx.Component:
    """Dropdown menu: a button's choices, with menus below."""
    return rx.hstack(
        rx.dropdown_menu.root(
            rx.dropdown_menu.trigger(rx.button("Document", rx.icon("chevron-down", size=16))),
            rx.dropdown_menu.content(
                rx.dropdown_menu.item("Open", shortcut="O", on_click=Document.do("opened")),
                rx.dropdown_menu.item("Copy", shortcut="C", on_click=Document.do("copied")),
                rx.dropdown_menu.sub(
                    rx.dropdown_menu.sub_trigger("Send to"),
                    rx.dropdown_menu.sub_content(
                        rx.dropdown_menu.item("Ada", on_click=Document.do("sent to Ada")),
                        rx.dropdown_menu.item("Grace", on_click=Document.do("sent to Grace")),
                    ),
                ),
                rx.dropdown_menu.separator(),
                rx.dropdown_menu.item(
                    "Delete", color_scheme="red", on_click=Document.do("deleted")
                ),
            ),
        ),
        rx.text("Done: ", Document.done),
        align="center",
    )


class Shown(rx.State):
    grid: bool = True
    order: str = "name"

    @rx.event
    def show_grid(self, grid: bool):
        self.grid = grid

    @rx.event
    def sort_by(self, order: str):
        self.order = order


def menu_of_choices() -> rx.Component:
    """Menu of choices: ticks and radio buttons as items."""
    return rx.hstack(
        rx.menu.root(
            rx.menu.trigger(rx.button("View", variant="soft")),
            rx.menu.content(
                rx.menu.group(
                    rx.menu.label("Show"),
                    rx.menu.checkbox("Grid", checked=Shown.grid, on_change=Shown.show_grid),
                ),
                rx.menu.separator(),
                rx.menu.radio_group(
                    rx.menu.radio("By name", value="name"),
                    rx.menu.radio("By date", value="date"),
                    value=Shown.order,
                    on_change=Shown.sort_by,
                ),
            ),
        ),
        rx.text(rx.cond(Shown.grid, "a grid", "a list"), ", by ", Shown.order),
        align="center",
    )


class Picture(rx.State):
    frame: bool = False
    size: str = "small"
    done: str = ""

    @rx.event
    def set_frame(self, frame: bool):
        self.frame = frame

    @rx.event
    def set_size(self, size: str):
        self.size = size

    @rx.event
    def turn(self, side: str):
        self.done = f", turned {side}"


def context_menu() -> rx.Component:
    """Context menu: opens with a right click, or a long press."""
    return rx.context_menu.root(
        rx.context_menu.trigger(
            rx.center(
                "Right click here: ",
                Picture.size,
                rx.cond(Picture.frame, ", framed", ""),
                Picture.done,
                height="6rem",
                width="100%",
                border=f"1px dashed {rx.color('gray', 8)}",
                border_radius="0.5rem",
            )
        ),
        rx.context_menu.content(
            rx.context_menu.checkbox("Framed", checked=Picture.frame, on_change=Picture.set_frame),
            rx.context_menu.separator(),
            rx.context_menu.radio_group(
                rx.context_menu.radio("Small", value="small"),
                rx.context_menu.radio("Large", value="large"),
                value=Picture.size,
                on_change=Picture.set_size,
            ),
            rx.context_menu.separator(),
            rx.context_menu.group(
                rx.context_menu.label("Turn"),
                rx.context_menu.item("Left", on_click=Picture.turn("left")),
                rx.context_menu.sub(
                    rx.context_menu.sub_trigger("More"),
                    rx.context_menu.sub_content(
                        rx.context_menu.item("Upside down", on_click=Picture.turn("over"))
                    ),
                ),
            ),
        ),
    )

"""What opens above the page."""

from __future__ import annotations

import wasmrx as rx


def dialog() -> rx.Component:
    """Dialog: asks for something, the page waits behind."""
    return rx.dialog.root(
        rx.dialog.trigger(rx.button("Rename")),
        rx.dialog.content(
            rx.dialog.title("Rename"),
            rx.dialog.description("How is it to be called?"),
            rx.input(placeholder="Name", margin_y="1rem", aria_label="New name"),
            rx.hstack(
                rx.dialog.close(rx.button("Cancel", variant="soft", color_scheme="gray")),
                rx.dialog.close(rx.button("Save")),
                justify="end",
            ),
            max_width="24rem",
        ),
    )


class Files(rx.State):
    names: list[str] = ["letter", "plan", "song"]

    @rx.event
    def delete_all(self):
        self.names.clear()


def alert_dialog() -> rx.Component:
    """Alert dialog: before what cannot be undone."""
    return rx.hstack(
        rx.alert_dialog.root(
            rx.alert_dialog.trigger(rx.button("Delete all", variant="soft", color_scheme="red")),
            rx.alert_dialog.content(
                rx.alert_dialog.title("Delete all files?"),
                rx.alert_dialog.description("They cannot be brought back."),
                rx.hstack(
                    rx.alert_dialog.cancel(rx.button("Keep", variant="soft")),
                    rx.alert_dialog.action(
                        rx.button(
                            "Delete",
                            color_scheme="red",
                            high_contrast=True,
                            on_click=Files.delete_all,
                        )
                    ),
                    justify="end",
                    margin_top="1rem",
                ),
                max_width="24rem",
            ),
        ),
        rx.text(Files.names.length(), " files"),
        align="center",
    )


def drawer() -> rx.Component:
    """Drawer: slides in from an edge, and can be dragged away."""
    return rx.drawer.root(
        rx.drawer.trigger(rx.button("Open the drawer")),
        rx.drawer.overlay(),
        rx.drawer.portal(
            rx.drawer.content(
                rx.vstack(
                    rx.drawer.handle(),
                    rx.drawer.title("Settings"),
                    rx.drawer.description("Drag me down, or press Escape."),
                    rx.drawer.close(rx.button("Close")),
                    width="100%",
                    padding="1.5rem",
                ),
                top="auto",
                height="14rem",
                background=rx.color("gray", 2),
                border_radius="1rem 1rem 0 0",
            ),
        ),
        direction="bottom",
    )


def popover() -> rx.Component:
    """Popover: a little more beside its button."""
    return rx.popover.root(
        rx.popover.trigger(rx.button("Comment", variant="soft")),
        rx.popover.content(
            rx.vstack(
                rx.text_area(placeholder="What do you think?", width="100%"),
                rx.popover.close(rx.button("Send", size="1")),
            ),
            width="18rem",
            aria_label="Comment",
        ),
    )


def hover_card() -> rx.Component:
    """Hover card: a preview of where a link leads."""
    return rx.hover_card.root(
        rx.hover_card.trigger(rx.link("@ada", href="#hover-card")),
        rx.hover_card.content(
            rx.hstack(
                rx.avatar(fallback="AL"),
                rx.vstack(rx.text("Ada Lovelace", weight="bold"), rx.text("Programs since 1843")),
            )
        ),
    )


def tooltip() -> rx.Component:
    """Tooltip: a word on what a button does."""
    return rx.tooltip(rx.icon_button("printer", variant="soft"), content="Print")

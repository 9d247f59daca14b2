"""What is pressed, and small signs."""

from __future__ import annotations

import wasmrx as rx


class Presses(rx.State):
    count: int = 0

    @rx.event
    def press(self):
        self.count += 1


def button() -> rx.Component:
    """Button: starts something, here a handler in Python."""
    return rx.hstack(
        rx.button("Press", on_click=Presses.press),
        rx.text("Pressed ", Presses.count, " times"),
        align="center",
    )


def variants() -> rx.Component:
    """Button looks: variants, sizes, colours."""
    return rx.flex(
        *[
            rx.button(variant, variant=variant)
            for variant in ("classic", "solid", "soft", "surface", "outline", "ghost")
        ],
        rx.button("grass", color_scheme="grass", high_contrast=True),
        rx.button("large", size="3", radius="full"),
        rx.button("disabled", disabled=True),
        spacing="4",
        wrap="wrap",
        align="center",
    )


class Saving(rx.State):
    is_saving: bool = False

    @rx.event
    async def save(self):
        import asyncio

        self.is_saving = True
        yield
        await asyncio.sleep(1)
        self.is_saving = False
        yield rx.toast.success("Saved")


def loading() -> rx.Component:
    """Loading button: shows that work goes on, and cannot be pressed meanwhile."""
    return rx.button("Save", on_click=Saving.save, loading=Saving.is_saving)


def icon_button() -> rx.Component:
    """Icon button: a button of one icon, which needs a name for those who cannot see it."""
    return rx.hstack(
        rx.icon_button("house", aria_label="Home"),
        rx.icon_button(rx.icon("trash-2"), variant="soft", color_scheme="red", size="3"),
        rx.icon_button("heart", variant="surface", radius="full"),
        align="center",
    )


def icon() -> rx.Component:
    """Icon: all of Lucide's icons by name."""
    return rx.hstack(
        rx.icon("sun"),
        rx.icon("cloud-rain", color=rx.color("blue", 9)),
        rx.icon("snowflake", size=36, stroke_width=1),
    )


def badge() -> rx.Component:
    """Badge: a word on a coloured ground."""
    return rx.hstack(
        rx.badge("new"),
        rx.badge("draft", color_scheme="amber", high_contrast=True),
        rx.badge("4", variant="solid", radius="full"),
        rx.badge(rx.icon("check", size=12), "done", color_scheme="green", high_contrast=True),
    )


def link_button() -> rx.Component:
    """Link as a button: looks like a button, leads somewhere."""
    return rx.link(rx.button("Read more", rx.icon("arrow-right", size=16)), href="#button")

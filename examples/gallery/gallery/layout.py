"""Boxes and their arrangement."""

from __future__ import annotations

import wasmrx as rx


def box() -> rx.Component:
    """Box: the plain container, which takes every style as a prop."""
    return rx.box(
        "Any CSS property is a prop, _hover too.",
        padding="1rem",
        border_radius="0.5rem",
        background=rx.color("accent", 3),
        _hover={"background": rx.color("accent", 5)},
    )


def flex() -> rx.Component:
    """Flex: children in a row or column that may wrap."""
    return rx.flex(
        *[rx.badge(name, size="3") for name in ("one", "two", "three", "four", "five")],
        spacing="3",
        wrap="wrap",
        justify="center",
    )


def stacks() -> rx.Component:
    """Stacks: rows and columns with even gaps; a spacer pushes apart."""
    return rx.vstack(
        rx.hstack(rx.badge("left"), rx.spacer(), rx.badge("right"), width="100%", align="center"),
        rx.stack(rx.badge("first"), rx.badge("second"), direction="row-reverse", spacing="2"),
        width="100%",
    )


def grid() -> rx.Component:
    """Grid: as many columns as there is room for."""
    return rx.grid(
        *[
            rx.center(number, height="3rem", background=rx.color("accent", 4))
            for number in range(1, 7)
        ],
        columns={"initial": "2", "sm": "3"},
        spacing="2",
        width="100%",
    )


def center() -> rx.Component:
    """Center: its children in the middle, both ways."""
    return rx.center(
        rx.text("In the middle"),
        height="6rem",
        width="100%",
        border=f"1px dashed {rx.color('gray', 7)}",
    )


def container() -> rx.Component:
    """Container and section: a readable width, and room above and below."""
    return rx.container(
        rx.section("A section", size="1"),
        rx.section("Another section", size="1"),
        size="1",
        background=rx.color("gray", 3),
    )


def card() -> rx.Component:
    """Card and inset: an inset reaches to the card's edge."""
    return rx.card(
        rx.inset(
            rx.image(src="/gallery/hills.svg", alt="Green hills", width="100%", height="auto"),
            side="top",
            pb="current",
        ),
        rx.text("A day on the hills", weight="bold"),
        rx.text("12 km, mostly downhill.", size="2", color_scheme="gray"),
        width="16rem",
    )


def separator() -> rx.Component:
    """Separator: a line between things."""
    return rx.vstack(
        rx.text("Above"),
        rx.separator(),
        rx.hstack(rx.text("Left"), rx.divider(orientation="vertical", size="1"), rx.text("Right")),
        width="100%",
    )


def aspect_ratio() -> rx.Component:
    """Aspect ratio: as high as its width demands."""
    return rx.box(
        rx.aspect_ratio(
            rx.center("16 : 9", width="100%", height="100%", background=rx.color("accent", 4)),
            ratio=16 / 9,
        ),
        width="12rem",
    )


def scroll_area() -> rx.Component:
    """Scroll area: a part of the page that scrolls by itself, in the look of the theme."""
    return rx.scroll_area(
        rx.vstack(*[rx.text("Line ", number) for number in range(1, 21)], padding="0.75rem"),
        type="always",
        scrollbars="vertical",
        height="8rem",
        width="100%",
        tab_index=0,
        role="region",
        aria_label="Twenty lines",
    )


class Messages(rx.State):
    lines: list[str] = ["Scrolls to the newest line."]

    @rx.event
    def add(self):
        self.lines.append(f"Line {len(self.lines) + 1}")


def auto_scroll() -> rx.Component:
    """Auto scroll: stays at its end while lines are added."""
    return rx.vstack(
        rx.auto_scroll(
            rx.foreach(Messages.lines, rx.text),
            height="6rem",
            width="100%",
            padding="0.5rem",
            border=f"1px solid {rx.color('gray', 6)}",
            tab_index=0,
            role="log",
            aria_label="Lines",
        ),
        rx.button("Add a line", on_click=Messages.add),
        width="100%",
    )


def by_width() -> rx.Component:
    """By width of the window: each is shown on some widths only."""
    return rx.vstack(
        rx.mobile_only(rx.badge("On a phone")),
        rx.tablet_only(rx.badge("On a tablet")),
        rx.desktop_only(rx.badge("On a desktop")),
        rx.mobile_and_tablet(rx.text("Not on a desktop")),
        rx.tablet_and_desktop(rx.text("Not on a phone")),
    )


def fragment() -> rx.Component:
    """Fragment: several components as one, without an element around."""
    return rx.hstack(rx.fragment(rx.badge("one"), rx.badge("two")), rx.badge("three"))

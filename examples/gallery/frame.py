"""What stands around a page of the gallery: the bar, the list of families. For the build."""

from __future__ import annotations

from typing import Any

import wasmrx as rx

from gallery.cards import family_body, index_body, search_box
from gallery.families import FAMILIES, Family
from gallery.look import gallery_style
from gallery.search import GallerySearch

BASE = "/"
_BAR = "3.5rem"


def add_pages(app: rx.App) -> None:
    """Add the first page and one for each family."""
    app.style |= gallery_style() | _style()
    app.add_page(
        lambda: _page(index_body(BASE), None),
        route="/",
        title="Gallery of wasmrx",
        description="Every component of wasmrx, live and with its source.",
    )
    for family in FAMILIES:
        app.add_page(
            lambda family=family: _page(family_body(family, BASE), family),
            route=f"/{family.name}",
            title=f"{family.title} | Gallery of wasmrx",
            description=family.summary,
        )


def _page(content: rx.Component, family: Family | None) -> rx.Component:
    return rx.box(
        rx.el.a("Skip to the content", href="#content", class_name="skip"),
        _bar(family),
        rx.box(
            rx.el.aside(
                _families(family),
                class_name="side",
                aria_label="Families",
                display={"initial": "none", "md": "block"},
            ),
            rx.el.main(content, id="content", tab_index=-1, class_name="main"),
            class_name="columns",
        ),
    )


def _bar(family: Family | None) -> rx.Component:
    return rx.el.header(
        rx.box(_menu(family), display={"initial": "block", "md": "none"}),
        rx.link(
            "wasmrx gallery",
            href=BASE,
            weight="bold",
            size="4",
            underline="none",
            color_scheme="gray",
            high_contrast=True,
        ),
        rx.spacer(),
        _search(),
        rx.color_mode.button(),
        class_name="bar",
    )


def _search() -> rx.Component:
    return rx.dialog.root(
        rx.dialog.trigger(
            rx.button(
                rx.icon("search", size=16),
                rx.text.span("Search", display=["none", "inline"]),
                variant="surface",
                color_scheme="gray",
                aria_label="Search",
            )
        ),
        rx.dialog.content(
            rx.dialog.title("Search the gallery", size="3"),
            rx.dialog.description(
                "Enter opens the first demo found.",
                size="2",
                color_scheme="gray",
                margin_bottom="0.75rem",
            ),
            search_box(BASE),
            max_width="36rem",
        ),
        open=GallerySearch.is_open,
        on_open_change=GallerySearch.show,
    )


def _menu(family: Family | None) -> rx.Component:
    """Return the button that shows the families where they have no place beside the page."""
    return rx.dialog.root(
        rx.dialog.trigger(
            rx.icon_button(
                rx.icon("menu", size=20),
                variant="ghost",
                color_scheme="gray",
                aria_label="Families",
            )
        ),
        rx.dialog.content(
            rx.dialog.title("Families", size="3"),
            _families(family),
            max_width="22rem",
            aria_describedby="",
        ),
    )


def _families(current: Family | None) -> rx.Component:
    return rx.el.nav(
        rx.el.ul(
            *[
                rx.el.li(
                    rx.el.a(
                        rx.icon(family.icon, size=16),
                        family.title,
                        href=BASE + family.name,
                        class_name="entry",
                        custom_attrs={"aria-current": "page"} if family is current else {},
                    )
                )
                for family in FAMILIES
            ],
        ),
        aria_label="Families",
    )


def _style() -> dict[str, Any]:
    return {
        "html": {"scroll_padding_top": "4.5rem"},
        ".skip": {
            "position": "absolute",
            "left": "-100vw",
            "z_index": "30",
            "padding": "0.5rem 1rem",
            "background": "var(--color-background)",
        },
        ".skip:focus": {"left": "0.5rem", "top": "0.5rem"},
        ".bar": {
            "display": "flex",
            "align_items": "center",
            "gap": "0.75rem",
            "height": _BAR,
            "padding": "0 1.25rem",
            "position": "sticky",
            "top": "0",
            "z_index": "10",
            "background": "var(--color-background)",
            "border_bottom": f"1px solid {rx.color('gray', 5)}",
        },
        ".columns": {"display": "flex", "max_width": "76rem", "margin": "0 auto"},
        ".side": {
            "flex": "none",
            "width": "15rem",
            "position": "sticky",
            "top": _BAR,
            "align_self": "flex-start",
            "max_height": f"calc(100vh - {_BAR})",
            "overflow_y": "auto",
            "padding": "1.75rem 1rem",
        },
        ".main": {
            "flex": "1",
            "min_width": "0",
            "max_width": "56rem",
            "margin": "0 auto",
            "padding": "2rem 1.25rem 4rem",
            "outline": "none",
        },
        ".entry": {
            "display": "flex",
            "align_items": "center",
            "gap": "0.6rem",
            "padding": "0.35rem 0.6rem",
            "border_radius": "var(--radius-2)",
            "font_size": "0.9rem",
            "color": rx.color("gray", 11),
        },
        ".entry:hover": {"background": rx.color("gray", 3), "color": rx.color("gray", 12)},
        ".entry[aria-current]": {
            "background": rx.color("accent", 3),
            "color": rx.color("accent", 11),
            "font_weight": "500",
        },
    }

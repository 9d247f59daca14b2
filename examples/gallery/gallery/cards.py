"""What a page of the gallery shows: cards of demos, families, the search. For the build."""

from __future__ import annotations

import wasmrx as rx

from .families import FAMILIES, Demo, Family
from .search import GallerySearch, Hit
from .sources import components_of, source_of

_NO_COMPONENTS = ("event", "var", "color", "prevent_default", "code_block.themes.dracula")
_ARRANGING = ("box", "flex", "fragment", "hstack", "vstack", "text")

shown_source = rx._x.client_state("gallery_source", default="")
"""The anchor of the demo whose source is shown on a phone, where sources are shut at first."""


def family_body(family: Family, base: str) -> rx.Component:
    """Return the demos of a family; ``base`` is where the gallery's first page lies."""
    place = FAMILIES.index(family)
    before, after = FAMILIES[place - 1], FAMILIES[(place + 1) % len(FAMILIES)]
    return rx.box(
        rx.heading(family.title, size="8", as_="h1"),
        rx.text(family.summary, size="4", color_scheme="gray", margin_top="0.5rem"),
        rx.el.ul(
            *[
                rx.el.li(rx.link(demo.title, href=f"#{demo.anchor}", size="2"))
                for demo in family.demos
            ],
            class_name="gallery-contents",
        ),
        *[_card(family, demo) for demo in family.demos],
        rx.el.nav(
            rx.link(rx.icon("arrow-left", size=16), before.title, href=base + before.name),
            rx.link(after.title, rx.icon("arrow-right", size=16), href=base + after.name),
            class_name="gallery-neighbours",
            aria_label="Other families",
        ),
    )


def index_body(base: str) -> rx.Component:
    """Return the search and a card for each family."""
    count = sum(len(family.demos) for family in FAMILIES)
    return rx.box(
        rx.heading("Gallery", size="8", as_="h1"),
        rx.text(
            f"{count} demos of components, each with the source that makes it. "
            "All of it runs in this page, in Python.",
            size="4",
            color_scheme="gray",
            margin_top="0.5rem",
        ),
        rx.box(search_box(base), margin_y="1.5rem", max_width="36rem"),
        rx.el.ul(
            *[rx.el.li(_family_card(family, base)) for family in FAMILIES],
            class_name="gallery-families",
        ),
    )


def search_box(base: str) -> rx.Component:
    """Return the field of the search with what is found; Enter opens the first."""
    return rx.box(
        rx.form(
            rx.input(
                rx.input.slot(rx.icon("search", size=16)),
                placeholder="A component: select, rx.tabs, accordion.item …",
                value=GallerySearch.wanted,
                on_change=GallerySearch.look_up,
                auto_complete=False,
                type="search",
                size="3",
                width="100%",
                aria_label="Search the gallery",
            ),
            on_submit=GallerySearch.open_first(base),
            role="search",
        ),
        rx.box(_results(base), margin_top="0.75rem", aria_live="polite"),
    )


def _results(base: str) -> rx.Component:
    return rx.cond(
        GallerySearch.hits,
        rx.el.ul(rx.foreach(GallerySearch.hits, lambda hit: _result(hit, base))),
        rx.cond(
            GallerySearch.wanted,
            rx.text("Nothing is found for “", GallerySearch.wanted, "”.", color_scheme="gray"),
        ),
    )


def _result(hit: rx.Var[Hit], base: str) -> rx.Component:
    return rx.el.li(
        rx.link(
            rx.text(hit.title, weight="bold", as_="div"),
            rx.text(hit.family, ": ", hit.purpose, size="2", color_scheme="gray", as_="div"),
            href=base + hit.place,
            on_click=GallerySearch.show(False),
            underline="none",
            class_name="gallery-hit",
        )
    )


def _family_card(family: Family, base: str) -> rx.Component:
    return rx.el.a(
        rx.icon(family.icon, size=22, color=rx.color("accent", 11)),
        rx.box(
            rx.heading(family.title, size="3", as_="h2"),
            rx.text(family.summary, size="2", color_scheme="gray"),
        ),
        href=base + family.name,
        class_name="gallery-family",
    )


def _card(family: Family, demo: Demo) -> rx.Component:
    return rx.el.section(
        rx.heading(
            demo.title,
            rx.el.a(
                "#",
                href=f"#{demo.anchor}",
                class_name="gallery-anchor",
                aria_label=f"Link to {demo.title}",
            ),
            size="5",
            as_="h2",
            id=demo.anchor,
            class_name="gallery-title",
        ),
        rx.text(demo.purpose, color_scheme="gray", size="2", margin_y="0.25rem 0.5rem"),
        rx.flex(
            *[
                rx.code(
                    f"rx.{name}", size="1", variant="soft", color_scheme="gray", high_contrast=True
                )
                for name in components_of(family, demo)
                if _tells(name, family)
            ],
            wrap="wrap",
            spacing="1",
            margin_bottom="0.75rem",
        ),
        rx.box(
            rx.box(demo.show(), class_name="gallery-stage", id=f"{demo.anchor}-demo"),
            _source(demo, source_of(family, demo)),
            class_name="gallery-card",
        ),
        class_name="gallery-demo",
    )


def _tells(name: str, family: Family) -> bool:
    """Tell whether a name says what a demo shows; what only arranges is for the first families."""
    arranging = () if family.name in ("layout", "typography") else _ARRANGING
    return name.islower() and name not in (*_NO_COMPONENTS, *arranging)


def _source(demo: Demo, source: str) -> rx.Component:
    is_shown = shown_source.value == demo.anchor
    return rx.box(
        rx.button(
            rx.icon("code", size=14),
            "Source",
            on_click=shown_source.set_value(rx.cond(is_shown, "", demo.anchor)),
            variant="ghost",
            color_scheme="gray",
            class_name="gallery-toggle",
            aria_expanded=is_shown,
            aria_controls=f"{demo.anchor}-source",
        ),
        rx.box(
            rx.code_block(
                source,
                class_name="gallery-code",
                tab_index=0,
                role="region",
                aria_label=f"Source of {demo.title}",
            ),
            rx.icon_button(
                rx.icon("copy", size=14),
                on_click=[rx.set_clipboard(source), rx.toast("Copied", duration=1500)],
                variant="surface",
                color_scheme="gray",
                size="1",
                class_name="gallery-copy",
                aria_label=f"Copy the source of {demo.title}",
            ),
            id=f"{demo.anchor}-source",
            class_name=rx.cond(is_shown, "gallery-source shown", "gallery-source"),
        ),
    )

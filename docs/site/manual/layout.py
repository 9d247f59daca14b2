"""What stands around a page: the bar, the list of pages, its headings, its neighbours."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import wasmrx as rx

from .blocks import body_of
from .contents import FIRST, GALLERY, Section, route_of
from .document import Document
from .search import search_button

CONTENT = "content"
_BAR = "3.5rem"
_WIDE = {"initial": "none", "md": "block"}
_WIDER = {"initial": "none", "lg": "block"}


class Layout:
    """Makes the pages; ``documents`` maps each page to its document."""

    def __init__(
        self,
        sections: Sequence[Section],
        documents: Mapping[str, Document],
        gallery: Sequence[tuple[str, str]],
    ) -> None:
        """Take what all pages lead to; ``gallery`` has route and title of each family."""
        self._sections = sections
        self._documents = documents
        self._gallery = gallery
        self._order = [page for section in sections for page in section.pages]

    def page(self, page: str) -> rx.Component:
        """Return one page as a whole."""
        document = self._documents[page]
        beside = rx.el.aside(
            _headings(document),
            display=_WIDER,
            class_name="side",
            width="14rem",
            custom_attrs={"aria-label": "On this page"},
        )
        return self._page(route_of(page), [body_of(document), self._neighbours(page)], beside)

    def gallery_page(self, body: Callable[[], rx.Component], route: str) -> rx.Component:
        """Return a page of the gallery."""
        return self._page(route, [body()], None)

    def _page(
        self, route: str, content: list[rx.Component], beside: rx.Component | None
    ) -> rx.Component:
        return rx.box(
            rx.el.a("Skip to the content", href=f"#{CONTENT}", class_name="skip"),
            self._bar(route),
            rx.box(
                rx.el.aside(
                    self._pages(route),
                    display=_WIDE,
                    class_name="side",
                    width="15rem",
                    custom_attrs={"aria-label": "Pages"},
                ),
                rx.el.main(*content, id=CONTENT, tab_index=-1, class_name="main"),
                beside,
                class_name="columns",
            ),
        )

    def missing(self) -> rx.Component:
        """Return the page for addresses that have none."""
        return rx.box(
            self._bar(""),
            rx.el.main(
                rx.heading("There is no page at this address", size="7", as_="h1"),
                rx.text("It may have moved. ", rx.link("All pages start here", href="/"), "."),
                class_name="main",
                margin_x="auto",
            ),
        )

    def _bar(self, route: str) -> rx.Component:
        return rx.el.header(
            rx.box(self._menu(route), display={"initial": "block", "md": "none"}),
            rx.link(
                rx.hstack(
                    rx.image(src="/favicon.svg", alt="", width="22px", height="22px"),
                    rx.text("wasmrx", weight="bold", size="4", as_="span"),
                    align="center",
                    spacing="2",
                ),
                href="/",
                underline="none",
                color_scheme="gray",
                high_contrast=True,
            ),
            rx.spacer(),
            rx.link(
                "Gallery",
                href=GALLERY,
                size="2",
                color_scheme="gray",
                high_contrast=True,
                display={"initial": "none", "sm": "block"},
            ),
            search_button(),
            rx.color_mode.button(),
            class_name="bar",
            height=_BAR,
        )

    def _menu(self, route: str) -> rx.Component:
        """Return the button that shows the list of pages where it has no place beside the text."""
        return rx.dialog.root(
            rx.dialog.trigger(
                rx.icon_button(
                    rx.icon("menu", size=20),
                    variant="ghost",
                    color_scheme="gray",
                    aria_label="Pages",
                )
            ),
            rx.dialog.content(
                rx.dialog.title("Pages", size="3"),
                rx.dialog.close(
                    rx.icon_button(
                        rx.icon("x", size=18),
                        variant="ghost",
                        color_scheme="gray",
                        aria_label="Close",
                        position="absolute",
                        top="1.25rem",
                        right="1.25rem",
                    )
                ),
                self._pages(route),
                max_width="22rem",
                custom_attrs={"aria-describedby": ""},
            ),
        )

    def _pages(self, current: str) -> rx.Component:
        entries = {
            section.title: [(route_of(page), self._title(page)) for page in section.pages]
            for section in self._sections
        }
        if current.startswith(GALLERY):
            entries = {"Gallery": [(GALLERY, "All components"), *self._gallery], **entries}
        else:
            entries["Gallery"] = [(GALLERY, "All components")]
        return rx.el.nav(
            *[
                rx.box(
                    rx.text(title, size="1", weight="bold", class_name="section", as_="div"),
                    rx.el.ul(*[_entry(route, text, route == current) for route, text in links]),
                    margin_bottom="1.25rem",
                )
                for title, links in entries.items()
            ],
        )

    def _title(self, page: str) -> str:
        return "Overview" if page == FIRST else self._documents[page].title

    def _neighbours(self, page: str) -> rx.Component:
        place = self._order.index(page)
        before = self._order[place - 1] if place else None
        after = self._order[place + 1] if place + 1 < len(self._order) else None
        return rx.el.nav(
            self._neighbour("Previous", before),
            self._neighbour("Next", after),
            class_name="neighbours",
            custom_attrs={"aria-label": "Previous and next page"},
        )

    def _neighbour(self, label: str, page: str | None) -> rx.Component:
        if page is None:
            return rx.box()
        return rx.el.a(
            rx.text(label, size="1", color_scheme="gray", as_="div"),
            rx.text(self._documents[page].title, weight="medium", as_="div"),
            href=route_of(page),
            class_name=f"neighbour {label.lower()}",
        )


def _entry(route: str, title: str, is_current: bool) -> rx.Component:
    attributes = {"aria-current": "page"} if is_current else {}
    return rx.el.li(rx.el.a(title, href=route, class_name="entry", custom_attrs=attributes))


def _headings(document: Document) -> rx.Component:
    inner = [heading for heading in document.headings if heading.level in (2, 3)]
    if len(inner) < 2:
        return rx.fragment()
    return rx.el.nav(
        rx.text("On this page", size="1", weight="bold", class_name="section", as_="div"),
        rx.el.ul(
            *[
                rx.el.li(
                    rx.el.a(heading.text, href=f"#{heading.anchor}", class_name="entry"),
                    padding_left="0.75rem" if heading.level == 3 else "0",
                )
                for heading in inner
            ]
        ),
    )


def site_style() -> dict[str, Any]:
    """Return the look of what the theme has no component for."""
    line = f"1px solid {rx.color('gray', 5)}"
    return {
        "html": {"scroll_padding_top": "4.5rem"},
        ".bar": {
            "display": "flex",
            "align_items": "center",
            "gap": "0.75rem",
            "padding": "0 1.25rem",
            "position": "sticky",
            "top": "0",
            "z_index": "10",
            "background": "var(--color-background)",
            "border_bottom": line,
        },
        ".skip": {
            "position": "absolute",
            "left": "-100vw",
            "z_index": "30",
            "padding": "0.5rem 1rem",
            "background": rx.color("accent", 9),
            "color": "white",
        },
        ".skip:focus": {"left": "0.5rem", "top": "0.5rem"},
        ".columns": {"display": "flex", "max_width": "88rem", "margin": "0 auto"},
        ".side": {
            "flex": "none",
            "position": "sticky",
            "top": _BAR,
            "align_self": "flex-start",
            "max_height": f"calc(100vh - {_BAR})",
            "overflow_y": "auto",
            "padding": "1.75rem 1rem 2rem 1.25rem",
        },
        ".main": {
            "flex": "1",
            "min_width": "0",
            "max_width": "52rem",
            "margin": "0 auto",
            "padding": "2rem 1.5rem 4rem",
            "outline": "none",
        },
        ".section": {"color": rx.color("gray", 12), "padding": "0 0.6rem 0.35rem"},
        ".entry": {
            "display": "block",
            "padding": "0.28rem 0.6rem",
            "border_radius": "var(--radius-2)",
            "font_size": "0.875rem",
            "line_height": "1.35",
            "color": rx.color("gray", 11),
        },
        ".entry:hover": {"background": rx.color("gray", 3), "color": rx.color("gray", 12)},
        ".entry[aria-current]": {
            "background": rx.color("accent", 3),
            "color": rx.color("accent", 11),
            "font_weight": "500",
        },
        ".neighbours": {
            "display": "grid",
            "grid_template_columns": "1fr 1fr",
            "gap": "1rem",
            "margin_top": "3rem",
        },
        ".neighbour": {
            "border": line,
            "border_radius": "var(--radius-3)",
            "padding": "0.75rem 1rem",
        },
        ".neighbour:hover": {"border_color": rx.color("accent", 8)},
        ".neighbour.next": {"text_align": "right"},
        ".titled": {"position": "relative"},
        ".anchor": {
            "margin_left": "0.4em",
            "color": rx.color("gray", 9),
            "opacity": "0",
            "font_weight": "400",
        },
        ".titled:hover .anchor,.anchor:focus": {"opacity": "1"},
        ".items": {"margin": "0.9rem 0 0.9rem 1.5rem"},
        ".items li": {"margin": "0.35rem 0", "line_height": "1.7", "padding_left": "0.25rem"},
        ".items .items": {"margin_top": "0.25rem", "margin_bottom": "0.25rem"},
        ".code-frame": {"position": "relative", "margin": "1.25rem 0"},
        ".code": {
            "background": rx.color("gray", 2),
            "border": line,
            "border_radius": "var(--radius-3)",
            "padding": "0.9rem 1rem",
            "overflow_x": "auto",
            "font_family": "var(--code-font-family)",
            "font_size": "0.84rem",
            "line_height": "1.6",
            "margin": "0",
        },
        ".code code": {"background": "none"},
        ".copy": {"position": "absolute", "top": "0.5rem", "right": "0.5rem", "opacity": "0"},
        ".code-frame:hover .copy,.copy:focus-visible": {"opacity": "1"},
        "@media (hover: none)": {".copy": {"opacity": "0.7"}},
        ".live": {
            "border": line,
            "border_radius": "var(--radius-4)",
            "margin": "1.5rem 0",
            "overflow": "hidden",
        },
        ".live .stage": {"padding": "1.5rem"},
        ".live .code-frame": {"margin": "0"},
        ".live .code": {"border_width": "1px 0 0", "border_radius": "0"},
        "a:focus-visible,.code:focus-visible": {"outline": f"2px solid {rx.color('accent', 8)}"},
        "mark": {"background": rx.color("accent", 5), "color": "inherit"},
        ".cell": {"overflow_wrap": "anywhere", "min_width": "6.5rem"},
    }

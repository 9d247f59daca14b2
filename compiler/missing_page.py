"""The page for addresses without a page, where the app has none of its own."""

from __future__ import annotations

from wasmrx.app import Page
from wasmrx.expr import Import

from .component import Component, make
from .spec import ComponentSpec, Prop

_CENTRED = {"min_height": "100vh", "display": "grid", "place_content": "center", "gap": "0.5rem"}


def missing_page(route: str) -> Page:
    """Return a page that says so and leads to the first page."""
    return Page(route, _shown, title="Page not found")


def _shown() -> Component:
    link = make(ComponentSpec("a", Import("wasmrx/page", "Link"), {"href": Prop(str)}))
    return _element("main").create(
        _element("h1").create("404", font_size="2rem"),
        _element("p").create("There is no page at this address."),
        link.create("Go to the first page", href="/", text_decoration="underline"),
        text_align="center",
        style=_CENTRED,
    )


def _element(tag: str) -> type[Component]:
    return make(ComponentSpec(tag, tag))

"""What the document of a page says: title, description, image, further meta elements."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast
from urllib.parse import urljoin

from wasmrx.expr import Literal
from wasmrx.var import to_expr

from .component import Component, given_props, spec_of
from .evaluate import NOT_FOUND, EvaluatedPage
from .sitemap import page_address


@dataclass(frozen=True)
class PageMeta:
    """The title and the attributes of each meta element.

    ``title`` is what the document starts with; the page changes it where ``is_live``. ``address``
    is where the page lies, where that is known.
    """

    route: str
    title: str
    is_live: bool
    metas: tuple[Mapping[str, str], ...]
    address: str | None = None


def page_meta(page: EvaluatedPage, app_name: str, site: str = "") -> PageMeta:
    """Return what the document of ``page`` says; ``app_name`` is the title it has by default.

    ``site`` is the address of the site, "" where it is not known: then a page does not know its
    own, and an image keeps the address that was given.
    """
    declared = page.page
    metas: list[Mapping[str, str]] = []
    description = constant_text(declared.description)
    if description:
        metas.append({"name": "description", "content": description})
        metas.append({"property": "og:description", "content": description})
    image = constant_text(declared.image)
    if image:
        whole = urljoin(site, image.lstrip("/")) if site else image
        metas.append({"property": "og:image", "content": whole})
    metas.extend(_attributes(meta) for meta in declared.meta)
    fixed = constant_text(declared.title)
    title = _default_title(page.route, app_name) if fixed is None else fixed
    metas.insert(0, {"property": "og:title", "content": title})
    address = page_address(site, page.route) if site and page.route != NOT_FOUND else None
    if address is not None:
        metas.append({"property": "og:url", "content": address})
    return PageMeta(
        page.route, title, fixed is None and declared.title is not None, tuple(metas), address
    )


def constant_text(value: Any) -> str | None:
    """Return text that is known now; None for a Var and for None."""
    if value is None:
        return None
    expr = to_expr(value)
    return str(expr.value) if isinstance(expr, Literal) and expr.value is not None else None


def _default_title(route: str, app_name: str) -> str:
    if route == NOT_FOUND:
        return "Page not found"
    shown = app_name.replace("_", " ").replace("-", " ").strip().capitalize()
    part = route.strip("/").split("/")[-1].strip("[]").replace("-", " ").replace("_", " ")
    return f"{part.capitalize()} | {shown}" if part else shown


def _attributes(meta: Any) -> Mapping[str, str]:
    """Return the attributes of a meta element given as a dict or as a component."""
    if isinstance(meta, Component):
        props = spec_of(type(meta)).props
        given = {props[name].js_name(name): value for name, value in given_props(meta).items()}
        return {name: str(value) for name, value in {**given, **meta.custom_attrs}.items()}
    return {str(name): str(value) for name, value in cast("Mapping[str, Any]", meta).items()}

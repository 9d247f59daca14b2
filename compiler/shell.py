"""The HTML documents around the pages.

All URLs are relative, so that a build lies under any path. No script is inline, so that a site
can forbid inline scripts.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, Template
from markupsafe import Markup, escape

from wasmrx.expr import Literal

from .ir import Element, Group, Node, Text

EARLY = "early.js"
"""The first script keeps its name, so that a document of a build that is gone still finds it."""

DEEPEST = 6
"""How many folders below the site's root the 404 page still finds the site's files."""

_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
_ATTRIBUTES = {
    "className": "class",
    "htmlFor": "for",
    "crossOrigin": "crossorigin",
    "httpEquiv": "http-equiv",
    "charSet": "charset",
    "referrerPolicy": "referrerpolicy",
    "noModule": "nomodule",
    "dangerouslySetInnerHTML": "",
}


@dataclass(frozen=True)
class SiteFiles:
    """What every document refers to: names in the ``wasmrx/`` folder, and the author's files.

    ``integrity`` gives the hash of each script and stylesheet, as browsers check it
    (https://www.w3.org/TR/SRI/).
    """

    style: str
    main: str
    main_preload: tuple[str, ...]
    integrity: Mapping[str, str]
    icon: str
    manifest: str
    stylesheets: tuple[str, ...]
    head: tuple[Node, ...]
    lang: str
    html_attrs: tuple[tuple[str, str], ...]
    color_mode: str


@dataclass(frozen=True)
class Document:
    """What one document says: ``chunks`` are its own scripts, ``body`` its prerendered HTML.

    ``styles`` are the stylesheets of packages that it needs. ``python`` is what its first script is
    told to start the worker from, None for a page that needs none.
    """

    route: str
    title: str
    metas: Sequence[Mapping[str, str]]
    chunks: Sequence[str]
    body: str
    address: str | None = None
    styles: Sequence[str] = ()
    python: Mapping[str, Any] | None = None


@cache
def _template() -> Template:
    loader = PackageLoader("wasmrx.compiler", "templates")
    environment = Environment(loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True)
    return environment.get_template("page.html")


def html_path(route: str) -> str | None:
    """Return the file of a route's document, None for a dynamic route: it has no one address."""
    if "[" in route:
        return None
    return f"{route.strip('/')}/index.html".lstrip("/")


def page_html(document: Document, site: SiteFiles) -> str:
    """Return the document of a page."""
    base = "../" * len([part for part in document.route.split("/") if part]) or "./"
    chunks = dict.fromkeys([*site.main_preload, *document.chunks])
    return _render(document, site, [base], base, list(chunks))


def missing_html(document: Document, site: SiteFiles) -> str:
    """Return ``404.html``, which a host shows at any address below the site's root.

    Which one is unknown, so it asks for the site's files in every folder above; the first main
    script that is found starts the page. Browsers would report each answer that is not the file.
    """
    bases = ["./", *("../" * depth for depth in range(1, DEEPEST + 1))]
    return _render(document, replace(site, integrity={}), bases, "./", [])


def _render(
    document: Document, site: SiteFiles, bases: list[str], base: str, preload: list[str]
) -> str:
    return (
        _template().render(
            lang=site.lang,
            html_attrs=site.html_attrs,
            color_mode=site.color_mode,
            title=document.title,
            metas=document.metas,
            address=document.address,
            bases=bases,
            early=EARLY,
            integrity=site.integrity,
            base=base,
            python=document.python and json.dumps(document.python, separators=(",", ":")),
            style=site.style,
            package_styles=document.styles,
            main=site.main,
            icon=_relative(site.icon, base),
            manifest=_relative(site.manifest, base),
            stylesheets=[_relative(url, base) for url in site.stylesheets],
            preload=preload,
            head=Markup("\n".join(static_html(node, base) for node in site.head)),
            route=document.route,
            body=Markup(document.body),
        )
        + "\n"
    )


def _relative(url: str, base: str) -> str:
    return base + url[1:] if url.startswith("/") and not url.startswith("//") else url


def static_html(node: Node, base: str) -> str:
    """Return the HTML of an element of the head; what only the browser knows is left out."""
    match node:
        case Text(value=text):
            return str(escape(text))
        case Group(children=children):
            return "".join(static_html(child, base) for child in children)
        case Element(type=str(tag), props=props, children=children):
            shown = "".join(
                _attribute(name, value.value, base)
                for name, value in props
                if isinstance(value, Literal)
            )
            if tag in _VOID:
                return f"<{tag}{shown}>"
            if tag in ("script", "style"):
                text = "".join(child.value for child in children if isinstance(child, Text))
                safe = text.replace("</", "<\\/")
                return f"<{tag}{shown}>{safe}</{tag}>"
            inner = "".join(static_html(child, base) for child in children)
            return f"<{tag}{shown}>{inner}</{tag}>"
        case _:
            return ""


def _attribute(name: str, value: object, base: str) -> str:
    shown = _ATTRIBUTES.get(name, name if "-" in name else name.lower())
    if value is None or value is False or not shown:
        return ""
    if value is True:
        return f" {shown}"
    text = _relative(str(value), base) if shown in ("href", "src") else str(value)
    return f' {shown}="{escape(text)}"'

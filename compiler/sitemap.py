"""The site's address: what each page says its own is, and the list of pages for search engines.

Both need the address under which the site will lie; without it there is neither.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterable, Mapping
from typing import Any, cast
from urllib.parse import quote, urljoin, urlsplit

from wasmrx.app import Page
from wasmrx.errors import PageValueError

SCHEMA = "http://www.sitemaps.org/schemas/sitemap/0.9"
CHANGES = ("always", "hourly", "daily", "weekly", "monthly", "yearly", "never")


def site_address(text: str) -> str:
    """Return an address as what pages' addresses are joined to: with a slash at its end.

    Raises ValueError where it is no address of a web site.
    """
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        raise ValueError(
            f"{text!r} is not the address of a site. It looks like https://name.github.io/project/."
        )
    return text.rstrip("/") + "/"


def page_address(site: str, route: str) -> str | None:
    """Return the whole address of a page; None for a dynamic route, which has no one address."""
    if "[" in route:
        return None
    path = quote(route.strip("/"))
    return urljoin(site, f"{path}/" if path else "")


def sitemap(site: str, pages: Iterable[Page]) -> bytes:
    """Return ``sitemap.xml`` with every page that has one address, by address.

    ``context={"sitemap": {...}}`` of a page gives ``loc``, ``lastmod``, ``changefreq`` and
    ``priority``; ``context={"sitemap": None}`` leaves it out. See sitemaps.org/protocol.html.
    """
    ET.register_namespace("", SCHEMA)
    root = ET.Element(f"{{{SCHEMA}}}urlset")
    for page in sorted(pages, key=lambda page: page.route):
        settings = _settings(page)
        if settings is None:
            continue
        address = settings.pop("loc", None) or page_address(site, page.route)
        if address is None:
            continue
        entry = ET.SubElement(root, f"{{{SCHEMA}}}url")
        ET.SubElement(entry, f"{{{SCHEMA}}}loc").text = urljoin(site, str(address).lstrip("/"))
        for name in ("lastmod", "changefreq", "priority"):
            if settings.get(name) is not None:
                ET.SubElement(entry, f"{{{SCHEMA}}}{name}").text = str(settings[name])
    ET.indent(root)
    text: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return text + b"\n"


def _settings(page: Page) -> dict[str, Any] | None:
    given = page.context.get("sitemap", {})
    if given is None:
        return None
    known = {"loc", "lastmod", "changefreq", "priority"}
    if not isinstance(given, Mapping) or not given.keys() <= known:
        raise PageValueError(
            f"The page {page.route!r} has the sitemap settings {given!r}. They are a dict with "
            f"some of {', '.join(sorted(known))}, or None to leave the page out."
        ).at(page.place)
    found = dict(cast("Mapping[str, Any]", given))
    frequency = found.get("changefreq")
    if frequency is not None and frequency not in CHANGES:
        raise PageValueError(
            f"The page {page.route!r} has the changefreq {frequency!r}. There are: "
            f"{', '.join(CHANGES)}."
        ).at(page.place)
    return found

"""``State.router``: where the visitor is. Made from the location that the page sends."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from .protocol import Location


@dataclass(frozen=True)
class RouterPage:
    """The current page, with Reflex's names."""

    host: str = ""
    path: str = ""
    raw_path: str = ""
    full_path: str = ""
    full_raw_path: str = ""
    params: dict[str, Any] = field(default_factory=dict[str, Any])


@dataclass(frozen=True)
class RouterURL:
    """The current address in parts; its text is the whole address."""

    href: str = ""
    scheme: str = ""
    netloc: str = ""
    origin: str = ""
    path: str = ""
    query: str = ""
    query_parameters: dict[str, str] = field(default_factory=dict[str, str])
    fragment: str = ""

    def __str__(self) -> str:
        """Return the whole address."""
        return self.href

    def __getattr__(self, name: str) -> Any:
        """Offer the methods of text, as Reflex's address is text."""
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(self.href, name)

    def __contains__(self, part: str) -> bool:
        """Tell whether the address holds ``part``."""
        return part in self.href


@dataclass(frozen=True)
class RouterSession:
    """Who the visitor is: nobody else, in the browser."""

    client_token: str = ""
    client_ip: str = "127.0.0.1"
    session_id: str = ""


@dataclass(frozen=True)
class RouterHeaders:
    """What a server would see of the browser."""

    host: str = ""
    origin: str = ""
    user_agent: str = ""
    accept_language: str = ""
    raw_headers: dict[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True)
class RouterData:
    """Where the visitor is and with what."""

    session: RouterSession = field(default_factory=RouterSession)
    headers: RouterHeaders = field(default_factory=RouterHeaders)
    page: RouterPage = field(default_factory=RouterPage)
    url: RouterURL = field(default_factory=RouterURL)
    route_id: str = ""


def router_data(location: Location) -> RouterData:
    """Return the router value for a location."""
    href = location["href"]
    scheme, _, rest = href.partition("://")
    authority, slash, tail = rest.partition("/")
    origin = f"{scheme}://{authority}" if rest else ""
    tail, _, fragment = (slash + tail).partition("#")
    query = tail.partition("?")[2]
    params: dict[str, Any] = {**location["query"], **location["params"]}
    path = location["path"]
    full = path + (f"?{query}" if query else "")
    page = RouterPage(
        host=origin,
        path=location["route"],
        raw_path=full,
        full_path=origin + location["route"],
        full_raw_path=origin + full,
        params=params,
    )
    url = RouterURL(href, scheme, authority, origin, path, query, dict(location["query"]), fragment)
    headers = RouterHeaders(host=authority, origin=origin)
    return RouterData(RouterSession(), headers, page, url, location["route"])

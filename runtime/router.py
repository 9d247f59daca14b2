"""``State.router``: where the visitor is. Made from the location that the page sends.

A browser is no server: what only a server sees of a visitor, such as the address that a request
came from, is empty text.
"""

from __future__ import annotations

import importlib
from dataclasses import dataclass, field, fields
from typing import Any, ClassVar

from .fields import Field
from .protocol import Location, Visitor
from .proxy import KINDS
from .var import Var


@dataclass(frozen=True)
class RouterPage:
    """The current page: route, address and params, with Reflex's names."""

    host: str = ""
    path: str = ""
    raw_path: str = ""
    full_path: str = ""
    full_raw_path: str = ""
    params: dict[str, Any] = field(default_factory=dict[str, Any])


def _urllib() -> Any:
    """Return the module that takes any address apart; few apps need it."""
    return importlib.import_module("urllib.parse")


class RouterURL(str):
    """The current address as a browser writes it: text, with its parts as attributes."""

    scheme: str
    netloc: str
    origin: str
    path: str
    query: str
    query_parameters: dict[str, str]
    fragment: str
    PARTS: ClassVar[tuple[str, ...]] = (
        *("scheme", "netloc", "origin", "path", "query", "query_parameters", "fragment"),
    )

    def __new__(cls, url: str = "", query_parameters: dict[str, str] | None = None) -> RouterURL:
        """Take the address apart; the parameters of its query may be known."""
        made = super().__new__(cls, url)
        scheme, _, rest = url.partition("://")
        rest, _, fragment = rest.partition("#")
        rest, _, query = rest.partition("?")
        netloc, slash, tail = rest.partition("/")
        if query_parameters is None:
            query_parameters = dict(_urllib().parse_qsl(query)) if query else {}
        vars(made).update(
            scheme=scheme if netloc or tail else "",
            netloc=netloc,
            origin=f"{scheme}://{netloc}" if netloc else "",
            path=slash + tail,
            query=query,
            query_parameters=query_parameters,
            fragment=fragment,
        )
        return made

    @property
    def hostname(self) -> str | None:
        """Return the host without the port."""
        return _urllib().urlsplit(str(self)).hostname

    @property
    def port(self) -> int | None:
        """Return the port, None where the address names none."""
        return _urllib().urlsplit(str(self)).port

    def __setattr__(self, name: str, value: object) -> None:
        """Refuse: rx.redirect goes elsewhere."""
        raise AttributeError(f"router.url.{name} cannot be assigned; rx.redirect goes elsewhere.")

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle and copy by the text."""
        return RouterURL, (str(self),)


@dataclass(frozen=True)
class RouterSession:
    """Who the visitor is: ``client_token`` names the tab, ``session_id`` this load of the page.

    ``client_ip`` is empty: a browser does not know its own address.
    """

    client_token: str = ""
    client_ip: str = ""
    session_id: str = ""


@dataclass(frozen=True)
class RouterHeaders:
    """What a server would see of the browser; empty where only a request has it."""

    host: str = ""
    origin: str = ""
    upgrade: str = ""
    connection: str = ""
    cookie: str = ""
    pragma: str = ""
    cache_control: str = ""
    user_agent: str = ""
    sec_websocket_version: str = ""
    sec_websocket_key: str = ""
    sec_websocket_extensions: str = ""
    accept_encoding: str = ""
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

    def __wx_json__(self) -> dict[str, Any]:
        """Return what the page gets: the address in parts, too."""
        found = {each.name: getattr(self, each.name) for each in fields(self)}
        parts = {name: getattr(self.url, name) for name in RouterURL.PARTS}
        return {**found, "url": {**parts, "href": str(self.url)}}


KINDS.update(dict.fromkeys((RouterData, RouterPage, RouterSession, RouterHeaders)))


class RouterVar(Var[RouterData]):
    """``State.router`` in a page."""

    __slots__ = ()

    @property
    def url(self) -> URLVar:
        """Return the address, text that has its parts as attributes."""
        return URLVar(self)


class URLVar(Var[str]):
    """``State.router.url`` in a page: the whole address, and its parts by name."""

    __slots__ = ("_parts",)
    scheme: Var[str]
    netloc: Var[str]
    origin: Var[str]
    path: Var[str]
    query: Var[str]
    query_parameters: Var[dict[str, str]]
    fragment: Var[str]
    href: Var[str]

    def __init__(self, router: RouterVar) -> None:
        """Stand for the address in ``router``."""
        self._parts: Any = Var(router._expr, dict[str, Any]).__getitem__("url").to(dict[str, Any])
        super().__init__(self._parts["href"]._expr, str)

    def __getattr__(self, name: str) -> Any:
        """Return a part of the address, or a method of text."""
        if name == "query_parameters":
            return self._parts[name].to(dict[str, str])
        if name == "href" or name in RouterURL.PARTS:
            return self._parts[name].to(str)
        return super().__getattr__(name)


class RouterField(Field[RouterData]):
    """The var ``router``."""

    __slots__ = ()

    def on_class(self) -> Any:
        """Return the Var, whose address has parts."""
        return RouterVar(super().on_class()._expr, RouterData)


def router_data(location: Location, visitor: Visitor | None = None) -> RouterData:
    """Return the router value for a location."""
    query = {name: text for name, text in location["query"].items() if text}
    url = RouterURL(location["href"], query)
    told = visitor or Visitor(token="", session="", agent="", languages="", cookie="")
    raw_path = url.path + (f"?{url.query}" if url.query else "")
    raw_path += f"#{url.fragment}" if url.fragment else ""
    page = RouterPage(
        host=url.origin,
        path=location["route"],
        raw_path=raw_path,
        full_path=url.origin + location["route"],
        full_raw_path=url.origin + raw_path,
        params={**location["query"], **location["params"]},
    )
    headers = {
        "host": url.netloc,
        "origin": url.origin,
        "user-agent": told["agent"],
        "accept-language": told["languages"],
        "cookie": told["cookie"],
    }
    shown = {name.replace("-", "_"): text for name, text in headers.items()}
    return RouterData(
        RouterSession(client_token=told["token"], session_id=told["session"]),
        RouterHeaders(**shown, raw_headers={name: text for name, text in headers.items() if text}),
        page,
        url,
        location["route"],
    )

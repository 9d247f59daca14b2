"""``State.router`` in handlers and, as a Var, in pages."""

from __future__ import annotations

import copy
import dataclasses
import json
import pickle
from collections.abc import Callable
from typing import Any

import pytest

import wasmrx as rx
from wasmrx.router import RouterURL
from wasmrx.state import State

Visit = Callable[..., Any]
AT = {
    "href": "https://site.test:8443/base/post/a%20b?q=x+y&page=2&empty=#part",
    "path": "/post/a b",
    "route": "/post/[slug]",
    "params": {"slug": "a b"},
    "query": {"q": "x y", "page": "2", "empty": ""},
}
VISITOR = {
    "token": "tab-1",
    "session": "load-1",
    "agent": "Browser/1",
    "languages": "de,en",
    "cookie": "a=1; b=2",
}
seen: list[Any] = []


class Visited(rx.State):
    where: str = ""

    @rx.var
    def page_number(self) -> str:
        return self.router.url.query_parameters.get("page", "1")

    def look(self):
        seen.append(self.router)
        self.where = self.router.url.path


def at_post(visit: Visit, story: Any) -> None:
    app = rx.App()
    app.add_page(lambda: None, route="/post/[slug]", on_load=Visited.look)

    async def main(v: Any) -> None:
        seen.clear()
        v.at = AT
        v.send("hydrate", storage={}, visitor=VISITOR)
        v.send("navigate")
        await v.idle()
        await story(v)

    visit(main, app)


def test_a_handler_reads_it(visit: Visit) -> None:
    async def story(v: Any) -> None:
        (router,) = seen
        assert dataclasses.astuple(router.session) == ("tab-1", "", "load-1")
        assert router.route_id == "/post/[slug]"
        assert dataclasses.asdict(router.page) == {
            "host": "https://site.test:8443",
            "path": "/post/[slug]",
            "raw_path": "/base/post/a%20b?q=x+y&page=2&empty=#part",
            "full_path": "https://site.test:8443/post/[slug]",
            "full_raw_path": "https://site.test:8443/base/post/a%20b?q=x+y&page=2&empty=#part",
            "params": {"q": "x y", "page": "2", "empty": "", "slug": "a b"},
        }
        headers = dataclasses.asdict(router.headers)
        raw = headers.pop("raw_headers")
        assert len(headers) == 13
        assert {name: text for name, text in headers.items() if text} == {
            "host": "site.test:8443",
            "origin": "https://site.test:8443",
            "user_agent": "Browser/1",
            "accept_language": "de,en",
            "cookie": "a=1; b=2",
        }
        assert raw["user-agent"] == "Browser/1"
        url = router.url
        assert isinstance(url, str)
        assert url == AT["href"]
        assert url.startswith("https:")
        assert (url.scheme, url.netloc, url.path) == ("https", "site.test:8443", "/base/post/a%20b")
        assert (url.origin, url.fragment) == ("https://site.test:8443", "part")
        assert url.query == "q=x+y&page=2&empty="
        assert url.query_parameters == {"q": "x y", "page": "2"}
        assert (url.hostname, url.port) == ("site.test", 8443)
        assert v.of(Visited) == {"where": "/base/post/a%20b", "page_number": "2"}
        assert v.of(State)["slug"] == "a b"

    at_post(visit, story)


def test_the_page_has_all_of_it(visit: Visit) -> None:
    async def story(v: Any) -> None:
        router = v.of(State)["router"]
        assert router["url"]["href"] == AT["href"]
        assert router["url"]["query_parameters"] == {"q": "x y", "page": "2"}
        assert router["page"]["params"]["slug"] == "a b"
        assert router["headers"]["user_agent"] == "Browser/1"
        assert router["session"]["client_token"] == "tab-1"
        v.at = {**AT, "href": "https://site.test:8443/", "route": "/", "params": {}, "query": {}}
        await v.run(Visited.look)
        assert v.of(State)["router"]["url"]["path"] == "/"
        assert v.of(State)["router"]["session"]["session_id"] == "load-1"
        assert v.of(Visited)["page_number"] == "1"
        assert v.of(State)["slug"] == ""

    at_post(visit, story)


def test_it_is_never_changed() -> None:
    url = RouterURL("http://h/a?b=1")
    with pytest.raises(AttributeError, match=r"rx\.redirect"):
        url.path = "/b"
    for copied in (copy.deepcopy(url), pickle.loads(pickle.dumps(url))):
        assert copied == url
        assert copied.query_parameters == {"b": "1"}
    assert json.dumps(url) == '"http://h/a?b=1"'
    assert RouterURL("").origin == ""
    with pytest.raises(dataclasses.FrozenInstanceError):
        Visited().router.route_id = "x"


def test_types_of_its_vars() -> None:
    router = rx.State.router
    assert router.url._var_type is str
    assert router.url.path._var_type is str
    assert router.url.query_parameters["page"]._var_type is str
    assert router.page.params._var_type == dict[str, Any]
    assert router.session.client_token._var_type is str
    assert router.headers.user_agent._var_type is str
    assert router.route_id._var_type is str
    assert router.url.upper()._var_type is str
    assert Visited.router.url.fragment._var_type is str

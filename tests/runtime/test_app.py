"""Pages, routes, the bridge, the door, names that need a server."""

from __future__ import annotations

import asyncio
import json
import sys
import types
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import wasmrx as rx
from wasmrx import _door
from wasmrx.app import DECORATED_PAGES, dynamic_args, normalize
from wasmrx.bridge import receive, start
from wasmrx.errors import NeedsServerError, PageValueError, RouteValueError, VarValueError


def nothing() -> None: ...


@pytest.mark.parametrize(
    ("route", "normal"),
    [
        ("/", "/"),
        ("index", "/"),
        ("", "/"),
        ("about", "/about"),
        ("/about/", "/about"),
        ("/post/[slug]", "/post/[slug]"),
        ("/files/[[...splat]]", "/files/[[...splat]]"),
        ("404", "/404"),
    ],
)
def test_routes_are_normalized(route: str, normal: str) -> None:
    assert normalize(route) == normal


@pytest.mark.parametrize("route", ["/[a", "/x]", "/[1a]", "/[[...splat]]/x", "/[[...rest]]"])
def test_bad_routes_are_named(route: str) -> None:
    with pytest.raises(RouteValueError, match="route"):
        normalize(route)


def test_dynamic_parts() -> None:
    assert dynamic_args("/a/[b]/[[c]]/[[...splat]]") == {
        "b": "single",
        "c": "single",
        "splat": "list",
    }


def test_pages() -> None:
    app = rx.App(style={"color": "red"}, stylesheets=["/a.css"])
    app.add_page(nothing)
    app.add_page(nothing, route="/other", title="T", on_load=rx.noop())
    assert list(app.pages) == ["/nothing", "/other"]
    assert app.pages["/other"].on_load == [rx.noop()] or len(app.pages["/other"].on_load) == 1
    with pytest.raises(RouteValueError, match="two pages"):
        app.add_page(lambda: None, route="/other")
    with pytest.raises(PageValueError, match="needs a component"):
        app.add_page()
    with pytest.raises(PageValueError, match="needs a route"):
        app.add_page(object())


def test_decorated_pages() -> None:
    @rx.page("/decorated-here", title="D")
    def somewhere() -> None: ...

    try:
        app = rx.App()
        app.add_decorated_pages(__name__)
        page = app.pages["/decorated-here"]
        assert page.title == "D"
        assert page.component is somewhere
        assert page.place is not None
        assert page.place[0].endswith("test_app.py")
    finally:
        DECORATED_PAGES.pop(__name__)


def test_colours() -> None:
    assert f"1px solid {rx.color('gray', 4)}" == "1px solid var(--gray-4)"
    assert str(rx.color("grass", 9, alpha=True)) == "var(--grass-a9)"
    with pytest.raises(VarValueError, match="'grsas'"):
        rx.color("grsas")
    with pytest.raises(VarValueError, match="shade 13"):
        rx.color("gray", 13)


def test_what_needs_a_server_says_so() -> None:
    with pytest.raises(NeedsServerError, match=r"test_app\.py.*rx\.SharedState needs"):

        class Shared(rx.SharedState): ...  # type: ignore[name-defined, misc]

    with pytest.raises(NeedsServerError, match=r"rx\.AdminDash needs a server"):
        rx.AdminDash()
    with pytest.raises(NeedsServerError, match="api_transformer"):
        rx.App(api_transformer=object())
    with pytest.raises(NeedsServerError, match="lifespan"):
        rx.App().register_lifespan_task(nothing)
    with pytest.raises(NeedsServerError, match="piece by piece"):
        rx.upload_files_chunk("x")
    with pytest.raises(TypeError, match="no parameter 'nmae'"):
        rx.App(nmae=1)


@pytest.fixture
def as_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_door, "IN_WORKER", True)


@pytest.mark.usefixtures("as_worker")
def test_component_code_is_inert_in_the_worker() -> None:
    class Mine(rx.Component):  # type: ignore[misc]
        library = "x"

        def render(self) -> None: ...

    class Deeper(Mine): ...

    @rx.memo
    def row(item: rx.Var[str]) -> rx.Component | None:  # type: ignore[valid-type]
        return rx.box(rx.text(item), on_click=nothing)

    made = [Mine.create("a"), Deeper.create(x=1), Mine(), row(item="a"), rx.table.root()[1].x]
    assert all(isinstance(one, _door.Inert) for one in made)
    assert isinstance(made[0], rx.Component)
    assert f"{rx.color_mode}" == ""
    assert list(rx.foreach([1], nothing)) == []
    assert rx.cond(1, 2) is not None
    assert issubclass(Deeper, rx.Component)


APP = """
import wasmrx as rx

class Hello(rx.State):
    name: str = "you"
    loaded: bool = False

    def greet(self, name: str):
        self.name = name

    def load(self):
        self.loaded = True

@rx.page("/", on_load=Hello.load)
def index():
    return rx.text(Hello.name, rx.el.div("x"))

app = rx.App()
"""


@pytest.fixture
def app_module(tmp_path: Path) -> Iterator[str]:
    name = "a_small_app"
    module = types.ModuleType(name)
    module.__file__ = str(tmp_path / "a_small_app.py")
    sys.modules[name] = module
    exec(compile(APP, module.__file__, "exec"), module.__dict__)
    yield name
    del sys.modules[name]
    DECORATED_PAGES.pop(name)


@pytest.mark.usefixtures("as_worker")
def test_the_bridge_runs_an_app(app_module: str) -> None:
    posted: list[dict[str, Any]] = []
    begun: list[int] = []

    def post(message: str | int) -> None:
        if isinstance(message, int):
            begun.append(message)
        else:
            posted.append(json.loads(message))

    where = {"href": "http://h/", "path": "/", "route": "/", "params": {}, "query": {}}
    initial = {"a_small_app.Hello": {"name": "you", "loaded": False}}

    async def main() -> None:
        manifest = {"app": app_module, "routes": ["/"], "initial": initial, "dev": True}
        start(app_module, json.dumps(manifest), post)
        for message in (
            {"t": "hydrate", "id": 1, "location": where, "storage": {}},
            {"t": "navigate", "id": 2, "location": where},
            {
                "t": "event",
                "id": 3,
                "handler": "a_small_app.Hello.greet",
                "payload": {"name": "me"},
                "location": where,
            },
        ):
            receive(json.dumps(message))
        async with asyncio.timeout(20):
            while not any(m["id"] == 3 and m["final"] for m in posted):
                await asyncio.sleep(0)

    before = list(sys.meta_path)
    try:
        asyncio.run(main())
    finally:
        sys.meta_path[:] = before
    assert begun == [2, 3]
    first = posted[0]
    assert first["id"] == 1
    assert "a_small_app.Hello" not in first["delta"]
    deltas = [
        m["delta"]["a_small_app.Hello"] for m in posted if "a_small_app.Hello" in m.get("delta", {})
    ]
    assert deltas == [{"loaded": True}, {"name": "me"}]
    assert [m["id"] for m in posted if m["final"]] == [1, 2, 3]

"""Saved state, and vars that the browser keeps."""

from __future__ import annotations

import asyncio
import dataclasses
from collections.abc import Callable
from typing import Any

import pytest

import wasmrx as rx
from wasmrx.sessions import Session
from wasmrx.store import Store

Visit = Callable[..., Any]


@dataclasses.dataclass
class Item:
    name: str
    tags: list[str]


class Kept(rx.State):
    count: int = 0
    pair: tuple[int, int] = (0, 0)
    items: list[Item] = []
    _secret: dict[int, str] = {}
    handle: Any = None

    def change(self):
        self.count += 1
        self.pair = (1, 2)
        self._secret[1] = "one"

    def add_item(self):
        self.items.append(Item("a", ["t"]))

    def steps(self):
        self.count = 100
        yield
        self.count = 200

    def big(self):
        self.items = [Item(f"item {i}", []) for i in range(500)]

    def hold_lambda(self):
        self._secret[2] = "kept"
        self.handle = None
        self._secret[3] = lambda: 0  # type: ignore[assignment]


class Stored(rx.State):
    theme: str = rx.LocalStorage("light", name="theme")
    visits: rx.LocalStorage
    tab: str = rx.SessionStorage("none")
    cookie: str = rx.Cookie("c0", name="choc", max_age=60, secure=True)
    plain: int = 0

    def change(self):
        self.theme = "dark"
        self.visits = "3"  # type: ignore[assignment]
        self.tab = "t"
        self.cookie = "c1"


def reload(v: Any, make_visitor: Any, **storage: Any) -> Any:
    """Return a new visitor with what the old one saved."""
    new = make_visitor()
    new.saved = dict(v.saved)
    return new


def test_a_reload_finds_what_was_there(make_visitor: Any) -> None:
    async def main() -> None:
        v = make_visitor()
        await v.hydrate()
        await v.run(Kept.change)
        await v.run(Kept.add_item)
        new = reload(v, make_visitor)
        await new.hydrate()
        assert new.of(Kept)["count"] == 1
        assert new.of(Kept)["items"] == [{"name": "a", "tags": ["t"]}]
        kept = new.instance(Kept)
        assert kept.pair == (1, 2)
        assert kept._secret == {1: "one"}
        assert isinstance(kept.items[0], Item)

    asyncio.run(main())


def test_state_is_saved_once_after_all_updates_of_a_handler(make_visitor: Any) -> None:
    async def main() -> None:
        v = make_visitor()
        await v.hydrate()
        before = len(v.texts)
        updates = await v.run(Kept.steps)
        saves = ['"saved"' in text for text in v.texts[before:]]
        assert saves == [False] * len(updates) + [True]

    asyncio.run(main())


def test_a_large_state_is_saved_when_it_is_quiet(make_visitor: Any) -> None:
    async def main() -> None:
        v = make_visitor()
        await v.hydrate()
        await v.run(Kept.big)
        assert Kept.get_full_name() not in v.saved
        async with asyncio.timeout(20):
            while Kept.get_full_name() not in v.saved:
                await asyncio.sleep(0.01)
        new = reload(v, make_visitor)
        await new.hydrate()
        assert len(new.of(Kept)["items"]) == 500

    asyncio.run(main())


def test_what_cannot_be_saved_is_left_out(make_visitor: Any, capsys: Any) -> None:
    async def main() -> None:
        v = make_visitor()
        await v.hydrate()
        await v.run(Kept.change)
        await v.run(Kept.hold_lambda)
        new = reload(v, make_visitor)
        await new.hydrate()
        assert new.of(Kept)["count"] == 1
        assert new.instance(Kept)._secret == {}

    asyncio.run(main())
    assert "_secret is not kept across reloads" in capsys.readouterr().err


def good_text() -> str:
    session = Session()
    session.home(Kept).count = 5  # type: ignore[attr-defined]
    return Store(session).text(Kept)


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (lambda t: "", "another version"),
        (lambda t: "nonsense", "another version"),
        (lambda t: "9" + t[1:], "another version"),
        (lambda t: t.replace(t.split(":")[1], "00000000"), "vars have changed"),
        (lambda t: t[:-8] + "AAAAAAA=", "damaged"),
        (lambda t: t[:-3], ""),
        (lambda t: t + "é", ""),
        (lambda t: t.replace(":m:", ":p:"), "cannot be read"),
    ],
)
def test_a_text_that_does_not_fit_is_set_aside(spoil: Any, reason: str) -> None:
    session = Session()
    store = Store(session)
    name = Kept.get_full_name()
    store.restore({name: spoil(good_text()), "nowhere.State": good_text()})
    assert reason in store.set_aside[name]
    assert store.set_aside["nowhere.State"] == "the app no longer has this state"
    assert session.home(Kept).count == 0  # type: ignore[attr-defined]


def test_a_good_text_is_restored() -> None:
    session = Session()
    store = Store(session)
    store.restore({Kept.get_full_name(): good_text()})
    assert store.set_aside == {}
    assert session.home(Kept).count == 5  # type: ignore[attr-defined]


def test_browser_storage_is_read_and_written(make_visitor: Any) -> None:
    async def main() -> None:
        v = make_visitor()
        key = f"{Stored.get_full_name()}.visits"
        await v.hydrate(local={"theme": "blue", key: "2"}, session={}, cookie={"choc": "c9"})
        assert v.of(Stored) == {
            "theme": "blue",
            "visits": "2",
            "tab": "none",
            "cookie": "c9",
            "plain": 0,
        }
        assert isinstance(v.instance(Stored).theme, str)
        await v.run(Stored.change)
        actions = {args["key"]: (name, args) for name, args in v.actions}
        assert actions["theme"] == ("set_local_storage", {"key": "theme", "value": "dark"})
        assert actions[key][1]["value"] == "3"
        assert actions[f"{Stored.get_full_name()}.tab"][0] == "set_session_storage"
        name, args = actions["choc"]
        assert name == "set_cookie"
        assert args["value"] == "c1"
        assert args["options"] == {
            "path": "/",
            "max_age": 60,
            "secure": True,
            "same_site": "lax",
        }
        (update,) = await v.run(Stored.set_plain, value=3)
        assert "actions" not in update

    asyncio.run(main())


def test_storage_vars_are_left_to_the_browser(make_visitor: Any) -> None:
    async def main() -> None:
        v = make_visitor()
        await v.hydrate()
        await v.run(Stored.change)
        new = reload(v, make_visitor)
        await new.hydrate(local={}, session={}, cookie={})
        assert new.of(Stored)["theme"] == "light"

    asyncio.run(main())

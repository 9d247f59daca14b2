"""Vars that the browser keeps: their options, writes, and what other hands change."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable
from typing import Any

import wasmrx as rx
from wasmrx.kept import kept_places

Visit = Callable[..., Any]


class Kept(rx.State):
    theme: str = rx.LocalStorage("light", name="theme", sync=True)
    also: str = rx.LocalStorage("light", name="theme")
    mine: rx.SessionStorage = rx.SessionStorage("m")
    choc: str = rx.Cookie("c", name="choc")
    bare: rx.Cookie
    _hidden: str = rx.LocalStorage("h", name="hidden")
    plain: int = 0

    def change(self, theme: str):
        self.theme = theme

    def hide(self, text: str):
        self._hidden = text

    def drop(self):
        self.theme = None  # type: ignore[assignment]
        self.choc = None  # type: ignore[assignment]

    def back(self):
        self.reset()


NAME = Kept.get_full_name()


def value(key: str, text: str | None, writes: int = 0, kind: str = "local") -> dict[str, Any]:
    return {"kind": kind, "key": key, "value": text, "writes": writes}


def writes(v: Any) -> list[tuple[str, str | None]]:
    return [(args["key"], args["value"]) for name, args in v.actions if name == "keep"]


async def tell(v: Any, *values: dict[str, Any]) -> None:
    v.send("stored", kept=list(values))
    await v.idle()


def test_options() -> None:
    theme = rx.LocalStorage("x", name="n", sync=True)
    assert (theme, theme.name, theme.sync) == ("x", "n", True)
    positional = rx.Cookie(b"caf\xc3\xa9", "utf-8", "strict", "k", "/p", 60)
    assert (positional, positional.name, positional.path, positional.max_age) == (
        "café",
        "k",
        "/p",
        60,
    )
    assert positional.options() == {"path": "/p", "max_age": 60, "same_site": "lax"}
    assert rx.SessionStorage(5) == "5"
    for made in (copy.deepcopy(theme), pickle.loads(pickle.dumps(theme))):
        assert type(made) is str
    assert Kept.mine._var_type is str


def test_the_page_is_told_what_to_keep() -> None:
    places = [place for place in kept_places() if place[1].startswith(NAME) or len(place[1]) < 7]
    assert ["local", "theme", True] in places
    assert ["session", f"{NAME}.mine", False] in places
    assert ["cookie", "choc", False] in places
    assert ["cookie", f"{NAME}.bare", False] in places
    assert len([place for place in places if place[1] == "theme"]) == 1


def test_text_of_another_type_is_no_error(visit: Visit) -> None:
    async def story(v: Any) -> None:
        await v.run(Kept.set_mine, value="text")
        assert not v.errors
        assert writes(v) == [(f"{NAME}.mine", "text")]

    visit(story)


def test_each_assignment_is_written(visit: Visit) -> None:
    async def story(v: Any) -> None:
        await v.run(Kept.change, theme="dark")
        await v.run(Kept.change, theme="dark")
        await v.run(Kept.set_plain, value=1)
        await v.run(Kept.hide, text="x")
        assert writes(v) == [("theme", "dark"), ("theme", "dark"), ("hidden", "x")]
        assert "_hidden" not in v.of(Kept)

    visit(story)


def test_what_another_hand_changes_is_taken_and_not_written_back(visit: Visit) -> None:
    async def story(v: Any) -> None:
        await tell(v, value("theme", "blue"), value("choc", "new", kind="cookie"))
        assert (v.of(Kept)["theme"], v.of(Kept)["also"], v.of(Kept)["choc"]) == (
            "blue",
            "blue",
            "new",
        )
        await tell(v, value("theme", None), value("unknown", "x"))
        assert v.of(Kept)["theme"] == "light"
        assert writes(v) == []
        await v.run(Kept.change, theme="dark")
        assert writes(v) == [("theme", "dark")]

    visit(story)


def test_what_was_read_before_a_write_is_dropped(visit: Visit) -> None:
    async def story(v: Any) -> None:
        await v.run(Kept.change, theme="mine")
        await tell(v, value("theme", "read before", writes=0))
        assert v.of(Kept)["theme"] == "mine"
        await tell(v, value("theme", "read after", writes=1))
        assert v.of(Kept)["theme"] == "read after"
        await v.run(Kept.change, theme="mine again")
        await v.hydrate(local={"theme": "at start"})
        await tell(v, value("theme", "of a new worker", writes=0))
        assert v.of(Kept)["theme"] == "of a new worker"

    visit(story)


def test_none_and_reset(visit: Visit) -> None:
    async def story(v: Any) -> None:
        await v.run(Kept.drop)
        assert writes(v) == [("theme", None), ("choc", None)]
        await v.run(Kept.back)
        assert ("theme", "light") in writes(v)

    visit(story, dev=False)


def test_a_malformed_message_is_refused(visit: Visit) -> None:
    async def story(v: Any) -> None:
        v.send("stored")
        v.send("stored", kept=[{"kind": "local"}])
        await v.idle()
        assert len(v.errors) == 2
        await v.run(Kept.change, theme="dark")
        assert v.of(Kept)["theme"] == "dark"

    visit(story)

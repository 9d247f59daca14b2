"""What stands for component code in the worker, before and after the real code is there."""

from __future__ import annotations

import copy
from types import SimpleNamespace
from typing import Any

import pytest

from wasmrx import inert
from wasmrx.inert import Inert, Site, named, real, unbuilt


class Real:
    """A component class of the code that comes along."""

    made = ""

    @classmethod
    def create(cls, *children: Any, **props: Any) -> Any:
        self = cls()
        self.made = f"{cls.__name__}{children}{props}"
        return self


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A site with component code; the names that were asked of it."""
    asked: list[str] = []

    def find(name: str) -> Any:
        asked.append(name)
        Site.is_loaded = True
        return {"Component": Real, "text": Real.create, "el": SimpleNamespace(b=Real.create)}[name]

    for name, value in (("find", find), ("is_live", False), ("is_loaded", False)):
        monkeypatch.setattr(Site, name, value)
    inert.real_class.cache_clear()
    return asked


def test_what_a_module_makes_is_made_when_it_is_needed(site: list[str]) -> None:
    text, el = named("text"), named("el")
    default = text("a", el.b("c"), size=1)
    assert isinstance(default, Inert)
    assert copy.deepcopy([default]) == [default]
    assert unbuilt(default)
    assert unbuilt([default])
    assert not unbuilt("a")
    assert site == []
    made = real([default])[0]
    assert made.made.startswith("Real('a', <")
    assert made.made.endswith("{'size': 1}")
    assert real(default) is made
    assert site == ["text", "el"]
    assert not unbuilt(default)


def test_once_the_app_is_imported_components_are_built_at_once(site: list[str]) -> None:
    text: Any = named("text")
    Site.is_live = True
    assert isinstance(text("a"), Real)


def test_a_component_class_of_the_authors_becomes_real(site: list[str]) -> None:
    base: Any = named("Component")

    class Card(base):
        title = "own"

        @classmethod
        def create(cls, *children: Any, **props: Any) -> Any:
            return super().create("in a card", *children, **props)

    early = Card.create
    assert isinstance(early, Inert)
    Site.is_live = True
    made = Card.create("a")
    assert made.made == "Card('in a card', 'a'){}"
    assert made.title == "own"
    assert early("b").made == "Card('in a card', 'b'){}"
    assert isinstance(made, Card)
    assert isinstance(made, base)


def test_without_component_code_everything_is_inert() -> None:
    text = named("text")
    assert text is inert.INERT
    assert text("a", size=1) is text
    assert real([text]) == [text]
    assert not unbuilt(text)

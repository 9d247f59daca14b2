"""``import reflex`` means wasmrx."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

import pytest

import wasmrx as rx
from wasmrx import alias
from wasmrx.app import DECORATED_PAGES


@pytest.fixture(autouse=True)
def installed() -> Iterator[None]:
    before = list(sys.meta_path)
    alias.install()
    yield
    sys.meta_path[:] = before
    DECORATED_PAGES.pop("an_app", None)
    for name in [n for n in sys.modules if n.partition(".")[0] == "reflex"]:
        del sys.modules[name]


def run(source: str) -> dict[str, Any]:
    space: dict[str, Any] = {"__name__": "an_app"}
    exec(source, space)
    return space


def test_names_are_those_of_wasmrx() -> None:
    space = run("import reflex as rx")
    assert space["rx"].State is rx.State
    assert space["rx"].event is rx.event
    assert space["rx"].toast is rx.toast


def test_names_are_found_wherever_reflex_keeps_them() -> None:
    space = run(
        "from reflex.utils.serializers import serializer\n"
        "from reflex.constants.colors import Color\n"
        "from reflex.event import EventSpec, EventHandler, key_event\n"
        "from reflex.state import BaseState, State\n"
        "from reflex.vars.base import Var\n"
        "from reflex.vars import Field, field\n"
        "from reflex.istate.storage import LocalStorage\n"
        "from reflex_base.utils.exceptions import ImmutableStateError\n"
    )
    assert space["serializer"] is rx.serializer
    assert space["Color"] is rx.Color
    assert space["BaseState"] is rx.State is space["State"]
    assert space["Var"] is rx.Var
    assert space["LocalStorage"] is rx.LocalStorage


def test_a_submodule_does_not_hide_a_name() -> None:
    space = run("from reflex.event import EventSpec\nimport reflex.event\nimport reflex as rx\n")
    assert space["rx"].event is rx.event
    assert space["rx"].plugins.TailwindV4Plugin()
    assert space["rx"].vars.Var is rx.Var


def test_a_decorated_app_declares_its_state() -> None:
    space = run(
        "import reflex as rx\n"
        "config = rx.Config(app_name='an_app', db_url='x', env=rx.Env.DEV, tailwind=None)\n"
        "class State(rx.State):\n"
        "    n: int = 1\n"
        "    @rx.event\n"
        "    def add(self, by: int): self.n += by\n"
        "@rx.page(route='/', title='T')\n"
        "def index(): ...\n"
        "app = rx.App()\n"
    )
    state = space["State"]()
    state.add(2)
    assert state.n == 3
    assert space["config"].app_name == "an_app"
    assert space["config"].env == "dev"
    space["app"].add_decorated_pages("an_app")
    assert "/" in space["app"].pages


@pytest.mark.skipif(sys.platform == "emscripten", reason="the worker has no component library")
def test_an_unknown_name_is_named() -> None:
    with pytest.raises(ImportError, match=r"reflex\.utils\.nothing\.foo has no counterpart"):
        run("from reflex.utils.nothing import foo")
    with pytest.raises(ImportError, match="foo"):
        run("from reflex import foo")
    with pytest.raises(ModuleNotFoundError, match=r"reflex\.foo"):
        run("import reflex.foo")
    with pytest.raises(AttributeError, match="wasmrx has no 'foo'"):
        run("import reflex as rx\nrx.foo")

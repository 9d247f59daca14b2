"""Each public name of Reflex is there, or is answered with what to write in its place."""

from __future__ import annotations

import re
from typing import Any

import pytest
from reflex_names import NAMES

import wasmrx as rx
from wasmrx import alias
from wasmrx.errors import NeedsServerError
from wasmrx.server_only import ServerOnly

ALL = [(space, name) for space, names in NAMES.items() for name in names.split()]
ADVICE = r"rx\.\w|leave it out|Leave it out|does not have|it has |rx\.el has|a dict|no counterpart"


def found(space: str, name: str) -> Any:
    return getattr(getattr(rx, space) if space else rx, name)


@pytest.mark.parametrize(("space", "name"), ALL, ids=lambda part: part or "rx")
def test_a_name_of_reflex(space: str, name: str) -> None:
    try:
        value = found(space, name)
    except AttributeError as error:
        words = str(error)
        assert f"'{name}'" in words
        assert len(words) > len(f"wasmrx has no '{name}'.")
        assert space == "vars" or re.search(ADVICE, words), words
        return
    if isinstance(value, ServerOnly):
        with pytest.raises(NeedsServerError, match=rf"rx\.{name} needs ") as caught:
            value()
        assert caught.value.file == __file__


def test_modules_inside_modules() -> None:
    """`rx.radix.themes.button` and `rx.vars.function` are ways to names that exist."""
    alias.install()
    assert rx.radix.themes.button == rx.button
    assert rx.lucide.icon == rx.icon
    assert rx.vars.function.FunctionStringVar is rx.vars.FunctionStringVar


def test_what_only_a_server_app_has() -> None:
    app = rx.App()
    with pytest.raises(AttributeError, match="another visitor's state"):
        app.modify_state  # type: ignore[attr-defined]  # noqa: B018
    with pytest.raises(AttributeError, match="no counterpart"):
        rx.plugins.EmbedPlugin  # type: ignore[attr-defined]  # noqa: B018

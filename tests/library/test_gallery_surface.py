"""The gallery of ``examples/gallery`` leaves no component out, and gives sources that run."""

from __future__ import annotations

import importlib
import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from test_surface import class_of, surface

import wasmrx as rx

from visits import ROOT

PACKAGE = ROOT / "examples" / "gallery" / "gallery"
NOT_SHOWN = {
    # A page has one of each, which wasmrx writes; a second one, or one elsewhere, is no HTML.
    *("el.html", "el.head", "el.body", "el.title", "el.main"),
    # The headings that stand around a demo.
    *("el.h1", "el.h2"),
    # Turns every link of its page.
    "el.base",
}
FUNCTIONS = {"connection_banner", "connection_modal", "debounce_input", "foreach", "fragment"} | {
    *("match", "cond", "logo", "color_mode_cond", "color_mode.button", "color_mode.icon"),
    "color_mode.switch",
}
"""Components of which no class is the own one."""
FAMILIES = {"dialog", "hover_card", "tabs"}
"""Names of families; their parts are components."""


def load_gallery() -> Any:
    """Import the package of the example, whatever ``gallery`` the documentation has copied."""
    if "gallery" not in sys.modules:
        spec = importlib.util.spec_from_file_location(
            "gallery", PACKAGE / "__init__.py", submodule_search_locations=[str(PACKAGE)]
        )
        assert spec is not None
        assert spec.loader is not None
        sys.modules["gallery"] = importlib.util.module_from_spec(spec)
    return importlib.import_module("gallery.families"), importlib.import_module("gallery.sources")


families, sources = load_gallery()
DEMOS = [(family, demo) for family in families.FAMILIES for demo in family.demos]
USED = {name for family, demo in DEMOS for name in sources.components_of(family, demo)}


def identity(name: str) -> object:
    """What a name stands for: two names of one component are the same."""
    if name in FUNCTIONS:
        return name
    try:
        return class_of(name)
    except AttributeError:
        return name


def names_of_wasmrx() -> Iterator[str]:
    """Yield the components that wasmrx has of its own account, parts of families included."""
    library = importlib.import_module("wasmrx.compiler.library")
    no_components = {
        *("ComponentNamespace", "MomentDelta", "cond", "memo", "breakpoints", "set_breakpoints"),
        *("data_editor_theme", "resolved_color_mode", "chosen_color_mode", "el", "radix", "lucide"),
        "toaster",  # rx.toast.provider
    }
    for name in dir(library):
        if name in no_components or name[0].isupper():
            continue
        value = getattr(rx, name)
        parts = getattr(value, "part_names", list)()
        if getattr(value, "__component__", None) or not parts:
            yield name
        yield from (f"{name}.{part}" for part in parts if part != "themes")


@pytest.mark.parametrize("names", ["reflex", "wasmrx"])
def test_no_component_is_left_out(names: str) -> None:
    listed = [name for name, _ in surface()] if names == "reflex" else list(names_of_wasmrx())
    shown = {identity(name) for name in USED}
    wanted = set(listed) - NOT_SHOWN - FAMILIES - {"color_mode"}
    assert sorted(name for name in wanted if identity(name) not in shown) == []


def test_what_is_not_shown_exists_and_is_not_shown() -> None:
    assert set() == USED & NOT_SHOWN
    assert {name for name, _ in surface()} >= NOT_SHOWN


def test_anchors_are_unique_and_modules_are_small() -> None:
    for family in families.FAMILIES:
        anchors = [demo.anchor for demo in family.demos]
        assert len(anchors) == len(set(anchors))
        assert len(Path(family.module.__file__).read_text("utf-8").splitlines()) < 400


@pytest.mark.parametrize(
    ("family", "demo"), [pytest.param(*each, id=each[1].anchor) for each in DEMOS]
)
def test_a_source_can_be_pasted(family: Any, demo: Any) -> None:
    source = sources.source_of(family, demo)
    assert "import wasmrx as rx" in source
    module: dict[str, Any] = {"__name__": f"pasted_{family.name}_{demo.show.__name__}"}
    exec(compile("from __future__ import annotations\n" + source, demo.anchor, "exec"), module)
    assert isinstance(module[demo.show.__name__](), rx.Component)

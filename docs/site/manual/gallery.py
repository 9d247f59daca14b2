"""The gallery as a part of the site. Its package is copied from ``examples/gallery``.

The worker imports it, as the states of its demos run there; so it has to lie in the site's folder.
"""

from __future__ import annotations

import ast
import importlib
import shutil
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import wasmrx as rx

from .contents import GALLERY, ROOT
from .examples import SITE, write_if_changed
from .layout import Layout

SOURCE = ROOT / "examples" / "gallery"
BASE = f"{GALLERY}/"
LEFT_OUT = ("theme_panel",)
"""Demos that would bring every style of every theme into the one stylesheet of the site."""


def copy_gallery() -> None:
    """Copy the package and its assets, and remove what is gone."""
    _copy(SOURCE / "gallery", SITE / "gallery", "*.py")
    _copy(SOURCE / "assets" / "gallery", SITE / "assets" / "gallery", "*")


def add_gallery(app: rx.App, layout: Layout, name: str) -> None:
    """Add the first page of the gallery and one for each family."""
    cards, families = _module("cards"), _module("families").FAMILIES
    app.style |= _module("look").gallery_style()
    app.add_page(
        partial(layout.gallery_page, partial(cards.index_body, BASE), GALLERY),
        route=GALLERY,
        title=f"Gallery | {name}",
        description="The components of wasmrx, live and with their source.",
    )
    for family in families:
        route = BASE + family.name
        app.add_page(
            partial(layout.gallery_page, partial(cards.family_body, family, BASE), route),
            route=route,
            title=f"{family.title} | Gallery | {name}",
            description=family.summary,
        )


def gallery_links() -> list[tuple[str, str]]:
    """Return route and title of each family."""
    return [(BASE + family.name, family.title) for family in _module("families").FAMILIES]


def gallery_entries() -> Iterator[list[str]]:
    """Yield what the search of the documentation finds: an entry for each demo."""
    components_of = _module("sources").components_of
    for family in _module("families").FAMILIES:
        for demo in family.demos:
            names = " ".join(f"rx.{used}" for used in components_of(family, demo))
            page = f"Gallery: {family.title}"
            yield [BASE + family.name, page, demo.title, demo.anchor, f"{demo.purpose} {names}"]


def _module(name: str) -> Any:
    return importlib.import_module(f"gallery.{name}")


def _copy(source: Path, target: Path, pattern: str) -> None:
    wanted = {path.name: path for path in source.glob(pattern) if path.is_file()}
    target.mkdir(parents=True, exist_ok=True)
    for path in target.glob(pattern):
        if path.is_file() and path.name not in wanted:
            path.unlink()
    for name, path in wanted.items():
        if path.suffix == ".py":
            write_if_changed(target / name, _without_left_out(path.read_text(encoding="utf-8")))
        elif not (target / name).is_file() or (target / name).read_bytes() != path.read_bytes():
            shutil.copyfile(path, target / name)


def _without_left_out(module: str) -> str:
    lines = module.splitlines(keepends=True)
    for statement in reversed(ast.parse(module).body):
        if isinstance(statement, ast.FunctionDef) and statement.name in LEFT_OUT:
            del lines[statement.lineno - 1 : statement.end_lineno]
    return "".join(lines)

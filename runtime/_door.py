"""The one door from the runtime to component code.

On the host a name such as ``rx.button`` resolves to ``wasmrx.compiler.library``. In the worker
names resolve to inert objects, so that modules which build component trees, subclass components or
decorate with ``@rx.memo`` import there, and cost next to nothing. A site in which vars hold
components comes with the code of components in an archive of its own: it is fetched when a handler
or a computed var first builds a component.
"""

from __future__ import annotations

import importlib
import os
import sys
from importlib.machinery import PathFinder
from types import ModuleType
from typing import Any

from .inert import INERT as INERT
from .inert import Inert as Inert
from .inert import Site, named
from .inert import real as real

IN_WORKER = sys.platform == "emscripten"
ARCHIVE = "/lib/wasmrx-components.zip"
"""Where the worker lays the archive, which downloads when it is first read."""


def offer(has_components: bool) -> None:
    """Note whether the site comes with component code."""
    Site.find = _real_name if has_components else None
    Site.is_live = Site.is_loaded = False


def open_for_building(app: Any) -> None:
    """Note that the modules of ``app`` are imported: whoever names a component now builds one."""
    Site.is_live = True
    Site.app = app


def resolve(name: str) -> Any:
    """Return what ``rx.<name>`` is where the runtime itself has no such name.

    Raises AttributeError, with a likely name, where nothing has.
    """
    if name.startswith("__"):
        raise AttributeError(f"module 'wasmrx' has no attribute {name!r}")
    if IN_WORKER:
        return _submodule(name) or (_cond if name == "cond" else _component(name))
    return _from_library(name)


def _component(name: str) -> Any:
    return _real_name(name) if Site.is_live and Site.find is not None else named(name)


def _real_name(name: str) -> Any:
    """Return ``rx.<name>`` of the component code, fetched when this is first asked for."""
    if not Site.is_loaded and IN_WORKER:
        _unlock()
    found = _from_library(name)
    Site.is_loaded = True
    return found


def _unlock() -> None:
    """Let imports find the archive, which is checked as it downloads."""
    package = importlib.import_module("wasmrx")
    try:
        with open(ARCHIVE, "rb") as file:
            file.read(1)
    except OSError:
        raise ImportError(
            "The code of components could not be loaded: it did not arrive, or is damaged. "
            "Try again."
        ) from None
    folder = f"{ARCHIVE}/wasmrx"
    if folder not in package.__path__:
        package.__path__.append(folder)
        importlib.invalidate_caches()
    importlib.import_module("wasmrx.compiler.held").begin(Site.app)


def _from_library(name: str) -> Any:
    library = importlib.import_module("wasmrx.compiler.library")
    try:
        return getattr(library, name)
    except AttributeError:
        advice: dict[str, str] = importlib.import_module("wasmrx.compiler.absent").ADVICE
        close = None if name in advice else _closest(name, dir(library))
        hint = f" Did you mean rx.{close}?" if close else f" {advice.get(name, '')}".rstrip()
        raise AttributeError(f"wasmrx has no {name!r}.{hint}") from None


def _cond(condition: Any, *sides: Any) -> Any:
    """Return one of two events, as a handler may write; of what only the page knows nothing."""
    if hasattr(condition, "_expr"):  # also of what is inert, which has every name
        return _component("cond")(condition, *sides)
    then, orelse = (*sides, None, None)[:2]
    return then if condition else orelse


def _submodule(name: str) -> ModuleType | None:
    """Return the runtime's module ``name``: ``from wasmrx import bridge`` asks here first."""
    found = PathFinder.find_spec(f"wasmrx.{name}", [os.path.dirname(__file__)])
    return None if found is None else importlib.import_module(f"wasmrx.{name}")


def _closest(name: str, names: list[str]) -> str | None:
    difflib = importlib.import_module("difflib")
    found = difflib.get_close_matches(name, [n for n in names if not n.startswith("_")], 1)
    return found[0] if found else None

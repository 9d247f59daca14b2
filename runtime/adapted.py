"""Modules that are fitted to the browser as they are imported, so that their users need not know.

Nothing here is imported before someone asks for it: a finder knows the names. On the host nothing
is changed.
"""

from __future__ import annotations

import importlib
import sys
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

_FITTED = {
    "urllib.request": "wasmrx.fit_urllib",
    "httpx": "wasmrx.fit_httpx",
    "urllib3.contrib.emscripten.fetch": "wasmrx.fit_urllib3",
    "urllib3.contrib.emscripten.connection": "wasmrx.fit_urllib3",
    "concurrent.futures.thread": "wasmrx.threads",
    "concurrent.futures.process": "wasmrx.threads",
}
"""Modules whose requests go by the browser's fetch, or that start threads; what fits them."""

_OTHERS = {"micropip": "wasmrx.installing", "concurrent.interpreters": "wasmrx.one_interpreter"}
"""Modules that do not work in a worker, and those that take their place."""


class Finder(MetaPathFinder):
    """Finds the modules that are fitted, and those that others take the place of."""

    def find_spec(self, fullname: str, path: Any = None, target: Any = None) -> ModuleSpec | None:
        """Return where to import ``fullname`` from, if it is one of these."""
        if fullname in _OTHERS and not (fullname == "micropip" and _is_found(fullname)):
            return ModuleSpec(fullname, _Other(_OTHERS[fullname]))
        if fullname not in _FITTED:
            return None
        spec = _spec_elsewhere(fullname, path, target)
        if spec is not None and spec.loader is not None:
            spec.loader = _Fitting(spec.loader, _FITTED[fullname])
        return spec


class _Other(Loader):
    """Gives one module in place of another."""

    def __init__(self, name: str) -> None:
        self._name = name

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        return importlib.import_module(self._name)

    def exec_module(self, module: ModuleType) -> None:
        """Leave the module as it is: it was executed when it was imported."""


class _Fitting(Loader):
    """Fits a module once its own loader has executed it."""

    def __init__(self, loader: Any, fit: str) -> None:
        self._loader = loader
        self._fit = fit

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        return self._loader.create_module(spec)

    def exec_module(self, module: ModuleType) -> None:
        self._loader.exec_module(module)
        importlib.import_module(self._fit).fit(module)

    def __getattr__(self, name: str) -> Any:
        """Answer for the loader: resources and sources are its own."""
        return getattr(self._loader, name)


def install() -> None:
    """Fit modules that are imported from now on."""
    if not any(isinstance(finder, Finder) for finder in sys.meta_path):
        sys.meta_path.insert(0, Finder())


def _is_found(name: str) -> bool:
    return _spec_elsewhere(name, None, None) is not None


def _spec_elsewhere(name: str, path: Any, target: Any) -> ModuleSpec | None:
    """Return where the finders after this one find a module."""
    for finder in _others():
        found: ModuleSpec | None = finder.find_spec(name, path, target)
        if found is not None:
            return found
    return None


def _others() -> list[Any]:
    return [finder for finder in sys.meta_path if not isinstance(finder, Finder)]

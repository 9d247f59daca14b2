"""Python packages in the worker: an import brings the package that has the module.

What the app's modules import at once lies in ``site-packages`` before Python starts them. All other
packages of the site come here: by an ordinary import, which waits, by ``await fetch(name)``, or
when the worker has time. The worker checks each archive before it lays it down.
"""

from __future__ import annotations

import importlib
import json
import re
import sys
import zlib
from collections.abc import Iterable, Iterator
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import FileFinder, ModuleSpec, PathFinder
from types import ModuleType
from typing import Any

_GZIP = 31
"""``wbits`` of a gzip stream."""


class _Shelf:
    """The packages of this site that are known, and those that are laid down."""

    def __init__(self) -> None:
        self.browser: Any = None
        self.packages: dict[str, dict[str, Any]] = {}
        self.providers: dict[str, str] = {}
        self.laid: set[str] = set()

    def provider(self, module: str) -> str | None:
        """Return the package that has ``module`` and is not laid down."""
        parts = module.split(".")
        for length in range(len(parts), 0, -1):
            name = self.providers.get(".".join(parts[:length]))
            if name is not None:
                return None if name in self.laid else name
        return None

    def load(self, name: str) -> None:
        """Lay down a package; its importer waits for the download.

        Where the browser can suspend Python the page hears how far it is, and what the package
        needs comes beside it.
        """
        suspended = importlib.import_module("wasmrx.suspended")
        if suspended.can_wait():
            ffi = importlib.import_module("pyodide.ffi")
            others = ffi.to_js([each for each in with_needs([name]) if each != name])
            try:
                suspended.wait(self.browser.fetchFor(name, others))
            except ffi.JsException:
                self.load_now(name)
            else:
                self.note(name)
        else:
            self.load_now(name)

    def load_now(self, name: str) -> None:
        """Lay down a package, the worker doing nothing else until it is there."""
        js_error = importlib.import_module("pyodide.ffi").JsException
        try:
            data = self.browser.fetchNow(name).to_bytes()
        except js_error as error:
            raise ImportError(
                f"The package {name} cannot be used: {error.message} Reload the page.", name=name
            ) from None
        if name not in self.laid:
            self.browser.layInflated(zlib.decompress(data, _GZIP))
            self.note(name)

    def note(self, name: str) -> None:
        """Note that a package is laid down; Python has looked into the folder before."""
        self.laid.add(name)
        look_anew()


def look_anew() -> None:
    """Let imports see what was laid into folders.

    The standard library's archive stays as it is known: to list it again would fetch it.
    """
    for finder in list(sys.path_importer_cache.values()):
        if isinstance(finder, FileFinder):
            finder.invalidate_caches()


_shelf = _Shelf()


class _Finder(MetaPathFinder):
    """Finds modules of packages that are not laid down yet, by laying them down."""

    def find_spec(self, fullname: str, path: Any = None, target: Any = None) -> ModuleSpec | None:
        name = _shelf.provider(fullname)
        if name is None:
            return None
        _shelf.load(name)
        if fullname in sys.modules:  # Another handler has imported it meanwhile.
            return ModuleSpec(fullname, _There())
        return PathFinder.find_spec(fullname, path, target)

    def find_distributions(self, context: Any = None) -> Iterator[Any]:
        """Lay down a package whose metadata are asked for, which then are found."""
        wanted = normal_name(getattr(context, "name", None) or "")
        if wanted in _shelf.packages and wanted not in _shelf.laid:
            _shelf.load(wanted)
            metadata = importlib.import_module("importlib.metadata")
            yield metadata.distribution(wanted)


class _There(Loader):
    """Gives a module that is imported already."""

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        return sys.modules[spec.name]

    def exec_module(self, module: ModuleType) -> None:
        """Leave it as it is."""


def offer(index: str, browser: Any, laid: str) -> None:
    """Let imports find the packages of ``index``; those named in ``laid`` are there already.

    ``browser`` is the worker's shelf, which fetches archives and lays them down.
    """
    _shelf.browser = browser
    _shelf.packages = json.loads(index)["packages"]
    _shelf.providers = {
        module: name for name, each in _shelf.packages.items() for module in each["modules"]
    }
    _shelf.laid = set(filter(None, laid.split(",")))
    look_anew()
    sys.meta_path.append(_Finder())


async def fetch(name: str) -> None:
    """Fetch a package in the background and lay it down."""
    if name not in _shelf.laid:
        await _shelf.browser.fetch(name)
        _shelf.note(name)


def known(name: str) -> bool:
    """Tell whether the site has the package ``name``."""
    return normal_name(name) in _shelf.packages


def with_needs(names: Iterable[str]) -> list[str]:
    """Return packages with all that they need, and that are not laid down."""
    waiting, found = list(names), dict[str, None]()
    while waiting:
        name = waiting.pop()
        if name not in found and name in _shelf.packages:
            found[name] = None
            waiting += _shelf.packages[name]["needs"]
    return [name for name in found if name not in _shelf.laid]


def normal_name(name: str) -> str:
    """Return the one spelling of a package's name."""
    return re.sub(r"[-_.]+", "-", name).lower()


class LazyModule(ModuleType):
    """A module that is imported when something of it is first used."""

    def __getattr__(self, name: str) -> Any:
        """Import the module and return what it has as ``name``."""
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        return getattr(importlib.import_module(self.__name__), name)

    def __dir__(self) -> list[str]:
        """Return the names of the module, imported for that."""
        return dir(importlib.import_module(self.__name__))


def lazy_import(module: str) -> Any:
    """Return ``module``, imported when something of it is first used.

    For packages that are large and that few visits need: the first page does not wait for them.
    An ``import`` inside a handler does the same.

    >>> sympy = rx.lazy_import("sympy")
    """
    return sys.modules.get(module) or LazyModule(module)

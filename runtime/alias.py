"""``import reflex as rx``: names of Reflex resolve to wasmrx, so that its apps run unchanged.

Reflex's modules are looked up flat: ``from reflex.utils.serializers import serializer`` is
wasmrx's ``serializer``, wherever Reflex keeps it.
"""

from __future__ import annotations

import importlib
import sys
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

_ROOTS = ("reflex", "reflex_base", "reflex_components_core")
_SPECIAL: dict[str, str] = {"BaseState": "State", "ReflexError": "WasmrxError"}
_PLACES = tuple(
    f"wasmrx.{name}"
    for name in [
        "events",
        "arg_specs",
        "errors",
        "app",
        "storage",
        "state",
        "var",
        "color",
        "computed",
        "handlers",
        "var_kinds",
        "var_functions",
        "client_state",
        "actions",
        "router",
        "serializers",
        "fields",
        "config",
        "middleware",
        "form_data",
    ]
)
MODULES = frozenset(
    [
        "app",
        "assets",
        "base",
        "compiler",
        "components",
        "config",
        "constants",
        "event",
        "experimental",
        "istate",
        "lucide",
        "middleware",
        "model",
        "page",
        "plugins",
        "radix",
        "route",
        "state",
        "style",
        "testing",
        "utils",
        "vars",
    ]
)
"""The modules right inside Reflex, which an app may also reach as attributes: ``rx.plugins``."""

_INNER: dict[str, frozenset[str]] = {
    "radix": frozenset(("primitives", "themes")),
    "vars": frozenset(("base", "color", "datetime", "function", "number", "object", "sequence")),
}
"""The modules inside these that an app may reach as attributes: ``rx.vars.function``."""


class _Flat(ModuleType):
    """A module of Reflex: any name that wasmrx has, wherever it has it."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.__path__ = []

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        try:
            return look_up(name, self.__name__)
        except AttributeError as error:
            if self.__name__ in _ROOTS:
                raise
            raise ImportError(str(error)) from None

    def __setattr__(self, name: str, value: Any) -> None:
        """Keep ``rx.event`` what wasmrx has, also after ``import reflex.event``."""
        if not isinstance(value, _Flat) or not _has(name):
            super().__setattr__(name, value)


def _has(name: str) -> bool:
    return name in vars(importlib.import_module("wasmrx"))


def look_up(name: str, module: str = "reflex") -> Any:
    """Return what wasmrx has under ``name``; AttributeError, naming both, where it has nothing."""
    name = _SPECIAL.get(name, name)
    root = importlib.import_module("wasmrx")
    found = vars(root).get(name)
    if found is not None and not isinstance(found, ModuleType):
        return found
    for place in _PLACES:
        found = vars(importlib.import_module(place)).get(name)
        if found is not None:
            return found
    if name in MODULES or name in _INNER.get(module.rpartition(".")[2], ()):
        return importlib.import_module(f"{module}.{name}")
    try:
        return getattr(root, name)
    except AttributeError as error:
        raise AttributeError(f"{module}.{name} has no counterpart: {error}") from None


def flat(name: str) -> ModuleType:
    """Return the module of Reflex that an app reaches as ``rx.<name>``."""
    return _Flat(f"reflex.{name}")


class _Finder(MetaPathFinder, Loader):
    def find_spec(self, fullname: str, path: Any = None, target: Any = None) -> ModuleSpec | None:
        root, *inside = fullname.split(".")
        if root not in _ROOTS or (inside and inside[0] not in MODULES):
            return None
        return ModuleSpec(fullname, self, is_package=True)

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        return _Flat(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """Leave the module empty: names are found when asked for."""


def install() -> None:
    """Make ``import reflex`` mean wasmrx, in this process, from now on."""
    if any(isinstance(finder, _Finder) for finder in sys.meta_path):
        return
    for name in [n for n in sys.modules if n.partition(".")[0] in _ROOTS]:
        del sys.modules[name]
    sys.meta_path.insert(0, _Finder())

"""Components under the names of the libraries that they come from: ``rx.radix.themes.button``."""

from __future__ import annotations

import importlib
from typing import Any

from .icons import Icon, icon

_LIBRARY = __package__ or ""


class _Radix:
    """``rx.radix``: what Radix is behind, also as ``rx.radix.themes`` and ``.primitives``."""

    def __getattr__(self, name: str) -> Any:
        """Return a component or a namespace of the library."""
        if name.startswith("__"):
            raise AttributeError(name)
        if name in ("themes", "primitives"):
            return self
        return getattr(importlib.import_module(_LIBRARY), name)


class _Lucide:
    """``rx.lucide``: the icons."""

    icon = icon
    Icon = Icon


radix = _Radix()
lucide = _Lucide()

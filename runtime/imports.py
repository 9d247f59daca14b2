"""How a component of the author names the JavaScript that it imports."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class ImportVar:
    """One name of a JavaScript module: ``ImportVar("Chart", is_default=True)``."""

    tag: str | None
    is_default: bool | None = False
    alias: str | None = None
    install: bool | None = True
    render: bool | None = True
    package_path: str = "/"

    @property
    def name(self) -> str | None:
        """Return the name that the component's code uses."""
        return self.alias or self.tag


ImportDict = dict[str, Any]
"""Module → a name, an ``ImportVar``, or a list of these."""

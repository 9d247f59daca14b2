"""What of the component library a site has for components that are made while it runs.

The host has everything. A site has what its app's sources name: the worker's copy of this package
comes with ``offer.json``, which lists it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from wasmrx._door import IN_WORKER

FILE = "offer.json"
THEMES = "code_themes.json"
"""A file of the release that code blocks need in the worker, too."""


@dataclass(frozen=True)
class Offer:
    """Modules of JavaScript, and icons, that the pages of a site can show."""

    modules: frozenset[str]
    icons: frozenset[str]

    def text(self) -> bytes:
        """Return the content of ``offer.json``."""
        lists = {"modules": sorted(self.modules), "icons": sorted(self.icons)}
        return json.dumps(lists, separators=(",", ":")).encode()


def offer_of(modules: Iterable[str], icons: Iterable[str]) -> Offer:
    """Return the offer of these."""
    return Offer(frozenset(modules), frozenset(icons))


def package_data(path: str) -> bytes:
    """Return a file of this package, which may lie in an archive."""
    loader: Any = __spec__.loader
    return loader.get_data(os.path.join(os.path.dirname(__file__), *path.split("/")))


@cache
def offer() -> Offer | None:
    """Return what the site offers; None on the host."""
    return offer_of(**json.loads(package_data(FILE))) if IN_WORKER else None

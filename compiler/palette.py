"""Which colours of the palette a site can show, read off its styles, its state and its sources."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from pathlib import Path

from wasmrx.color import COLORS

_PROPERTY = re.compile(r"--([a-z]+)-(?:a?\d|contrast|surface|indicator|track)")
_QUOTED = re.compile(r"""["']([a-z]+)["']""")


def shown_colors(texts: Iterable[str], root: Path) -> frozenset[str]:
    """Return the colours that ``texts`` name as CSS, and those named in the author's modules.

    A handler can make a colour that no text of the build shows: ``self.tone = rx.color("red")``.
    """
    named = {name for text in texts for name in _PROPERTY.findall(text)}
    for source in author_sources(root):
        named.update(_QUOTED.findall(source.read_text(encoding="utf-8", errors="replace")))
    return frozenset(named & COLORS)


def author_sources(root: Path) -> list[Path]:
    """Return the files of all imported modules that lie in the project's folder."""
    found: set[Path] = set()
    for module in list(sys.modules.values()):
        file = getattr(module, "__file__", None)
        if file and file.endswith(".py"):
            path = Path(file)
            if path.is_relative_to(root) and "site-packages" not in path.parts:
                found.add(path)
    return sorted(found)

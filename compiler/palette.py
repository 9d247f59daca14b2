"""Which colours of the palette a site can show, read off its styles, its state and its sources."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from wasmrx.color import COLORS

from .sources import author_sources

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

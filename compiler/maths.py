"""What formulas need beside their elements: the style and fonts of KaTeX, where there are any."""

from __future__ import annotations

import json
from collections.abc import Iterable

from wasmrx.expr import Import

from .units import asset

_SHOWN = '"katex-html"'
_FROM_STATE = "wasmrx/markdown"


def maths_style(text: str) -> str:
    """Return the stylesheet of the formulas in ``text``, the code of all pages; "" without any."""
    if _SHOWN not in text:
        return ""
    folder = json.loads(asset("katex.json").read_bytes())["folder"]
    style = asset("katex.css").read_text(encoding="utf-8")
    return style.replace("url(", f"url({folder}/")


def maths_files(text: str, imports: Iterable[Import]) -> dict[str, bytes]:
    """Return the files beside the scripts, for formulas that are known or may come from state."""
    is_lazy = any(wanted.module == _FROM_STATE for wanted in imports)
    if not is_lazy and _SHOWN not in text:
        return {}
    given = json.loads(asset("katex.json").read_bytes())
    names = [*given["fonts"], *(["katex.css"] if is_lazy else [])]
    return {f"{given['folder']}/{name}": asset(name).read_bytes() for name in names}

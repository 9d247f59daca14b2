"""Run as a program: writes each component of the gallery as one that a var holds.

Prints as JSON what cannot be written, and what a site would lack to show it.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from wasmrx.compiler import held, held_site
from wasmrx.compiler.component import Component, spec_of
from wasmrx.compiler.evaluate import evaluate
from wasmrx.errors import WasmrxError


def written(component: Component, needs: set[str]) -> Iterator[str]:
    """Yield the names of the innermost components that have no form as data."""
    try:
        needs.update(held.tree_of(component).get("needs", ()))
    except WasmrxError:
        inner = [name for child in component.children for name in written(child, needs)]
        yield from inner or [spec_of(type(component)).name]


def main(folder: str) -> None:
    """Look at the gallery in ``folder``."""
    root = Path(folder).resolve()
    app = evaluate("app", root)
    held.begin(app.app)
    offer, _ = held_site.offer_for(root)
    needs: set[str] = set()
    refused = [name for page in app.all_pages for name in written(page.component, needs)]
    icons = {need.partition("#")[2] for need in needs if "#" in need}
    modules = {need for need in needs if "#" not in need}
    lacking = sorted(modules - offer.modules) + sorted(icons - offer.icons)
    print(json.dumps({"refused": refused, "lacking": lacking, "count": len(needs)}))


main(sys.argv[1])

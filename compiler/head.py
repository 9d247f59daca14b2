"""The app's own elements of the documents' head.

JavaScript given as text becomes a file of the site: documents hold no inline scripts.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from wasmrx.app import App
from wasmrx.expr import Expr, Literal

from .component import Component, spec_of
from .ir import Element, Node
from .lower import Lowering

_SCRIPT = "rx.script"
_ATTRIBUTES = ("async", "crossOrigin", "defer", "integrity", "noModule", "referrerPolicy", "type")


@dataclass(frozen=True)
class Head:
    """Elements of the head, and the files of their scripts by path under the site's root."""

    nodes: tuple[Node, ...]
    files: Mapping[str, bytes]


def head(app: App, folder: str) -> Head:
    """Return what the app adds to every document; its scripts' files lie in ``folder``."""
    lowering = Lowering()
    nodes: list[Node] = []
    files: dict[str, bytes] = {}
    for component in app.head_components:
        if not isinstance(component, Component):
            continue
        node = lowering.node(component)
        if spec_of(type(component)).name == _SCRIPT and isinstance(node, Element):
            node = _script(dict(node.props), folder, files)
        nodes.append(node)
    return Head(tuple(nodes), files)


def _script(props: Mapping[str, Expr], folder: str, files: dict[str, bytes]) -> Node:
    kept = {name: value for name, value in props.items() if name in _ATTRIBUTES or "-" in name}
    code = props.get("code")
    source = props.get("src")
    if isinstance(code, Literal):
        content = str(code.value).encode()
        path = f"{folder}/script-{hashlib.sha256(content).hexdigest()[:10]}.js"
        files[path] = content
        source = Literal(f"/{path}")
    return Element("script", (*kept.items(), ("src", source or Literal(None))))

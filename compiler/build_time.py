"""JavaScript of the library run while a site is built, for what needs no JavaScript in the page.

One engine context serves all calls; a unit is loaded into it when a call first needs it.
"""

from __future__ import annotations

import json
from functools import cache
from typing import Any, cast

from wasmrx.expr import Import

from .link_graph import Graph, Node, node_text
from .prerender import ENVIRONMENT, Context, new_context
from .units import library

_NEVER = "new Promise(()=>{})"


class BuildTime:
    """Functions of the library's units, called from Python."""

    def __init__(self, context: Context) -> None:
        """Run them in ``context``."""
        self._context = context
        self._graph = Graph((), library(), render=True)
        self._loaded: set[Node] = set()
        context.eval(ENVIRONMENT)

    def call(self, function: Import, *arguments: object) -> Any:
        """Return what ``function`` gives, as JSON has it.

        An argument is JSON too, or an Import that stands for what a module exports.
        """
        given = ",".join(self._argument(argument) for argument in arguments)
        code = f"JSON.stringify({self._name(function)}({given}))"
        return json.loads(cast(str, self._context.eval(code)))

    def _argument(self, value: object) -> str:
        return self._name(value) if isinstance(value, Import) else json.dumps(value)

    def _name(self, wanted: Import) -> str:
        node = self._graph.target(wanted)
        for needed in self._graph.closure([node]):
            if needed not in self._loaded:
                lazy = dict.fromkeys(self._graph.lazy_units([needed]), _NEVER)
                self._context.eval(node_text(self._graph, needed, lazy))
                self._loaded.add(needed)
        whole = self._graph.identifier(node)
        return whole if wanted.name == "*" else f"{whole}.{wanted.name}"


@cache
def build_time() -> BuildTime | None:
    """Return the engine of this process, None where none is installed."""
    context = new_context()
    return None if context is None else BuildTime(context)

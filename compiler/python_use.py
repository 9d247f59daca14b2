"""Which pages need Python: those that show or change state, or have events of it.

A page without does not start Python. Whatever this misses costs time and nothing else: the first
event of any page starts it.
"""

from __future__ import annotations

from collections.abc import Iterator

from wasmrx.expr import Chain, Expr, StateVar, walk

from .evaluate import Evaluated
from .hiding import SiteCode
from .ir import Node, Use, values_of, walk_nodes
from .page_meta import constant_text

PAGE_ONLY = "client"
"""The pseudo-state that the page itself holds."""


def pages_with_python(app: Evaluated, site: SiteCode) -> frozenset[str]:
    """Return the routes of the pages that need Python from the start."""
    bodies = {each.name: each.body for each in site.definitions}
    if app.app.frontend_exception_handler is not None or _needs(site.root.root, bodies):
        return frozenset(page.route for page in app.all_pages)
    declared = {page.route: page.page for page in app.all_pages}
    return frozenset(
        code.route
        for code in site.pages
        if declared[code.route].on_load
        or _is_live(declared[code.route].title)
        or _needs(code.root, bodies)
    )


def _is_live(title: object) -> bool:
    return title is not None and constant_text(title) is None


def _needs(node: Node, bodies: dict[str, Node]) -> bool:
    nodes = list(walk_nodes(node))
    if any(map(_is_python, (expr for each in nodes for expr in _exprs(each)))):
        return True
    used = {each.definition for each in nodes if isinstance(each, Use)} & bodies.keys()
    rest = {name: body for name, body in bodies.items() if name not in used}
    return any(_needs(bodies[name], rest) for name in sorted(used))


def _exprs(node: Node) -> Iterator[Expr]:
    for value in values_of(node):
        yield from walk(value)


def _is_python(expr: Expr) -> bool:
    match expr:
        case StateVar(state=state):
            return state != PAGE_ONLY
        case Chain(calls=calls):
            return any(call.kind == "event" for _, call in calls)
        case _:
            return False

"""Which foreign JavaScript a site's HTML is made with, and how to leave a component out of it.

What lies in an element that is drawn by the browser alone is not looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from wasmrx.expr import Expr, Import, Raw, walk

from .ir import (
    Choice,
    Definition,
    Each,
    Element,
    Group,
    Markup,
    Node,
    PageCode,
    Show,
    Use,
    children_of,
    values_of,
)
from .parts import map_parts

Hit = Callable[[Import], bool]


@dataclass(frozen=True)
class SiteCode:
    """All that a site shows: its pages, its ``rx.memo`` components, what stands around pages."""

    pages: tuple[PageCode, ...]
    definitions: tuple[Definition, ...]
    root: PageCode

    def nodes(self) -> Iterator[Node]:
        """Yield the outermost nodes."""
        yield from (page.root for page in self.pages)
        yield from (definition.body for definition in self.definitions)
        yield self.root.root

    def code(self) -> Iterator[Raw]:
        """Yield the author's code of all modules."""
        for part in (*self.pages, *self.definitions, self.root):
            yield from part.code


def rendered_imports(site: SiteCode) -> frozenset[Import]:
    """Return all imports that the site's HTML is made with."""
    found = {imported for code in site.code() for imported in _in_value(code)}
    for node in site.nodes():
        found |= rendered_types(node)
        found |= {imported for each in _rendered(node) for imported in _in_values(each)}
    return frozenset(found)


def rendered_types(node: Node) -> frozenset[Import]:
    """Return the components among ``node`` and what lies in it that are part of the HTML."""
    types = (each.type for each in _rendered(node) if isinstance(each, Element))
    return frozenset(kind for kind in types if isinstance(kind, Import))


def _rendered(node: Node) -> Iterator[Node]:
    if isinstance(node, Element) and node.client_only:
        return
    yield node
    for value in values_of(node):
        for part in walk(value):
            if isinstance(part, Markup):
                yield from _rendered(part.node)
    for child in children_of(node):
        yield from _rendered(child)


def _in_value(value: Expr) -> Iterator[Import]:
    for part in walk(value):
        if isinstance(part, Raw):
            yield from (imported for _, imported in part.imports)


def _in_values(node: Node) -> Iterable[Import]:
    return [imported for value in values_of(node) for imported in _in_value(value)]


def without(site: SiteCode, hit: Hit) -> SiteCode:
    """Return ``site`` with all that uses an import that is ``hit`` drawn by the browser alone."""
    return SiteCode(
        tuple(replace(page, root=_hidden(page.root, hit)) for page in site.pages),
        tuple(replace(each, body=_hidden(each.body, hit)) for each in site.definitions),
        replace(site.root, root=_hidden(site.root.root, hit)),
    )


def _hidden(node: Node, hit: Hit) -> Node:
    is_hit = any(map(hit, _in_values(node)))

    def value(expr: Expr) -> Expr:
        if isinstance(expr, Markup):
            return Markup(_hidden(expr.node, hit))
        return map_parts(expr, value)

    def inner(child: Node) -> Node:
        return _hidden(child, hit)

    match node:
        case Element(type=kind, props=props, children=children):
            is_hit = is_hit or (isinstance(kind, Import) and hit(kind))
            return replace(
                node,
                props=tuple((name, value(given)) for name, given in props),
                children=tuple(map(inner, children)),
                client_only=node.client_only or is_hit,
            )
        case Group(children=children):
            return replace(node, children=tuple(map(inner, children)))
        case Choice(then=then, orelse=orelse):
            return _guarded(replace(node, then=inner(then), orelse=inner(orelse)), is_hit)
        case Each(row=row):
            return _guarded(replace(node, row=inner(row)), is_hit)
        case Use(props=props, children=children):
            made = replace(
                node,
                props=tuple((name, value(given)) for name, given in props),
                children=tuple(map(inner, children)),
            )
            return _guarded(made, is_hit)
        case Show(value=shown):
            return _guarded(replace(node, value=value(shown)), is_hit)
        case _:
            return node


def _guarded(node: Node, is_hit: bool) -> Node:
    return Element(None, children=(node,), client_only=True) if is_hit else node

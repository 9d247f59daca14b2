"""The compiler's own form of a site: frozen nodes, made by ``lower``, printed by ``emit``.

A node is what React shows at one place. Its expressions are those of ``wasmrx.expr``; the two
added here carry components that stand where a value does.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from wasmrx.expr import Chain, Expr, Import, Raw

Place = tuple[str, int]


@dataclass(frozen=True)
class Node:
    """Base of every node."""


@dataclass(frozen=True)
class Text(Node):
    """Constant text."""

    value: str


@dataclass(frozen=True)
class Show(Node):
    """A value, shown as Python would."""

    value: Expr


@dataclass(frozen=True)
class Group(Node):
    """Several nodes in one place."""

    children: tuple[Node, ...]
    key: Expr | None = None


@dataclass(frozen=True)
class Element(Node):
    """A React component or an HTML tag with its props.

    ``hooks`` are lines that run at every render before anything else. ``slot`` says that the
    element hands props to its child, which then stays a direct element. ``mount`` and ``unmount``
    are the chains of on_mount and on_unmount. A ``type`` of None shows nothing of its own.
    """

    type: Import | str | None
    props: tuple[tuple[str, Expr], ...] = ()
    children: tuple[Node, ...] = ()
    key: Expr | None = None
    hooks: tuple[Raw, ...] = ()
    mount: Chain | None = None
    unmount: Chain | None = None
    slot: bool = False
    client_only: bool = False
    place: Place | None = None


@dataclass(frozen=True)
class Choice(Node):
    """``then`` where ``test`` is true in Python's sense, ``orelse`` elsewhere."""

    test: Expr
    then: Node
    orelse: Node


@dataclass(frozen=True)
class Each(Node):
    """One ``row`` for each of ``items``; the row sees ``item`` and ``index`` as locals.

    ``key`` tells rows apart when items move; without it the page finds a key in the item.
    """

    items: Expr
    item: str
    index: str
    row: Node
    key: Expr | None = None


@dataclass(frozen=True)
class Use(Node):
    """An ``rx.memo`` component, defined once and used with these props."""

    definition: str
    props: tuple[tuple[str, Expr], ...]
    children: tuple[Node, ...] = ()
    key: Expr | None = None


SPREAD = "..."
"""The name of a prop whose value is an object of props."""


@dataclass(frozen=True)
class Definition:
    """What an ``rx.memo`` component shows; ``body`` sees the param ``x`` as the local ``$x``.

    ``rest`` is the param that holds all props beside the others, ``code`` what the author's
    components in it need at module level.
    """

    name: str
    params: tuple[str, ...]
    body: Node
    rest: str | None = None
    code: tuple[Raw, ...] = ()


@dataclass(frozen=True, eq=False)
class Built(Expr):
    """A component that stands where a value does, before lowering."""

    component: Any


@dataclass(frozen=True)
class Markup(Expr):
    """A node that stands where a value does; ``analyze`` looks into it, ``parts`` does not."""

    node: Node


@dataclass(frozen=True)
class PageCode:
    """A page: the node that it shows, and code of the author's at module level."""

    route: str
    root: Node
    code: tuple[Raw, ...] = ()


def children_of(node: Node) -> tuple[Node, ...]:
    """Return the nodes directly inside ``node``."""
    match node:
        case Group(children=children) | Element(children=children) | Use(children=children):
            return children
        case Choice(then=then, orelse=orelse):
            return (then, orelse)
        case Each(row=row):
            return (row,)
        case _:
            return ()


def values_of(node: Node) -> tuple[Expr, ...]:
    """Return the expressions that ``node`` itself holds, without its children's."""
    match node:
        case Show(value=value):
            return (value,)
        case Element():
            values: list[Expr] = [value for _, value in node.props]
            values += [value for value in (node.key, node.mount, node.unmount) if value is not None]
            return (*values, *node.hooks)
        case Group(key=key):
            return () if key is None else (key,)
        case Choice(test=test):
            return (test,)
        case Each(items=items, key=key):
            return (items,) if key is None else (items, key)
        case Use(props=props, key=key):
            return tuple(v for _, v in props) + (() if key is None else (key,))
        case _:
            return ()


def forwarded(value: Expr) -> Expr | None:
    """Return the function that a chain only runs: a trigger that the component was given."""
    if not isinstance(value, Chain) or value.modifiers or len(value.calls) != 1:
        return None
    when, call = value.calls[0]
    if when is not None or call.modifiers or (call.kind, call.target) != ("action", "run"):
        return None
    return dict(call.args).get("value")


def walk_nodes(node: Node) -> Iterator[Node]:
    """Yield ``node`` and all nodes in it, outermost first, those in props included."""
    yield node
    for value in values_of(node):
        yield from _nodes_in(value)
    for child in children_of(node):
        yield from walk_nodes(child)


def _nodes_in(expr: Expr) -> Iterator[Node]:
    if isinstance(expr, Markup):
        yield from walk_nodes(expr.node)
        return
    for part in expr.parts():
        yield from _nodes_in(part)

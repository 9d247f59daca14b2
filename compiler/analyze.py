"""Phase 3, ``analyze``: what each node reads, and which nodes become components of their own.

A node that itself reads state vars becomes a memoised component that subscribes to exactly these;
what lies in it is decided for itself. The children of a *slot* stay direct elements, because the
slot hands them props at run time, so what they read counts as the slot's own.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from wasmrx.expr import Chain, Expr, Function, Import, Local, Raw, StateVar, walk

from .ir import (
    SPREAD,
    Choice,
    Each,
    Element,
    Group,
    Markup,
    Node,
    Show,
    children_of,
    values_of,
)

Reads = dict[StateVar, None]
"""State vars in the order in which they are met."""


@dataclass
class Analysis:
    """Answers about nodes, each worked out once."""

    _free: dict[int, tuple[Node, frozenset[str]]] = field(
        default_factory=dict[int, tuple[Node, frozenset[str]]]
    )

    def free(self, node: Node) -> frozenset[str]:
        """Return the names that ``node`` and all in it need from around them."""
        known = self._free.get(id(node))
        if known is None:
            known = self._free[id(node)] = (node, self._find_free(node))
        return known[1]

    def _find_free(self, node: Node) -> frozenset[str]:
        own = [self.expr_free(value) for value in values_of(node)]
        below = [self.free(child) for child in children_of(node)]
        if not isinstance(node, Each):
            return frozenset[str]().union(*own, *below)
        inside = frozenset[str]().union(*below)
        if node.key is not None:
            inside |= self.expr_free(node.key)
        return self.expr_free(node.items) | (inside - {node.item, node.index})

    def expr_free(self, expr: Expr) -> frozenset[str]:
        """Return the names that ``expr`` needs, nodes inside it included."""
        match expr:
            case Local(name=name):
                return frozenset((name,))
            case Markup(node=node):
                return self.free(node)
            case _:
                inside = frozenset[str]().union(*map(self.expr_free, expr.parts()))
                if isinstance(expr, (Function, Chain)):
                    return inside - frozenset(expr.params)
                return inside

    def is_component(self, node: Node) -> bool:
        """Tell whether ``node`` becomes a component of its own."""
        return bool(self.reads(node)) or bool(hooks_of(node))

    def reads(self, node: Node) -> Reads:
        """Return the state vars that ``node`` itself reads while it renders."""
        found: Reads = {}
        if isinstance(node, Each):
            add_reads(node.items, found)
            return found
        for value in values_of(node):
            add_reads(value, found)
        if isinstance(node, Element):
            for child in node.children:
                if isinstance(child, Show) and node.type is not None:
                    add_reads(child.value, found)
                elif node.slot:
                    found |= self.direct_reads(child)
        return found

    def direct_reads(self, node: Node) -> Reads:
        """Return what a node reads that stays a direct element."""
        found = self.reads(node)
        if isinstance(node, (Choice, Group)):
            for child in children_of(node):
                found |= self.direct_reads(child)
        return found


def add_reads(expr: Expr, found: Reads) -> None:
    """Add to ``found`` what showing ``expr`` subscribes to; chains read when the event happens."""
    if isinstance(expr, StateVar):
        found[expr] = None
    elif not isinstance(expr, Chain):
        for part in expr.parts():
            add_reads(part, found)


def hooks_of(node: Node) -> tuple[Raw | Element, ...]:
    """Return what makes ``node`` need a function of its own beside the vars it reads.

    These are hook lines, its own and those of JavaScript in its values, and the element itself
    where it has on_mount, on_unmount or is left out of the prerendered HTML; for a slot also
    those of its direct children.
    """
    found: dict[Raw | Element, None] = {}
    if isinstance(node, Element):
        found |= dict.fromkeys(node.hooks)
        for child in node.children:
            if isinstance(child, Show) and node.type is not None:
                found |= dict.fromkeys(_value_hooks(child.value))
        if node.mount is not None or node.unmount is not None or node.client_only:
            found[node] = None
    for value in values_of(node):
        found |= dict.fromkeys(_value_hooks(value))
    if isinstance(node, Element) and node.slot:
        for child in node.children:
            found |= dict.fromkeys(_direct_hooks(child))
    return tuple(found)


_PLAIN_TAGS = frozenset(
    "a abbr address article aside b blockquote caption cite code dd del div dt em figcaption "
    "footer h1 h2 h3 h4 h5 h6 header i ins kbd label legend li main mark nav output p pre q s samp "
    "section small span strong sub summary sup td th time u".split()
)
_PLAIN_COMPONENTS = frozenset(("Badge", "Code", "Em", "Heading", "Kbd", "Strong", "Text"))
_THEMES = "@radix-ui/themes/"
_NOT_PLAIN = frozenset((SPREAD, "ref", "asChild", "children", "dangerouslySetInnerHTML"))


def live_text(node: Node) -> Expr | None:
    """Return the value that ``node`` shows as its only text, if the page can write it by itself.

    It can where the value reads nothing but state vars, and the element puts its child and its
    ref on one HTML element.
    """
    match node:
        case Element(type=kind, children=(Show(value=value),), slot=False, client_only=False):
            pass
        case _:
            return None
    if isinstance(kind, Import):
        is_plain = kind.module.startswith(_THEMES) and kind.name in _PLAIN_COMPONENTS
    else:
        is_plain = kind in _PLAIN_TAGS
    if not is_plain or any(name in _NOT_PLAIN for name, _ in node.props):
        return None
    return value if reads_vars_alone(value) else None


def reads_vars_alone(expr: Expr) -> bool:
    """Tell whether ``expr`` reads state vars and needs nothing else from around it."""
    parts = list(walk(expr))
    if any(isinstance(part, (Local, Raw, Markup, Chain)) for part in parts):
        return False
    return any(isinstance(part, StateVar) for part in parts)


def _direct_hooks(node: Node) -> tuple[Raw | Element, ...]:
    if isinstance(node, (Choice, Group)):
        below = [hook for child in children_of(node) for hook in _direct_hooks(child)]
        return (*hooks_of(node), *below)
    return hooks_of(node)


def _value_hooks(value: Expr) -> tuple[Raw, ...]:
    """Return the hook lines that the author's JavaScript inside ``value`` needs."""
    return tuple(
        Raw((line,), part.imports)
        for part in walk(value)
        if isinstance(part, Raw)
        for line in part.hooks
    )

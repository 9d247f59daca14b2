"""A component that a var holds, as JSON that ``runtime/ts/components/held.ts`` shows.

An expression is JSON: a constant is itself, anything else a list that begins with its kind. A node
is text, or such a list. There is no code in it: JavaScript of an author's own has no form here.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from wasmrx.errors import ComponentTypeError
from wasmrx.expr import (
    Array,
    Call,
    Chain,
    Conditional,
    Expr,
    Function,
    Import,
    Literal,
    Local,
    Object,
    Op,
    Raw,
    StateVar,
    Template,
)

from .held_names import HELD
from .ir import (
    SPREAD,
    Choice,
    Definition,
    Each,
    Element,
    Group,
    Markup,
    Node,
    Show,
    Text,
    Use,
    forwarded,
)
from .units import ICON_MODULE

Json = Any

_HOLE = "\0"
_PATH = re.compile(r"((?:\.[A-Za-z_]\w*)+)\Z")
_NUMBER = re.compile(rf"(parseInt|parseFloat)\({_HOLE}((?:\.\w+)*)(?:, 10)?\)\Z")
_CALL = re.compile(rf"(\w+)\({_HOLE}\)\Z")
_FUNCTIONS = frozenset(
    (
        *(Import("wasmrx/form_data", name) for name in ("formData", "formPairs")),
        *(Import("wasmrx/uploads", n) for n in ("uploadFiles", "droppedFiles", "uploadUrl")),
    )
)
"""Functions of the page that argument specs call."""


@dataclass(frozen=True)
class Saved(Node):
    """What a component that was saved shows: its data as it is."""

    data: dict[str, Any]


@dataclass
class Writer:
    """Writes one tree. ``check`` is told of every import before it is named."""

    check: Callable[[Import], None]
    script: Callable[[str], str | None]
    definitions: Mapping[str, Definition]
    needs: dict[str, None] = field(default_factory=dict[str, None])
    css: dict[str, str] = field(default_factory=dict[str, str])
    _open: list[str] = field(default_factory=list[str])

    def name(self, wanted: Import) -> str:
        """Return how the page finds an import."""
        self.check(wanted)
        name = f"{wanted.module}#{wanted.name}"
        self.needs[name if wanted.module == ICON_MODULE else wanted.module] = None
        return name

    # -- nodes ---------------------------------------------------------------------------------

    def node(self, node: Node) -> Json:
        """Return the data of a node."""
        match node:
            case Text(value=text):
                return text
            case Show(value=Markup(node=inner)):
                return self.node(inner)
            case Show(value=value):
                return ["s", self.value(value)]
            case Group(children=children, key=key):
                return ["g", self.optional(key), self.nodes(children)]
            case Choice(test=test, then=then, orelse=orelse):
                return ["i", self.value(test), self.node(then), self.node(orelse)]
            case Each():
                key = self.optional(node.key)
                return [
                    "r",
                    self.value(node.items),
                    node.item,
                    node.index,
                    self.node(node.row),
                    key,
                ]
            case Use():
                return self.use(node)
            case Saved(data=data):
                self.needs |= dict.fromkeys(data.get("needs", ()))
                self.css |= data.get("css", {})
                return data["node"]
            case Element():
                return self.element(node)
            case _:
                raise TypeError(f"{type(node).__name__} cannot be written")

    def nodes(self, nodes: Sequence[Node]) -> list[Json]:
        """Return the data of several nodes."""
        return [self.node(node) for node in nodes]

    def element(self, node: Element) -> Json:
        """Return the data of an element; an error names the author's line."""
        try:
            return self._element(node)
        except ComponentTypeError as error:
            raise error.at(node.place) from None

    def _element(self, node: Element) -> Json:
        if node.type == HELD:
            return ["h", self.value(dict(node.props)["tree"])]
        if node.hooks:
            raise _no_code("".join(p for p in node.hooks[0].pieces if isinstance(p, str)))
        options: dict[str, Json] = {}
        for name, value in (("key", node.key), ("mount", node.mount), ("unmount", node.unmount)):
            if value is not None:
                options[name] = self.value(value)
        if node.slot:
            options["slot"] = True
        if node.client_only:
            options["client"] = True
        spread = [self.value(value) for name, value in node.props if name == SPREAD]
        if spread:
            options["rest"] = spread
        props = {name: self.value(value) for name, value in node.props if name != SPREAD}
        kind = self.name(node.type) if isinstance(node.type, Import) else node.type
        return ["e", kind, props, self.nodes(node.children), *([options] if options else [])]

    def use(self, node: Use) -> Json:
        """Return the data of a memo's use: what it is made of, with the props as names."""
        if node.definition in self._open:
            raise ComponentTypeError(
                f"{node.definition} uses itself, which a component that a var holds cannot do: "
                "its data would have no end. Show it from the page."
            )
        self._open.append(node.definition)
        definition = self.definitions[node.definition]
        named = {name: self.value(value) for name, value in node.props}
        props = {f"${name}": named.pop(name) for name in definition.params if name in named}
        if definition.rest is not None:
            rest = [part for name, value in named.items() for part in (name, value)]
            props[f"${definition.rest}"] = ["d", *rest]
        body = self.node(definition.body)
        self._open.pop()
        return ["u", body, props, self.nodes(node.children)]

    # -- expressions ---------------------------------------------------------------------------

    def optional(self, expr: Expr | None) -> Json:
        """Return the data of an expression, None where there is none."""
        return None if expr is None else self.value(expr)

    def value(self, expr: Expr) -> Json:
        """Return the data of an expression."""
        match expr:
            case Literal(value=float(number)) if not math.isfinite(number):
                return ["n", "NaN" if number != number else f"{'-' * (number < 0)}Infinity"]
            case Literal(value=value):
                return value
            case StateVar(state=state, name=name):
                return ["v", state, name]
            case Local(name=name):
                return ["l", name]
            case Op(name=name, args=args):
                return ["o", name, *map(self.value, args)]
            case Array(items=items):
                return ["a", *map(self.value, items)]
            case Object(items=pairs):
                return ["d", *(self.value(part) for pair in pairs for part in pair)]
            case Template(pieces=pieces):
                return ["t", *map(self.value, pieces)]
            case Conditional(test=test, then=then, orelse=orelse):
                return ["?", self.value(test), self.value(then), self.value(orelse)]
            case Function(params=params, body=body):
                return ["f", list(params), self.value(body)]
            case Chain():
                return self.chain(expr)
            case Markup(node=node):
                return ["m", self.node(node)]
            case Raw():
                return self.raw(expr)
            case _:
                raise TypeError(f"{type(expr).__name__} cannot be written")

    def chain(self, chain: Chain) -> Json:
        """Return the data of what a trigger does."""
        function = forwarded(chain)
        if function is not None:
            return self.value(function)
        calls = [self.call(when, call) for when, call in chain.calls]
        modifiers = [dict(chain.modifiers)] if chain.modifiers else []
        return ["c", list(chain.params), calls, *modifiers]

    def call(self, when: Expr | None, call: Call) -> Json:
        """Return the data of one event or action."""
        args = {name: self.argument(value) for name, value in call.args}
        guard = self.optional(when)
        modifiers = [dict(call.modifiers)] if call.modifiers else []
        return [guard, call.kind == "event", call.target, args, *modifiers]

    def argument(self, value: Expr) -> Json:
        """Return the data of an argument; a script that the site has stands there as its text."""
        if isinstance(value, Raw) and len(value.pieces) == 1 and isinstance(value.pieces[0], str):
            script = self.script(value.pieces[0])
            if script is not None:
                return script
        return self.value(value)

    def raw(self, expr: Raw) -> Json:
        """Return the data of JavaScript of the library's; raise for an author's own."""
        inside = expr.parts()
        text = "".join(piece if isinstance(piece, str) else _HOLE for piece in expr.pieces)
        imports = dict(expr.imports)
        if not expr.hooks and text in imports:
            return ["x", self.name(imports[text])]
        if not expr.hooks and len(inside) == 1:
            (only,) = inside
            path = _PATH.match(text.removeprefix(_HOLE)) if text.startswith(_HOLE) else None
            if path:
                return self.path(only, path[1])
            number = _NUMBER.match(text)
            if number:
                return [number[1].removeprefix("parse").lower(), self.path(only, number[2])]
            called = _CALL.match(text)
            if called and imports.get(called[1]) in _FUNCTIONS:
                return ["y", self.name(imports[called[1]]), self.value(only)]
        raise _no_code(text.replace(_HOLE, "…"))

    def path(self, expr: Expr, names: str) -> Json:
        """Return the data of ``expr.a.b``."""
        found = self.value(expr)
        for name in names.split(".")[1:]:
            found = ["o", "attr", found, name]
        return found


def _no_code(text: str) -> ComponentTypeError:
    short = text if len(text) <= 60 else text[:57] + "…"
    return ComponentTypeError(
        f"JavaScript (`{short}`) cannot be part of a component that a var holds: the page runs no "
        "text as code. Use operations of Vars, or show the component from a page function."
    )


def tree_data(node: Node, writer: Writer, key: object = None) -> dict[str, Any]:
    """Return the whole data of a component that shows ``node``."""
    found: dict[str, Any] = {"node": writer.node(node)}
    if isinstance(key, (str, int)):
        found["key"] = key
    if writer.needs:
        found["needs"] = sorted(writer.needs)
    if writer.css:
        found["css"] = dict(sorted(writer.css.items()))
    return found

"""Phase 4, ``emit``: the IR becomes ES modules.

What needs nothing from around it is written once, as a constant of the module: React skips an
element that is the same object as before. A stateful node becomes ``C<n>``, a memoised component
that gets the names it captures as props; a row of a foreach becomes ``R<n>``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from wasmrx.expr import Chain, Expr, Import, Local, Object, Raw, StateVar

from .analyze import Analysis, hooks_of, live_text, reads_vars_alone
from .ir import (
    SPREAD,
    Choice,
    Definition,
    Each,
    Element,
    Group,
    Markup,
    Node,
    PageCode,
    Show,
    Text,
    Use,
    forwarded,
)
from .js_expr import is_boolean, is_scalar, is_text, js_text, to_js
from .link import ModuleCode
from .link_graph import FOREIGN
from .module import Module
from .scope import Scope
from .units import is_prebuilt

JSX = Import("react/jsx-runtime", "jsx")
FRAGMENT = Import("react/jsx-runtime", "Fragment")
MEMO = Import("react", "memo")
COMPONENTS = "components"
"""The module of all ``rx.memo`` components of a site."""
Print = Callable[[Expr, "Scope | None"], str]
LIVE = "text$t"
"""The local name of a live text; those of vars end in ``$``."""


def page_name(route: str) -> str:
    """Return the name of a page's module."""
    return f"page:{route}"


def emit_page(page: PageCode) -> ModuleCode:
    """Return the module of a page; it exports ``Page``."""
    writer = Writer(Module(page_name(page.route)), Analysis())
    writer.code(page.code)
    writer.module.add(f"const Page = () => {writer.child(page.root, None)};")
    return writer.module.code("Page")


def emit_definitions(definitions: Sequence[Definition]) -> ModuleCode:
    """Return the module of a site's ``rx.memo`` components, each exported by its name."""
    writer = Writer(Module(COMPONENTS), Analysis())
    memo = writer.module.use(MEMO)
    writer.code(dict.fromkeys(code for definition in definitions for code in definition.code))
    names = [f"M{definition.name}" for definition in definitions]
    for name in names:
        writer.module.add(f"const {name} = {memo}((props) => {name}$(props));")
    for name, definition in zip(names, definitions, strict=True):
        body = writer.child(definition.body, None)
        named = [name for name in definition.params if name != definition.rest]
        params = ", ".join(f"{param}: ${param}" for param in named)
        params += f", ...${definition.rest}" if definition.rest else ""
        writer.module.add(f"const {name}$ = ({{{params}}}) => {body};")
    return writer.module.code(*names)


def emit_root(name: str, root: PageCode) -> ModuleCode:
    """Return the module whose ``Root`` stands around every page; ``root`` shows ``children``."""
    writer = Writer(Module(name), Analysis())
    writer.code(root.code)
    writer.module.add(f"const Root = ({{children}}) => {writer.child(root.root, None)};")
    return writer.module.code("Root")


class Writer:
    """Prints nodes into one module."""

    def __init__(self, module: Module, analysis: Analysis) -> None:
        """Print into ``module``."""
        self.module = module
        self.analysis = analysis

    def code(self, lines: Iterable[Raw]) -> None:
        """Write the author's code at module level."""
        for line in lines:
            self.module.add(self.value(line, Scope(self.module)))

    def child(self, node: Node, scope: Scope | None) -> str:
        """Return the code of ``node`` as a child: a constant, a component, or written in place."""
        if isinstance(node, Text):
            return js_text(node.value)
        if isinstance(node, Group) and not node.children:
            return "null"
        is_constant = not self.analysis.free(node)
        if self.analysis.is_component(node):
            code = self.component(node)
        else:
            code = self.inline(node, None if is_constant else scope)
        return self.module.constant("e", code) if is_constant else code

    def component(self, node: Node) -> str:
        """Define the component of ``node`` and return the code of its use."""
        params = sorted(self.analysis.free(node))
        given = ", ".join(params)
        code = self.function(f"{{{given}}}" if given else "", node)
        name = self.module.constant("C", f"{self.module.use(MEMO)}({code})")
        return self.jsx(name, f"{{{given}}}", _key_of(node))

    def function(self, params: str, node: Node) -> str:
        """Return the function component that shows ``node``."""
        scope = Scope(self.module)
        for hook in hooks_of(node):
            self.hook(hook, scope)
        text = live_text(node)
        if isinstance(node, Element) and text is not None:
            node = self.with_live_text(node, text, scope)
        body = self.inline(node, scope, keyed=False)
        return scope.function(params, body)

    def with_live_text(self, node: Element, text: Expr, scope: Scope) -> Element:
        """Return ``node`` with its text written by the page whenever a var of it changes."""
        reader = Scope(self.module)
        source = self.source(reader, self.shown(text, reader))
        use = self.module.use(Import("wasmrx/page", "useText"))
        scope.lines.append(f"const {LIVE} = {use}({source});")
        return replace(
            node,
            props=(
                *node.props,
                ("ref", Local(f"{LIVE}.ref")),
                ("children", Local(f"{LIVE}.shown()")),
            ),
            children=(),
        )

    def source(self, reader: Scope, code: str) -> str:
        """Return the name of the module's constant that gives ``code``, which ``reader`` reads."""
        make = self.module.use(Import("wasmrx/page", "source"))
        reads = ", ".join(f"[{js_text(var.state)}, {js_text(var.name)}]" for var in reader.reads)
        names = ", ".join(reader.reads.values())
        return self.module.constant("s", f"{make}([{reads}], ({names}) => {code})")

    def selected(self, expr: Expr, scope: Scope | None, show: Print) -> str:
        """Return the code of a value of which only another result renders the component again."""
        if scope is None or not reads_vars_alone(expr):
            return show(expr, scope)
        reader = Scope(self.module)
        code = show(expr, reader)
        if code.strip("()") in reader.reads.values():
            return show(expr, scope)
        return scope.select(self.source(reader, code))

    def hook(self, hook: Raw | Element, scope: Scope) -> None:
        """Write a hook line of the author's, or those of on_mount and client-only elements."""
        if isinstance(hook, Raw):
            scope.lines.append(f"{self.value(hook, scope).strip().rstrip(';')};")
            return
        if hook.client_only:
            scope.is_guarded = True
            state, effect = (
                self.module.use(Import("react", f"use{n}")) for n in ("State", "Effect")
            )
            scope.lines.append(f"const [shown, show$] = {state}(false);")
            scope.lines.append(f"{effect}(() => show$(true), []);")
        if hook.mount is not None or hook.unmount is not None:
            use = self.module.use(Import("wasmrx/page", "useMountEvents"))
            chains = [self.optional(chain, scope) for chain in (hook.mount, hook.unmount)]
            scope.lines.append(f"{use}({', '.join(chains)});")

    def optional(self, chain: Chain | None, scope: Scope) -> str:
        """Return the code of a chain, ``null`` where there is none."""
        return "null" if chain is None else self.value(chain, scope)

    def inline(self, node: Node, scope: Scope | None, *, keyed: bool = True) -> str:
        """Return the code of ``node`` in place; what it reads is read by ``scope``."""
        match node:
            case Text(value=text):
                return js_text(text)
            case Show(value=value):
                return self.shown(value, scope)
            case Group():
                return self.group(node, scope, keyed)
            case Choice():
                return self.choice(node, scope, direct=False)
            case Each():
                return self.each(node, scope)
            case Use():
                name = self.definition(node.definition)
                return self.jsx_of(name, node.props, node.children, node.key, scope, self.child)
            case Element():
                return self.element(node, scope, keyed)
            case _:
                raise TypeError(f"{type(node).__name__} cannot be printed")

    def definition(self, name: str) -> str:
        """Return the local name of an ``rx.memo`` component."""
        if self.module.name == COMPONENTS:
            return f"M{name}"
        return self.module.use(Import(COMPONENTS, f"M{name}"))

    def shown(self, value: Expr, scope: Scope | None) -> str:
        """Return the code of a value as a child."""
        code = self.value(value, scope)
        if is_text(value) or isinstance(value, Markup):
            return code
        return f"{self.module.use(Import('wasmrx/page', 'show'))}({code})"

    def group(self, node: Group, scope: Scope | None, keyed: bool) -> str:
        """Return the code of several nodes in one place."""
        if not node.children:
            return "null"
        if len(node.children) == 1 and node.key is None:
            return self.child(node.children[0], scope)
        key = node.key if keyed else None
        return self.jsx_of(self.module.use(FRAGMENT), (), node.children, key, scope, self.child)

    def choice(self, node: Choice, scope: Scope | None, *, direct: bool) -> str:
        """Return the code of a choice; ``direct`` keeps its branches direct elements."""
        show = self.direct if direct else self.child
        test = self.selected(node.test, scope, self.test)
        return f"({test} ? {show(node.then, scope)} : {show(node.orelse, scope)})"

    def test(self, expr: Expr, scope: Scope | None) -> str:
        """Return the code that tells whether a value is true in Python's sense."""
        code = f"({self.value(expr, scope)})"
        return (
            code if is_boolean(expr) else f"{self.module.use(Import('wasmrx/py', 'truth'))}{code}"
        )

    def element(self, node: Element, scope: Scope | None, keyed: bool) -> str:
        """Return the code of an element; without ``keyed`` its key is left to what contains it."""
        if node.type is None:
            return self.group(Group(node.children, node.key), scope, keyed)
        if isinstance(node.type, Import):
            if node.client_only and not is_prebuilt(node.type):
                return self.later(node, node.type, scope, key=node.key if keyed else None)
            name = self.module.use(node.type)
        else:
            name = js_text(node.type) if node.type[:1].islower() else node.type
        key = node.key if keyed else None
        show = self.direct if node.slot else self.own_child
        return self.jsx_of(name, node.props, node.children, key, scope, show)

    def later(self, node: Element, kind: Import, scope: Scope | None, *, key: Expr | None) -> str:
        """Return the code of an element whose JavaScript is fetched when it is first shown."""
        lazy, wait = (self.module.use(Import("react", name)) for name in ("lazy", "Suspense"))
        chunk = f"import(CHUNK({js_text(FOREIGN + kind.module)}))"
        name = self.module.constant(
            "L", f"{lazy}(() => {chunk}.then(($) => ({{default: $.{kind.name}}})))"
        )
        shown = self.jsx_of(name, node.props, node.children, None, scope, self.own_child)
        return self.jsx(wait, f"{{fallback: null, children: {shown}}}", key)

    def jsx_of(
        self,
        name: str,
        props: Sequence[tuple[str, Expr]],
        children: Sequence[Node],
        key: Expr | None,
        scope: Scope | None,
        show: Callable[[Node, Scope | None], str],
    ) -> str:
        """Return the code of an element with these props, its children printed by ``show``."""
        parts = [_prop_start(prop) + self.prop(prop, value, scope) for prop, value in props]
        if children:
            shown = [show(child, scope) for child in children]
            together = shown[0] if len(shown) == 1 else f"[{', '.join(shown)}]"
            parts.append(f"children: {together}")
        return self.jsx(name, f"{{{', '.join(parts)}}}", key)

    def jsx(self, name: str, props: str, key: Expr | None) -> str:
        """Return the call that makes an element."""
        end = "" if key is None else f", {to_js(key, read=self.peek, use=self.module.use)}"
        return f"{self.module.use(JSX)}({name}, {props}{end})"

    def own_child(self, node: Node, scope: Scope | None) -> str:
        """Return the code of an element's child; a value is read by the element's component."""
        return self.inline(node, scope) if isinstance(node, Show) else self.child(node, scope)

    def direct(self, node: Node, scope: Scope | None) -> str:
        """Return the code of a slot's child: never a component of its own."""
        match node:
            case Choice():
                return self.choice(node, scope, direct=True)
            case Group(children=(only,)):
                return self.direct(only, scope)
            case _:
                return self.inline(node, scope)

    def each(self, node: Each, scope: Scope | None) -> str:
        """Define the row of a foreach and return the code of all rows."""
        captured = sorted(self.analysis.free(node.row) - {node.item, node.index})
        names = [f"item: {node.item}", f"index: {node.index}", *captured]
        code = self.function(f"{{{', '.join(names)}}}", node.row)
        if node.index not in self.analysis.free(node.row):
            same = " && ".join(f"a.{name} === b.{name}" for name in ("item", *captured))
            code += f", (a, b) => {same}"
        row = self.module.constant("R", f"{self.module.use(MEMO)}({code})")
        if node.key is not None:
            key = to_js(node.key, read=self.peek, use=self.module.use)
            self.module.add(f"{row}.keyOf = ({node.item}, {node.index}) => {key};")
        each = self.module.use(Import("wasmrx/page", "each"))
        extra = f", {{{', '.join(captured)}}}" if captured else ""
        return f"{each}({self.value(node.items, scope)}, {row}{extra})"

    def peek(self, var: StateVar) -> str:
        """Return the code that reads a var without subscribing to it."""
        peek = self.module.use(Import("wasmrx/page", "peek"))
        return f"{peek}({js_text(var.state)}, {js_text(var.name)})"

    def prop(self, name: str, value: Expr, scope: Scope | None) -> str:
        """Return the code of a prop; a chain that captures nothing is written once.

        The names in a style are in brackets, so that they do not look like props: what Radix's
        stylesheet is cut down to is read off the props.
        """
        if name == SPREAD:
            return self.value(value, scope)
        if name == "style" and isinstance(value, Object):
            pairs = [f"[{self.value(k, scope)}]: {self.style(v, scope)}" for k, v in value.items]
            return f"{{{', '.join(pairs)}}}"
        function = forwarded(value)
        if function is not None:
            return self.value(function, scope)
        code = self.value(value, scope)
        if isinstance(value, Chain) and not self.analysis.expr_free(value):
            return self.module.constant("h", code)
        return code

    def style(self, value: Expr, scope: Scope | None) -> str:
        """Return the code of a value in a style."""
        return (
            self.selected(value, scope, self.value)
            if is_scalar(value)
            else self.value(value, scope)
        )

    def value(self, expr: Expr, scope: Scope | None) -> str:
        """Return the code of an expression."""

        def read(var: StateVar) -> str:
            if scope is None:
                raise AssertionError(f"{var.state}.{var.name} is read where nothing subscribes")
            return scope.read(var)

        def other(node: Expr) -> str:
            if isinstance(node, Markup):
                return self.child(node.node, scope)
            raise TypeError(f"{type(node).__name__} has no form as a JavaScript value")

        return to_js(expr, read=read, use=self.module.use, other=other)


def _key_of(node: Node) -> Expr | None:
    key = getattr(node, "key", None)
    return None if isinstance(node, Each) else key


def _prop_start(name: str) -> str:
    if name == SPREAD:
        return SPREAD
    return f"{name if name.isidentifier() else js_text(name)}: "

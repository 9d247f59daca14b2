"""Phase 2, ``lower``: component trees become the IR.

Everything that is only a way to write something ends here: style props become classes, snake_case
becomes camelCase, ``rx.match`` becomes choices, components inside values become markup.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, cast

from wasmrx.expr import (
    Chain,
    Conditional,
    Expr,
    Import,
    Literal,
    Object,
    Raw,
    Template,
    walk,
)
from wasmrx.var import Var, to_expr
from wasmrx.var_kinds import RestProp
from wasmrx.var_literal import raw
from wasmrx.var_types import shows_component

from .breakpoints import by_name
from .component import Bare, Component, given_props, spec_of
from .control import Cond, Foreach, Match
from .held_names import HELD, is_of_state
from .ir import (
    SPREAD,
    Built,
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
)
from .js_expr import js_literal
from .memo import Memo, MemoUse
from .npm.wanted import THE_APP, Asker, Wanted, lazy_modules, take_imports, with_lazy
from .parts import map_parts
from .props import hint_of
from .style import Styled, compile_style

_EFFECT = (("useEffect", Import("react", "useEffect")),)
_CHECKED_NAMES = {"xlink:href": "xlinkHref"}
"""Attributes under the names by which React refuses addresses that run code."""
_MOUNT, _UNMOUNT = "on_mount", "on_unmount"
_ADDERS = ("add_imports", "add_hooks", "add_custom_code", "add_style")


@dataclass
class Lowering:
    """What the pages of one site share: CSS by class, ``rx.memo`` definitions, app styles.

    ``wanted`` is what its components ask for beside the prebuilt library, ``asker`` the component
    that is being lowered.
    """

    app_style: Mapping[type[Component], Mapping[str, Any]] = field(
        default_factory=dict[type[Component], Mapping[str, Any]]
    )
    css: dict[str, str] = field(default_factory=dict[str, str])
    classes: dict[str, None] = field(default_factory=dict[str, None])
    definitions: dict[str, Definition] = field(default_factory=dict[str, Definition])
    memos: dict[Memo, str] = field(default_factory=dict[Memo, str])
    code: dict[Raw, None] = field(default_factory=dict[Raw, None])
    wanted: Wanted = field(default_factory=Wanted)
    asker: Asker = THE_APP

    def page(self, route: str, component: Component, title: Any = None) -> PageCode:
        """Return the page that shows ``component``; a title that is a Var is kept up to date."""
        root, code = self.coded(component)
        if title is not None and not isinstance(title_value := to_expr(title), Literal):
            lines = Raw(("useEffect(() => { document.title = ", title_value, "; })"), _EFFECT)
            root = Group((Element(None, hooks=(lines,)), root))
        return PageCode(route, root, code)

    def coded(self, component: Component) -> tuple[Node, tuple[Raw, ...]]:
        """Return what ``component`` shows, and the author's code that its module needs."""
        around, self.code = self.code, {}
        node = self.node(component)
        code, self.code = tuple(self.code), around
        return node, code

    def node(self, component: Component) -> Node:
        """Return what ``component`` shows."""
        match component:
            case Bare():
                return self.shown(component.contents)
            case Cond():
                then, orelse = (self.node(child) for child in component.children)
                return Choice(self.value(component.test), then, orelse)
            case Match():
                return self.match(component)
            case Foreach():
                return self.each(component)
            case MemoUse():
                return self.use(component)
            case _:
                return self.element(component)

    def nodes(self, components: Sequence[Component]) -> tuple[Node, ...]:
        """Return the nodes of children; groups without a key dissolve into them."""
        found: list[Node] = []
        for component in components:
            node = self.node(component)
            if isinstance(node, Group) and node.key is None:
                found.extend(node.children)
            else:
                found.append(node)
        return tuple(found)

    def shown(self, contents: Any) -> Node:
        """Return the node of a child that is text or a value."""
        return _as_node(self.prop(contents))

    def match(self, component: Match) -> Node:
        """Return the choices of ``rx.match``, the first case outermost."""
        *cases, last = component.children
        result = self.node(last)
        for test, child in reversed(list(zip(component.tests, cases, strict=True))):
            result = Choice(self.value(test), self.node(child), result)
        return result

    def each(self, component: Foreach) -> Node:
        """Return the rows of ``rx.foreach``; the key of a row's only element is the row's."""
        row = Group(self.nodes(component.children))
        only = row.children[0] if len(row.children) == 1 else row
        key = getattr(only, "key", None)
        return Each(
            self.value(component.items), component.item_name, component.index_name, only, key
        )

    def use(self, component: MemoUse) -> Node:
        """Return a use of an ``rx.memo`` component; its first use defines it."""
        memo = component.memo
        if memo not in self.memos:
            name = (
                memo.name if memo.name not in self.definitions else f"{memo.name}_{len(self.memos)}"
            )
            self.memos[memo] = name
            self.definitions[name] = Definition(name, memo.params, Group(()), memo.rest)
            body, code = self.coded(memo.body())
            self.definitions[name] = Definition(name, memo.params, body, memo.rest, code)
        given = [(name, self.prop(v)) for name, v in component.given.items()]
        given += self.given_attributes(component.rest).items()
        key = None if component.key is None else self.prop(component.key)
        return Use(self.memos[memo], tuple(given), self.nodes(component.children), key)

    def element(self, component: Component) -> Node:
        """Return the element of a component, or its children where it has none of its own."""
        around = self.asker
        self.asker = Asker(spec_of(type(component)).name, component.place)
        try:
            return self._element(component)
        finally:
            self.asker = around

    def _element(self, component: Component) -> Node:
        cls = type(component)
        spec = spec_of(cls)
        rendered = component.render()
        hooks = self.hooks(component)
        shows = bool(rendered)
        given = [child for child in component.children if not _is_rest(child)]
        rest = [self.shown(c.__dict__["contents"]) for c in component.children if _is_rest(c)]
        children = self.nodes(given) if shows else ()
        key = None if component.key is None else self.prop(component.key)
        triggers = component.event_triggers
        mount, unmount = (self.chain(triggers.get(name)) for name in (_MOUNT, _UNMOUNT))
        if spec.element is None or not shows:
            if not hooks and mount is None and unmount is None:
                return Group(children, key)
            return Element(None, (), children, key, hooks, mount, unmount, place=component.place)
        kind = self.imported(spec.element) if isinstance(spec.element, Import) else spec.element
        for dependency in component.lib_dependencies:
            self.wanted.package(dependency, self.asker)
        props = {**self.props(component), **self.given_attributes(component)}
        return Element(
            type=kind,
            props=(*props.items(), *((SPREAD, n.value) for n in rest if isinstance(n, Show))),
            children=children,
            key=key,
            hooks=hooks,
            mount=mount,
            unmount=unmount,
            slot=spec.slot or component.__dict__.get("as_child") is True,
            client_only=spec.client_only,
            place=component.place,
        )

    def chain(self, chain: Chain | None) -> Chain | None:
        """Return a chain with the components inside it lowered."""
        return None if chain is None else cast(Chain, self.value(chain))

    def props(self, component: Component) -> dict[str, Expr]:
        """Return the props of the component's own table, by their names in JavaScript."""
        spec = spec_of(type(component))
        found = {js: self.prop(value) for js, value in spec.fixed.items()}
        for name, value in given_props(component).items():
            prop = spec.props[name]
            if prop.responsive and isinstance(value, (list, tuple)):
                value = by_name(value)
            found[prop.js_name(name)] = self.prop(value)
        return found

    def prop(self, value: Any) -> Expr:
        """Return a value that an author gave as an expression."""
        expr = to_expr(value)
        if isinstance(value, Var) and shows_component(hint_of(value)) and is_of_state(expr):
            return Markup(Element(HELD, (("tree", self.value(expr)),)))
        return self.value(expr)

    def given_attributes(self, component: Component) -> dict[str, Expr]:
        """Return what every component takes: attributes, style and triggers."""
        spec = spec_of(type(component))
        found = self.attributes(component)
        for name, chain in component.event_triggers.items():
            if name not in (_MOUNT, _UNMOUNT):
                found[spec.trigger_js(name)] = self.value(chain)
        return found

    def attributes(self, component: Component) -> dict[str, Expr]:
        """Return id, class, style and the author's own attributes."""
        found: dict[str, Expr] = {}
        if component.id is not None:
            found["id"] = self.prop(component.id)
        shared = [compile_style(style) for style in component.shared_styles]
        styled = self.styled(self.style_of(component))
        for each in (*shared, styled):
            if each.class_name:
                self.css.setdefault(each.class_name, each.css)
        names = [each.class_name for each in (*shared, styled)]
        class_name = _join_classes([*names, component.class_name])
        if class_name is not None:
            found["className"] = self.value(class_name)
            texts = (part.value for part in walk(class_name) if isinstance(part, Literal))
            self.classes |= dict.fromkeys(text for text in texts if isinstance(text, str))
        if styled.inline:
            pairs = tuple((Literal(name), self.value(value)) for name, value in styled.inline)
            found["style"] = Object(pairs)
        for name, value in component.custom_attrs.items():
            found[_CHECKED_NAMES.get(name, name)] = self.prop(value)
        return found

    def imported(self, wanted: Import) -> Import:
        """Return the import that ``wanted`` means; raise, with the author's place, if none."""
        return self.wanted.resolve(wanted, self.asker)

    def styled(self, style: Mapping[str, Any]) -> Styled:
        """Return the CSS of a component's own style."""
        return compile_style(style)

    def style_of(self, component: Component) -> dict[str, Any]:
        """Return the styles of table, class, app and author, the later the stronger."""
        style: dict[str, Any] = dict(spec_of(type(component)).style)
        for added in self.added(component, "add_style"):
            style |= added or {}
        for cls in reversed(type(component).__mro__):
            style |= self.app_style.get(cls, {})
        return style | component.style

    def added(self, component: Component, name: str) -> list[Any]:
        """Return what each class of the component adds, the base's first."""
        adders = [
            cls.__dict__[name]
            for cls in reversed(type(component).__mro__)
            if name in cls.__dict__ and cls is not Component
        ]
        return [adder(component) for adder in adders if callable(adder)]

    def hooks(self, component: Component) -> tuple[Raw, ...]:
        """Return the author's hook lines, and keep the author's module code."""
        cls = type(component)
        if not any(getattr(cls, name) is not getattr(Component, name) for name in _ADDERS):
            return ()
        imports: dict[str, list[Any]] = {}
        for added in self.added(component, "add_imports"):
            _extend(imports, self.wanted.listed(added, self.asker))
        code: list[str] = []
        for added in self.added(component, "add_custom_code"):
            for text in added:
                rest, stated = take_imports(str(text))
                _extend(imports, stated)
                code.append(rest)
        done = tuple(("", Import(module, "")) for module, names in imports.items() if "" in names)
        for text in [*code, *([""] if done and not code else [])]:
            made = raw(text, imports)
            self.code[cast(Raw, self.value(replace(made, imports=(*made.imports, *done))))] = None
        self.value(raw("", imports))
        lines = [line for added in self.added(component, "add_hooks") for line in added]
        found = [self.value(_hook(line, imports)) for line in lines]
        return tuple(dict.fromkeys(cast("list[Raw]", found)))

    def value(self, expr: Expr) -> Expr:
        """Return ``expr`` with the components inside it lowered, and its imports resolved."""
        if isinstance(expr, Built):
            return Markup(self.node(expr.component))
        if not any(isinstance(part, (Built, Raw)) for part in walk(expr)):
            return expr
        changed = map_parts(expr, self.value)
        return self.javascript(changed) if isinstance(changed, Raw) else changed

    def javascript(self, code: Raw) -> Raw:
        """Return the author's JavaScript with what it imports resolved."""
        imports = tuple((alias, self.imported(wanted)) for alias, wanted in code.imports)
        texts = [piece for piece in code.pieces if isinstance(piece, str)]
        lazy: dict[str, str] = {}
        for module in (module for text in texts for module in lazy_modules(text)):
            lazy[module] = self.wanted.lazy(module, self.asker)
        pieces = tuple(with_lazy(p, lazy) if isinstance(p, str) else p for p in code.pieces)
        return replace(code, pieces=pieces, imports=imports)


def _extend(imports: dict[str, list[Any]], more: Mapping[str, Sequence[Any]]) -> None:
    for module, names in more.items():
        imports.setdefault(module, []).extend(names)


def _is_rest(component: Component) -> bool:
    return isinstance(component, Bare) and isinstance(component.contents, RestProp)


def _hook(line: Any, imports: Mapping[str, Any]) -> Expr:
    if isinstance(line, Var):
        expr = to_expr(cast(Any, line))
        if not isinstance(expr, Raw):
            expr = raw(str(cast(Any, line)))
        more = raw("", imports).imports
        return replace(expr, imports=tuple(dict.fromkeys((*expr.imports, *more))))
    return raw(str(line), imports)


def _as_node(value: Expr) -> Node:
    match value:
        case Markup(node=node):
            return node
        case Literal(value=str(text)):
            return Text(text)
        case Literal(value=None):
            return Group(())
        case Literal(value=constant):
            return Text(js_literal(constant))
        case Conditional(test=test, then=then, orelse=orelse) if _has_markup(value):
            return Choice(test, _as_node(then), _as_node(orelse))
        case _:
            return Show(value)


def _has_markup(value: Expr) -> bool:
    return any(isinstance(part, Markup) for part in walk(value))


def _join_classes(given: Sequence[Any]) -> Expr | None:
    pieces: list[Expr] = []
    for value in given:
        if isinstance(value, (list, tuple)):
            joined = _join_classes(cast("Sequence[Any]", value))
            if joined is not None:
                pieces.append(joined)
        elif value is not None and not (isinstance(value, str) and not value):
            pieces.append(to_expr(value))
    if not pieces:
        return None
    if len(pieces) == 1:
        return pieces[0]
    parts: list[Expr] = []
    for piece in pieces:
        parts += [piece, Literal(" ")]
    if all(isinstance(part, Literal) for part in parts):
        return Literal("".join(str(cast(Literal, part).value) for part in parts[:-1]))
    return Template(tuple(parts[:-1]))

"""Components that a var of the state holds: from what the author built to the data of the page.

On the host this gives the values that a page starts with, in the worker those that handlers and
computed vars build. Only there may texts come from anyone: their styles never become part of a
rule, and every other check is the page's (``runtime/ts/held_props.ts``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from wasmrx.app import App
from wasmrx.errors import ComponentTypeError, WasmrxError
from wasmrx.expr import Import, Literal, Object, Raw

from .app_style import app_css
from .component import Component, SavedComponent, set_tree_maker, spec_of
from .diagnostics import place_of
from .held_data import Saved, Writer, tree_data
from .ir import Element, Node
from .known_imports import check_import
from .lower import Lowering
from .offer import offer
from .scripts import source_of
from .style import Styled, compile_style
from .units import ICON_MODULE, NAMED_ICON

_TOOLTIP = Import("@radix-ui/themes/tooltip", "Tooltip")
_PROVIDER = Import("@radix-ui/react-tooltip", "Provider")
_HTML = Import("wasmrx/html_text", "HtmlText")
_INNER = "dangerouslySetInnerHTML"
_REFUSED = frozenset[Import | str | None](
    (
        *("script", "base", "meta", "object", "embed", "noscript", "template"),
        Import("wasmrx/window", "Script"),
    )
)


@dataclass
class Held:
    """What all components in vars share: the app's styles; what they have needed so far."""

    app_style: Mapping[type[Component], Mapping[str, Any]] = field(
        default_factory=dict[type[Component], Mapping[str, Any]]
    )
    css: dict[str, str] = field(default_factory=dict[str, str])
    classes: dict[str, None] = field(default_factory=dict[str, None])
    imports: dict[Import, None] = field(default_factory=dict[Import, None])


current = Held()


def begin(app: App) -> Held:
    """Start anew for ``app``, whose styles by component class hold here, too."""
    current.__init__(app_css(app).by_class)
    return current


class HeldLowering(Lowering):
    """Lowers one component that a var holds."""

    def node(self, component: Component) -> Node:
        """Return what ``component`` shows; one that was saved is taken as it is."""
        if isinstance(component, SavedComponent):
            return Saved(component.data)
        return super().node(component)

    def element(self, component: Component) -> Node:
        """Return the element of a component, in a form that needs nothing around it."""
        spec = spec_of(type(component))
        if spec.element in _REFUSED:
            raise ComponentTypeError(
                f"{spec.name} cannot be part of a component that a var holds: it would load or "
                "run what nobody has checked. Put it into a page function."
            ).at(component.place)
        node = super().element(component)
        if not isinstance(node, Element):
            return node
        if isinstance(node.type, str):
            return _cleaned(node)
        if node.type == _TOOLTIP:
            return Element(_PROVIDER, (), (replace(node, key=None),), key=node.key)
        return node

    def imported(self, wanted: Import) -> Import:
        """Return ``wanted``; raise where the site does not have it."""
        has, name = offer(), self.asker.name
        if wanted == NAMED_ICON:
            raise ComponentTypeError(
                "An icon in a component that a var holds cannot have a Var as its name. Name the "
                'icons: rx.match(the_var, ("sun", rx.icon("sun")), ("moon", rx.icon("moon"))).'
            ).at(self.asker.place)
        if has is None:
            check_import(wanted, self.asker)
        elif wanted.module not in (*has.modules, ICON_MODULE):
            raise ComponentTypeError(
                f"This site has no {name}: it has the components that the source of the app "
                f"names. Write {name} somewhere in it, not only a name that is made at run time."
            ).at(self.asker.place)
        return wanted

    def javascript(self, code: Raw) -> Raw:
        """Return the code as it is: the writer knows what of it can be data."""
        return code

    def styled(self, style: Mapping[str, Any]) -> Styled:
        """Return the CSS of a style."""
        return compile_style(style, constants=offer() is None)


def _cleaned(node: Element) -> Element:
    """Return an element whose HTML is cleaned by the page."""
    html = dict(node.props).get(_INNER)
    if html is None:
        return node
    text = html.items[0][1] if isinstance(html, Object) else html
    others = tuple(pair for pair in node.props if pair[0] != _INNER)
    return replace(
        node, type=_HTML, props=(*others, ("as", Literal(node.type)), ("text", text)), children=()
    )


def _check(wanted: Import) -> None:
    """Note an import on the host; in the worker raise where the site does not have it."""
    has = offer()
    if has is None:
        current.imports[wanted] = None
    elif wanted.module not in (*has.modules, ICON_MODULE):
        raise ComponentTypeError(
            f"This site has no {wanted.name} of {wanted.module}: it has the components that the "
            "source of the app names. Name what is made of it there."
        )


def tree_of(component: Component) -> dict[str, Any]:
    """Return the data of ``component``; raise, with the author's line, what it cannot be."""
    lowering = HeldLowering(app_style=current.app_style)
    try:
        node = lowering.node(component)
        writer = Writer(_check, source_of, lowering.definitions)
        if offer() is None:
            current.css.update(lowering.css)
            current.classes.update(lowering.classes)
        else:
            writer.css |= lowering.css
        return tree_data(node, writer, component.key)
    except WasmrxError as error:
        raise error.at(place_of(error) or component.place) from error.__cause__


set_tree_maker(tree_of)

"""Lucide icons. A page carries the drawings of the icons that it names or starts with.

Others, whose names only the page knows, it fetches when it shows them.
"""

from __future__ import annotations

import difflib
from typing import Any

from wasmrx.compiler.component import Component, spec_of
from wasmrx.compiler.control import cond, match
from wasmrx.compiler.diagnostics import author_line
from wasmrx.compiler.offer import offer
from wasmrx.compiler.props import hint_of
from wasmrx.compiler.spec import ComponentSpec, Prop
from wasmrx.compiler.units import ICON_MODULE, NAMED_ICON, OTHER_ICON_NAMES, icon_names
from wasmrx.errors import ComponentTypeError, InvalidPropValueError
from wasmrx.expr import Conditional, Expr, Import, Literal, Raw
from wasmrx.var import Var, to_expr
from wasmrx.var_literal import MARK_OPEN
from wasmrx.var_ops import named
from wasmrx.var_types import kind_of

from .prop_tables import Lazy, element_triggers, svg_props
from .values import is_var, texts_of

_OWN_PROPS = {"size": Prop(Any), "absolute_stroke_width": Prop(bool), "title": Prop(Any)}
_STYLED = ("color", "width", "height", "opacity", "display", "transform", "cursor", "overflow")


def _props() -> dict[str, Prop]:
    attributes = {name: prop for name, prop in svg_props("svg").items() if name not in _STYLED}
    return {**attributes, **_OWN_PROPS}


_PROPS = Lazy(_props)
_NAMED_PROPS = Lazy(lambda: {**_props(), "name": Prop(Any), "drawn": Prop(Any)})
_TRIGGERS = Lazy(lambda: element_triggers("svg"))


class Icon(Component):
    """One of Lucide's icons: ``rx.icon("arrow-left", size=20)``."""

    spec = ComponentSpec("rx.icon", None, props=_PROPS, triggers=_TRIGGERS)

    @classmethod
    def create(cls, *children: Any, **props: Any) -> Any:
        """Return the icon that is named by the first argument or by ``tag``."""
        tag = props.pop("tag", None)
        if tag is None and children:
            tag, children = children[0], children[1:]
        if children:
            raise ComponentTypeError(
                f"rx.icon takes the name of one icon, and got {(tag, *children)!r}."
            ).at(author_line())
        if isinstance(tag, str) and MARK_OPEN in tag:
            tag = Var.create(tag)
        if is_var(tag):
            return _of_var(tag, props)
        if not isinstance(tag, str):
            raise ComponentTypeError(
                'rx.icon needs the name of an icon: rx.icon("arrow-left").'
            ).at(author_line())
        return _icon_class(known_name(tag))._create((), **props)


class NamedIcon(Icon):
    """An icon whose name only the page knows."""

    spec = ComponentSpec("rx.icon", NAMED_ICON, props=_NAMED_PROPS, triggers=_TRIGGERS, void=True)

    @classmethod
    def of(cls, name: Expr, props: dict[str, Any]) -> Component:
        """Return the icon that ``name`` gives."""
        return cls._create((), name=Var(name, str), drawn=_DRAWN, **props)


def icon_words(made: Component) -> Any:
    """Return an icon's name as words, for those who do not see it: ``"arrow left"``."""
    if isinstance(made, NamedIcon):
        name: Any = made.__dict__["name"]
        return name.replace("_", " ").replace("-", " ")
    element = spec_of(type(made)).element
    return element.name.replace("-", " ") if isinstance(element, Import) else ""


def known_name(tag: str) -> str:
    """Return Lucide's own name of an icon, given in any spelling."""
    name = tag.replace("_", "-").lower()
    name = OTHER_ICON_NAMES.get(name, name)
    names = icon_names()
    if name in names:
        return name
    if offer() is not None:
        raise InvalidPropValueError(
            f"This site has no icon {name!r}: it has those whose names stand in the source of the "
            f'app. Write "{name}" somewhere in it, or check its spelling.'
        ).at(author_line())
    close = difflib.get_close_matches(name, names, n=3, cutoff=0.5)
    hint = f" Did you mean {' or '.join(repr(found) for found in close)}?" if close else ""
    raise InvalidPropValueError(f"rx.icon knows no icon {tag!r}.{hint}").at(author_line())


_DRAWN: Var[Any] = Var(Raw(("$drawn",)), Any)
"""The drawings that a module begins with, as ``wasmrx.compiler.named_icons`` calls them."""

_classes: dict[str, type[Component]] = {}


def _icon_class(name: str) -> type[Component]:
    if name not in _classes:
        spec = ComponentSpec(
            "rx.icon", Import(ICON_MODULE, name), props=_PROPS, triggers=_TRIGGERS, void=True
        )
        _classes[name] = type("Icon", (Icon,), {"spec": spec, "__module__": __name__})
    return _classes[name]


def _of_var(tag: Var[Any], props: dict[str, Any]) -> Any:
    """Return the choice between the icons that a Var can name, or what shows any of them."""
    hint = hint_of(tag)
    kind = kind_of(hint)
    if kind not in ("str", "any"):
        raise ComponentTypeError(
            f"rx.icon got {named(tag)} as its name, which is no text. It takes the name of an "
            'icon, such as "arrow-left".'
        ).at(author_line())
    known = texts_of(hint)
    expr = to_expr(tag)
    if not known or isinstance(expr, (Literal, Conditional)):
        return _of_expr(expr, props)
    drawn = ((value, Icon.create(name, **props)) for value, name in known.items() if name)
    return match(tag, *drawn)


def _of_expr(expr: Expr, props: dict[str, Any]) -> Any:
    """Return the choice between icons that an expression makes between names."""
    if isinstance(expr, Literal) and isinstance(expr.value, str):
        return Icon.create(expr.value, **props)
    if isinstance(expr, Conditional):
        then, orelse = _of_expr(expr.then, props), _of_expr(expr.orelse, props)
        return cond(Var(expr.test, bool), then, orelse)
    return NamedIcon.of(expr, props)


icon = Icon.create

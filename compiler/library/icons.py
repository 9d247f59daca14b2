"""Lucide icons. A page carries the drawings of the icons that it names and no others."""

from __future__ import annotations

import difflib
from typing import Any

from wasmrx.compiler.component import Component
from wasmrx.compiler.control import cond
from wasmrx.compiler.diagnostics import author_line
from wasmrx.compiler.spec import ComponentSpec, Prop
from wasmrx.compiler.units import ICON_MODULE, icon_names
from wasmrx.errors import ComponentTypeError, InvalidPropValueError
from wasmrx.expr import Conditional, Expr, Import, Literal
from wasmrx.var import Var, to_expr

from .prop_tables import Lazy, element_triggers, svg_props
from .values import is_var

# Names that Reflex takes and Lucide spells otherwise.
_RENAMED = {"activity-square": "square-activity", "alert-circle": "circle-alert"}
_OWN_PROPS = {"size": Prop(Any), "absolute_stroke_width": Prop(bool), "title": Prop(Any)}
_STYLED = ("color", "width", "height", "opacity", "display", "transform", "cursor", "overflow")


def _props() -> dict[str, Prop]:
    attributes = {name: prop for name, prop in svg_props("svg").items() if name not in _STYLED}
    return {**attributes, **_OWN_PROPS}


_PROPS = Lazy(_props)
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
        if is_var(tag):
            return _of_expr(to_expr(tag), props)
        if not isinstance(tag, str):
            raise ComponentTypeError(
                'rx.icon needs the name of an icon: rx.icon("arrow-left").'
            ).at(author_line())
        return _icon_class(known_name(tag))._create((), **props)


def known_name(tag: str) -> str:
    """Return Lucide's own name of an icon, given in any spelling."""
    name = tag.replace("_", "-").lower()
    name = _RENAMED.get(name, name)
    names = icon_names()
    if name in names:
        return name
    close = difflib.get_close_matches(name, names, n=3, cutoff=0.5)
    hint = f" Did you mean {' or '.join(repr(found) for found in close)}?" if close else ""
    raise InvalidPropValueError(f"rx.icon knows no icon {tag!r}.{hint}").at(author_line())


_classes: dict[str, type[Component]] = {}


def _icon_class(name: str) -> type[Component]:
    if name not in _classes:
        spec = ComponentSpec(
            "rx.icon", Import(ICON_MODULE, name), props=_PROPS, triggers=_TRIGGERS, void=True
        )
        _classes[name] = type("Icon", (Icon,), {"spec": spec, "__module__": __name__})
    return _classes[name]


def _of_expr(expr: Expr, props: dict[str, Any]) -> Any:
    """Return the choice between icons that an expression makes between names."""
    if isinstance(expr, Literal) and isinstance(expr.value, str):
        return Icon.create(expr.value, **props)
    if isinstance(expr, Conditional):
        then, orelse = _of_expr(expr.then, props), _of_expr(expr.orelse, props)
        return cond(Var(expr.test, bool), then, orelse)
    raise InvalidPropValueError(
        "rx.icon got a Var whose values are not known at build time, and a page only carries the "
        'icons that it names. Name them: rx.match(the_var, ("sun", rx.icon("sun")), '
        '("moon", rx.icon("moon")), rx.icon("circle-help")).'
    ).at(author_line())


icon = Icon.create

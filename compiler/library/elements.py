"""``rx.el``: every element of HTML under its own name, and SVG's under ``rx.el.svg``."""

from __future__ import annotations

import keyword
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, ClassVar

from wasmrx.compiler.component import Component, make
from wasmrx.compiler.diagnostics import author_line
from wasmrx.compiler.spec import Prop
from wasmrx.errors import ComponentTypeError
from wasmrx.var import Var
from wasmrx.var_literal import MARK_OPEN

from . import forms, text_fields, typography
from .families import NO_PROPS, Props, Sourced, html, sourced, svg
from .prop_tables import snake_case, table

_VOID_NAMES = "area base br col embed hr img input link meta param source track wbr"
_VOID = frozenset(_VOID_NAMES.split())
_SPECIAL: dict[str, type[Component]] = {
    "a": typography.Anchor,
    "form": forms.HtmlForm,
    "input": text_fields.Input,
    "textarea": text_fields.Textarea,
}
_SOURCED = frozenset({"audio", "embed", "iframe", "img", "source", "track", "video"})
_ALIASES = {"image": "img", "del_": "del", "Del": "del", "StyleEl": "style"}
_MORE_PROPS: Mapping[str, Props] = {
    "progress": {"form": Prop(str)},
    "style": {"suppress_hydration_warning": Prop(bool)},
}
_PARSED_ASIDE = ("template",)
"""Elements whose content HTML's parser puts elsewhere than React does."""
_MORE = ("math", "portal")
"""Names of Reflex that are no elements of HTML's table."""


def _python_name(tag: str) -> str:
    name = snake_case(tag)
    return f"{name}_" if keyword.iskeyword(name) else name


class _Elements:
    """Makes element classes when they are first asked for."""

    def __init__(self, svg_elements: _SvgElements) -> None:
        """Start with the elements that are more than an HTML tag."""
        self.svg = svg_elements
        self._made = dict(_SPECIAL)

    def element_class(self, tag: str) -> type[Component]:
        """Return the class of an HTML tag."""
        if tag not in self._made:
            if tag in _SOURCED:
                made = html(f"el.{tag}", tag, void=tag in _VOID, base=Sourced)
                self._made[tag] = sourced(made, tag)
            else:
                more = _MORE_PROPS.get(tag, NO_PROPS)
                self._made[tag] = html(
                    f"el.{tag}",
                    tag,
                    void=tag in _VOID,
                    props=more,
                    client_only=tag in _PARSED_ASIDE,
                )
        return self._made[tag]

    def __dir__(self) -> list[str]:
        """Return the names of all elements."""
        return sorted({*map(_python_name, self._tags()), *_ALIASES, *_MORE, "svg"} - {"StyleEl"})

    def _tags(self) -> list[str]:
        return [tag for tag in table("html") if tag != "*"]

    def __getattr__(self, name: str) -> Any:
        """Return an element's factory (``div``) or its class (``Div``), SVG's as well."""
        if name.startswith("__"):
            raise AttributeError(name)
        tag = _ALIASES.get(name, name.rstrip("_").lower())
        if tag not in _MORE and (tag not in table("html") or tag == "*"):
            if snake_case(name) in dir(self.svg):
                return getattr(self.svg, name)
            raise AttributeError(f"HTML has no element {name!r}; rx.el has {', '.join(dir(self))}.")
        made = self.element_class(tag)
        return made if name[:1].isupper() else made.create


class _SvgStyle(Component):
    """A style inside a drawing, where HTML's parser takes its text for elements."""

    _live: ClassVar[type[Component]]

    @classmethod
    def create(cls, *children: Any, **props: Any) -> Component:
        """Return the style; a text from the state is left to the page, which parses nothing."""
        if any(isinstance(child, Var) or MARK_OPEN in str(child) for child in children):
            return cls._live.create(*children, **props)
        return cls._create(children, **props)


class _Animation(Component):
    """An animation of an attribute. It must not set an address that nobody has checked."""

    @classmethod
    def create(cls, *children: Any, **props: Any) -> Component:
        """Return the animation; raise where a text from the state would become an address."""
        given = {**props, **props.get("custom_attrs", {})}
        target = given.get("attribute_name", given.get("attributeName", ""))
        is_address = isinstance(target, Var) or str(target).lower().endswith("href")
        from_state = [
            name
            for name in ("values", "to", "from", "from_", "by")
            if isinstance(given.get(name), Var) or MARK_OPEN in str(given.get(name))
        ]
        if is_address and from_state:
            raise ComponentTypeError(
                f"{cls.spec.name} would set an address to `{from_state[0]}`, which comes from the "
                "state and is not checked. Give the element's href the Var instead."
            ).at(author_line())
        return cls._create(children, **props)


def _svg_class(tag: str) -> type[Component]:
    if tag == "style":
        return _svg_style()
    base = _Animation if tag in ("animate", "set") else Component
    return svg(f"el.svg.{_python_name(tag)}", tag, base=base)


def _svg_style() -> type[Component]:
    made = svg("el.svg.style", "style", base=_SvgStyle)
    live = make(replace(made.spec, client_only=True))
    made._live = live  # pyright: ignore[reportAttributeAccessIssue]
    return made


_ALSO_IN_SVG = ("a", "image", "script", "style", "svg", "title")


class _SvgElements:
    """``rx.el.svg(...)``, ``rx.el.svg.path(...)``."""

    def __init__(self) -> None:
        """Find the tags' Python names."""
        self._made: dict[str, type[Component]] = {}
        self._tags = {tag: tag for tag in _ALSO_IN_SVG}
        self._tags |= {_python_name(tag): tag for tag in table("svg") if tag != "*"}

    def __call__(self, *children: Any, **props: Any) -> Component:
        """Return the ``<svg>`` element."""
        return self.element_class("svg").create(*children, **props)

    create = __call__

    def element_class(self, tag: str) -> type[Component]:
        """Return the class of an SVG tag."""
        if tag not in self._made:
            self._made[tag] = _svg_class(tag)
        return self._made[tag]

    def __dir__(self) -> list[str]:
        """Return the names of all elements."""
        return sorted(self._tags)

    def __getattr__(self, name: str) -> Any:
        """Return an element's factory (``path``) or its class (``Path``)."""
        if name.startswith("__"):
            raise AttributeError(name)
        tag = self._tags.get(name) or self._tags.get(snake_case(name))
        if tag is None:
            raise AttributeError(
                f"SVG has no element {name!r}; rx.el.svg has {', '.join(dir(self))}."
            )
        made = self.element_class(tag)
        return made if name[:1].isupper() else made.create


el = _Elements(_SvgElements())

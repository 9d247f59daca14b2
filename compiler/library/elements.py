"""``rx.el``: every element of HTML under its own name, and SVG's under ``rx.el.svg``."""

from __future__ import annotations

import keyword
from typing import Any

from wasmrx.compiler.component import Component

from . import forms, text_fields, typography
from .families import Sourced, html, sourced, svg
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
_ALIASES = {"image": "img", "del_": "del", "Del": "del"}


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
                self._made[tag] = html(f"el.{tag}", tag, void=tag in _VOID)
        return self._made[tag]

    def __dir__(self) -> list[str]:
        """Return the names of all elements."""
        return sorted({*map(_python_name, self._tags()), *_ALIASES, "svg"})

    def _tags(self) -> list[str]:
        return [tag for tag in table("html") if tag != "*"]

    def __getattr__(self, name: str) -> Any:
        """Return an element's factory (``div``) or its class (``Div``), SVG's as well."""
        if name.startswith("__"):
            raise AttributeError(name)
        tag = _ALIASES.get(name, name.rstrip("_").lower())
        if tag not in table("html") or tag == "*":
            if snake_case(name) in dir(self.svg):
                return getattr(self.svg, name)
            raise AttributeError(f"HTML has no element {name!r}; rx.el has {', '.join(dir(self))}.")
        made = self.element_class(tag)
        return made if name[:1].isupper() else made.create


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
            self._made[tag] = svg(f"el.svg.{_python_name(tag)}", tag)
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

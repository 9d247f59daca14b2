"""The looks of code blocks: the colour themes of Prism, of which a site carries those it shows."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

from wasmrx.compiler.diagnostics import author_line, did_you_mean
from wasmrx.compiler.offer import THEMES, offer, package_data
from wasmrx.compiler.units import asset
from wasmrx.errors import InvalidPropValueError
from wasmrx.expr import Literal, walk
from wasmrx.var import to_expr

from .values import is_var, joined

LAYER = "@layer wasmrx-code"
_CLASS = "code-"
_DEFAULTS = ("default_light", "default_dark")
_RENAMED = {"light": "one_light", "dark": "one_dark", "vs_dark": "vsc_dark_plus"}


@cache
def _rules() -> Mapping[str, Any]:
    is_built = offer() is not None  # in the worker, which has no files of the release
    data = package_data(THEMES) if is_built else asset("code_themes.json").read_bytes()
    return json.loads(data)


@cache
def _style(name: str, block: str = "&") -> Mapping[str, Any]:
    """Return a theme as nested CSS; the selector ``block`` is where the code is."""
    root: dict[str, Any] = {}
    inner: dict[str, Any] = {}
    for selectors, declarations in _rules()[name]:
        names = selectors.split(",")
        if "&" in names:
            names.remove("&")
            root |= declarations
        if names:
            inner[",".join(each.replace("&", block) for each in names)] = declarations
    return {**(root if block == "&" else {block: root}), **inner}


class CodeThemes:
    """``rx.code_block.themes``: the names of the themes, as attributes."""

    def __dir__(self) -> list[str]:
        """Return the names."""
        return sorted({*_rules(), *_RENAMED} - {*_DEFAULTS})

    def __getattr__(self, name: str) -> str:
        """Return the name of a theme."""
        if name.startswith("__"):
            raise AttributeError(name)
        if name not in dir(self):
            near = did_you_mean(name, dir(self))
            raise AttributeError(f"rx.code_block.themes has no {name!r}.{near}")
        return _RENAMED.get(name, name)


def theme_style(theme: Any) -> tuple[Mapping[str, Any], Any]:
    """Return the style of code in ``theme``, and the class that chooses among several themes.

    None is the theme that follows the page's light and dark. A Var has to choose among themes
    that are written in it: ``rx.cond(State.x, themes.nord, themes.vs)``.
    """
    if theme is None:
        light, dark = (_style(name) for name in _DEFAULTS)
        return {LAYER: {**light, "_dark": dark}}, None
    if not is_var(theme):
        return {LAYER: _style(_known(theme))}, None
    expr = to_expr(theme)
    texts = {part.value for part in walk(expr) if isinstance(part, Literal)}
    named = sorted(text for text in texts if isinstance(text, str) and text in _rules())
    if not named:
        raise InvalidPropValueError(
            f"rx.code_block got theme={theme!r}, whose values are not known at build time. Choose "
            "among themes: rx.cond(condition, rx.code_block.themes.nord, rx.code_block.themes.vs)."
        ).at(author_line())
    chosen = {f"&.{_CLASS}{name}": _style(name) for name in named}
    return {LAYER: chosen}, joined(_CLASS, theme)


def inner_style(block: str) -> Mapping[str, Any]:
    """Return the style of code, light and dark, in elements that match ``block`` (``"& pre"``)."""
    light, dark = (_style(name, block) for name in _DEFAULTS)
    return {LAYER: {**light, "_dark": dark}}


def _known(theme: Any) -> str:
    name = str(theme).replace("-", "_")
    name = _RENAMED.get(name, name)
    if name not in _rules():
        near = did_you_mean(name, {*_rules()})
        raise InvalidPropValueError(
            f"rx.code_block got theme={theme!r}, which is no theme.{near} "
            "They are attributes of rx.code_block.themes."
        ).at(author_line())
    return name

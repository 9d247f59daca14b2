"""What stands around every page: the theme, the app's style, the head."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from wasmrx import _door
from wasmrx.app import App
from wasmrx.expr import Import, Local
from wasmrx.var import Var

from .component import Bare, Component
from .ir import Element, Node
from .link import ModuleCode
from .lower import Lowering
from .style import global_css

_WITH_TOOLTIPS = ("@radix-ui/themes/tooltip", "@radix-ui/themes/theme-panel")
_PROVIDER = Import("@radix-ui/react-tooltip", "Provider")

RESET = (
    "@layer wasmrx-reset{*,::before,::after{box-sizing:border-box;margin:0;padding:0;"
    "border:0 solid}img,svg,video,canvas,audio,iframe,embed,object{display:block}"
    "img,video{max-width:100%;height:auto}ol,ul,menu{list-style:none}"
    "h1,h2,h3,h4,h5,h6{font-size:inherit;font-weight:inherit}a{color:inherit;"
    "text-decoration:inherit}button,input,select,textarea{font:inherit;color:inherit;"
    "letter-spacing:inherit;background-color:transparent}table{border-collapse:collapse;"
    "border-color:inherit}textarea{resize:vertical}[hidden]{display:none}}"
)
"""A plain start for all browsers, in a layer that every other rule wins over."""


@dataclass(frozen=True)
class AppStyle:
    """``App(style=…)`` as CSS for the document, and styles by component class."""

    text: str
    by_class: Mapping[type[Component], Mapping[str, Any]]


def app_css(app: App) -> AppStyle:
    """Return the app's own style.

    Keys of ``App.style`` are CSS properties of the whole page, selectors, and components.
    """
    by_class: dict[type[Component], Mapping[str, Any]] = {}
    page: dict[str, Any] = {}
    selectors: dict[str, Any] = {}
    given = cast("Mapping[Any, Any]", app.style or {})
    for key, value in given.items():
        cls = _component_class(key)
        if cls is not None:
            by_class[cls] = value
        elif isinstance(value, dict):
            selectors[str(key)] = value
        else:
            page[str(key)] = value
    text = RESET if app.reset_style else ""
    return AppStyle(text + global_css("body,.radix-themes", page, selectors), by_class)


def _component_class(key: Any) -> type[Component] | None:
    for owner in (key, getattr(key, "__self__", None), getattr(key, "__component__", None)):
        cls: Any = owner
        if isinstance(cls, type) and issubclass(cls, Component):
            return cls
    return None


def color_mode(app: App) -> str:
    """Return the colour mode that the app starts in: its theme's appearance, else the system's."""
    appearance = app.theme.__dict__.get("appearance") if app.theme is not None else None
    return appearance if appearance in ("light", "dark") else "system"


def frame(app: App, lowering: Lowering, modules: Sequence[ModuleCode]) -> Node:
    """Return what ``Root`` shows: the theme and the app's wraps around ``children``."""
    wraps = cast("Mapping[Any, Any]", app.app_wraps)
    inner: Component = Bare.create(Var(Local("children"), Component))
    for _, wrap in sorted(wraps.items(), key=lambda item: str(item[0])):
        outer = wrap(True) if callable(wrap) else wrap
        if isinstance(outer, Component):
            outer.children.append(inner)
            inner = outer
    theme = app.theme if app.theme is not None else _default_theme()
    shown = lowering.node(inner)
    node = lowering.node(theme)
    extra = [lowering.node(part) for part in (app.toaster,) if isinstance(part, Component)]
    if any(wanted.module in _WITH_TOOLTIPS for module in modules for wanted in module.imports):
        shown = Element(_PROVIDER, (), (shown,))
    if not isinstance(node, Element):
        return shown
    props = tuple((name, value) for name, value in node.props if name != "appearance")
    return Element(node.type, props, (shown, *extra), place=node.place)


def _default_theme() -> Component:
    return cast(Component, _door.resolve("theme")(accent_color="blue"))

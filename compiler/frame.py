"""What stands around every page: the theme, the app's style, the head."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

from wasmrx import _door
from wasmrx.app import App
from wasmrx.expr import Import, Local
from wasmrx.var import Var

from .component import Bare, Component
from .ir import Element, PageCode
from .link import ModuleCode
from .lower import Lowering

_WITH_TOOLTIPS = ("@radix-ui/themes/tooltip", "@radix-ui/themes/theme-panel")
_PROVIDER = Import("@radix-ui/react-tooltip", "Provider")


def color_mode(app: App) -> str:
    """Return the colour mode that the app starts in: its theme's appearance, else the system's."""
    appearance = app.theme.__dict__.get("appearance") if app.theme is not None else None
    return appearance if appearance in ("light", "dark") else "system"


def frame(app: App, lowering: Lowering, modules: Sequence[ModuleCode]) -> PageCode:
    """Return what ``Root`` shows: the theme and the app's wraps around ``children``."""
    wraps = cast("Mapping[Any, Any]", app.app_wraps)
    inner: Component = Bare.create(Var(Local("children"), Component))
    for _, wrap in sorted(wraps.items(), key=lambda item: _order(item[0])):
        outer = wrap(True) if callable(wrap) else wrap
        if isinstance(outer, Component):
            outer.children.append(inner)
            inner = outer
    theme = app.theme if app.theme is not None else _default_theme()
    shown, code = lowering.coded(inner)
    node = lowering.node(theme)
    extra = [lowering.node(part) for part in (app.toaster,) if isinstance(part, Component)]
    if any(wanted.module in _WITH_TOOLTIPS for module in modules for wanted in module.imports):
        shown = Element(_PROVIDER, (), (shown,))
    if not isinstance(node, Element):
        return PageCode("", shown, code)
    props = tuple((name, value) for name, value in node.props if name != "appearance")
    around = Element(node.type, props, (shown, *extra), place=node.place)
    return PageCode("", around, code)


def _order(key: Any) -> tuple[float, str]:
    """Return what wraps are sorted by, inner ones first: a key is ``(number, name)``, or a name."""
    number, name = cast("tuple[float, Any]", key) if isinstance(key, tuple) else (0, key)
    return number, str(name)


def _default_theme() -> Component:
    return cast(Component, _door.resolve("theme")(accent_color="blue"))

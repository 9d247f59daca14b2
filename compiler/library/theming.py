"""The theme, and the visitor's choice between light and dark."""

from __future__ import annotations

from typing import Any, Literal

from wasmrx.actions import set_color_mode, toggle_color_mode
from wasmrx.compiler.component import Component, Fragment
from wasmrx.compiler.control import cond
from wasmrx.compiler.spec import Prop
from wasmrx.expr import StateVar
from wasmrx.var import Var, conditional

from .choices import Switch
from .display import IconButton
from .families import ACCENTS, themed
from .icons import icon
from .overlays import menu

_GRAYS = ("auto", "gray", "mauve", "slate", "sage", "olive", "sand")
_POSITIONS = ("top-left", "top-right", "bottom-left", "bottom-right")
_EDGE = "2rem"

chosen_color_mode: Var[str] = Var(StateVar("client", "color_mode"), str)
resolved_color_mode: Var[str] = Var(StateVar("client", "resolved_color_mode"), str)


class _Theme(Component):
    """Colours, corners and sizes for everything inside it."""

    @classmethod
    def create(
        cls, *children: Any, color_mode: Any = None, theme_panel: bool = False, **props: Any
    ) -> Component:
        """Return a theme around ``children``."""
        if color_mode is not None:
            props["appearance"] = color_mode
        if theme_panel:
            children = (ThemePanel.create(), *children)
        return super().create(*children, **props)


Theme = themed(
    "theme",
    "theme#Theme",
    tag="div",
    props={
        "appearance": Prop(Literal["inherit", "light", "dark"]),
        "accent_color": Prop(Literal[ACCENTS]),
        "gray_color": Prop(Literal[_GRAYS]),
    },
    base=_Theme,
)
ThemePanel = themed("theme_panel", "theme-panel#ThemePanel", client_only=True)


def color_mode_cond(light: Any, dark: Any = None) -> Any:
    """Return ``light`` in light mode, ``dark`` in dark mode: values or components."""
    return cond(resolved_color_mode == "light", light, dark)


def _icon(**props: Any) -> Component:
    """Return a sun in light mode, a moon in dark mode."""
    light = props.pop("light_component", None) or icon("sun", **props)
    dark = props.pop("dark_component", None) or icon("moon", **props)
    return Fragment.create(color_mode_cond(light, dark))


def _placed(position: Any) -> dict[str, Any]:
    """Return the style that holds a button in a corner of the window."""
    if isinstance(position, Var):
        sides = {side: position.contains(side) for side in ("top", "bottom", "left", "right")}
        return {
            "position": "fixed",
            **{side: conditional(there, _EDGE, "auto") for side, there in sides.items()},
        }
    if position not in _POSITIONS:
        return {}
    return {"position": "fixed", **dict.fromkeys(position.split("-"), _EDGE)}


def _button(
    *children: Any, position: Any = None, allow_system: bool = False, **props: Any
) -> Component:
    """Return the button that switches the mode, or a menu of the three modes."""
    style: dict[str, Any] = {
        **_placed(position),
        "background": "transparent",
        "color": "inherit",
        "z_index": "20",
        "_hover": {"cursor": "pointer"},
    }
    style |= props.pop("style", {})
    props.setdefault("aria_label", "Color mode")
    shown = children or (_icon(),)
    if not allow_system:
        props.setdefault("on_click", toggle_color_mode)
        return IconButton.create(*shown, style=style, **props)
    modes = [
        menu.item(mode.title(), on_click=set_color_mode(mode))
        for mode in ("light", "dark", "system")
    ]
    return menu.root(
        menu.trigger(IconButton.create(*shown, style=style, **props)), menu.content(*modes)
    )


def _switch(*_: Any, **props: Any) -> Component:
    """Return a switch that is on in dark mode."""
    props.setdefault("aria_label", "Dark mode")
    return Switch.create(
        checked=resolved_color_mode != "light", on_change=toggle_color_mode, **props
    )


class ColorMode(Var[str]):
    """``rx.color_mode``: the mode as a Var, and the components that change it."""

    button = staticmethod(_button)
    icon = staticmethod(_icon)
    switch = staticmethod(_switch)


color_mode = ColorMode(StateVar("client", "color_mode"), str)
theme = Theme.create
theme_panel = ThemePanel.create

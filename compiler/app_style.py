"""The style of a whole app: ``App(style=…)`` and the reset under it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from wasmrx._door import real
from wasmrx.app import App

from .component import Component
from .style import global_css

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

LOST = (
    ".wasmrx-lost{position:fixed;inset:auto 0 0;z-index:99999;margin:0;padding:1em;"
    "color:CanvasText;background:Canvas;border-top:3px solid #e5484d;font:1rem system-ui;"
    "visibility:hidden;animation:wasmrx-late 0s 15s forwards}.wasmrx-lost a{color:LinkText}"
    ".wasmrx-lost.wasmrx-now{animation-delay:0s}[data-build] .wasmrx-lost{display:none}"
    "@media (scripting:none){.wasmrx-lost{display:none}}"
    "@keyframes wasmrx-late{to{visibility:visible}}"
)
"""Every document says that its scripts are missing; this hides the words until that is so."""


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
        cls = _component_class(real(key))
        if cls is not None:
            by_class[cls] = value
        elif isinstance(value, dict):
            selectors[str(key)] = value
        else:
            page[str(key)] = value
    text = RESET if app.reset_style else ""
    return AppStyle(text + LOST + global_css("body,.radix-themes", page, selectors), by_class)


def _component_class(key: Any) -> type[Component] | None:
    for owner in (key, getattr(key, "__self__", None), getattr(key, "__component__", None)):
        cls: Any = owner
        if isinstance(cls, type) and issubclass(cls, Component):
            return cls
    return None

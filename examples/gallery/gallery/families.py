"""Which families of demos there are, and what each demo is called."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from types import FunctionType, ModuleType
from typing import Any


@dataclass(frozen=True)
class Demo:
    """A demo: its function, its title and what it is for."""

    show: Callable[[], Any]
    title: str
    purpose: str

    @property
    def anchor(self) -> str:
        """Return the id of its card: ``"text-field"``."""
        return self.show.__name__.replace("_", "-")


@dataclass(frozen=True)
class Family:
    """The demos of one page; ``name`` is that of their module, and of the page in addresses."""

    name: str
    title: str
    summary: str
    icon: str

    @cached_property
    def module(self) -> ModuleType:
        """Return the module, whose import also declares the states of the demos."""
        return importlib.import_module(f"{__package__}.{self.name}")

    @cached_property
    def demos(self) -> tuple[Demo, ...]:
        """Return the demos in the order in which they are written."""
        own = [
            value
            for name, value in vars(self.module).items()
            if isinstance(value, FunctionType)
            and value.__module__ == self.module.__name__
            and not name.startswith("_")
            and not value.__code__.co_argcount
        ]
        return tuple(_demo(function) for function in own)


def _demo(function: FunctionType) -> Demo:
    title, separator, purpose = (function.__doc__ or "").partition(": ")
    if not separator:
        raise ValueError(f'{function.__qualname__}: a demo is described as "Title: what for."')
    return Demo(function, title, purpose[:1].upper() + purpose[1:])


FAMILIES = (
    Family("layout", "Layout", "Boxes, stacks, grids, and what holds them.", "layout-template"),
    Family("typography", "Typography", "Headings, text, links, lists.", "type"),
    Family("buttons", "Buttons and icons", "What is pressed, and small signs.", "mouse-pointer"),
    Family(
        "fields", "Text fields", "One line, several, with icons, unhurried.", "text-cursor-input"
    ),
    Family("choices", "Choices", "Tick boxes, switches, selects, sliders.", "list-checks"),
    Family("forms", "Forms", "All fields at once, with checks.", "clipboard-list"),
    Family("overlays", "Overlays", "Dialogs, drawers, popovers, tooltips.", "layers"),
    Family("menus", "Menus", "Menus of a button and of a right click.", "menu"),
    Family("disclosure", "Tabs and accordions", "Parts that take turns.", "panel-top"),
    Family("tables", "Tables", "Tables to read, to search and to edit.", "table"),
    Family("feedback", "Feedback", "Messages, progress, waiting.", "message-circle"),
    Family("media", "Media", "Pictures, sound, video.", "image"),
    Family("charts", "Charts", "Recharts: lines, bars, pies and more.", "chart-line"),
    Family("plots", "Plotly", "Figures to zoom and turn.", "chart-scatter"),
    Family("writing", "Code, Markdown, dates", "Texts with a form of their own.", "file-text"),
    Family("html", "HTML", "Every element of HTML under its own name, without a look.", "code"),
    Family("svg", "SVG", "Drawings, still and moving.", "pen-tool"),
    Family("page", "Page and theme", "Colours, conditions, keys, dragging.", "palette"),
)

"""The component families that ``import wasmrx as rx`` offers.

A name is looked up in the module that has it when it is first used: an app pays for what it shows.
"""

from __future__ import annotations

import importlib
from typing import Any, cast

_COMPILER = "wasmrx.compiler"
_HERE = __name__

_MODULES: dict[str, str] = {
    f"{_COMPILER}.component": "Component Fragment NoSSRComponent",
    f"{_COMPILER}.control": "cond foreach fragment match Cond Foreach Match",
    f"{_COMPILER}.memo": "memo",
    f"{_COMPILER}.breakpoints": "breakpoints set_breakpoints",
    f"{_HERE}.layout": (
        "box flex stack vstack hstack grid center spacer container section inset aspect_ratio "
        "separator divider scroll_area mobile_only tablet_only desktop_only mobile_and_tablet "
        "tablet_and_desktop"
    ),
    f"{_HERE}.typography": "text heading code blockquote link",
    f"{_HERE}.lists": "list_item ordered_list unordered_list data_list",
    f"{_HERE}.icons": "icon",
    f"{_HERE}.display": (
        "button icon_button badge card avatar spinner skeleton image progress callout table"
    ),
    f"{_HERE}.text_fields": "text_area debounce_input",
    f"{_HERE}.choices": (
        "checkbox switch slider radio radio_group select segmented_control checkbox_group "
        "checkbox_cards radio_cards"
    ),
    f"{_HERE}.overlays": (
        "dialog alert_dialog popover hover_card tooltip dropdown_menu menu context_menu tabs"
    ),
    f"{_HERE}.forms": "form",
    f"{_HERE}.elements": "el",
    f"{_HERE}.theming": (
        "theme theme_panel color_mode color_mode_cond resolved_color_mode chosen_color_mode"
    ),
    f"{_HERE}.namespaces": "ComponentNamespace",
    f"{_HERE}.charts": "recharts",
    f"{_HERE}.accordions": "accordion",
    f"{_HERE}.code_blocks": "code_block",
    f"{_HERE}.drawers": "drawer",
    f"{_HERE}.players": "audio video",
    f"{_HERE}.uploads": "upload",
    f"{_HERE}.tabular": "data_table data_editor data_editor_theme",
    f"{_HERE}.rich_content": "moment moment_provider MomentDelta plotly",
    f"{_HERE}.markdown_text": "markdown",
    f"{_HERE}.grouped": "lucide radix",
    f"{_HERE}.page_parts": (
        "Script script window_event_listener clipboard auto_scroll toaster logo "
        "connection_banner connection_modal"
    ),
}
_RENAMED = {
    "list": (f"{_HERE}.lists", "list_ns"),
    "input": (f"{_HERE}.text_fields", "input_ns"),
    "text_field": (f"{_HERE}.text_fields", "input_ns"),
    "html": (f"{_HERE}.page_parts", "raw_html"),
}
_PLACES: dict[str, tuple[str, str]] = {
    name: (module, name) for module, names in _MODULES.items() for name in names.split()
} | _RENAMED


def place_of(name: str) -> tuple[str, str]:
    """Return the module that has the public ``name``, and the name that it has there."""
    return _PLACES[name]


def __getattr__(name: str) -> Any:
    if name in _PLACES:
        module, attribute = _PLACES[name]
        value = getattr(importlib.import_module(module), attribute)
    elif name[:1].isupper():
        value = _component_class(name)
    else:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = value
    return value


def _component_class(name: str) -> Any:
    """Return the class behind a component, for authors who extend it: ``Button``, ``Div``."""
    for module in _MODULES:
        found = vars(importlib.import_module(module)).get(name)
        if isinstance(found, type):
            return cast(Any, found)
    try:
        return getattr(importlib.import_module(f"{_HERE}.elements").el, name)
    except AttributeError:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}") from None


def __dir__() -> list[str]:
    return sorted(_PLACES)

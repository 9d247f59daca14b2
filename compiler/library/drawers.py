"""``rx.drawer``: a panel that slides in from an edge and can be dragged away (vaul)."""

from __future__ import annotations

from typing import Any

from wasmrx.arg_specs import passthrough_event_spec
from wasmrx.compiler.component import Component

from .families import events, primitive
from .namespaces import Namespace
from .overlays import Trigger
from .theming import Theme

_EDGES = {"left": "0", "right": "0", "bottom": "0", "top": "0", "position": "fixed"}


class _Content(Component):
    """What slides in, in the look of the theme."""

    @classmethod
    def create(cls, *children: Any, **props: Any) -> Component:
        """Return the panel in a theme of its own: it stands outside the page's."""
        return Theme.create(cls._create(children, **props))


def _trigger(name: str, part: str) -> Any:
    options: dict[str, Any] = {"tag": "button", "slot": True, "defaults": {"as_child": True}}
    return primitive(name, part, base=Trigger, **options).create


DrawerRoot = primitive(
    "drawer.root",
    "vaul#Root",
    triggers={
        "on_open_change": passthrough_event_spec(bool),
        "on_animation_end": passthrough_event_spec(bool),
        **events("on_close"),
    },
)

drawer = Namespace(
    "drawer",
    DrawerRoot,
    root=DrawerRoot.create,
    trigger=_trigger("drawer.trigger", "vaul#Trigger"),
    portal=primitive("drawer.portal", "vaul#Portal").create,
    content=primitive(
        "drawer.content",
        "vaul#Content",
        tag="div",
        triggers=events(
            "on_open_auto_focus",
            "on_close_auto_focus",
            "on_escape_key_down",
            "on_pointer_down_outside",
            "on_interact_outside",
        ),
        style={**_EDGES, "z_index": "50", "display": "flex"},
        base=_Content,
    ).create,
    overlay=primitive(
        "drawer.overlay",
        "vaul#Overlay",
        tag="div",
        style={**_EDGES, "z_index": "50", "background": "rgba(0, 0, 0, 0.5)"},
    ).create,
    close=_trigger("drawer.close", "vaul#Close"),
    title=primitive(
        "drawer.title",
        "vaul#Title",
        tag="h2",
        style={
            "font_size": "1.125rem",
            "font_weight": "600",
            "line_height": "1",
            "letter_spacing": "-0.05em",
        },
    ).create,
    description=primitive(
        "drawer.description", "vaul#Description", tag="p", style={"font_size": "0.875rem"}
    ).create,
    handle=primitive("drawer.handle", "vaul#Handle", tag="div").create,
)

"""``rx.accordion``: Radix's primitive in the look of the theme."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Literal

from wasmrx.arg_specs import passthrough_event_spec
from wasmrx.compiler.component import Component, make
from wasmrx.compiler.spec import Prop
from wasmrx.expr import Import
from wasmrx.var import conditional

from .families import COLOR_SCHEME, Props, primitive
from .icons import Icon
from .namespaces import Namespace
from .values import is_var

_VARIANTS = Literal["classic", "soft", "surface", "outline", "ghost"]
_LOOK: Props = {
    "color_scheme": Prop(COLOR_SCHEME.type, "data-accent-color"),
    "variant": Prop(_VARIANTS, "data-variant"),
}
_CLASSIC = "*:where([data-variant='classic']) &"
_LINE = "1px solid var(--accent-6)"
_OPENING = "var(--animation-duration) var(--animation-easing)"

_ROOT_STYLE: Mapping[str, Any] = {
    "width": "100%",
    "border_radius": "var(--radius-4)",
    "box_shadow": "0 2px 10px var(--black-a1)",
    "&[data-variant='classic']": {
        "background_color": "var(--accent-9)",
        "box_shadow": "0 2px 10px var(--black-a4)",
    },
    "&[data-variant='soft']": {"background_color": "var(--accent-3)"},
    "&[data-variant='outline']": {"border": _LINE},
    "&[data-variant='surface']": {
        "border": _LINE,
        "background_color": "var(--accent-surface)",
    },
    "&[data-variant='ghost']": {"background_color": "transparent", "box_shadow": "none"},
}
_ITEM_STYLE: Mapping[str, Any] = {
    "overflow": "hidden",
    "width": "100%",
    "border_top": "var(--divider-px) solid var(--gray-a6)",
    "&:first-of-type": {
        "border_top": "0",
        "border_top_left_radius": "var(--radius-4)",
        "border_top_right_radius": "var(--radius-4)",
    },
    "&:last-child": {
        "border_bottom_left_radius": "var(--radius-4)",
        "border_bottom_right_radius": "var(--radius-4)",
    },
    "&:focus-within": {"position": "relative", "z_index": "1"},
}
_TRIGGER_STYLE: Mapping[str, Any] = {
    "all": "unset",
    "box_sizing": "border-box",
    "cursor": "pointer",
    "color": "var(--accent-11)",
    "font_size": "1.1em",
    "line_height": "1",
    "display": "flex",
    "flex": "1",
    "align_items": "center",
    "justify_content": "space-between",
    "width": "100%",
    "padding": "var(--space-3) var(--space-4)",
    "box_shadow": "0 var(--divider-px) 0 var(--gray-a6)",
    "&:hover": {"background_color": "var(--accent-4)"},
    "&:focus-visible": {"outline": "2px solid var(--focus-8)", "outline_offset": "-2px"},
    "& > .AccordionChevron": {"transition": f"transform {_OPENING}"},
    "&[data-state='open'] > .AccordionChevron": {"transform": "rotate(180deg)"},
    _CLASSIC: {"color": "var(--accent-contrast)"},
    f"{_CLASSIC}:hover": {"background_color": "var(--accent-10)"},
}
_CONTENT_STYLE: Mapping[str, Any] = {
    "overflow": "hidden",
    "color": "var(--accent-11)",
    "padding_x": "var(--space-4)",
    "&[data-state='open']": {"animation": f"wx-accordion-open {_OPENING}"},
    "&[data-state='closed']": {"animation": f"wx-accordion-close {_OPENING}"},
    "&:before, &:after": {"content": "' '", "display": "block", "height": "var(--space-3)"},
    _CLASSIC: {"color": "var(--accent-contrast)"},
}


class _Root(Component):
    """Sections of which one, or several, are open."""

    @classmethod
    def create(
        cls,
        *children: Any,
        duration: Any = 250,
        easing: Any = "cubic-bezier(0.87, 0, 0.13, 1)",
        show_dividers: Any = None,
        radius: Any = None,
        **props: Any,
    ) -> Component:
        """Return the accordion; its parts take its colour and variant from it."""
        if show_dividers is None:
            show_dividers = props.get("variant") in ("outline", "surface")
        if is_var(show_dividers):
            divider: Any = conditional(show_dividers, "1px", "0px")
        else:
            divider = "1px" if show_dividers else "0px"
        style: dict[str, Any] = {
            "--animation-duration": f"{duration}ms",
            "--animation-easing": easing,
            "--divider-px": divider,
        }
        if radius is not None:
            props["custom_attrs"] = {"data-radius": radius, **props.get("custom_attrs", {})}
        props["style"] = {**style, **props.get("style", {})}
        made = super().create(*children, **props)
        for number, child in enumerate(made.children):
            if isinstance(child, Item) and child.value is None:
                child.__dict__["value"] = f"item-{number}"
        return made


class _Item(Component):
    """One section."""

    @classmethod
    def create(cls, *children: Any, **props: Any) -> Component:
        """Return ``rx.accordion.item(header="Title", content="Text")``, or one of its parts."""
        header, content = props.pop("header", None), props.pop("content", None)
        look = {name: props[name] for name in _LOOK if props.get(name) is not None}
        if header is not None and content is not None:
            children = (
                Header.create(Trigger.create(header, AccordionIcon.create(), **look), **look),
                Content.create(content, **look),
                *children,
            )
        return super().create(*children, **props)


class AccordionIcon(Icon):
    """The arrow that turns when its section opens."""

    @classmethod
    def create(cls, *children: Any, **props: Any) -> Any:
        """Return the arrow."""
        given = props.pop("class_name", None)
        return Icon.create("chevron-down", class_name=["AccordionChevron", given], **props)


Root = primitive(
    "accordion.root",
    "accordion#Root",
    tag="div",
    props={**_LOOK, "value": Prop(Any), "default_value": Prop(Any)},
    triggers={"on_value_change": passthrough_event_spec(Any)},
    defaults={"type": "single", "variant": "classic"},
    style=_ROOT_STYLE,
    base=_Root,
)
Item = primitive(
    "accordion.item", "accordion#Item", tag="div", props=_LOOK, style=_ITEM_STYLE, base=_Item
)
Header = primitive(
    "accordion.header",
    "accordion#Header",
    tag="h3",
    props=_LOOK,
    style={"display": "flex", "margin": "0"},
)
Trigger = primitive(
    "accordion.trigger", "accordion#Trigger", tag="button", props=_LOOK, style=_TRIGGER_STYLE
)
_SLIDING = primitive(
    "accordion.content", "accordion#Content", tag="div", props=_LOOK, style=_CONTENT_STYLE
).spec
Content = make(replace(_SLIDING, element=Import("wasmrx/accordion", "AccordionContent")))

accordion = Namespace(
    "accordion",
    root=Root.create,
    item=Item.create,
    header=Header.create,
    trigger=Trigger.create,
    content=Content.create,
    icon=AccordionIcon.create,
)

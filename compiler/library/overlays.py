"""What opens above the page: dialogs, popovers, menus, tooltips; and tabs."""

from __future__ import annotations

from typing import Any, Literal

from wasmrx.arg_specs import passthrough_event_spec
from wasmrx.compiler.component import Component
from wasmrx.compiler.spec import Prop

from .families import Props, events, themed
from .layout import Flex
from .namespaces import Namespace

_OPEN = {"on_open_change": passthrough_event_spec(bool)}
_MENU_CONTENT = events(
    "on_close_auto_focus",
    "on_escape_key_down",
    "on_focus_outside",
    "on_interact_outside",
    "on_pointer_down_outside",
)
_CONTENT = {**_MENU_CONTENT, **events("on_open_auto_focus")}
_SELECTED = events("on_select")
_TAKEN: Props = {
    name: Prop(Any, rendered=False)
    for name in ("high_contrast", "name", "required", "size", "spacing", "variant", "items")
}
"""What Reflex takes for items of a menu; the menu decides how they look."""
_DIRECTION: Props = {"dir": Prop(Literal["ltr", "rtl"])}


class Trigger(Component):
    """Opens or closes what it belongs to, when its child is clicked.

    Radix merges its props into the child, whose own ``on_click`` happens as well. Anything but
    one component is put in a Flex.
    """

    @classmethod
    def create(cls, *children: Any, **props: Any) -> Component:
        """Return the trigger around one child."""
        is_one = len(children) == 1 and isinstance(children[0], Component)
        if not is_one:
            children = (Flex.create(*children),)
        return super().create(*children, **props)


def _trigger(name: str, part: str) -> Any:
    return themed(name, part, tag="button", slot=True, base=Trigger).create


dialog = Namespace(
    "dialog",
    root=themed("dialog.root", "dialog#Root", triggers=_OPEN).create,
    trigger=_trigger("dialog.trigger", "dialog#Trigger"),
    content=themed("dialog.content", "dialog#Content", tag="div", triggers=_CONTENT).create,
    title=themed("dialog.title", "dialog#Title", tag="h1").create,
    description=themed("dialog.description", "dialog#Description", tag="p").create,
    close=_trigger("dialog.close", "dialog#Close"),
)
alert_dialog = Namespace(
    "alert_dialog",
    root=themed("alert_dialog.root", "alert-dialog#Root", triggers=_OPEN).create,
    trigger=_trigger("alert_dialog.trigger", "alert-dialog#Trigger"),
    content=themed(
        "alert_dialog.content", "alert-dialog#Content", tag="div", triggers=_CONTENT
    ).create,
    title=themed("alert_dialog.title", "alert-dialog#Title", tag="h1").create,
    description=themed("alert_dialog.description", "alert-dialog#Description", tag="p").create,
    action=_trigger("alert_dialog.action", "alert-dialog#Action"),
    cancel=_trigger("alert_dialog.cancel", "alert-dialog#Cancel"),
)
popover = Namespace(
    "popover",
    root=themed("popover.root", "popover#Root", triggers=_OPEN).create,
    trigger=_trigger("popover.trigger", "popover#Trigger"),
    content=themed("popover.content", "popover#Content", tag="div", triggers=_CONTENT).create,
    close=_trigger("popover.close", "popover#Close"),
)
hover_card = Namespace(
    "hover_card",
    root=themed("hover_card.root", "hover-card#Root", triggers=_OPEN).create,
    trigger=_trigger("hover_card.trigger", "hover-card#Trigger"),
    content=themed("hover_card.content", "hover-card#Content", tag="div", triggers=_CONTENT).create,
)
tooltip = themed(
    "tooltip",
    "tooltip#Tooltip",
    tag="div",
    props={"content": Prop(Any)},
    triggers={**_OPEN, **events("on_escape_key_down", "on_pointer_down_outside")},
    slot=True,
).create


def _menu(name: str, module: str, **more: Any) -> Namespace:
    def part(python: str, js: str, **options: Any) -> Any:
        options.setdefault("tag", "div")
        return themed(f"{name}.{python}", f"{module}#{js}", **options).create

    return Namespace(
        name,
        root=part("root", "Root", tag="", triggers=_OPEN, props=_DIRECTION),
        trigger=_trigger(f"{name}.trigger", f"{module}#Trigger"),
        content=part("content", "Content", triggers=_MENU_CONTENT),
        item=part("item", "Item", triggers=_SELECTED),
        separator=part("separator", "Separator"),
        sub=part("sub", "Sub", tag="", triggers=_OPEN),
        sub_trigger=part("sub_trigger", "SubTrigger"),
        sub_content=part("sub_content", "SubContent", triggers=_MENU_CONTENT),
        group=part("group", "Group"),
        label=part("label", "Label"),
        checkbox=part(
            "checkbox",
            "CheckboxItem",
            props={**_TAKEN, "value": Prop(Any, rendered=False)},
            triggers={**_SELECTED, "on_change": passthrough_event_spec(bool)},
            trigger_names={"on_change": "onCheckedChange"},
        ),
        radio=part("radio", "RadioItem", triggers=_SELECTED, props=_TAKEN),
        radio_group=part(
            "radio_group",
            "RadioGroup",
            triggers={"on_change": passthrough_event_spec(str)},
            trigger_names={"on_change": "onValueChange"},
        ),
        **more,
    )


dropdown_menu = menu = _menu("dropdown_menu", "dropdown-menu")
context_menu = _menu("context_menu", "context-menu")

_UPRIGHT = "&[data-orientation='vertical']"


class _Tab(Component):
    """The tab that shows one content."""

    @classmethod
    def create(cls, *children: Any, color_scheme: Any = None, **props: Any) -> Component:
        """Return the tab, in a colour of its own if one is given."""
        if color_scheme is not None:
            attributes = {"data-accent-color": color_scheme}
            props["custom_attrs"] = {**attributes, **props.get("custom_attrs", {})}
        return super().create(*children, **props)


tabs = Namespace(
    "tabs",
    root=themed(
        "tabs.root",
        "tabs#Root",
        tag="div",
        props={"value": Prop(Any), "default_value": Prop(Any)},
        triggers={"on_change": passthrough_event_spec(str)},
        trigger_names={"on_change": "onValueChange"},
        style={_UPRIGHT: {"display": "flex"}},
    ).create,
    list=themed(
        "tabs.list",
        "tabs#List",
        tag="div",
        style={_UPRIGHT: {"display": "block", "box_shadow": "inset -1px 0 0 0 var(--gray-a5)"}},
    ).create,
    trigger=themed(
        "tabs.trigger", "tabs#Trigger", tag="button", style={_UPRIGHT: {"width": "100%"}}, base=_Tab
    ).create,
    content=themed(
        "tabs.content", "tabs#Content", tag="div", style={_UPRIGHT: {"width": "100%"}}
    ).create,
)

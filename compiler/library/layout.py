"""Boxes and their arrangement."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wasmrx.compiler.component import Component
from wasmrx.compiler.spec import Prop

from .families import SPACING, html, themed

_GAPS: Mapping[str, Prop] = {
    "spacing": Prop(SPACING, "gap", responsive=True),
    "spacing_x": Prop(SPACING, "gapX", responsive=True),
    "spacing_y": Prop(SPACING, "gapY", responsive=True),
}
_STACK_CLASS = "rx-Stack"
_FULL_WIDTH_STACKS: Mapping[str, Any] = {
    "& :where(.rx-Stack)": {"width": "100%"},
    "& :where(.rx-Stack) > :where(div:not(.rt-Box, .rx-Upload, .rx-Html), input, select, "
    "textarea, table)": {"width": "100%", "flex_shrink": "1"},
}


class _Stack(Component):
    """A flex container that stylesheets can find as a stack."""

    @classmethod
    def create(cls, *children: Any, **props: Any) -> Component:
        """Return a stack of ``children``."""
        names = [_STACK_CLASS, props.pop("class_name", None)]
        return super().create(*children, class_name=names, **props)


class _Container(Component):
    """A column of limited width."""

    @classmethod
    def create(
        cls,
        *children: Any,
        padding: Any = "16px",
        stack_children_full_width: bool = False,
        **props: Any,
    ) -> Component:
        """Return a container; stacks in it may be made as wide as it is."""
        style: Mapping[str, Any] = _FULL_WIDTH_STACKS if stack_children_full_width else {}
        props["style"] = {**style, **props.pop("style", {})}
        return super().create(*children, padding=padding, **props)


def _stack(name: str, **defaults: str) -> type[Component]:
    return themed(
        name,
        "flex#Flex",
        tag="div",
        props=_GAPS,
        defaults={"spacing": "3", "align": "start", **defaults},
        base=_Stack,
    )


Box = themed("box", "box#Box", tag="div")
Flex = themed("flex", "flex#Flex", tag="div", props=_GAPS)
Stack = _stack("stack")
VStack = _stack("vstack", direction="column")
HStack = _stack("hstack", direction="row")
Grid = themed("grid", "grid#Grid", tag="div", props=_GAPS)
Center = themed(
    "center",
    "flex#Flex",
    tag="div",
    props=_GAPS,
    style={"display": "flex", "align_items": "center", "justify_content": "center"},
)
Spacer = themed(
    "spacer",
    "flex#Flex",
    tag="div",
    props=_GAPS,
    style={"flex": 1, "justify_self": "stretch", "align_self": "stretch"},
)
Container = themed(
    "container", "container#Container", tag="div", defaults={"size": "3"}, base=_Container
)
Section = themed("section", "section#Section", tag="section", defaults={"size": "2"})
Inset = themed("inset", "inset#Inset", tag="div")
AspectRatio = themed("aspect_ratio", "aspect-ratio#AspectRatio", tag="div")
Separator = themed("separator", "separator#Separator", tag="span", defaults={"size": "4"})
ScrollArea = themed("scroll_area", "scroll-area#ScrollArea", tag="div")


def _shown_at(name: str, display: list[str]) -> type[Component]:
    return html(name, "div", style={"display": display})


MobileOnly = _shown_at("mobile_only", ["block", "none", "none", "none"])
TabletOnly = _shown_at("tablet_only", ["none", "block", "block", "none"])
DesktopOnly = _shown_at("desktop_only", ["none", "none", "none", "block"])
MobileAndTablet = _shown_at("mobile_and_tablet", ["block", "block", "block", "none"])
TabletAndDesktop = _shown_at("tablet_and_desktop", ["none", "block", "block", "block"])

box = Box.create
flex = Flex.create
stack = Stack.create
vstack = VStack.create
hstack = HStack.create
grid = Grid.create
center = Center.create
spacer = Spacer.create
container = Container.create
section = Section.create
inset = Inset.create
aspect_ratio = AspectRatio.create
separator = divider = Separator.create
scroll_area = ScrollArea.create
mobile_only = MobileOnly.create
tablet_only = TabletOnly.create
desktop_only = DesktopOnly.create
mobile_and_tablet = MobileAndTablet.create
tablet_and_desktop = TabletAndDesktop.create

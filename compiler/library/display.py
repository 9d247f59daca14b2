"""What shows something: buttons, cards, badges, pictures, progress."""

from __future__ import annotations

from typing import Any

from wasmrx.compiler.component import Component
from wasmrx.compiler.control import match
from wasmrx.compiler.diagnostics import author_line
from wasmrx.compiler.spec import Prop
from wasmrx.errors import ComponentTypeError

from .families import Sourced, html, reference, sourced, themed
from .icons import Icon, icon, icon_words
from .namespaces import Namespace
from .values import is_var, var_kind

_ICON_SIZES = {"1": 12, "2": 24, "3": 36, "4": 48}

Button = themed("button", "button#Button", tag="button")


class _IconButton(Component):
    """A square button around an icon."""

    @classmethod
    def create(cls, *children: Any, **props: Any) -> Component:
        """Return the button; a name as the child stands for that icon."""
        if not children:
            raise ComponentTypeError(
                'rx.icon_button needs an icon: rx.icon_button("home") or '
                'rx.icon_button(rx.icon("home")).'
            ).at(author_line())
        first, *rest = children
        if isinstance(first, str):
            first = icon(first)
        if isinstance(first, Icon) and not {"aria_label", "aria_labelledby"} & set(props):
            props["aria_label"] = icon_words(first)
        size = _icon_size(props.get("size"))
        if size is not None and isinstance(first, Icon):
            first.__dict__["size"] = size
        return super().create(first, *rest, **props)


def _icon_size(size: Any) -> Any:
    if is_var(size):
        return match(size, *_ICON_SIZES.items(), _ICON_SIZES["2"])
    return _ICON_SIZES.get(size) if isinstance(size, str) else None


IconButton = themed(
    "icon_button",
    "icon-button#IconButton",
    tag="button",
    style={"padding": "6px"},
    base=_IconButton,
)


class _Avatar(Sourced):
    """A picture of someone, or letters that stand for them."""

    @classmethod
    def create(cls, *children: Any, **props: Any) -> Component:
        """Return the avatar; its letters say what the picture shows where ``alt`` does not."""
        if isinstance(props.get("fallback"), str):
            props.setdefault("alt", props["fallback"])
        return super().create(*children, **props)


Badge = themed("badge", "badge#Badge", tag="span")
Card = themed("card", "card#Card", tag="div")
Avatar = sourced(
    themed("avatar", "avatar#Avatar", tag="span", props={"src": Prop(Any)}, base=_Avatar),
    reference("@radix-ui/themes/avatar", "Avatar"),
)
Spinner = themed("spinner", "spinner#Spinner", tag="span")
Skeleton = themed("skeleton", "skeleton#Skeleton", tag="span", slot=True)
Image = sourced(html("image", "img", void=True, base=Sourced), "img")


class _Progress(Component):
    """A bar that shows how far something is."""

    @classmethod
    def create(cls, *children: Any, fill_color: Any = None, **props: Any) -> Component:
        """Return the bar, as wide as its place unless ``width`` says otherwise."""
        if fill_color is not None:
            fill = {"& .rt-ProgressIndicator": {"background_color": fill_color}}
            props["style"] = {**fill, **props.get("style", {})}
        return super().create(*children, **{"width": "100%", **props})


Progress = themed(
    "progress",
    "progress#Progress",
    tag="div",
    props={"fill_color": Prop(Any, rendered=False)},
    base=_Progress,
)

CalloutRoot = themed("callout.root", "callout#Root", tag="div")
CalloutIcon = themed("callout.icon", "callout#Icon", tag="div")
CalloutText = themed("callout.text", "callout#Text", tag="p")


class _Callout(Component):
    """A short message with an icon."""

    @classmethod
    def create(cls, *children: Any, **props: Any) -> Component:
        """Return ``rx.callout("text", icon="info")`` from its parts."""
        text = children[0] if children else props.pop("text", "")
        name = props.pop("icon", None)
        is_name = isinstance(name, str) or var_kind(name) == "str"
        parts = [CalloutText.create(text, *children[1:])]
        if name is not None:
            parts.insert(0, CalloutIcon.create(icon(name) if is_name else name))
        return CalloutRoot.create(*parts, **props)


Callout = themed("callout", "callout#Root", tag="div", base=_Callout)

TableRoot = themed("table.root", "table#Root", tag="table")
table = Namespace(
    "table",
    root=TableRoot.create,
    header=themed("table.header", "table#Header", tag="thead").create,
    body=themed("table.body", "table#Body", tag="tbody").create,
    row=themed("table.row", "table#Row", tag="tr").create,
    cell=themed("table.cell", "table#Cell", tag="td").create,
    column_header_cell=themed(
        "table.column_header_cell", "table#ColumnHeaderCell", tag="th"
    ).create,
    row_header_cell=themed("table.row_header_cell", "table#RowHeaderCell", tag="th").create,
)

button = Button.create
icon_button = IconButton.create
badge = Badge.create
card = Card.create
avatar = Avatar.create
spinner = Spinner.create
skeleton = Skeleton.create
image = Image.create
progress = Progress.create
callout = Namespace(
    "callout",
    Callout,
    root=CalloutRoot.create,
    icon=CalloutIcon.create,
    text=CalloutText.create,
)

"""Fields with a choice: tick boxes, switches, radio buttons, selects, sliders."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from wasmrx.arg_specs import passthrough_event_spec
from wasmrx.compiler.component import Component
from wasmrx.compiler.control import foreach
from wasmrx.compiler.diagnostics import author_line
from wasmrx.compiler.spec import Prop
from wasmrx.errors import ComponentTypeError

from .families import SPACING, events, themed
from .layout import Flex
from .namespaces import Namespace
from .typography import Text
from .values import is_var, var_kind

_TICK = {"on_change": passthrough_event_spec(bool)}
_TICK_NAME = {"on_change": "onCheckedChange"}
_TEXT = {"on_change": passthrough_event_spec(str)}
_TEXTS = {"on_change": passthrough_event_spec(list[str])}
_VALUE_NAME = {"on_change": "onValueChange"}
_OPEN = {"on_open_change": passthrough_event_spec(bool)}
_SELECT_PARTS = {
    "trigger": ("placeholder", "variant", "radius", "width", "flex_shrink"),
    "content": ("high_contrast", "position"),
}


def _labelled(field: Component, text: Any, size: Any, spacing: Any) -> Component:
    return Text.create(
        Flex.create(field, text, spacing=spacing),
        **{"as": "label", "size": size},
    )


class _Checkbox(Component):
    """A tick box with its label."""

    @classmethod
    def create(cls, *children: Any, **props: Any) -> Component:
        """Return ``rx.checkbox("label")``."""
        text = children[0] if children else props.pop("text", "")
        spacing = props.pop("spacing", "2")
        size = props.pop("size", "2")
        return _labelled(cls._create((), size=size, **props), text, size, spacing)


Checkbox = themed(
    "checkbox",
    "checkbox#Checkbox",
    tag="button",
    props={
        "text": Prop(Any, rendered=False),
        "spacing": Prop(SPACING, rendered=False),
        "checked": Prop(Any),
        "default_checked": Prop(Any),
    },
    triggers=_TICK,
    trigger_names=_TICK_NAME,
    base=_Checkbox,
)
Switch = themed(
    "switch",
    "switch#Switch",
    tag="button",
    props={"default_checked": Prop(bool)},
    triggers=_TICK,
    trigger_names=_TICK_NAME,
)


class _Slider(Component):
    """A slider; its values are a list, one for each thumb."""

    @classmethod
    def create(cls, *children: Any, width: Any = "100%", **props: Any) -> Component:
        """Return the slider; a single number stands for a list of one."""
        if props.get("value") is None:
            props.setdefault("default_value", [50])
        for name in ("value", "default_value"):
            if props.get(name) is not None:
                props[name] = _as_list(props[name])
        return super().create(*children, width=width, **props)


def _as_list(value: Any) -> Any:
    is_number = var_kind(value) == "number" or isinstance(value, (int, float))
    return [value] if is_number else value


_THUMBS = passthrough_event_spec(list[float])

Slider = themed(
    "slider",
    "slider#Slider",
    tag="span",
    props={"value": Prop(Any), "default_value": Prop(Any), "name": Prop(Any)},
    triggers={"on_change": _THUMBS, "on_value_commit": _THUMBS},
    trigger_names=_VALUE_NAME,
    base=_Slider,
)

RadioRoot = themed(
    "radio_group.root",
    "radio-group#Root",
    tag="div",
    props={"value": Prop(Any), "default_value": Prop(Any)},
    triggers=_TEXT,
    trigger_names=_VALUE_NAME,
    defaults={"size": "2", "variant": "classic"},
)
RadioItem = themed("radio_group.item", "radio-group#Item", tag="button", props={"value": Prop(Any)})


class _RadioGroup(Component):
    """A group of radio buttons, one for each of the items."""

    @classmethod
    def create(cls, *children: Any, **props: Any) -> Component:
        """Return ``rx.radio(["a", "b"], on_change=…)``."""
        items = _items("rx.radio", children, props)
        direction, spacing = props.pop("direction", "row"), props.pop("spacing", "2")
        size = props.pop("size", "2")
        disabled = props.get("disabled")
        for name in ("value", "default_value"):
            if props.get(name) is not None:
                props[name] = _text_of(props[name])

        def button(value: Any) -> Component:
            text = _text_of(value)
            return _labelled(RadioItem.create(value=text, disabled=disabled), text, size, "2")

        rows = Flex.create(*_each(items, button), direction=direction, spacing=spacing)
        return RadioRoot.create(rows, size=size, **props)


RadioGroup = themed("radio_group", "radio-group#Root", base=_RadioGroup)


def _items(name: str, children: tuple[Any, ...], props: dict[str, Any]) -> Any:
    items: Any = children[0] if children else props.pop("items", None)
    if type(items) not in (list, tuple) and var_kind(items) not in ("array", "any"):
        raise ComponentTypeError(
            f'{name} takes a list of choices, {name}(["a", "b"]), and got {items!r}.'
        ).at(author_line())
    return items


def _each(items: Any, render: Callable[[Any], Component]) -> list[Component]:
    if is_var(items):
        return [foreach(items.to(list[str]) if var_kind(items) == "any" else items, render)]
    return [render(item) for item in items]


def _text_of(value: Any) -> Any:
    """Return a choice as the text that identifies it."""
    if is_var(value):
        return value if var_kind(value) in ("str", "any") else value.to_string()
    return value if isinstance(value, str) else json.dumps(value)


SelectRoot = themed(
    "select.root",
    "select#Root",
    props={"value": Prop(Any), "default_value": Prop(Any)},
    triggers={**_TEXT, **_OPEN},
    trigger_names=_VALUE_NAME,
)
SelectTrigger = themed(
    "select.trigger",
    "select#Trigger",
    tag="button",
    props={"placeholder": Prop(Any)},
    style={"&[data-placeholder] .rt-SelectTriggerInner": {"color": "var(--gray-a11)"}},
)
SelectContent = themed(
    "select.content",
    "select#Content",
    tag="div",
    keep=("position",),
    triggers=events("on_close_auto_focus", "on_escape_key_down", "on_pointer_down_outside"),
)
SelectGroup = themed("select.group", "select#Group", tag="div")
SelectItem = themed("select.item", "select#Item", tag="div", props={"value": Prop(Any)})
SelectLabel = themed("select.label", "select#Label", tag="div")
SelectSeparator = themed("select.separator", "select#Separator", tag="div")


class _Select(Component):
    """A select with its items given as a list."""

    @classmethod
    def create(cls, *children: Any, **props: Any) -> Component:
        """Return ``rx.select(["a", "b"], placeholder="Choose")``."""
        items = _items("rx.select", children, props)
        scheme = props.pop("color_scheme", None)
        label = props.pop("label", None)
        parts: dict[str, dict[str, Any]] = {}
        for part, names in _SELECT_PARTS.items():
            parts[part] = {name: props.pop(name) for name in names if name in props}
            parts[part]["color_scheme"] = scheme
        trigger = parts["trigger"]
        trigger |= _for_the_trigger(props, label, trigger.get("placeholder"))
        return SelectRoot.create(
            SelectTrigger.create(**parts["trigger"]),
            SelectContent.create(
                SelectGroup.create(
                    SelectLabel.create(label) if label is not None else None,
                    *_each(items, _select_item),
                ),
                **parts["content"],
            ),
            **props,
        )


def _for_the_trigger(props: dict[str, Any], label: Any, placeholder: Any) -> dict[str, Any]:
    """Take from ``props`` what names and marks the element that visitors see."""
    marks = ("id", "custom_attrs", "class_name")
    names = [n for n in props if n in marks or n.startswith(("aria_", "data_"))]
    found = {name: props.pop(name) for name in names}
    shown = label if label is not None else placeholder
    if isinstance(shown, str) and not {"aria_label", "aria_labelledby", "id"} & set(found):
        found["aria_label"] = shown
    return found


def _select_item(item: Any) -> Component:
    return SelectItem.create(item, value=item)


Select = themed("select", "select#Root", base=_Select)

SegmentedControlRoot = themed(
    "segmented_control.root",
    "segmented-control#Root",
    tag="div",
    props={"value": Prop(Any), "default_value": Prop(Any), "type": Prop(Any)},
    triggers=_TEXT,
    trigger_names=_VALUE_NAME,
)

checkbox = Checkbox.create
switch = Switch.create
slider = Slider.create
radio = radio_group = Namespace(
    "radio_group", RadioGroup, root=RadioRoot.create, item=RadioItem.create
)
select = Namespace(
    "select",
    Select,
    root=SelectRoot.create,
    trigger=SelectTrigger.create,
    content=SelectContent.create,
    group=SelectGroup.create,
    item=SelectItem.create,
    label=SelectLabel.create,
    separator=SelectSeparator.create,
)
segmented_control = Namespace(
    "segmented_control",
    root=SegmentedControlRoot.create,
    item=themed("segmented_control.item", "segmented-control#Item", tag="button").create,
)
checkbox_group = Namespace(
    "checkbox_group",
    root=themed(
        "checkbox_group.root",
        "checkbox-group#Root",
        tag="div",
        props={"value": Prop(Any), "default_value": Prop(Any)},
        triggers={**_TEXTS, "on_value_change": passthrough_event_spec(list[str])},
        trigger_names=_VALUE_NAME,
    ).create,
    item=themed("checkbox_group.item", "checkbox-group#Item", tag="button").create,
)
checkbox_cards = Namespace(
    "checkbox_cards",
    root=themed(
        "checkbox_cards.root",
        "checkbox-cards#Root",
        tag="div",
        keep=("gap",),
        props={"value": Prop(Any), "default_value": Prop(Any)},
        triggers={**_TEXTS, "on_value_change": passthrough_event_spec(list[str])},
        trigger_names=_VALUE_NAME,
    ).create,
    item=themed("checkbox_cards.item", "checkbox-cards#Item", tag="button").create,
)
radio_cards = Namespace(
    "radio_cards",
    root=themed(
        "radio_cards.root",
        "radio-cards#Root",
        tag="div",
        keep=("gap",),
        props={"value": Prop(Any), "default_value": Prop(Any)},
        triggers={**_TEXT, "on_value_change": passthrough_event_spec(str)},
        trigger_names=_VALUE_NAME,
    ).create,
    item=themed("radio_cards.item", "radio-cards#Item", tag="button").create,
)

"""Fields for text. A field with both ``value`` and ``on_change`` echoes typing by itself.

What is typed shows at once, whatever Python does; a value from the state is shown when it is not
what the field itself has sent (``runtime/ts/components/field.ts``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, ClassVar

from wasmrx.arg_specs import ArgsSpec, checked_input_event, float_input_event, input_event
from wasmrx.compiler.component import Component, make
from wasmrx.compiler.spec import ComponentSpec, Prop
from wasmrx.errors import ComponentTypeError
from wasmrx.expr import Import
from wasmrx.var import conditional

from .families import Props, Triggers, html, reference, themed
from .namespaces import Namespace
from .prop_tables import Lazy
from .values import var_kind

_FIELD = Import("wasmrx/field", "Field")
_FIELD_PROPS: Props = {
    "debounce_timeout": Prop(int),
    "auto_height": Prop(bool),
    "enter_key_submit": Prop(bool),
}


_NOT_TYPED = ("button", "checkbox", "file", "hidden", "image", "radio", "reset", "submit")


class TextComponent(Component):
    """A field for text; it changes class where the page has to echo or watch what is typed."""

    _echoing: ClassVar[type[Component]]
    _by_type: ClassVar[Mapping[str, type[Component]]] = {}

    @classmethod
    def create(cls, *children: Any, **props: Any) -> Component:
        """Return the field."""
        props["auto_complete"] = _on_off(props.get("auto_complete"))
        given = props.get("type")
        kind = given if isinstance(given, str) else "text"
        if cls.__dict__.get("_by_type") and kind in cls._by_type:
            return cls._by_type[kind].create(*children, **props)
        is_text = kind not in _NOT_TYPED
        is_controlled = props.get("value") is not None and props.get("on_change") is not None
        if is_text and (is_controlled or any(props.get(name) is not None for name in _FIELD_PROPS)):
            return cls._echoing._create(children, **props)
        return cls._create(children, **props)


class _TextArea(TextComponent):
    """A field for several lines. Its padding lies inside the field, not around it."""

    @classmethod
    def create(cls, *children: Any, **props: Any) -> Component:
        """Return the field."""
        padding = {name: props.pop(name) for name in (*props,) if name.startswith("padding")}
        if padding:
            props["style"] = {"& textarea": padding, **props.get("style", {})}
        return super().create(*children, **props)


def _on_off(value: Any) -> Any:
    """Return ``auto_complete`` as HTML has it: ``True`` is ``"on"``."""
    if isinstance(value, bool):
        return "on" if value else "off"
    if var_kind(value) == "bool":
        return conditional(value, "on", "off")
    return value


def _with_echo(field: type[Component], element: Any) -> type[Component]:
    spec: ComponentSpec = field.spec
    echoing = replace(
        spec,
        element=_FIELD,
        props=Lazy(lambda: {**spec.props, **_FIELD_PROPS}),
        fixed={"as": element},
    )
    field._echoing = make(echoing, field)  # pyright: ignore[reportAttributeAccessIssue]
    return field


def _field(
    name: str, part: str, tag: str, base: type[TextComponent] = TextComponent
) -> type[Component]:
    module, _, export = f"@radix-ui/themes/{part}".partition("#")
    made = themed(name, part, tag=tag, props={"value": Prop(Any), **_FIELD_HINTS}, base=base)
    return _with_echo(made, reference(module, export))


_FIELD_HINTS: Props = {name: replace(prop, rendered=False) for name, prop in _FIELD_PROPS.items()}

TextField = _field("input", "text-field#Root", "input")
TextFieldSlot = themed("input.slot", "text-field#Slot", tag="div")
TextArea = _field("text_area", "text-area#TextArea", "textarea", _TextArea)


def _input(event: ArgsSpec) -> type[Component]:
    triggers: Triggers = dict.fromkeys(("on_change", "on_focus", "on_blur"), event)
    made = html(
        "el.input", "input", void=True, props=_FIELD_HINTS, triggers=triggers, base=TextComponent
    )
    return _with_echo(made, "input")


Input = _input(input_event)
NumberInput, TickInput = _input(float_input_event), _input(checked_input_event)
Input._by_type = {  # pyright: ignore[reportAttributeAccessIssue]
    "checkbox": TickInput,
    "number": NumberInput,
    "range": NumberInput,
}
Textarea = _with_echo(
    html("el.textarea", "textarea", props=_FIELD_HINTS, base=TextComponent), "textarea"
)


def debounce_input(*children: Any, debounce_timeout: int = 300, **props: Any) -> Component:
    """Return its child, a field, so that ``on_change`` runs when typing pauses."""
    if len(children) != 1 or not isinstance(children[0], TextComponent):
        raise ComponentTypeError(
            "rx.debounce_input takes one field, rx.debounce_input(rx.input(...))."
        )
    field = children[0]
    if field.value is None or "on_change" not in field.event_triggers:
        raise ComponentTypeError(
            "rx.debounce_input needs a field with `value` and `on_change`; one without them has "
            "nothing to delay."
        )
    field.__dict__["debounce_timeout"] = debounce_timeout
    field.__dict__.update(props)
    return field


input_ns = Namespace("input", TextField, slot=TextFieldSlot.create, root=TextField.create)
text_area = TextArea.create

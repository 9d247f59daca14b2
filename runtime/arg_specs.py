"""What each kind of trigger gives to its handler: functions from the browser's arguments to Vars.

An argument spec takes Vars that stand for the arguments of the JavaScript callback, and returns
the values that the handler gets, ``(e) -> (e.target.value,)``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypedDict, cast

from .errors import VarAttributeError
from .expr import Import, Op, Raw
from .var import Var, to_expr

ArgsSpec = Callable[..., Any]


class KeyInputInfo(TypedDict):
    """The modifier keys of a keyboard event."""

    alt_key: bool
    ctrl_key: bool
    meta_key: bool
    shift_key: bool


class MouseEventInfo(TypedDict):
    """Where the mouse is, and which buttons and keys are down."""

    button: int
    buttons: int
    client_x: int
    client_y: int
    alt_key: bool
    ctrl_key: bool
    meta_key: bool
    shift_key: bool


class PointerEventInfo(MouseEventInfo):
    """The same for a pen, a finger or a mouse."""


class BrowserValue(Var[Any]):
    """An argument of the browser's callback: any property may be asked for, untyped."""

    __slots__ = ()

    def __getattr__(self, name: str) -> Any:
        """Return the property ``name``."""
        if name.startswith("_"):
            raise VarAttributeError(f"The browser's value has no attribute {name!r}.")
        return BrowserValue(Raw(("", to_expr(self), f".{name}")))

    def __getitem__(self, key: Any) -> Any:
        """Return the item ``key``."""
        return BrowserValue(
            Op("at" if isinstance(key, int) else "key", (to_expr(self), to_expr(key)))
        )


def _js(before: str, value: Any, after: str, type_: Any) -> Var[Any]:
    return Var(Raw((before, to_expr(value), after)), type_)


def no_args_event_spec() -> tuple[()]:
    """Give nothing."""
    return ()


def input_event(e: Var[Any]) -> tuple[Var[str]]:
    """Give the text of the field."""
    return (_js("", e, ".target.value", str),)


def int_input_event(e: Var[Any]) -> tuple[Var[int]]:
    """Give the text of the field as an int."""
    return (_js("parseInt(", e, ".target.value, 10)", int),)


def float_input_event(e: Var[Any]) -> tuple[Var[float]]:
    """Give the text of the field as a float."""
    return (_js("parseFloat(", e, ".target.value)", float),)


def checked_input_event(e: Var[Any]) -> tuple[Var[bool]]:
    """Give whether the box is ticked."""
    return (_js("", e, ".target.checked", bool),)


def key_event(e: Var[Any]) -> tuple[Var[str], Var[KeyInputInfo]]:
    """Give the key's name and the modifier keys."""
    keys = {
        "alt_key": _js("", e, ".altKey", bool),
        "ctrl_key": _js("", e, ".ctrlKey", bool),
        "meta_key": _js("", e, ".metaKey", bool),
        "shift_key": _js("", e, ".shiftKey", bool),
    }
    return _js("", e, ".key", str), Var(to_expr(keys), KeyInputInfo)


def pointer_event_spec(e: Var[Any]) -> tuple[Var[PointerEventInfo]]:
    """Give the pointer's place, buttons and modifier keys."""
    info = {
        "button": _js("", e, ".button", int),
        "buttons": _js("", e, ".buttons", int),
        "client_x": _js("", e, ".clientX", int),
        "client_y": _js("", e, ".clientY", int),
        "alt_key": _js("", e, ".altKey", bool),
        "ctrl_key": _js("", e, ".ctrlKey", bool),
        "meta_key": _js("", e, ".metaKey", bool),
        "shift_key": _js("", e, ".shiftKey", bool),
    }
    return (Var(to_expr(info), PointerEventInfo),)


_FORM_DATA = (("formData", Import("wasmrx/form_data", "formData")),)
_FORM_PAIRS = (("formPairs", Import("wasmrx/form_data", "formPairs")),)


def on_submit_event(e: Var[Any]) -> tuple[Var[dict[str, Any]]]:
    """Give the form's values by field name."""
    return (Var(Raw(("formData(", to_expr(e), ")"), _FORM_DATA), dict[str, Any]),)


def on_submit_string_event(e: Var[Any]) -> tuple[Var[dict[str, str]]]:
    """Give the form's values by field name, all of them text."""
    return (Var(Raw(("formData(", to_expr(e), ")"), _FORM_DATA), dict[str, str]),)


on_submit_event_spec = on_submit_event


def all_values(form: Var[Any]) -> Var[Any]:
    """Return a submitted form as a list of pairs, which keeps fields that share a name."""
    _, event, _ = cast("Raw", to_expr(form)).pieces
    return Var(Raw(("formPairs(", event, ")"), _FORM_PAIRS), list[Any])


def passthrough_event_spec(*event_types: Any) -> ArgsSpec:
    """Return a spec that gives the callback's arguments as they are, typed ``event_types``."""

    def give(*values: Any) -> tuple[Var[Any], ...]:
        return tuple(
            Var(to_expr(value), type_) for value, type_ in zip(values, event_types, strict=False)
        )

    give.__name__ = "passthrough_event_spec"
    give.__wasmrx_params__ = tuple(f"_ev{i}" for i in range(len(event_types)))  # type: ignore[attr-defined]
    return give

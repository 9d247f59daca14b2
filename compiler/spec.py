"""What a component is to the compiler: a table of its props, triggers and rules.

The library declares its components as such tables. A component class that an author writes gets
its table from its annotations.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal, Union, cast, get_args, get_origin

from wasmrx.events import no_args_event_spec, pointer_event_spec
from wasmrx.expr import Import

from .css_names import camel_case

ArgsSpec = Callable[..., Any]

DEFAULT_TRIGGERS: Mapping[str, ArgsSpec] = {
    "on_focus": no_args_event_spec,
    "on_blur": no_args_event_spec,
    "on_click": pointer_event_spec,
    "on_context_menu": pointer_event_spec,
    "on_double_click": pointer_event_spec,
    "on_mouse_down": no_args_event_spec,
    "on_mouse_enter": no_args_event_spec,
    "on_mouse_leave": no_args_event_spec,
    "on_mouse_move": no_args_event_spec,
    "on_mouse_out": no_args_event_spec,
    "on_mouse_over": no_args_event_spec,
    "on_mouse_up": no_args_event_spec,
    "on_scroll": no_args_event_spec,
    "on_scroll_end": no_args_event_spec,
    "on_mount": no_args_event_spec,
    "on_unmount": no_args_event_spec,
}
"""The triggers that every component has."""


@dataclass(frozen=True)
class Prop:
    """One prop.

    ``type`` is the hint of its value; a ``Literal`` lists the only values allowed. ``js`` is its
    name in JavaScript, the camelCase of the Python name unless given. A ``responsive`` prop also
    takes a list or a dict by breakpoint. A prop that is not ``rendered`` is read by the
    component's own Python code and never reaches JavaScript.
    """

    type: Any = Any
    js: str = ""
    responsive: bool = False
    rendered: bool = True

    @cached_property
    def values(self) -> tuple[object, ...]:
        """Return the only values allowed, nothing where any value is."""
        return _literal_values(self.type)

    def js_name(self, name: str) -> str:
        """Return the name in JavaScript of this prop, called ``name`` in Python."""
        return self.js or camel_case(name)


def _literal_values(hint: Any) -> tuple[object, ...]:
    if get_origin(hint) is Literal:
        return get_args(hint)
    if get_origin(hint) in (Union, types.UnionType):
        parts = [_literal_values(part) for part in get_args(hint) if part is not type(None)]
        return tuple(value for part in parts for value in part) if all(parts) else ()
    return ()


def _no_props() -> Mapping[str, Prop]:
    return {}


def _no_triggers() -> Mapping[str, ArgsSpec]:
    return {}


def _nothing() -> Mapping[str, Any]:
    return {}


@dataclass(frozen=True)
class ComponentSpec:
    """A component: what it is called, what it becomes, what it takes.

    ``name`` is what messages call it (``"rx.button"``). ``element`` is a JavaScript import, an
    HTML tag, or None for one that shows its children only. ``triggers`` come beside the default
    ones; ``trigger_names`` are their names in JavaScript where these are not the camelCase of
    the Python ones (see ``trigger_js``). ``defaults`` are props and ``style`` CSS where the
    author gives none. ``fixed`` are props in JavaScript that are always given.

    A ``slot`` hands props to its child at run time (Radix triggers do), so the child stays a
    direct element. A ``void`` component takes no children. ``only_children``, ``no_children`` and
    ``only_parents`` hold names of specs. ``client_only`` components are not part of the
    prerendered HTML.
    """

    name: str
    element: Import | str | None
    props: Mapping[str, Prop] = field(default_factory=_no_props)
    triggers: Mapping[str, ArgsSpec] = field(default_factory=_no_triggers)
    trigger_names: Mapping[str, str] = field(default_factory=_nothing)
    defaults: Mapping[str, Any] = field(default_factory=_nothing)
    style: Mapping[str, Any] = field(default_factory=_nothing)
    fixed: Mapping[str, Any] = field(default_factory=_nothing)
    slot: bool = False
    void: bool = False
    only_children: tuple[str, ...] = ()
    no_children: tuple[str, ...] = ()
    only_parents: tuple[str, ...] = ()
    client_only: bool = False

    @cached_property
    def all_triggers(self) -> Mapping[str, ArgsSpec]:
        """Return the default triggers and this component's own."""
        return {**DEFAULT_TRIGGERS, **self.triggers}

    def trigger_js(self, name: str) -> str:
        """Return the name in JavaScript of the trigger ``name``."""
        return self.trigger_names.get(name) or camel_case(name)


def annotated_spec(parent: ComponentSpec, cls: type, own: Mapping[str, Any]) -> ComponentSpec:
    """Return ``parent`` changed by what the author's class ``cls`` declares.

    ``own`` are the evaluated annotations of the class body.
    """
    props = dict(parent.props)
    triggers = dict(parent.triggers)
    for name, hint in own.items():
        trigger = trigger_spec(hint)
        if trigger is not None:
            triggers[name] = trigger
        else:
            props[name] = Prop(var_hint(hint))
    rename = cast("Mapping[str, str]", getattr(cls, "_rename_props", {}))
    for name, prop in props.items():
        js = rename.get(prop.js_name(name)) or rename.get(name)
        if js:
            props[name] = Prop(prop.type, js, prop.responsive, prop.rendered)
    return ComponentSpec(
        name=cls.__name__,
        element=_element(parent, cls),
        props=props,
        triggers=triggers,
        trigger_names={
            **parent.trigger_names,
            **{name: js for name in triggers if (js := rename.get(camel_case(name)))},
        },
        defaults=parent.defaults,
        style=parent.style,
        fixed=parent.fixed,
        slot=parent.slot,
        void=parent.void,
        only_children=tuple(getattr(cls, "_valid_children", ()) or parent.only_children),
        no_children=tuple(getattr(cls, "_invalid_children", ()) or parent.no_children),
        only_parents=tuple(getattr(cls, "_valid_parents", ()) or parent.only_parents),
        client_only=parent.client_only or bool(getattr(cls, "_client_only", False)),
    )


def _element(parent: ComponentSpec, cls: type) -> Import | str | None:
    tag = cast("str | None", getattr(cls, "tag", None))
    library = cast("str | None", getattr(cls, "library", None))
    if not tag:
        return parent.element
    if not library:
        return tag if tag[:1].islower() else parent.element or tag
    name = "default" if getattr(cls, "is_default", False) else tag
    return Import(library, name)


def trigger_spec(hint: Any) -> ArgsSpec | None:
    """Return the argument spec that an annotation ``rx.EventHandler[spec]`` names."""
    metadata = getattr(hint, "__metadata__", None)
    origin = getattr(hint, "__origin__", hint)
    if getattr(origin, "__name__", "") != "EventHandler":
        return None
    return metadata[0] if metadata else no_args_event_spec


def var_hint(hint: Any) -> Any:
    """Return ``T`` of ``rx.Var[T]``, of a union of such, and of ``rx.Field[rx.Var[T]]``."""
    origin = get_origin(hint)
    if getattr(origin, "__name__", "") in ("Var", "Field"):
        return var_hint(get_args(hint)[0])
    if getattr(hint, "__name__", "") == "Var":
        return Any
    if origin in (Union, types.UnionType):
        merged: Any = None
        for part in get_args(hint):
            inner = var_hint(part)
            merged = inner if merged is None else merged | inner
        return merged
    return hint


def is_var_hint(hint: Any) -> bool:
    """Tell whether a field annotated ``hint`` holds a Var."""
    origin = get_origin(hint)
    if origin in (Union, types.UnionType):
        return any(is_var_hint(part) for part in get_args(hint))
    if getattr(origin, "__name__", "") == "Field":
        return is_var_hint(get_args(hint)[0])
    return getattr(origin or hint, "__name__", "") == "Var"

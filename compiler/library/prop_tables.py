"""What JavaScript components and HTML elements accept, read from the generated tables.

``compiler/release/tables.mjs`` writes the tables from the npm packages' own typings. They are
turned into ``Prop`` objects when a component is first used, so importing the library stays cheap.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import cache
from typing import Any, Literal, TypeVar, Union

from wasmrx.arg_specs import (
    ArgsSpec,
    input_event,
    key_event,
    no_args_event_spec,
    on_submit_event,
)
from wasmrx.compiler.css_names import CSS_PROPERTIES
from wasmrx.compiler.offer import package_data
from wasmrx.compiler.spec import DEFAULT_TRIGGERS, Prop

Row = Mapping[str, Mapping[str, list[Any]]]
Value = TypeVar("Value")

_CAPITAL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_HANDLED_BY_COMPONENT = frozenset({"className", "style", "id", "suppressHydrationWarning"})
_TRIGGER_SPECS: Mapping[str, ArgsSpec] = {
    "on_key_down": key_event,
    "on_key_up": key_event,
    "on_key_press": key_event,
    "on_submit": on_submit_event,
}
_FIELDS = frozenset({"input", "select", "textarea"})
_TEXT_FIELDS = frozenset({"input", "textarea"})


class Lazy(Mapping[str, Value]):
    """A mapping that is made when something is first looked up in it."""

    def __init__(self, make: Callable[[], Mapping[str, Value]]) -> None:
        """Keep ``make`` for later."""
        self._make = make
        self._made: Mapping[str, Value] | None = None

    def _all(self) -> Mapping[str, Value]:
        if self._made is None:
            self._made = self._make()
        return self._made

    def __getitem__(self, name: str) -> Value:
        """Return one value."""
        return self._all()[name]

    def __iter__(self) -> Iterator[str]:
        """Iterate over the names."""
        return iter(self._all())

    def __len__(self) -> int:
        """Return the number of names."""
        return len(self._all())


@cache
def table(family: str) -> Mapping[str, Any]:
    """Return a generated table: ``"themes"``, ``"primitives"``, ``"recharts"``, ``"html"``, …"""
    return json.loads(package_data(f"library/tables/{family}.json"))


@cache
def snake_case(name: str) -> str:
    """Return the Python name of a JavaScript prop: ``"tabIndex"`` → ``"tab_index"``."""
    return _CAPITAL.sub("_", name).lower()


def prop_of(name: str, row: Mapping[str, list[Any]]) -> Prop:
    """Return the prop that a table's row describes: typed where its values are a closed set."""
    values, kinds = row.get("values", []), set(row.get("kinds", []))
    responsive = "responsive" in kinds
    js = "" if snake_js(name) else name
    if kinds - {"bool", "responsive"}:
        return Prop(Any, js, responsive)
    hints: list[Any] = [Literal[tuple(values)]] if values else []
    if "bool" in kinds:
        hints.append(bool)
    return Prop(Union[tuple(hints)] if hints else Any, js, responsive)  # noqa: UP007


def snake_js(name: str) -> bool:
    """Tell whether camel case of the Python name gives ``name`` back."""
    first, *rest = snake_case(name).split("_")
    return first + "".join(part[:1].upper() + part[1:] for part in rest) == name


def is_trigger(name: str, row: Mapping[str, list[Any]]) -> bool:
    """Tell whether a row describes an event handler."""
    return name.startswith("on") and name[2:3].isupper() and row.get("kinds") == ["function"]


def props_in(row: Row, *, drop: Collection[str] = ()) -> dict[str, Prop]:
    """Return the props of a row by Python name, without triggers and those in ``drop``."""
    return {
        snake_case(name): prop_of(name, value)
        for name, value in row.items()
        if name not in drop and name not in _HANDLED_BY_COMPONENT and not is_trigger(name, value)
    }


@cache
def element_props(tag: str) -> Mapping[str, Prop]:
    """Return the attributes of an HTML element; a name that CSS has too is left to CSS."""
    html = table("html")
    named = {"content"} & set(html.get(tag, {})) if tag == "meta" else set[str]()
    clash = (CSS_PROPERTIES | {"color"}) - named
    return props_in(html["*"], drop=clash) | props_in(html.get(tag, {}), drop=clash)


@cache
def svg_props(tag: str) -> Mapping[str, Prop]:
    """Return the attributes of an SVG element, those of every HTML element among them."""
    svg = table("svg")
    every = props_in(table("html")["*"], drop=CSS_PROPERTIES | {"color"})
    link = props_in(table("html")["a"], drop=CSS_PROPERTIES) if tag == "a" else {}
    return every | link | props_in(svg["*"]) | props_in(svg.get(tag, {})) | {"side": Prop(str)}


@cache
def element_triggers(tag: str) -> Mapping[str, ArgsSpec]:
    """Return what an HTML or SVG element can tell, beside what every component can."""
    family = table("html")
    rows = {**family["*"], **family.get(tag, {})}
    found = {snake_case(name): name for name, row in rows.items() if is_trigger(name, row)}
    changed = input_event if tag in _FIELDS else no_args_event_spec
    specs = {**_TRIGGER_SPECS, "on_change": changed, "on_input": changed}
    if tag in _TEXT_FIELDS:
        specs |= {"on_focus": input_event, "on_blur": input_event}
    return {
        name: specs.get(name) or DEFAULT_TRIGGERS.get(name, no_args_event_spec) for name in found
    }

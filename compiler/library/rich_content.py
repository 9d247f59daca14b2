"""Content that a JavaScript library draws: dates and times, Plotly figures."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from wasmrx.arg_specs import no_args_event_spec, passthrough_event_spec
from wasmrx.compiler.component import Component
from wasmrx.compiler.diagnostics import author_line
from wasmrx.compiler.spec import Prop
from wasmrx.errors import ComponentTypeError
from wasmrx.expr import Import
from wasmrx.var import Var

from .families import html, plain
from .namespaces import Namespace
from .values import is_var


@dataclass(frozen=True)
class MomentDelta:
    """A span of time that ``rx.moment`` adds or subtracts."""

    years: int | None = field(default=None)
    quarters: int | None = field(default=None)
    months: int | None = field(default=None)
    weeks: int | None = field(default=None)
    days: int | None = field(default=None)
    hours: int | None = field(default=None)
    minutes: int | None = field(default=None)
    seconds: int | None = field(default=None)
    milliseconds: int | None = field(default=None)

    def amounts(self) -> dict[str, int]:
        """Return the parts that are given."""
        return {name: count for name, count in vars(self).items() if count is not None}


class _Moment(Component):
    """A date or a time as text."""

    @classmethod
    def create(cls, *children: Any, **props: Any) -> Component:
        """Return the text of the child, of ``date``, or of now."""
        if children:
            props.setdefault("date", children[0])
        _refuse_functions("rx.moment", props)
        for name in ("add", "subtract"):
            value = props.get(name)
            if isinstance(value, MomentDelta):
                props[name] = value.amounts()
        return cls._create((), **props)


def _refuse_functions(name: str, props: dict[str, Any]) -> None:
    for prop in ("filters", "renderers"):
        if props.get(prop) is not None:
            raise ComponentTypeError(
                f"{name} has no {prop}, which are functions of JavaScript: make the text in a "
                "computed var."
            ).at(author_line())


class _MomentProvider(Component):
    """What dates below it are shown with."""

    @classmethod
    def create(cls, *children: Any, **props: Any) -> Component:
        """Return what gives its children their props."""
        _refuse_functions("rx.moment_provider", props)
        return cls._create(children, **props)


_MOMENT_PROPS = (
    *("date", "interval", "format", "parse", "tz", "utc", "local", "unix", "from"),
    *("from_now", "from_now_short", "from_now_during", "to_now", "ago", "to", "diff", "unit"),
    *("decimal", "duration", "duration_from_now", "calendar", "add", "subtract"),
    *("with_title", "title_format", "locale", "element", "fallback", "trim"),
    *("filters", "renderers"),
)

Moment = html(
    "moment",
    "time",
    element=Import("wasmrx/moment", "Moment"),
    props={name: Prop(Any) for name in _MOMENT_PROPS},
    triggers={"on_change": passthrough_event_spec(str)},
    base=_Moment,
)


MomentProvider = plain(
    "moment_provider",
    "wasmrx/moment",
    "MomentProvider",
    {
        "pool": Prop(bool, rendered=False),
        **{
            name: Prop(Any)
            for name in (
                *("interval", "locale", "local", "format", "parse", "filters", "renderers"),
                *("element", "timezone"),
            )
        },
    },
    base=_MomentProvider,
)


def _figure_parts(figure: Any) -> dict[str, Any]:
    """Return ``data`` and ``layout`` of a Plotly figure, a dict of both, or a Var of one."""
    if is_var(figure):
        var = figure.to(dict[str, Any])
        return {"data": var["data"], "layout": var["layout"]}
    as_json: Callable[[], str] | None = getattr(figure, "to_json", None)
    parts = json.loads(as_json()) if as_json else figure
    return {name: parts[name] for name in ("data", "layout") if name in parts}


class _Plotly(Component):
    """A Plotly figure; the library is fetched when the figure is shown."""

    @classmethod
    def create(cls, *children: Any, **props: Any) -> Component:
        """Return the figure given as ``data``: a Plotly figure, or a dict with its two parts."""
        figure = props.pop("data", None)
        if figure is None:
            raise ComponentTypeError("rx.plotly needs a figure: rx.plotly(data=figure).").at(
                author_line()
            )
        layout = props.pop("layout", None)
        parts: dict[str, Any] = (
            {"data": figure} if isinstance(figure, list) else _figure_parts(figure)
        )
        if layout is not None:
            base: Any = parts.get("layout", {})
            merged = Var.create(base).to(dict[str, Any]).merge(layout)
            parts["layout"] = merged if is_var(base) or is_var(layout) else base | layout
        return cls._create((), **parts, **{"width": "100%", **props})


_BUNDLES = ("basic", "cartesian", "finance", "geo", "gl2d", "gl3d", "mapbox", "strict")
"""Names of Reflex for parts of Plotly; here the page fetches the part that a figure needs."""

_POINTS = (
    *("on_click", "on_hover", "on_unhover", "on_selected", "on_selecting"),
    *("on_before_hover", "on_button_clicked", "on_relayout", "on_relayouting", "on_restyle"),
)
_SIGNALS = (
    *("on_double_click", "on_deselect", "on_redraw", "on_after_plot", "on_animated"),
    *("on_animating_frame", "on_animation_interrupted", "on_autosize", "on_transitioning"),
    "on_transition_interrupted",
)

Plotly = html(
    "plotly",
    "div",
    element=Import("plotly", "Plot"),
    props={
        "data": Prop(Any),
        "layout": Prop(Any),
        "config": Prop(Any),
        "frames": Prop(Any),
        "template": Prop(Any),
        "locale": Prop(str),
        "use_resize_handler": Prop(bool),
    },
    triggers={
        **dict.fromkeys(_POINTS, passthrough_event_spec(dict[str, Any])),
        **dict.fromkeys(_SIGNALS, no_args_event_spec),
    },
    defaults={"use_resize_handler": True},
    client_only=True,
    base=_Plotly,
)

moment = Moment.create
moment_provider = MomentProvider.create
plotly = Namespace("plotly", Plotly, **dict.fromkeys(_BUNDLES, Plotly.create))

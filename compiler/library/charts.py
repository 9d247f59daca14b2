"""``rx.recharts``: charts, each in a container that fits it to its place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wasmrx.arg_specs import ArgsSpec, no_args_event_spec
from wasmrx.compiler.component import Component, make
from wasmrx.compiler.control import Foreach
from wasmrx.compiler.spec import ComponentSpec, Prop
from wasmrx.expr import Function, Import, Op
from wasmrx.var import Var, to_expr

from .families import events
from .namespaces import Namespace
from .prop_tables import Lazy, props_in, svg_props, table

_TRIGGERS: Mapping[str, ArgsSpec] = {
    **dict.fromkeys(
        ("on_click", "on_context_menu", "on_double_click", "on_resize", "on_change"),
        no_args_event_spec,
    ),
    **events("on_animation_start", "on_animation_end"),
}
_WITH_CELLS = ("bar", "funnel", "pie", "radial_bar", "scatter")
_MORE_PROPS = (
    "base_line",
    "data",
    "layout",
    "min_angle",
    "coordinate",
    "margin",
    "payload",
    "type",
)
_ACTIVE_DOT = {"stroke": "var(--accent-2)", "fill": "var(--accent-10)"}
_DOT = {"stroke": "var(--accent-10)", "fill": "var(--accent-4)"}


_UNTYPED = {"Funnel": ("trapezoids",), "Legend": ("chart_width", "chart_height")}


def _props(name: str) -> dict[str, Prop]:
    return {
        **svg_props("g"),
        **{more: Prop(Any) for more in (*_MORE_PROPS, *_UNTYPED.get(name, ()))},
        **props_in(table("recharts")[f"recharts/{name}#{name}"]["props"]),
    }


class _Series(Component):
    """A part whose ``cell`` children recharts looks for: they stay its own elements."""

    @classmethod
    def create(cls, *children: Any, **props: Any) -> Component:
        """Return the part; the cells of a foreach are listed in place."""
        return super().create(*(_in_place(child) for child in children), **props)


def _in_place(child: Any) -> Any:
    if not isinstance(child, Foreach):
        return child
    (row,) = child.children
    cell = Function((child.item_name, child.index_name), to_expr(row))
    shown: Var[Any] = Var(Op("map", (child.items, cell)), list[Any])
    return shown


def _part(python: str, name: str, **defaults: Any) -> type[Component]:
    has_cells = python in _WITH_CELLS
    spec = ComponentSpec(
        name=f"rx.recharts.{python}",
        element=Import(f"recharts/{name}", name),
        props=Lazy(lambda: _props(name)),
        triggers=_TRIGGERS,
        defaults=defaults,
        slot=has_cells,
    )
    return make(spec, _Series if has_cells else Component)


ResponsiveContainer = _part("responsive_container", "ResponsiveContainer")


class _Chart(Component):
    """A chart in a container of the given size."""

    @classmethod
    def create(
        cls, *children: Any, width: Any = "100%", height: Any = "100%", **props: Any
    ) -> Component:
        """Return the chart; its place must have a height where ``height`` is a percentage."""
        return ResponsiveContainer.create(
            cls._create(children, **props), width=width, height=height, min_width=10, min_height=10
        )


def _chart(python: str, name: str) -> Any:
    spec = ComponentSpec(
        name=f"rx.recharts.{python}",
        element=Import(f"recharts/{name}", name),
        props=Lazy(lambda: _props(name)),
        triggers=_TRIGGERS,
    )
    return make(spec, _Chart).create


_gray = {shade: f"var(--gray-{shade})" for shade in range(1, 13)}
_accent = {shade: f"var(--accent-{shade})" for shade in range(1, 13)}
_tooltip = _part(
    "graphing_tooltip",
    "Tooltip",
    cursor={"strokeWidth": 1, "fill": _gray[3]},
    item_style={"color": _gray[12]},
    label_style={"color": _gray[11]},
    content_style={"background": _gray[1], "borderColor": _gray[4], "borderRadius": "8px"},
).create

recharts = Namespace(
    "recharts",
    area_chart=_chart("area_chart", "AreaChart"),
    bar_chart=_chart("bar_chart", "BarChart"),
    composed_chart=_chart("composed_chart", "ComposedChart"),
    funnel_chart=_chart("funnel_chart", "FunnelChart"),
    line_chart=_chart("line_chart", "LineChart"),
    pie_chart=_chart("pie_chart", "PieChart"),
    radar_chart=_chart("radar_chart", "RadarChart"),
    radial_bar_chart=_chart("radial_bar_chart", "RadialBarChart"),
    sankey_chart=_chart("sankey_chart", "Sankey"),
    scatter_chart=_chart("scatter_chart", "ScatterChart"),
    treemap=_chart("treemap", "Treemap"),
    area=_part(
        "area",
        "Area",
        active_dot=_ACTIVE_DOT,
        fill=_accent[5],
        stroke=_accent[9],
        type="monotone",
    ).create,
    bar=_part("bar", "Bar", fill=_accent[9]).create,
    brush=_part("brush", "Brush", fill=_gray[2], stroke=_gray[9]).create,
    cartesian_axis=_part("cartesian_axis", "CartesianAxis").create,
    cartesian_grid=_part("cartesian_grid", "CartesianGrid", stroke=_gray[7]).create,
    cell=_part("cell", "Cell").create,
    error_bar=_part("error_bar", "ErrorBar", stroke=_gray[8]).create,
    funnel=_part("funnel", "Funnel", stroke=_gray[3]).create,
    graphing_tooltip=_tooltip,
    tooltip=_tooltip,
    label=_part("label", "Label").create,
    label_list=_part("label_list", "LabelList", fill=_gray[10], stroke="none").create,
    layer=_part("layer", "Layer").create,
    legend=_part("legend", "Legend").create,
    line=_part("line", "Line", active_dot=_ACTIVE_DOT, dot=_DOT, stroke=_accent[9]).create,
    pie=_part("pie", "Pie", fill=_accent[3], label=False, stroke=_accent[9]).create,
    polar_angle_axis=_part(
        "polar_angle_axis", "PolarAngleAxis", stroke=_gray[10], tick_line=False
    ).create,
    polar_grid=_part("polar_grid", "PolarGrid", stroke=_gray[10]).create,
    polar_radius_axis=_part("polar_radius_axis", "PolarRadiusAxis", stroke=_gray[10]).create,
    radar=_part("radar", "Radar", fill=_accent[3], fill_opacity=0.6, stroke=_accent[9]).create,
    radial_bar=_part("radial_bar", "RadialBar").create,
    rectangle=_part("rectangle", "Rectangle").create,
    reference_area=_part("reference_area", "ReferenceArea").create,
    reference_dot=_part("reference_dot", "ReferenceDot").create,
    reference_line=_part("reference_line", "ReferenceLine").create,
    responsive_container=ResponsiveContainer.create,
    scatter=_part("scatter", "Scatter", fill=_accent[9]).create,
    x_axis=_part("x_axis", "XAxis", stroke=_gray[9]).create,
    y_axis=_part("y_axis", "YAxis", stroke=_gray[9]).create,
    z_axis=_part("z_axis", "ZAxis", range=[60, 400]).create,
)

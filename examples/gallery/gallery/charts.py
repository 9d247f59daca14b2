"""Recharts: each chart takes rows, each part the name of a field."""

from __future__ import annotations

import random
from typing import Any

import wasmrx as rx

SALES: list[dict[str, Any]] = [
    {"month": "Jan", "tea": 40, "coffee": 24, "error": 5},
    {"month": "Feb", "tea": 30, "coffee": 14, "error": 3},
    {"month": "Mar", "tea": 20, "coffee": 58, "error": 6},
    {"month": "Apr", "tea": 27, "coffee": 39, "error": 4},
    {"month": "May", "tea": 18, "coffee": 48, "error": 2},
]
SHARES: list[dict[str, Any]] = [
    {"name": "Rice", "value": 50, "fill": "#3e63dd"},
    {"name": "Beans", "value": 30, "fill": "#30a46c"},
    {"name": "Maize", "value": 20, "fill": "#f76b15"},
]


def line_chart() -> rx.Component:
    """Line chart: with axes, grid, legend, and a tooltip under the pointer."""
    return rx.recharts.line_chart(
        rx.recharts.line(data_key="tea"),
        rx.recharts.line(data_key="coffee", stroke=rx.color("orange", 9)),
        rx.recharts.x_axis(data_key="month"),
        rx.recharts.y_axis(),
        rx.recharts.cartesian_grid(stroke_dasharray="3 3"),
        rx.recharts.graphing_tooltip(),
        rx.recharts.legend(),
        data=SALES,
        height=240,
    )


class Rolls(rx.State):
    rows: list[dict[str, int]] = [{"eyes": eyes, "times": 3} for eyes in range(1, 7)]

    @rx.event
    def roll(self):
        for _ in range(10):
            self.rows[random.randrange(6)]["times"] += 1


def bar_chart() -> rx.Component:
    """Bar chart: of rows in the state; each change moves the bars."""
    return rx.vstack(
        rx.recharts.bar_chart(
            rx.recharts.bar(
                rx.recharts.label_list(data_key="times", position="top"), data_key="times"
            ),
            rx.recharts.x_axis(data_key="eyes"),
            rx.recharts.y_axis(hide=True),
            data=Rolls.rows,
            margin={"top": 20},
            height=220,
        ),
        rx.button("Roll ten times", on_click=Rolls.roll),
        width="100%",
    )


def area_chart() -> rx.Component:
    """Area chart: stacked, with a mark, a span and a brush to look closer."""
    return rx.recharts.area_chart(
        rx.recharts.area(data_key="tea", stack_id="1"),
        rx.recharts.area(data_key="coffee", stack_id="1", fill=rx.color("orange", 6)),
        rx.recharts.x_axis(
            rx.recharts.label(value="2024", position="insideBottomRight", dy=14), data_key="month"
        ),
        rx.recharts.y_axis(),
        rx.recharts.reference_line(
            y=60, stroke=rx.color("red", 9), label={"value": "goal", "position": "insideTopRight"}
        ),
        rx.recharts.reference_area(x1="Feb", x2="Mar", fill=rx.color("gray", 5)),
        rx.recharts.reference_dot(x="Apr", y=66, r=5, fill=rx.color("red", 9)),
        rx.recharts.brush(data_key="month", height=24),
        data=SALES,
        height=280,
    )


def composed_chart() -> rx.Component:
    """Composed chart: bars with their error, and a line."""
    return rx.recharts.composed_chart(
        rx.recharts.bar(
            rx.recharts.error_bar(data_key="error", width=6, stroke=rx.color("gray", 11)),
            data_key="tea",
        ),
        rx.recharts.line(data_key="coffee", stroke=rx.color("orange", 9), type_="monotone"),
        rx.recharts.x_axis(data_key="month"),
        rx.recharts.y_axis(),
        data=SALES,
        height=240,
    )


def pie_chart() -> rx.Component:
    """Pie chart: each cell has its colour."""
    return rx.recharts.pie_chart(
        rx.recharts.pie(
            *[rx.recharts.cell(fill=share["fill"]) for share in SHARES],
            data=SHARES,
            data_key="value",
            name_key="name",
            inner_radius="40%",
            label=True,
        ),
        rx.recharts.legend(),
        margin={"top": 20},
        height=280,
    )


def scatter_chart() -> rx.Component:
    """Scatter chart: two values across, a third as the size."""
    return rx.recharts.scatter_chart(
        rx.recharts.scatter(
            data=[{"x": x, "y": (x * 7) % 11, "z": x * x} for x in range(1, 11)],
            fill=rx.color("plum", 9),
        ),
        rx.recharts.x_axis(data_key="x", type_="number"),
        rx.recharts.y_axis(data_key="y", type_="number"),
        rx.recharts.z_axis(data_key="z", range=[20, 400]),
        rx.recharts.cartesian_grid(),
        height=240,
    )


def radar_chart() -> rx.Component:
    """Radar chart: several values of one thing, around."""
    return rx.recharts.radar_chart(
        rx.recharts.radar(data_key="coffee"),
        rx.recharts.polar_grid(),
        rx.recharts.polar_angle_axis(data_key="month"),
        rx.recharts.polar_radius_axis(angle=54, tick_count=4),
        data=SALES,
        height=260,
    )


def radial_bar_chart() -> rx.Component:
    """Radial bar chart: bars in circles."""
    return rx.recharts.radial_bar_chart(
        rx.recharts.radial_bar(data_key="value", background={"fill": rx.color("gray", 4)}),
        rx.recharts.tooltip(),
        rx.recharts.legend(),
        data=SHARES,
        inner_radius="30%",
        outer_radius="100%",
        height=240,
    )


def funnel_chart() -> rx.Component:
    """Funnel chart: how many are left at each step."""
    return rx.recharts.funnel_chart(
        rx.recharts.funnel(
            rx.recharts.label_list(data_key="name", position="right"),
            data=[
                {"name": "visited", "value": 100, "fill": "#3e63dd"},
                {"name": "tried", "value": 60, "fill": "#30a46c"},
                {"name": "stayed", "value": 25, "fill": "#f76b15"},
            ],
            data_key="value",
        ),
        margin={"right": 80},
        height=220,
    )


def treemap() -> rx.Component:
    """Treemap: parts of a whole as areas."""
    return rx.recharts.treemap(
        data=[
            {"name": "Asia", "size": 4800},
            {"name": "Africa", "size": 1500},
            {"name": "Europe", "size": 740},
            {"name": "Americas", "size": 1000},
        ],
        data_key="size",
        name_key="name",
        fill=rx.color("accent", 8),
        stroke=rx.color("gray", 1),
        height=220,
    )


def sankey_chart() -> rx.Component:
    """Sankey chart: what flows where."""
    return rx.recharts.sankey_chart(
        data={
            "nodes": [{"name": name} for name in ("Sun", "Wind", "Grid", "Homes", "Trains")],
            "links": [
                {"source": 0, "target": 2, "value": 30},
                {"source": 1, "target": 2, "value": 50},
                {"source": 2, "target": 3, "value": 60},
                {"source": 2, "target": 4, "value": 20},
            ],
        },
        node_padding=30,
        node={"fill": rx.color("accent", 9)},
        link={"stroke": rx.color("accent", 8)},
        height=220,
    )


def shapes() -> rx.Component:
    """Parts by hand: a layer, a rectangle, an axis placed by pixels, a container of your own."""
    return rx.recharts.responsive_container(
        rx.el.svg(
            rx.recharts.layer(
                rx.recharts.rectangle(
                    x=20, y=20, width=120, height=60, radius=8, fill=rx.color("accent", 9)
                ),
                rx.recharts.cartesian_axis(
                    x=20, y=90, width=200, height=20, ticks=[{"value": 1, "coordinate": 20}]
                ),
            ),
            width="260",
            height="120",
        ),
        width="100%",
        height=120,
    )

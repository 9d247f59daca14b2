"""Plotly: figures to zoom and turn. The library is fetched when a figure is shown."""

from __future__ import annotations

import math
from typing import Any

import wasmrx as rx

CLEAR: dict[str, Any] = {
    "paper_bgcolor": "rgba(0,0,0,0)",
    "plot_bgcolor": "rgba(0,0,0,0)",
    "font": {"color": "#80838d"},
    "margin": {"l": 40, "r": 20, "t": 20, "b": 40},
    "xaxis": {"gridcolor": "rgba(128, 131, 141, 0.25)"},
    "yaxis": {"gridcolor": "rgba(128, 131, 141, 0.25)"},
}


class Wave(rx.State):
    speed: int = 2
    at: str = ""

    @rx.event
    def set_speed(self, values: list[float]):
        self.speed = int(values[0])

    @rx.event
    def tell(self, event: dict[str, Any]):
        point = event["points"][0]
        self.at = f"{point['x']:.1f}, {point['y']:.2f}"

    @rx.var
    def figure(self) -> dict[str, Any]:
        xs = [step / 10 for step in range(64)]
        ys = [math.sin(x * self.speed) for x in xs]
        return {"data": [{"type": "scatter", "x": xs, "y": ys}], "layout": CLEAR}


def plotly() -> rx.Component:
    """Plotly: a figure that Python makes; what is pressed comes back as an event."""
    return rx.vstack(
        rx.plotly(data=Wave.figure, on_click=Wave.tell, height="260px"),
        rx.slider(value=Wave.speed, on_change=Wave.set_speed, min=1, max=6, aria_label="Speed"),
        rx.text("Pressed: ", Wave.at),
        width="100%",
    )


def bars() -> rx.Component:
    """Basic figures: lines, bars and pies need only Plotly's small part."""
    return rx.plotly.basic(
        data={
            "data": [
                {"type": "bar", "name": "tea", "x": ["Jan", "Feb"], "y": [4, 3]},
                {"type": "bar", "name": "coffee", "x": ["Jan", "Feb"], "y": [2, 5]},
            ],
            "layout": CLEAR,
        },
        height="260px",
    )


def heat_map() -> rx.Component:
    """Other figures: the whole of Plotly is fetched for them."""
    return rx.plotly(
        data={
            "data": [{"type": "heatmap", "z": [[x * y % 7 for x in range(9)] for y in range(6)]}],
            "layout": CLEAR,
        },
        height="260px",
    )


def surface() -> rx.Component:
    """In three dimensions: turn it with the pointer."""
    return rx.plotly.gl3d(
        data={
            "data": [
                {
                    "type": "surface",
                    "showscale": False,
                    "z": [
                        [math.sin(x / 3) * math.cos(y / 3) for x in range(20)] for y in range(20)
                    ],
                }
            ],
            "layout": {**CLEAR, "margin": {"l": 0, "r": 0, "t": 0, "b": 0}},
        },
        height="300px",
    )

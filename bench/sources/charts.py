"""A line chart and a bar chart."""

from typing import Any

import reflex as rx


class Data(rx.State):
    rows: list[dict[str, Any]] = [
        {"name": str(i), "a": i * 3 % 7, "b": i * 5 % 9} for i in range(12)
    ]

    @rx.event
    def turn(self):
        self.rows = list(reversed(self.rows))


def index() -> rx.Component:
    return rx.container(
        rx.heading("Charts"),
        rx.button("Turn", on_click=Data.turn),
        rx.recharts.line_chart(
            rx.recharts.line(data_key="a"),
            rx.recharts.line(data_key="b", stroke="#8884d8"),
            rx.recharts.x_axis(data_key="name"),
            rx.recharts.y_axis(),
            rx.recharts.graphing_tooltip(),
            rx.recharts.legend(),
            data=Data.rows,
            width="100%",
            height=250,
        ),
        rx.recharts.bar_chart(
            rx.recharts.bar(data_key="a", fill="#8884d8"),
            rx.recharts.x_axis(data_key="name"),
            rx.recharts.cartesian_grid(stroke_dasharray="3 3"),
            data=Data.rows,
            width="100%",
            height=250,
        ),
    )


app = rx.App()
app.add_page(index, route="/", title="Charts")

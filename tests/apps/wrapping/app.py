"""Wraps packages of npm of different make, and files of its own: one page for each."""

from typing import Any

from libraries import chart, confetti, dates, editor, flow, maps, scene, sorting
from own import own

import wasmrx as rx


def index() -> rx.Component:
    names = ("flow", "map", "editor", "dates", "scene", "confetti", "chart", "sorting", "own")
    return rx.vstack(
        rx.heading("Wrapping"),
        *[rx.link(name, href=f"/{name}") for name in names],
    )


app = rx.App()
app.add_page(index)
pages: dict[str, Any] = {
    "flow": flow,
    "map": maps,
    "editor": editor,
    "dates": dates,
    "scene": scene,
    "confetti": confetti,
    "chart": chart,
    "sorting": sorting,
    "own": own,
}
for route, page in pages.items():
    app.add_page(page, route=route)

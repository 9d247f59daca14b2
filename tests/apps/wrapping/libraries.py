"""Eight packages: a flow editor, a map, a rich-text editor, a date picker, a 3D canvas, confetti,
a charting library and a drag-and-drop kit.
"""

from typing import Any

import wasmrx as rx


class State(rx.State):
    said: str = "nothing yet"
    nodes: list[dict[str, Any]] = [
        {"id": "a", "position": {"x": 40, "y": 20}, "data": {"label": "first"}},
        {"id": "b", "position": {"x": 160, "y": 120}, "data": {"label": "second"}},
    ]
    edges: list[dict[str, str]] = [{"id": "ab", "source": "a", "target": "b"}]
    html: str = "<p>Hello <strong>editor</strong></p>"
    day: str = "2024-05-20"
    turned: bool = False
    pieces: int = 0
    bars: list[int] = [3, 1, 2]
    place: str = "left"

    @rx.event
    def say(self, text: str):
        self.said = text

    @rx.event
    def click_node(self, node: dict[str, Any]):
        self.said = f"node {node['id']}"

    @rx.event
    def add_node(self):
        added = {"id": "c", "position": {"x": 280, "y": 220}, "data": {"label": "third"}}
        self.nodes = [*self.nodes, added]

    @rx.event
    def pick_place(self, lat: float, lng: float):
        self.said = f"{lat:.0f} {lng:.0f}"

    @rx.event
    def edit(self, html: str):
        self.html = html

    @rx.event
    def choose(self, day: str):
        self.day = day[:10]

    @rx.event
    def turn(self):
        self.turned = not self.turned

    @rx.event
    def throw(self):
        self.pieces = 12

    @rx.event
    def fallen(self):
        self.said = "all fallen"

    @rx.event
    def press_chart(self):
        self.bars = [*self.bars, 9]

    @rx.event
    def drop(self, what: str, where: str):
        self.place = where
        self.said = f"{what} to {where}"


def said() -> rx.Component:
    return rx.text(State.said, id="said")


class Flow(rx.Component):
    library = "@xyflow/react@12"
    tag = "ReactFlow"
    nodes: rx.Var[list[dict[str, Any]]]
    edges: rx.Var[list[dict[str, str]]]
    fit_view: rx.Var[bool]
    on_node_click: rx.EventHandler[lambda event, node: [node]]

    def add_imports(self):
        return {"": "@xyflow/react/dist/style.css"}


class Background(rx.Component):
    library = "@xyflow/react"
    tag = "Background"
    variant: rx.Var[str]


def flow() -> rx.Component:
    return rx.vstack(
        rx.box(
            Flow.create(
                Background.create(
                    variant=rx.Var(
                        "BackgroundVariant.Dots",
                        _var_data=rx.vars.VarData(imports={"@xyflow/react": "BackgroundVariant"}),
                    )
                ),
                nodes=State.nodes,
                edges=State.edges,
                on_node_click=State.click_node,
            ),
            width="600px",
            height="400px",
        ),
        rx.button("Add a node", on_click=State.add_node),
        said(),
    )


class Map(rx.Component):
    library = "react-leaflet@5"
    lib_dependencies = ["leaflet@1.9.4"]
    tag = "MapContainer"
    center: rx.Var[list[float]]
    zoom: rx.Var[int]

    def add_imports(self):
        return {"": ["leaflet/dist/leaflet.css"]}


class Circle(rx.Component):
    library = "react-leaflet@5"
    tag = "CircleMarker"
    center: rx.Var[list[float]]
    radius: rx.Var[int]


class Clicks(rx.Component):
    library = rx.asset("clicks.tsx", shared=True).importable_path
    tag = "Clicks"
    on_pick: rx.EventHandler[rx.event.passthrough_event_spec(float, float)]


def maps() -> rx.Component:
    return rx.vstack(
        Map.create(
            Circle.create(center=[10, 20], radius=40),
            Clicks.create(on_pick=State.pick_place),
            center=[10, 20],
            zoom=5,
            width="400px",
            height="300px",
        ),
        said(),
    )


class Editor(rx.NoSSRComponent):
    library = "$/public/editor.jsx"
    lib_dependencies = ["@tiptap/react@3", "@tiptap/starter-kit@3", "@tiptap/pm@3"]
    tag = "Editor"
    is_default = True
    start: rx.Var[str]
    on_change: rx.EventHandler[rx.event.passthrough_event_spec(str)]


def editor() -> rx.Component:
    return rx.vstack(
        Editor.create(start=State.html, on_change=State.edit),
        rx.text(State.html, id="html"),
    )


def _iso(day: Any) -> list[Any]:
    return [day]


class DayPicker(rx.NoSSRComponent):
    library = "react-day-picker@9"
    tag = "DayPicker"
    mode: rx.Var[str]
    default_month: rx.Var[Any]
    selected: rx.Var[Any]
    time_zone: rx.Var[str]
    on_select: rx.EventHandler[_iso]

    def add_custom_code(self):
        return ["import 'react-day-picker/style.css';"]


def dates() -> rx.Component:
    return rx.vstack(
        DayPicker.create(
            mode="single",
            time_zone="UTC",
            default_month=rx.Var("new Date(Date.UTC(2024, 4, 1))"),
            selected=rx.Var(f"new Date({State.day!s})"),
            on_select=State.choose,
        ),
        rx.text(State.day, id="day"),
    )


class Canvas(rx.NoSSRComponent):
    library = "@react-three/fiber@9"
    lib_dependencies = ["three@0.182"]
    tag = "Canvas"


class Mesh(rx.Component):
    tag = "mesh"
    scale: rx.Var[float]


class BoxGeometry(rx.Component):
    tag = "boxGeometry"
    args: rx.Var[list[float]]


class Material(rx.Component):
    tag = "meshBasicMaterial"
    color: rx.Var[str]


def scene() -> rx.Component:
    return rx.vstack(
        rx.box(
            Canvas.create(
                Mesh.create(
                    BoxGeometry.create(args=[3, 3, 3]),
                    Material.create(color=rx.cond(State.turned, "#00ff00", "#ff0000")),
                    on_click=State.turn,
                ),
            ),
            width="300px",
            height="300px",
        ),
        rx.text(rx.cond(State.turned, "turned", "not turned"), id="turned"),
    )


class Confetti(rx.Component):
    library = "react-confetti@6.4.0"
    tag = "Confetti"
    is_default = True
    width: rx.Var[int]
    height: rx.Var[int]
    number_of_pieces: rx.Var[int]
    recycle: rx.Var[bool]
    gravity: rx.Var[float]
    tween_duration: rx.Var[int]
    on_confetti_complete: rx.EventHandler[rx.event.no_args_event_spec]


def confetti() -> rx.Component:
    return rx.vstack(
        rx.button("Throw", on_click=State.throw),
        rx.cond(
            State.pieces > 0,
            Confetti.create(
                width=200,
                height=120,
                number_of_pieces=State.pieces,
                recycle=False,
                gravity=4,
                tween_duration=50,
                on_confetti_complete=State.fallen,
            ),
        ),
        said(),
    )


class Bar(rx.Component):
    library = "react-chartjs-2@5"
    tag = "Bar"
    data: rx.Var[dict[str, Any]]
    options: rx.Var[dict[str, Any]]

    def add_imports(self):
        return {"chart.js@4": [rx.ImportVar("Chart", alias="ChartJS"), "registerables"]}

    def add_custom_code(self):
        return ["ChartJS.register(...registerables);"]


def chart() -> rx.Component:
    return rx.vstack(
        rx.box(
            Bar.create(
                data={
                    "labels": State.bars,
                    "datasets": [{"data": State.bars, "backgroundColor": "#0000ff"}],
                },
                options={"animation": False},
                on_click=State.press_chart,
            ),
            width="400px",
        ),
        rx.text(State.bars.length(), id="bars"),
    )


def _drag_end(event: Any) -> list[Any]:
    return [event.active.id, event.over.id]


class Sorting(rx.Component):
    library = "@dnd-kit/core@6"
    tag = "DndContext"
    id: rx.Var[str]
    on_drag_end: rx.EventHandler[_drag_end]


class Draggable(rx.Component):
    library = rx.asset("dragging.tsx", shared=True).importable_path
    tag = "Draggable"
    name: rx.Var[str]


class Droppable(Draggable):
    tag = "Droppable"


def sorting() -> rx.Component:
    def place(name: str) -> rx.Component:
        card = Draggable.create("card", name="card")
        return Droppable.create(rx.cond(State.place == name, card), name=name)

    return rx.vstack(
        Sorting.create(
            rx.hstack(place("left"), place("right")),
            on_drag_end=State.drop,
        ),
        said(),
    )

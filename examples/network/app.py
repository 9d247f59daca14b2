"""A network: who is in the middle of it, and the shortest way between two people, by networkx."""

from dataclasses import dataclass
from itertools import pairwise

import wasmrx as rx

SIZE = 100
MARGIN = 8
NETWORKS = {"Karate club": "karate_club_graph", "Families of Florence": "florentine_families_graph"}
MEASURES = {
    "Connections": "degree_centrality",
    "Between others": "betweenness_centrality",
    "Near to all": "closeness_centrality",
}


@dataclass
class Dot:
    """A node: its place on the picture, and its size by the chosen measure."""

    name: str
    x: float
    y: float
    radius: float
    on_way: bool = False


@dataclass
class Line:
    """An edge between two places."""

    x1: float
    y1: float
    x2: float
    y2: float
    on_way: bool = False


class Network(rx.State):
    """What is chosen, and the picture of it."""

    name: str = next(iter(NETWORKS))
    measure: str = next(iter(MEASURES))
    ends: list[str] = []
    dots: list[Dot] = []
    lines: list[Line] = []
    told: str = ""

    @rx.event
    def show(self):
        self.draw()

    @rx.event
    def choose_network(self, name: str):
        self.name, self.ends = name, []
        self.draw()

    @rx.event
    def choose_measure(self, measure: str):
        self.measure = measure
        self.draw()

    @rx.event
    def pick(self, name: str):
        self.ends = [name] if len(self.ends) != 1 or name in self.ends else [*self.ends, name]
        self.draw()

    def draw(self):
        import networkx as nx

        graph = nx.relabel_nodes(getattr(nx, NETWORKS[self.name])(), str)
        places = layout(graph)
        weights = getattr(nx, MEASURES[self.measure])(graph)
        most = max(weights.values())
        way = nx.shortest_path(graph, *self.ends) if len(self.ends) == 2 else list(self.ends)
        steps = {*pairwise(way), *pairwise(way[::-1])}
        self.dots = [
            Dot(name, *places[name], 1 + 2.2 * weights[name] / most, name in way) for name in graph
        ]
        self.lines = [Line(*places[a], *places[b], (a, b) in steps) for a, b in graph.edges]
        first = max(weights, key=weights.get)
        self.told = " → ".join(way) if way else f"{first} is first by this measure."


def layout(graph) -> dict[str, tuple[float, float]]:
    """Where each node is drawn: springs hold connected ones together."""
    places = springs(graph)
    lows, highs = (
        [pick(each[i] for each in places.values()) for i in (0, 1)] for pick in (min, max)
    )
    room = SIZE - 2 * MARGIN
    return {
        name: tuple(
            round(MARGIN + room * (at[i] - lows[i]) / (highs[i] - lows[i]), 2) for i in (0, 1)
        )
        for name, at in places.items()
    }


def springs(graph, rounds: int = 120) -> dict[str, tuple[float, float]]:
    """The layout of Fruchterman and Reingold; networkx has it too, with numpy."""
    import cmath

    names = list(graph)
    places = {name: cmath.rect(1, 2 * cmath.pi * i / len(names)) for i, name in enumerate(names)}
    ideal = 2 / len(names) ** 0.5
    for turn in range(rounds):
        moves = dict.fromkeys(names, 0j)
        for i, one in enumerate(names):
            for other in names[i + 1 :]:
                gap = places[one] - places[other]
                push = gap * (ideal / max(abs(gap), 0.01)) ** 2
                moves[one] += push
                moves[other] -= push
        for one, other in graph.edges:
            gap = places[one] - places[other]
            pull = gap * abs(gap) / ideal
            moves[one] -= pull
            moves[other] += pull
        heat = 0.2 * (1 - turn / rounds)
        for name, move in moves.items():
            places[name] += move / max(abs(move), 1e-9) * min(abs(move), heat)
    return {name: (at.real, at.imag) for name, at in places.items()}


def line(line: rx.Var[Line]) -> rx.Component:
    return rx.el.svg.line(
        x1=line.x1,
        y1=line.y1,
        x2=line.x2,
        y2=line.y2,
        stroke=rx.cond(line.on_way, rx.color("amber", 9), rx.color("gray", 6)),
        stroke_width=rx.cond(line.on_way, 0.9, 0.25),
        class_name=rx.cond(line.on_way, "way", "edge"),
    )


def dot(dot: rx.Var[Dot]) -> rx.Component:
    return rx.el.svg.circle(
        rx.el.svg.title(dot.name),
        cx=dot.x,
        cy=dot.y,
        r=dot.radius,
        fill=rx.cond(dot.on_way, rx.color("amber", 9), rx.color("accent", 9)),
        stroke=rx.color("gray", 1),
        stroke_width=0.3,
        on_click=Network.pick(dot.name),
        cursor="pointer",
        class_name="dot",
    )


def label(dot: rx.Var[Dot]) -> rx.Component:
    return rx.el.svg.text(
        dot.name,
        x=dot.x,
        y=dot.y + dot.radius + 2.6,
        font_size="2.4",
        text_anchor="middle",
        fill=rx.color("gray", 11),
        pointer_events="none",
    )


def picture() -> rx.Component:
    return rx.el.svg(
        rx.foreach(Network.lines, line),
        rx.foreach(Network.dots, dot),
        rx.foreach(Network.dots, label),
        view_box=f"0 0 {SIZE} {SIZE}",
        role="img",
        aria_label="The network: " + Network.told,
        width="100%",
        style={"display": "block", "max_height": "70vh"},
    )


def choice(what: str, names, value, on_change) -> rx.Component:
    return rx.el.label(
        rx.text(what, size="2", weight="medium"),
        rx.select(list(names), value=value, on_change=on_change, width="100%"),
        flex="1 1 11rem",
    )


def index() -> rx.Component:
    return rx.container(
        rx.vstack(
            rx.hstack(
                rx.heading("Network", size="7"),
                rx.spacer(),
                rx.color_mode.button(),
                width="100%",
                align="center",
            ),
            rx.flex(
                choice("Network", NETWORKS, Network.name, Network.choose_network),
                choice("Size shows", MEASURES, Network.measure, Network.choose_measure),
                gap="1rem",
                wrap="wrap",
                width="100%",
            ),
            rx.card(
                rx.cond(
                    Network.dots.length() > 0,
                    picture(),
                    rx.center(rx.spinner(size="3"), height="50vh"),
                ),
                width="100%",
            ),
            rx.text(Network.told, id="told", weight="medium"),
            rx.text(
                "Click two of them for the shortest way from one to the other.",
                color_scheme="gray",
                size="2",
            ),
            spacing="4",
            width="100%",
        ),
        size="2",
        padding="2rem 1rem",
    )


app = rx.App(theme=rx.theme(accent_color="iris", radius="large"))
app.add_page(index, route="/", title="Network", on_load=Network.show)

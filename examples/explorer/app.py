"""A table as charts: the one that lies beside this module, or one of the visitor's."""

import csv
import io
from pathlib import Path

import wasmrx as rx

OWN = Path("data/weather.csv")
KINDS = ("Lines", "Bars", "Points", "Boxes")
GRID = "rgba(128, 131, 141, 0.25)"
LOOK = {
    "template": "none",
    "paper_bgcolor": "rgba(0, 0, 0, 0)",
    "plot_bgcolor": "rgba(0, 0, 0, 0)",
    "font": {"color": "#80838d"},
    "margin": {"l": 56, "r": 16, "t": 16, "b": 48},
    "legend": {"orientation": "h", "y": -0.25},
    "colorway": ["#3e63dd", "#e5484d", "#30a46c", "#f76b15", "#8e4ec6", "#12a594"],
}


class Explorer(rx.State):
    """The rows as text, by column, and what of them is shown."""

    name: str = ""
    columns: dict[str, list[str]] = {}
    x: str = ""
    y: str = ""
    by: str = ""
    kind: str = KINDS[0]
    figure: dict = {}

    @rx.var
    def names(self) -> list[str]:
        return list(self.columns)

    @rx.var
    def numeric(self) -> list[str]:
        return [name for name, values in self.columns.items() if all(map(is_number, values))]

    @rx.var
    def summary(self) -> str:
        rows = len(next(iter(self.columns.values()), []))
        return f"{self.name}: {rows} rows, {len(self.columns)} columns"

    @rx.event
    def open_own(self):
        self.take(OWN.name, OWN.read_text())

    @rx.event
    async def open_chosen(self, files: list[rx.UploadFile]):
        for file in files[:1]:
            self.take(file.filename or "", (await file.read()).decode(errors="replace"))

    @rx.event
    def choose(self, what: str, name: str):
        setattr(self, what, name)
        self.draw()

    def take(self, name: str, text: str):
        rows = list(csv.DictReader(io.StringIO(text)))
        if not rows:
            raise ValueError(f"{name} has no rows below its first line.")
        self.name = name
        self.columns = {str(key): [row[key] or "" for row in rows] for key in rows[0]}
        words = [each for each in self.names if each not in self.numeric]
        self.x = (words or self.names)[0]
        self.y = (self.numeric or self.names)[0]
        self.by = words[1] if len(words) > 1 else ""
        self.draw()

    def draw(self):
        from plotly import graph_objects as go

        make = {
            "Lines": lambda **given: go.Scatter(mode="lines+markers", **given),
            "Bars": go.Bar,
            "Points": lambda **given: go.Scatter(mode="markers", **given),
            "Boxes": go.Box,
        }[self.kind]
        groups = self.columns.get(self.by, [""] * len(self.columns[self.x]))
        figure = go.Figure()
        for group in dict.fromkeys(groups):
            at = [i for i, each in enumerate(groups) if each == group]
            xs, ys = ([self.columns[name][i] for i in at] for name in (self.x, self.y))
            figure.add_trace(make(x=xs, y=list(map(number, ys)), name=group or self.y))
        figure.update_layout(
            **LOOK,
            xaxis={"title": self.x, "gridcolor": GRID},
            yaxis={"title": self.y, "gridcolor": GRID, "zerolinecolor": GRID},
        )
        self.figure = figure.to_plotly_json()


def is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def number(text: str) -> float | None:
    return float(text) if is_number(text) else None


def choice(label: str, what: str, names, value) -> rx.Component:
    return rx.el.label(
        rx.text(label, size="2", weight="medium"),
        rx.select(
            names, value=value, on_change=lambda name: Explorer.choose(what, name), width="100%"
        ),
        flex="1 1 8rem",
    )


def controls() -> rx.Component:
    return rx.flex(
        choice("Across", "x", Explorer.names, Explorer.x),
        choice("Up", "y", Explorer.numeric, Explorer.y),
        choice("One colour for each", "by", Explorer.names, Explorer.by),
        choice("Drawn as", "kind", list(KINDS), Explorer.kind),
        gap="1rem",
        wrap="wrap",
        width="100%",
    )


def index() -> rx.Component:
    return rx.container(
        rx.vstack(
            rx.hstack(
                rx.heading("Explorer", size="7"),
                rx.spacer(),
                rx.color_mode.button(),
                width="100%",
                align="center",
            ),
            rx.upload(
                rx.text("Drop a CSV file here, or click to choose one. It stays on your machine."),
                id="csv",
                accept={"text/csv": [".csv"]},
                on_drop=Explorer.open_chosen(rx.upload_files("csv")),
                padding="1.5rem",
                width="100%",
            ),
            rx.cond(
                Explorer.name,
                rx.vstack(
                    rx.text(Explorer.summary, color_scheme="gray", id="summary"),
                    controls(),
                    rx.plotly(
                        data=Explorer.figure,
                        width="100%",
                        height="420px",
                    ),
                    spacing="4",
                    width="100%",
                ),
                rx.spinner(size="3"),
            ),
            spacing="4",
            width="100%",
        ),
        padding_y="2rem",
    )


app = rx.App(theme=rx.theme(accent_color="indigo", radius="medium"))
app.add_page(index, title="Explorer", on_load=Explorer.open_own)

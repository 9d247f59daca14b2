"""A trip along the Danube. What it knows lies in a package of its own, ``packages/trip``."""

from dataclasses import dataclass

from trip import TOWNS, plan

import wasmrx as rx


@dataclass
class Row:
    """A leg as the page shows it."""

    way: str
    km: str
    time: str


class Trip(rx.State):
    """From where to where, how fast, and what comes of it."""

    start: str = "Passau"
    end: str = "Vienna"
    speed: int = 16

    @rx.var
    def rows(self) -> list[Row]:
        legs = plan(self.start, self.end, self.speed).legs
        return [Row(f"{leg.start} – {leg.end}", f"{leg.km:.0f} km", leg.time) for leg in legs]

    @rx.var
    def total(self) -> str:
        return f"{plan(self.start, self.end, self.speed).km:.0f} km"

    @rx.event
    def choose(self, what: str, name: str):
        setattr(self, what, name)

    @rx.event
    def ride_at(self, speeds: list[int | float]):
        self.speed = int(speeds[0])


def choice(label: str, what: str, value) -> rx.Component:
    return rx.el.label(
        rx.text(label, size="2", weight="medium"),
        rx.select(
            list(TOWNS), value=value, on_change=lambda name: Trip.choose(what, name), width="100%"
        ),
        flex="1 1 9rem",
    )


def pace() -> rx.Component:
    return rx.box(
        rx.hstack(
            rx.text("Pace", size="2", weight="medium"),
            rx.spacer(),
            rx.text(Trip.speed, " km/h", size="2", color_scheme="gray"),
            width="100%",
        ),
        rx.slider(
            default_value=[16],
            min=8,
            max=32,
            on_change=Trip.ride_at,
            aria_label="Pace",
            margin_top="0.5rem",
        ),
        width="100%",
    )


def row(row: rx.Var[Row]) -> rx.Component:
    return rx.table.row(
        rx.table.row_header_cell(row.way),
        rx.table.cell(row.km, align="right"),
        rx.table.cell(row.time, align="right"),
    )


def index() -> rx.Component:
    return rx.container(
        rx.vstack(
            rx.hstack(
                rx.heading("Along the Danube", size="7"),
                rx.spacer(),
                rx.color_mode.button(),
                width="100%",
                align="center",
            ),
            rx.card(
                rx.vstack(
                    rx.flex(
                        choice("From", "start", Trip.start),
                        choice("To", "end", Trip.end),
                        gap="1rem",
                        wrap="wrap",
                        width="100%",
                    ),
                    pace(),
                    spacing="4",
                ),
                size="3",
                width="100%",
            ),
            rx.hstack(
                rx.heading(Trip.total, size="8", id="total"),
                rx.text("by bicycle", color_scheme="gray"),
                align="baseline",
            ),
            rx.table.root(rx.table.body(rx.foreach(Trip.rows, row)), width="100%"),
            spacing="5",
            width="100%",
        ),
        size="1",
        padding="2rem 1rem",
    )


app = rx.App(theme=rx.theme(accent_color="cyan", radius="large"))
app.add_page(index, route="/", title="Along the Danube")

"""Icons whose names come from the state: of a known few, and any."""

from enum import Enum
from typing import Literal

import reflex as rx


class Weather(Enum):
    WARM = "sun"
    COLD = "snowflake"


class S(rx.State):
    name: str = "anchor"
    mode: Literal["sunrise", "sunset"] = "sunrise"
    weather: Weather = Weather.WARM
    rows: list[dict[str, str]] = [{"icon": "apple", "text": "Apple"}]

    @rx.event
    def show(self, name: str):
        self.name = name

    @rx.event
    def change(self):
        self.mode = "sunset"
        self.weather = Weather.COLD

    @rx.event
    def more(self):
        self.rows.append({"icon": "ARROW_LEFT", "text": "Left"})
        self.rows.append({"icon": "arrow-right", "text": "Right"})


NAMES = [
    "arrow_up",
    "House",
    "home",
    "zap",
    "anchor",
    "arow_left",
    "no-such-icon",
    "constructor",
    "",
]


@rx.page("/")
def index():
    return rx.box(
        *[rx.button(f"show {name}", on_click=S.show(name)) for name in NAMES],
        rx.button("change", on_click=S.change),
        rx.button("more", on_click=S.more),
        rx.box(
            rx.icon(S.name, size=48, color="rgb(200, 0, 0)", stroke_width=3, aria_label="chosen"),
            id="chosen",
        ),
        rx.icon_button(rx.icon(S.name), id="button"),
        rx.callout("a note", icon=S.name, id="callout"),
        rx.box(rx.icon(S.mode), id="mode"),
        rx.box(rx.icon(S.weather), id="weather"),
        rx.box(
            rx.foreach(S.rows, lambda row: rx.box(rx.icon(row["icon"]), row["text"])), id="rows"
        ),
    )


@rx.page("/known")
def known():
    return rx.box(rx.icon(S.mode), rx.link("icons", href="/"))


@rx.memo
def badge(name: rx.Var[str]) -> rx.Component:
    return rx.icon("badge-" + name)


@rx.page("/memo")
def memo():
    return rx.box(badge(name="check"))


app = rx.App()

"""A form that pydantic checks: each message stands at its field, and what is right is typed."""

from datetime import date
from typing import Literal

from pydantic import BaseModel, Field, ValidationError, field_validator, model_validator

import wasmrx as rx

ROOMS = {"Single": 80, "Double": 120, "Suite": 210}


class Booking(BaseModel):
    """A stay in the hotel, as the form gives it."""

    name: str = Field(min_length=2, max_length=60)
    email: str = Field(pattern=r"^[^@\s]+@[^@\s]+\.[a-z]{2,}$")
    arrival: date
    departure: date
    guests: int = Field(ge=1, le=6)
    room: Literal["Single", "Double", "Suite"]

    @field_validator("arrival")
    @classmethod
    def is_to_come(cls, arrival: date) -> date:
        if arrival < date.today():
            raise ValueError("This day is over.")
        return arrival

    @model_validator(mode="after")
    def ends_after_it_begins(self) -> "Booking":
        if self.departure <= self.arrival:
            raise ValueError("departure: You leave after you arrive.")
        if self.guests > 1 and self.room == "Single":
            raise ValueError("guests: A single room is for one guest.")
        return self

    @property
    def nights(self) -> int:
        return (self.departure - self.arrival).days

    @property
    def price(self) -> int:
        return self.nights * ROOMS[self.room]


WORDS = {
    "missing": "Please fill this in.",
    "string_too_short": "Please write your name.",
    "string_pattern_mismatch": "This is no address for e-mail.",
    "date_from_datetime_parsing": "Please choose a day.",
    "int_parsing": "Please give a number.",
    "greater_than_equal": "At least one guest has to come.",
    "less_than_equal": "Six guests at most fit into a room.",
}


class Desk(rx.State):
    """What is wrong with the form, by field; and what was booked."""

    wrong: dict[str, str] = {}
    booked: Booking | None = None

    @rx.var
    def told(self) -> str:
        stay = self.booked
        if stay is None:
            return ""
        nights = "1 night" if stay.nights == 1 else f"{stay.nights} nights"
        return f"{nights} from {stay.arrival:%d %B %Y}, {stay.room.lower()} room: {stay.price} €"

    @rx.event
    def book(self, form_data: dict):
        self.wrong = {}
        try:
            self.booked = Booking.model_validate(form_data)
        except ValidationError as error:
            self.wrong = dict(reversed([message(each) for each in error.errors()]))
            return rx.set_focus(next(name for name in Booking.model_fields if name in self.wrong))

    @rx.event
    def start_over(self):
        self.booked = None


def message(error) -> tuple[str, str]:
    """The field of an error, and what to say there."""
    words = WORDS.get(error["type"], error["msg"].removeprefix("Value error, "))
    if error["loc"]:
        return str(error["loc"][0]), words
    field, _, words = words.partition(": ")
    return field, words


def field(label: str, name: str, control: rx.Component) -> rx.Component:
    return rx.box(
        rx.el.label(rx.text(label, size="2", weight="medium", margin_bottom="0.25rem"), control),
        rx.cond(
            Desk.wrong.contains(name),
            rx.text(
                Desk.wrong[name],
                id=f"{name}-wrong",
                role="alert",
                size="2",
                color=rx.color("ruby", 11),
                margin_top="0.25rem",
            ),
        ),
        flex="1 1 9rem",
    )


def entry(name: str, **props) -> rx.Component:
    return rx.input(
        name=name,
        id=name,
        size="3",
        width="100%",
        aria_invalid=Desk.wrong.contains(name),
        aria_describedby=f"{name}-wrong",
        **props,
    )


def row(*fields: rx.Component) -> rx.Component:
    return rx.flex(*fields, gap="1rem", wrap="wrap", width="100%")


def form() -> rx.Component:
    return rx.form(
        rx.vstack(
            row(field("Name", "name", entry("name", auto_complete=True))),
            row(field("E-mail", "email", entry("email", placeholder="you@example.org"))),
            row(
                field("Arrival", "arrival", entry("arrival", type="date")),
                field("Departure", "departure", entry("departure", type="date")),
            ),
            row(
                field("Guests", "guests", entry("guests", default_value="1", input_mode="numeric")),
                field(
                    "Room",
                    "room",
                    rx.select(
                        list(ROOMS), default_value="Double", name="room", size="3", width="100%"
                    ),
                ),
            ),
            rx.button("Book", type="submit", size="3", width="100%", margin_top="0.5rem"),
            spacing="4",
            width="100%",
        ),
        on_submit=Desk.book,
        custom_attrs={"noValidate": True},
        width="100%",
    )


def confirmed() -> rx.Component:
    return rx.vstack(
        rx.icon("circle-check-big", size=40, color=rx.color("green", 10)),
        rx.heading("Booked", size="5"),
        rx.text(Desk.told, id="told", align="center"),
        rx.button("Another one", on_click=Desk.start_over, variant="soft"),
        align="center",
        spacing="4",
        padding="2rem 0",
        width="100%",
    )


def index() -> rx.Component:
    return rx.container(
        rx.vstack(
            rx.hstack(
                rx.heading("Hotel Prado", size="7"),
                rx.spacer(),
                rx.color_mode.button(),
                width="100%",
                align="center",
            ),
            rx.card(rx.cond(Desk.booked, confirmed(), form()), size="4", width="100%"),
            rx.text(
                "pydantic checks it in your browser; nothing is sent anywhere.",
                size="2",
                color_scheme="gray",
            ),
            spacing="5",
        ),
        size="1",
        padding="2rem 1rem",
    )


app = rx.App(theme=rx.theme(accent_color="green", radius="large"))
app.add_page(index, route="/", title="Booking")

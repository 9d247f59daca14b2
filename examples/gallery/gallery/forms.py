"""Forms: all named fields at once."""

from __future__ import annotations

from typing import Any

import wasmrx as rx


class Order(rx.State):
    last: dict[str, Any] = {}

    @rx.event
    def take(self, data: dict[str, Any]):
        self.last = data


def form() -> rx.Component:
    """Form: the handler gets the values of all fields by name."""
    return rx.form(
        rx.vstack(
            rx.input(name="dish", placeholder="Dish", required=True, aria_label="Dish"),
            rx.select(["mild", "hot"], name="taste", default_value="mild", label="Taste"),
            rx.checkbox("To take away", name="away"),
            rx.button("Order", type="submit"),
            rx.foreach(Order.last, lambda field: rx.text(field[0], ": ", field[1].to_string())),
        ),
        on_submit=Order.take,
        reset_on_submit=True,
    )


class Account(rx.State):
    taken: list[str] = ["ada"]
    name: str = ""
    made: str = ""

    @rx.event
    def set_name(self, name: str):
        self.name = name

    @rx.var
    def is_taken(self) -> bool:
        return self.name.lower() in self.taken

    @rx.event
    def make(self, data: dict[str, Any]):
        self.made = data["name"]


def checked_form() -> rx.Component:
    """Form with checks: by the browser's rules, and by Python's."""
    return rx.form.root(
        rx.form.field(
            rx.form.label("Name (not ada)"),
            rx.form.control(
                rx.input(value=Account.name, on_change=Account.set_name, required=True),
                as_child=True,
            ),
            rx.form.message("A name is needed.", match="valueMissing"),
            rx.cond(Account.is_taken, rx.form.message("That name is taken.")),
            name="name",
            server_invalid=Account.is_taken,
        ),
        rx.form.field(
            rx.form.label("Mail"),
            rx.form.control(rx.input(type="email"), as_child=True),
            rx.form.message("This is no address.", match="typeMismatch"),
            rx.form.validity_state(
                lambda it: rx.cond(it["valid"], rx.text("A fine address.", size="2"))
            ),
            name="mail",
        ),
        rx.form.submit(rx.button("Make the account", disabled=Account.is_taken), as_child=True),
        rx.cond(Account.made, rx.text("Welcome, ", Account.made, "!")),
        on_submit=Account.make,
    )


class Box(rx.State):
    contents: list[str] = []

    @rx.event
    async def look(self, files: list[rx.UploadFile]):
        self.contents = []
        for file in files:
            first = await file.read(16)
            self.contents.append(f"{file.name}, {file.size} bytes, begins with {first!r}")


def upload() -> rx.Component:
    """Upload: files that are dropped or chosen, read in the browser."""
    return rx.vstack(
        rx.upload(rx.text("Drop files here, or click"), id="letters", padding="2em"),
        rx.foreach(rx.selected_files("letters"), rx.text),
        rx.button("Look inside", on_click=Box.look(rx.upload_files("letters"))),
        rx.foreach(Box.contents, rx.text),
    )


class Album(rx.State):
    names: list[str] = []
    refused: int = 0

    @rx.event
    async def keep(self, files: list[rx.UploadFile]):
        for file in files:
            (rx.get_upload_dir() / file.name).write_bytes(await file.read())
        self.names = [file.name for file in files]

    @rx.event
    def refuse(self, rejected: list[dict[str, Any]]):
        self.refused += len(rejected)


def upload_root() -> rx.Component:
    """Upload without a look: runs a handler at once, and shows what it kept."""
    return rx.vstack(
        rx.upload.root(
            rx.hstack(rx.icon("image-plus"), rx.text("Pictures"), align="center"),
            id="album",
            accept={"image/*": [".png", ".jpg", ".gif", ".webp"]},
            max_size=5_000_000,
            on_drop=Album.keep,
            on_drop_rejected=Album.refuse,
            drag_active_style={"background": rx.color("accent", 3)},
        ),
        rx.text(Album.refused, " refused"),
        rx.foreach(
            Album.names,
            lambda name: rx.image(src=rx.get_upload_url(name), alt=name, height="6em"),
        ),
    )

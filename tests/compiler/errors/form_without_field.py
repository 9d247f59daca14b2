from typing import TypedDict

import wasmrx as rx


class Task(TypedDict):
    title: str
    due: str


class Shop(rx.State):
    @rx.event
    def save(self, data: Task): ...


def page() -> rx.Component:
    return rx.form(rx.input(name="title"), rx.input(name="date"), on_submit=Shop.save)

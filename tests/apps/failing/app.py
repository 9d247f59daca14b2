"""Handlers that go wrong, and one that does not."""

import wasmrx as rx


class State(rx.State):
    count: int = 0

    @rx.event
    def add(self):
        self.count += 1

    @rx.event
    def divide(self):
        self.count += 10
        return 1 // 0

    @rx.event(background=True)
    async def divide_aside(self):
        raise ValueError("a background handler failed")


def index() -> rx.Component:
    return rx.vstack(
        rx.text(State.count, id="count"),
        rx.button("Add", on_click=State.add),
        rx.button("Divide", on_click=State.divide),
        rx.button("Divide aside", on_click=State.divide_aside),
    )


app = rx.App()
app.add_page(index, route="/", title="Failing")

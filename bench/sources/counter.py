"""What the hand-written page beside it does: one button, one number."""

import wasmrx as rx


class Counter(rx.State):
    count: int = 0

    @rx.event
    def add(self, amount: int):
        self.count += amount


def index() -> rx.Component:
    return rx.el.div(
        rx.el.button("Add", on_click=Counter.add(1)),
        rx.el.span(Counter.count, id="count"),
    )


app = rx.App()
app.add_page(index, route="/")

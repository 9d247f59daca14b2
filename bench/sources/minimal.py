"""A heading, a text and a counter."""

import reflex as rx


class Count(rx.State):
    count: int = 0

    @rx.event
    def more(self):
        self.count += 1


def index() -> rx.Component:
    return rx.container(
        rx.heading("Minimal"),
        rx.text("You clicked ", Count.count, " times."),
        rx.button("More", on_click=Count.more),
    )


app = rx.App()
app.add_page(index, route="/", title="Minimal")

"""The smallest app: one number, three buttons, and Python behind them."""

import wasmrx as rx


class Counter(rx.State):
    """A number that remembers itself over reloads."""

    count: int = 0

    @rx.event
    def add(self, amount: int):
        self.count += amount

    @rx.event
    def reset_count(self):
        self.count = 0


def index() -> rx.Component:
    return rx.center(
        rx.vstack(
            rx.hstack(
                rx.heading("Counter", size="5"),
                rx.spacer(),
                rx.color_mode.button(),
                align="center",
                width="100%",
            ),
            rx.text(
                Counter.count,
                id="count",
                size="9",
                weight="bold",
                text_align="center",
                color=rx.cond(Counter.count < 0, rx.color("ruby", 11), rx.color("accent", 11)),
                font_variant_numeric="tabular-nums",
                width="100%",
            ),
            rx.hstack(
                rx.button("Less", on_click=Counter.add(-1), variant="soft", size="3", flex="1"),
                rx.button(
                    "Reset",
                    on_click=Counter.reset_count,
                    variant="outline",
                    color_scheme="gray",
                    size="3",
                    flex="1",
                ),
                rx.button("More", on_click=Counter.add(1), size="3", flex="1"),
                width="100%",
            ),
            spacing="6",
            width="100%",
            max_width="24rem",
        ),
        min_height="100vh",
        padding="1.5rem",
    )


app = rx.App(theme=rx.theme(accent_color="iris", radius="large"))
app.add_page(index, route="/", title="Counter")

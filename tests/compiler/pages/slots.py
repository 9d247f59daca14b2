"""What Radix clones stays a direct element; its state is read by the trigger's component."""

import wasmrx as rx


class Panel(rx.State):
    label: str = "Open"
    busy: bool = False


def page() -> rx.Component:
    return rx.dialog.root(
        rx.dialog.trigger(rx.button(Panel.label, disabled=Panel.busy)),
        rx.dialog.content(
            rx.dialog.title("Title"),
            rx.text(Panel.label),
            rx.dialog.close(rx.cond(Panel.busy, rx.button("Wait"), rx.button("Close"))),
        ),
        rx.tooltip(rx.icon("info"), content=Panel.label),
    )

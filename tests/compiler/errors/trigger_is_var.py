import wasmrx as rx


class Clicks(rx.State):
    total: int = 0


def page() -> rx.Component:
    return rx.button("More", on_click=lambda: Clicks.total)

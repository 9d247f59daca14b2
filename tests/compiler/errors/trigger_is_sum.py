import wasmrx as rx


class Sums(rx.State):
    total: int = 0


def page() -> rx.Component:
    return rx.button("More", on_click=lambda: Sums.total + 1)

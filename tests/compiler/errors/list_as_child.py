import wasmrx as rx


def page() -> rx.Component:
    return rx.vstack([rx.text("one"), rx.text("two")])

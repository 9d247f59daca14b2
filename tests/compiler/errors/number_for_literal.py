import wasmrx as rx


def page() -> rx.Component:
    return rx.button("Buy", size=3)

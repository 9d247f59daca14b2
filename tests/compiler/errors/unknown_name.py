import wasmrx as rx


def page() -> rx.Component:
    return rx.buton("Buy")

import wasmrx as rx


def page() -> rx.Component:
    return rx.box("Shop", backgroundcolor="green")

import wasmrx as rx


def page() -> rx.Component:
    return rx.text("Tea", style="color: red")

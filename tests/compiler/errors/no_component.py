import wasmrx as rx


def page() -> rx.Component:
    rx.text("Welcome")

import wasmrx as rx


def header() -> rx.Component:
    return rx.heading("Shop")


def page() -> rx.Component:
    return rx.vstack(header, rx.text("Welcome"))

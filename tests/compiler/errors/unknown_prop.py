import wasmrx as rx


def page() -> rx.Component:
    return rx.vstack(
        rx.heading("Shop"),
        rx.button("Buy", colour_scheme="green"),
    )

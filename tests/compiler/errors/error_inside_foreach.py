import wasmrx as rx


class Shop(rx.State):
    names: list[str] = []


def row(name: str) -> rx.Component:
    return rx.box(
        rx.text(name, size="12"),
    )


def page() -> rx.Component:
    return rx.vstack(rx.foreach(Shop.names, row))

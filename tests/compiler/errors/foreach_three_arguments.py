import wasmrx as rx


class Shop(rx.State):
    names: list[str] = []


def row(name: str, index: int, last: bool) -> rx.Component:
    return rx.text(name)


def page() -> rx.Component:
    return rx.vstack(rx.foreach(Shop.names, row))

import wasmrx as rx


class Shop(rx.State):
    names: list[str] = []


def page() -> rx.Component:
    return rx.button("Buy", size=Shop.names)

import wasmrx as rx


class Shop(rx.State):
    names: list[str] = []


def page() -> rx.Component:
    return rx.vstack(*[rx.text(name) for name in Shop.names])

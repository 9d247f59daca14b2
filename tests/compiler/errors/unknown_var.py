import wasmrx as rx


class Shop(rx.State):
    total: int = 0


def page() -> rx.Component:
    return rx.text(Shop.totl)

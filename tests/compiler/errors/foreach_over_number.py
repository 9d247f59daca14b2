import wasmrx as rx


class Shop(rx.State):
    count: int = 3


def page() -> rx.Component:
    return rx.vstack(rx.foreach(Shop.count, lambda number: rx.text(number)))

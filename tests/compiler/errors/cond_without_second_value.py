import wasmrx as rx


class Shop(rx.State):
    is_open: bool = True


def page() -> rx.Component:
    return rx.text(rx.cond(Shop.is_open, "Welcome"))

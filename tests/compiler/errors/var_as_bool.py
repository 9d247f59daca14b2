import wasmrx as rx


class Shop(rx.State):
    is_open: bool = True


def page() -> rx.Component:
    if Shop.is_open:
        return rx.text("Welcome")
    return rx.text("Closed")

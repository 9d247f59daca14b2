import wasmrx as rx


class Shop(rx.State):
    day: str = "Monday"


def page() -> rx.Component:
    return rx.text(rx.match(Shop.day, ("Monday", "closed"), ("Tuesday", "open")))

import wasmrx as rx

NAMES = {0: "none", 1: "one"}


class Basket(rx.State):
    total: int = 0


def page() -> rx.Component:
    return rx.text(NAMES[Basket.total])

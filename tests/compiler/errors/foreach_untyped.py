from typing import Any

import wasmrx as rx


class Shop(rx.State):
    things: Any = []


def page() -> rx.Component:
    return rx.vstack(rx.foreach(Shop.things, rx.text))

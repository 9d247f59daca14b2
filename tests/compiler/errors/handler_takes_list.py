import wasmrx as rx


class Shop(rx.State):
    @rx.event
    def choose(self, names: list[str]): ...


def page() -> rx.Component:
    return rx.input(on_change=Shop.choose)

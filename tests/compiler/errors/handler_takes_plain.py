import wasmrx as rx


class Shop(rx.State):
    total: int = 0

    @rx.event
    def add(self, price: int):
        self.total += price


def page() -> rx.Component:
    return rx.button("Add", on_click=Shop.add)

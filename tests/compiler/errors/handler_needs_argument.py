import wasmrx as rx


class Shop(rx.State):
    total: int = 0

    @rx.event
    def add(self, price: int, amount: int):
        self.total += price * amount


def page() -> rx.Component:
    return rx.box(on_mouse_enter=Shop.add(3))

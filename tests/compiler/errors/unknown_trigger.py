import wasmrx as rx


class Shop(rx.State):
    bought: int = 0

    @rx.event
    def buy(self):
        self.bought += 1


def page() -> rx.Component:
    return rx.button("Buy", on_clik=Shop.buy)

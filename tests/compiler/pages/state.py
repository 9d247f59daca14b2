"""Each element that reads state is a component of its own, subscribed to what it reads."""

import wasmrx as rx


class Shop(rx.State):
    name: str = "Corner shop"
    count: int = 0
    is_open: bool = True

    @rx.var
    def doubled(self) -> int:
        return self.count * 2


def page() -> rx.Component:
    return rx.vstack(
        rx.heading(Shop.name),
        rx.text("We have ", Shop.count, " things, or ", Shop.doubled),
        rx.text(f"{Shop.name}: {Shop.count:.2f}", rx.text.strong("always fresh")),
        rx.button("Buy", disabled=~Shop.is_open, class_name=rx.cond(Shop.is_open, "on", "off")),
        rx.el.p(Shop.is_open),
        Shop.name,
    )

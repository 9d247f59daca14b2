import wasmrx as rx


@rx.memo
def price(amount: rx.Var[int]) -> rx.Component:
    return rx.text(amount)


def page() -> rx.Component:
    return price(amont=3)

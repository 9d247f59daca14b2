import wasmrx as rx


class Confetti(rx.Component):
    library = "react-confetti@6.1.0"
    tag = "Confetti"
    is_default = True


def page() -> rx.Component:
    return rx.box(
        Confetti.create(),
    )

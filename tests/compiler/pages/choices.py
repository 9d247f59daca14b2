"""cond and match of components and of values; branches that read state subscribe alone."""

import wasmrx as rx


class Light(rx.State):
    on: bool = False
    items: list[str] = []
    kind: str = "red"
    level: int = 0


def page() -> rx.Component:
    return rx.vstack(
        rx.cond(Light.on, rx.text("on"), rx.text("off ", Light.kind)),
        rx.cond(Light.items, rx.text("some")),
        rx.cond(Light.on & (Light.level > 3), "bright", rx.text("dim")),
        rx.match(
            Light.kind,
            ("red", rx.text("stop")),
            ("amber", "green", rx.text("go ", Light.level)),
            rx.text("?"),
        ),
        rx.text(rx.match(Light.level, (0, "zero"), (1, "one"), "many")),
        rx.text("x", color=rx.cond(Light.on, rx.color("red", 9), "black")),
        rx.cond(True, rx.text("always"), rx.text("never")),
    )

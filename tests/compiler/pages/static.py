"""Nothing here changes: the whole page is one constant."""

import wasmrx as rx


def page() -> rx.Component:
    return rx.vstack(
        rx.heading("Hello", size="5", as_="h2"),
        rx.text("One ", rx.text.strong("two"), " three", 4),
        rx.el.input(type="text", max_length=5, data_kind="name", aria_label="Name"),
        rx.fragment(rx.text("a"), (rx.text("b"), "c"), None),
        rx.el.div(custom_attrs={"data-x": "1", "part": "box"}, id="last", class_name=["a", "b"]),
    )

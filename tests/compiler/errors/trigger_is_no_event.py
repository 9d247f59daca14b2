import wasmrx as rx


def page() -> rx.Component:
    return rx.button("Add", on_click="add")

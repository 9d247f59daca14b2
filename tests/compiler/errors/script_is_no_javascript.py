import wasmrx as rx


def page() -> rx.Component:
    return rx.button("Run", on_click=rx.call_script("const x = ;"))

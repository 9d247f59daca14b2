import wasmrx as rx


class Rows(rx.State):
    total: int = 0


def page() -> rx.Component:
    return rx.box(*[rx.text(row) for row in range(Rows.total)])

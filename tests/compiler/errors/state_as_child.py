import wasmrx as rx


class Person(rx.State):
    name: str = "Ann"


def page() -> rx.Component:
    return rx.text(Person)

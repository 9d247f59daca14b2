import wasmrx as rx


class Lamp(rx.State):
    on: bool = False

    def switch(self):
        self.on = not self.on


def page() -> rx.Component:
    return rx.text(Lamp.switch)

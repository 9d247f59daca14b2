"""Chains that capture nothing are constants; state is read when the event happens."""

import wasmrx as rx


class Form(rx.State):
    name: str = ""
    tries: int = 0

    @rx.event
    def send(self, data: dict):
        self.tries += 1

    @rx.event
    def add(self, amount: int, note: str = ""):
        self.tries += amount

    @rx.event
    def reset_all(self):
        self.reset()

    @rx.event
    def load(self):
        pass


def page() -> rx.Component:
    return rx.box(
        rx.button("1", on_click=Form.reset_all),
        rx.button("2", on_click=Form.add(2)),
        rx.button("3", on_click=[Form.add(Form.tries), rx.redirect("/done")]),
        rx.button("4", on_click=lambda: Form.add(4, note="four")),
        rx.button("5", on_click=rx.cond(Form.tries > 3, Form.reset_all(), Form.add(5))),
        rx.button("6", on_click=Form.reset_all.stop_propagation.debounce(300)),
        rx.el.input(on_change=Form.set_name, on_key_down=lambda key: Form.add(1, key)),
        rx.el.form(rx.el.input(name="x"), on_submit=Form.send),
        on_mount=Form.load,
    )

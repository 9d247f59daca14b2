"""Pages with state and without: which of them start Python, and what they fetch before it runs."""

import wasmrx as rx

opened = rx._x.client_state("opened", default=False)


class Counting(rx.State):
    count: int = 0

    @rx.event
    def add(self):
        self.count += 1


def index() -> rx.Component:
    return rx.vstack(
        rx.heading("Read only"),
        rx.button("More", id="more", on_click=opened.set_value(True)),
        rx.cond(opened.value, rx.text("Much more", id="text")),
        rx.color_mode.button(id="mode"),
        rx.link("Count", href="/count", id="to-count"),
        rx.link("Words", href="/words", id="to-words"),
    )


def words() -> rx.Component:
    return rx.text("Words", id="words")


@rx.memo
def adder(label: rx.Var[str]) -> rx.Component:
    return rx.button(label, on_click=Counting.add, id="add")


def count() -> rx.Component:
    return rx.vstack(
        rx.text(Counting.count, id="count"),
        adder(label="Add"),
        rx.button("More", id="more", on_click=opened.set_value(True)),
        rx.cond(opened.value, rx.text("Much more", id="text")),
        rx.color_mode.button(id="mode"),
        rx.cond(rx.State.is_ready, rx.text("ready", id="is"), rx.text("starting", id="is")),
    )


def pushing() -> rx.Component:
    return adder(label="Push")


app = rx.App()
app.add_page(index)
app.add_page(words, route="/words")
app.add_page(count, route="/count")
app.add_page(pushing, route="/pushing")

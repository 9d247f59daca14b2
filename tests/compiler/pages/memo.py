"""rx.memo: compiled once, used many times, itself included."""

import wasmrx as rx


class Tree(rx.State):
    depth: int = 3
    chosen: str = ""

    @rx.event
    def choose(self, name: str):
        self.chosen = name


@rx.memo
def node(
    name: rx.Var[str], left: rx.Var[int], on_pick: rx.EventHandler[rx.event.no_args_event_spec]
):
    return rx.box(
        rx.text(name, on_click=on_pick, color=rx.cond(name == Tree.chosen, "red", "black")),
        rx.cond(left > 0, node(name=name + ".", left=left - 1, on_pick=on_pick)),
    )


@rx.memo
def panel(children: rx.Var[rx.Component], rest: rx.RestProp, tone: rx.Var[str] = "gray"):
    return rx.box(rx.el.b(tone), children, rest, padding="1em")


def page() -> rx.Component:
    return rx.box(
        node(name="root", left=Tree.depth, on_pick=Tree.choose("root")),
        node(name="twin", left=1, on_pick=Tree.choose("twin")),
        panel(rx.text("inside"), Tree.chosen, id="panel", on_click=Tree.choose("panel")),
        panel(rx.text("again"), tone="red", color="blue"),
    )

"""A component class of an author's: hooks, imports, code, props by annotation."""

import wasmrx as rx


class Keys(rx.Fragment):
    keys: dict[str, rx.event.EventSpec] = {}

    def add_imports(self):
        return {"react": "useEffect"}

    def add_hooks(self):
        chains = {
            k: rx.EventChain.create(v, args_spec=rx.event.key_event) for k, v in self.keys.items()
        }
        return [
            rx.Var(f"const keys = {rx.Var.create(chains)}"),
            "useEffect(() => { const on = (e) => keys[e.key]?.(e); return on; })",
        ]

    def render(self):
        return {}


class Meter(rx.Component):
    tag = "meter"
    value: rx.Var[int]
    label_text: rx.Var[str] = "low"
    on_done: rx.EventHandler[rx.event.passthrough_event_spec(int)]

    def add_style(self):
        return {"width": "100%"}

    def add_custom_code(self):
        return ["const limit = 100;"]


class Game(rx.State):
    level: int = 1
    running: bool = False

    @rx.event
    def jump(self, key: str = ""):
        self.level += 1

    @rx.event
    def done(self, level: int):
        self.level = level


def page() -> rx.Component:
    return rx.box(
        Keys.create(keys={"a": Game.jump(), "b": Game.done(~Game.running)}),
        Meter.create(value=Game.level, on_done=Game.done, height="1em"),
        rx.Var("new Date().getFullYear()", int),
    )

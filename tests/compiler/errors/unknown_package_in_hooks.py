import wasmrx as rx


class Keys(rx.Fragment):
    def add_imports(self):
        return {"react-hotkeys": "useHotkeys"}

    def add_hooks(self):
        return ["useHotkeys('a', () => 1)"]


def page() -> rx.Component:
    return rx.box(Keys.create())

"""JavaScript of the app itself: local files, hooks, code at module level, raw Vars."""

import wasmrx as rx

HELLO = rx.asset("hello.jsx", shared=True).importable_path


class OwnState(rx.State):
    name: str = "world"
    color: str = "#112233"
    keys: int = 0
    shown: str = ""

    @rx.event
    def greet(self, name: str):
        self.name = name

    @rx.event
    def paint(self, color: str):
        self.color = color

    @rx.event
    def key(self):
        self.keys += 1

    @rx.event
    def show(self, text: str):
        self.shown = text


class Hello(rx.Component):
    library = HELLO
    tag = "Hello"
    name: rx.Var[str]
    icon: rx.Var[rx.Component]
    kind: rx.Var[str]
    on_greet: rx.EventHandler[rx.event.passthrough_event_spec(str)]

    _rename_props = {"kind": "variant"}


class Picker(rx.Component):
    """Named without a version."""

    library = "react-colorful"
    tag = "HexColorPicker"
    color: rx.Var[str]
    on_change: rx.EventHandler[rx.event.passthrough_event_spec(str)]


class Broken(rx.Component):
    """Loads anywhere, and fails where there is no window."""

    library = HELLO
    tag = "NeedsWindow"


class Keys(rx.Fragment):
    """Counts the key k, by a hook of a package."""

    on_key: rx.EventHandler[rx.event.no_args_event_spec]

    def add_imports(self) -> rx.ImportDict:
        return {"react-hotkeys-hook@5": "useHotkeys"}

    def add_hooks(self) -> list[str | rx.Var]:
        return [
            rx.Var(f"useHotkeys('k', () => {rx.Var.create(self.event_triggers['on_key'])!s}())")
        ]


class Shout(rx.Component):
    """A component that its own code at module level makes."""

    tag = "Shout"
    text: rx.Var[str]

    def add_imports(self) -> rx.ImportDict:
        return {"react": "createElement"}

    def add_custom_code(self) -> list[str]:
        return [
            "const Shout = ({text}) => createElement('b', {id: 'shout'}, text.toUpperCase());",
            "const later = () => import('dayjs').then((all) => all.default(0).toISOString());",
        ]


@rx.memo
def swatch(color: rx.Var[str]) -> rx.Component:
    return Picker.create(color=color, class_name="memo-picker")


def own() -> rx.Component:
    twice = rx.Var("((text) => text + text)").to(rx.vars.FunctionVar)
    return rx.vstack(
        Hello.create(
            "child",
            name=OwnState.name,
            icon=rx.icon("star"),
            kind="loud",
            on_greet=OwnState.greet,
        ),
        Picker.create(color=OwnState.color, on_change=OwnState.paint),
        rx.text(OwnState.color, id="color"),
        swatch(color=OwnState.color),
        Broken.create(),
        Keys.create(on_key=OwnState.key),
        rx.text(OwnState.keys, id="keys"),
        Shout.create(text=OwnState.name),
        rx.text(rx.Var("[1, 2, 3].join('+')", _var_type=str), id="raw"),
        rx.text(twice.call(OwnState.name), id="twice"),
        rx.button(
            "Later",
            on_click=rx.call_function(rx.Var("later"), callback=OwnState.show),
        ),
        rx.text(OwnState.shown, id="shown"),
        rx.toast.provider(),
        rx.image(src=rx.asset("dot.svg", shared=True), alt="a dot"),
    )

"""One of everything that the compiler turns into JavaScript; see tests/compiler/test_browser.py."""

import dataclasses

import wasmrx as rx


@dataclasses.dataclass
class Item:
    id: int
    name: str
    done: bool = False


class Shop(rx.State):
    count: int = 0
    name: str = "Ann"
    items: list[Item] = [Item(1, "tea"), Item(2, "milk"), Item(3, "bread")]
    prices: dict[str, float] = {"tea": 1.5, "milk": 2.25}
    tone: str = "rgb(255, 0, 0)"
    entered: str = ""
    keys: str = ""
    mounted: int = 0

    @rx.var
    def double(self) -> int:
        return self.count * 2

    @rx.event
    def add(self, amount: int = 1):
        self.count += amount

    @rx.event
    def mark(self, number: int):
        for item in self.items:
            if item.id == number:
                item.done = not item.done

    @rx.event
    def put_first(self):
        self.items.insert(0, Item(len(self.items) + 1, "new"))

    @rx.event
    def raise_price(self, name: str):
        self.prices[name] += 1

    @rx.event
    def repaint(self):
        self.tone = "rgb(0, 0, 255)"

    @rx.event
    def enter(self):
        self.entered = f"{self.router.page.path} {self.router.page.params}"

    @rx.event
    def press(self, key: str):
        self.keys += key

    @rx.event
    def mount(self):
        self.mounted += 1


class Tally(rx.ComponentState):
    total: int = 0

    @rx.event
    def up(self):
        self.total += 1

    @classmethod
    def get_component(cls, *children, **props):
        return rx.button(*children, " ", cls.total, on_click=cls.up, **props)


class Keys(rx.Fragment):
    """Listens to the document, as an author's own component does with hooks."""

    def add_imports(self):
        return {"react": "useEffect"}

    def add_hooks(self):
        press = rx.EventChain.create(Shop.press, args_spec=rx.event.key_event)
        return [
            f"const press = {rx.Var.create(press)}",
            """useEffect(() => {
                document.addEventListener("keydown", press);
                return () => document.removeEventListener("keydown", press);
            })""",
        ]

    def render(self):
        return {}


@rx.memo
def branch(
    text: rx.Var[str], left: rx.Var[int], on_pick: rx.EventHandler[rx.event.no_args_event_spec]
):
    return rx.box(
        rx.el.button(text, on_click=on_pick, class_name=rx.cond(Shop.count > 0, "live", "still")),
        rx.cond(left > 0, branch(text=text + ".", left=left - 1, on_pick=on_pick)),
    )


def counted(name: str) -> rx.Var:
    """JavaScript that counts how often it is evaluated: how often a component renders."""
    return rx.Var(f"(globalThis.renders ??= {{}}, renders.{name} = (renders.{name} ?? 0) + 1)", int)


def row(item: rx.Var[Item]) -> rx.Component:
    return rx.el.li(
        rx.el.button(item.name, rx.cond(item.done, " ✓", ""), on_click=Shop.mark(item.id)),
        class_name="row",
        data_renders=counted("rows"),
    )


def header() -> rx.Component:
    return rx.hstack(
        rx.link("home", href="/"),
        rx.link("seven", href="/post/7"),
        rx.link("deep", href="/docs/deep/er"),
        rx.text(Shop.count, id="shared"),
    )


def lists() -> rx.Component:
    return rx.box(
        rx.el.ul(rx.foreach(Shop.items, row), id="items"),
        rx.foreach(
            Shop.prices,
            lambda pair, i: rx.el.p(
                i,
                " ",
                pair[0],
                "=",
                pair[1],
                on_click=Shop.raise_price(pair[0]),
                class_name="price",
            ),
        ),
        rx.foreach(
            Shop.items,
            lambda item: rx.foreach(
                ["a", "b"], lambda letter: rx.el.i(item.name, letter, class_name="pair")
            ),
        ),
        rx.foreach(rx.Var.range(Shop.count), lambda n: rx.el.b(n, class_name="number")),
    )


def styled() -> rx.Component:
    return rx.box(
        rx.el.p("inline", color=Shop.tone, id="inline"),
        rx.el.p("hover", color=Shop.tone, _hover={"color": "rgb(0, 128, 0)"}, id="hover"),
        rx.el.p("wide", width=["10px", "20px", "30px", "40px"], id="wide"),
        rx.el.button("repaint", on_click=Shop.repaint),
    )


def index() -> rx.Component:
    return rx.vstack(
        header(),
        rx.heading(f"{Shop.name} has {Shop.count}", id="title"),
        rx.text(Shop.double, id="double", data_renders=counted("double")),
        rx.el.button("one", on_click=Shop.add),
        rx.el.button("five", on_click=Shop.add(5)),
        rx.el.button("own", on_click=Shop.add(Shop.count)),
        rx.el.button("both", on_click=[Shop.add(10), Shop.add(20)]),
        rx.el.button("choice", on_click=rx.cond(Shop.count > 2, Shop.add(100), Shop.add(1))),
        rx.el.button("first", on_click=Shop.put_first),
        rx.input(on_change=Shop.set_name, id="name"),
        lists(),
        styled(),
        rx.el.p(rx.match(Shop.count, (0, "none"), (1, 2, "few"), "many"), id="match"),
        rx.match(Shop.count, (0, rx.el.p("none", id="part")), rx.el.p("some", id="part")),
        rx.cond(Shop.name, rx.el.p("named", id="named")),
        branch(text="root", left=2, on_pick=Shop.add(1000)),
        Tally.create("left", id="left"),
        Tally.create("right", id="right"),
        Keys.create(),
        rx.text(Shop.keys, id="keys"),
        rx.dialog.root(
            rx.dialog.trigger(rx.button("Open ", Shop.count, id="open")),
            rx.dialog.content(
                rx.dialog.title("Dialog"),
                rx.text(Shop.name, id="inside"),
                rx.dialog.close(rx.cond(Shop.count > 0, rx.button("Shut"), rx.button("Close"))),
            ),
        ),
        rx.text(Shop.mounted, id="mounted"),
        on_mount=Shop.mount,
    )


@rx.page("/post/[number]", title=f"Post of {Shop.name}", on_load=Shop.enter)
def post() -> rx.Component:
    return rx.vstack(
        header(), rx.heading("Post ", Shop.number, id="post"), rx.text(Shop.entered, id="entered")
    )


@rx.page("/docs/deep/er", description="Deep", meta=[{"name": "robots", "content": "all"}])
def deep() -> rx.Component:
    return rx.vstack(header(), rx.heading("Deep", id="deep"))


def missing() -> rx.Component:
    return rx.vstack(header(), rx.heading("Nothing here", id="missing"))


app = rx.App(
    style={"letter_spacing": "1px", rx.heading: {"font_style": "italic"}},
    head_components=[rx.script("globalThis.fromHead = 1")],
)
app.add_page(index, title="Everything")
app.add_page(missing, route="404", title="Missing")

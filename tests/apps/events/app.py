"""Events of every kind on one page; see tests/e2e/test_event_app.py."""

import asyncio
import dataclasses
import datetime
import json
from typing import Any, TypedDict

import wasmrx as rx

NOTE = "note()"


class Order(rx.State):
    step: str = "none"

    @rx.event
    def steps(self):
        for number in range(3):
            self.step = str(number)
            yield rx.call_script("note()")
        self.step = "end"
        return [rx.call_script(NOTE), Order.last]

    @rx.event
    def last(self):
        self.step = "last"
        return rx.call_script(NOTE)

    @rx.event
    def say(self, word: str):
        return rx.console_log(word)

    @rx.event
    def chain(self):
        return [Order.say("b"), rx.console_log("a"), Order.say("c")]

    @rx.event
    async def slow_chain(self):
        await asyncio.sleep(0.05)
        return [Order.say("b"), rx.console_log("a"), Order.say("c")]

    @rx.event
    def beside(self):
        return [Order.background, rx.console_log("asked")]

    @rx.event(background=True)
    async def background(self):
        async with self:
            self.step = "inside"
            yield rx.call_script(NOTE)
            self.step = "left"
        yield rx.call_script(NOTE)
        yield Order.say("after")

    @rx.event
    def fails(self):
        self.step = "failed"
        yield rx.call_script(NOTE)
        raise ValueError("on purpose")

    @rx.event
    def new_field(self):
        self.step = "new"
        return rx.set_focus("fresh")

    @rx.event
    def loaded(self, word: str):
        return rx.console_log(f"{word} {self.router.page.path} {self.is_hydrated}")

    @rx.event
    def mounted(self):
        return rx.console_log("mounted")

    @rx.event
    def unmounted(self):
        return rx.console_log("unmounted")


class Task(TypedDict):
    title: str
    tags: list[str]
    urgent: bool


@dataclasses.dataclass
class Booking:
    name: str
    nights: int
    on: datetime.date
    breakfast: bool
    rooms: list[str]


class Forms(rx.State):
    got: str = ""

    @rx.event
    def take(self, data: dict[str, Any]):
        self.got = json.dumps(data)

    @rx.event
    def task(self, data: Task):
        self.got = json.dumps(data)

    @rx.event
    def book(self, data: Booking):
        self.got = repr(data)


class Input(rx.State):
    got: list[str] = []

    @rx.event
    def key(self, key: str, info: rx.event.KeyInputInfo):
        self.got.append(f"{key} {[name for name, down in info.items() if down]}")

    @rx.event
    def point(self, info: rx.event.PointerEventInfo):
        names = ("client_x", "client_y", "button")
        self.got.append(" ".join(f"{name}={info[name]:g}" for name in names) + f" {len(info)}")

    @rx.event
    def note(self, text: str = "noted"):
        self.got.append(text)

    @rx.event(throttle=60_000)
    def throttled(self):
        self.got.append("throttled")

    @rx.event
    def late(self, text: str):
        self.got.append(text)

    @rx.event
    def number(self, value: float):
        self.got.append(repr(value))

    @rx.event(prevent_default=True, stop_propagation=True)
    def alone(self):
        self.got.append("alone")


class Scripts(rx.State):
    got: list[str] = []

    @rx.event
    def take(self, value: Any):
        self.got.append(json.dumps(value))

    @rx.event
    def both(self, first: str, second: Any):
        self.got.append(f"{first} {json.dumps(second)}")

    @rx.event
    def from_handler(self):
        return rx.call_script("const a = 20; a + 22", callback=Scripts.take)

    @rx.event
    def part(self):
        return rx.call_script(
            "Promise.resolve({name: 'Ada', tags: [1, 2]})",
            callback=lambda result: [
                Scripts.both(result.name, result["tags"]),
                rx.console_log("x"),
            ],
        )

    @rx.event
    def function(self):
        return rx.call_function("async () => [1, 2]", callback=Scripts.both("f"))

    @rx.event
    def made(self):
        number = 40
        return rx.call_script(f"{number} + 2", callback=Scripts.take)

    @rx.event
    def fails(self):
        return [rx.call_script("missing.thing", callback=Scripts.take), Scripts.take("goes on")]

    @rx.event
    def toast(self):
        yield rx.toast.loading("Working", id="job")
        yield rx.toast.success(
            "Done",
            id="job",
            duration=60_000,
            action={"label": "Undo", "on_click": Scripts.both("undo", 1)},
        )

    @rx.event
    def save(self):
        return [
            rx.download(data="text é", filename="a.txt"),
            rx.download(data=bytes([0, 255]), filename="b.bin"),
        ]

    @rx.event
    def page_error(self, text: str):
        self.got.append(text.splitlines()[0])


def on_page_error(exception: Exception):
    return Scripts.page_error(str(exception))


DATA = "data:text/plain,hello"


class Saved(rx.State):
    url: str = DATA
    plain: str = "plain"
    word: str = "word"


def order() -> rx.Component:
    return rx.box(
        rx.el.p(Order.step, id="step"),
        rx.el.button("steps", on_click=Order.steps),
        rx.el.button("chain", on_click=[Order.chain, Order.say("d"), rx.console_log("page")]),
        rx.el.button("slow chain", on_click=[Order.slow_chain, Order.say("d")]),
        rx.el.button("beside", on_click=Order.beside),
        rx.el.button("fails", on_click=[Order.fails, Order.say("goes on")]),
        rx.el.button("new field", on_click=Order.new_field),
        rx.cond(Order.step == "new", rx.el.input(id="fresh")),
        rx.link("second", href="/second"),
    )


def forms() -> rx.Component:
    return rx.box(
        rx.form(
            rx.el.input(name="text", default_value="a"),
            rx.el.input(name="number", type="number", default_value="3"),
            rx.el.input(name="off", type="checkbox"),
            rx.el.input(name="on", type="checkbox", default_checked=True),
            rx.el.input(id="by_id", type="checkbox", default_checked=True),
            rx.el.input(name="pick", type="radio", value="x"),
            rx.el.input(name="pick", type="radio", value="y", default_checked=True),
            rx.el.select(
                rx.el.option("one"), rx.el.option("two"), name="choice", default_value="two"
            ),
            rx.el.select(
                rx.el.option("p"),
                rx.el.option("q"),
                name="many",
                multiple=True,
                default_value=["p", "q"],
            ),
            rx.el.textarea(name="area", default_value="lines"),
            rx.el.input(name="day", type="date", default_value="2024-05-06"),
            rx.el.input(name="at", type="time", default_value="07:08"),
            rx.el.input(name="tint", type="color", default_value="#ff0000"),
            rx.el.input(name="slide", type="range", default_value="30"),
            rx.el.input(name="hidden", type="hidden", value="secret"),
            rx.el.input(name="gone", disabled=True, default_value="no"),
            rx.el.input(name="upload", type="file"),
            rx.el.fieldset(rx.box(rx.el.input(name="deep", default_value="inside"))),
            rx.input(name="themed", default_value="t"),
            rx.text_area(name="themed_area", default_value="ta"),
            rx.checkbox("box", name="box", default_checked=True),
            rx.checkbox("id", id="box_id"),
            rx.switch(name="switch", default_checked=True),
            rx.radio(["r1", "r2"], name="radio", default_value="r2"),
            rx.select(["s1", "s2"], name="select", default_value="s2"),
            rx.slider(name="slider", default_value=25),
            rx.el.button("send all", type="submit"),
            on_submit=Forms.take,
            reset_on_submit=True,
            id="all",
        ),
        rx.el.form(
            rx.el.input(name="title", default_value="t", required=True, id="title"),
            rx.el.input(name="tags", type="checkbox", value="a", default_checked=True),
            rx.el.input(name="tags", type="checkbox", value="b", default_checked=True),
            rx.el.input(name="urgent", type="checkbox"),
            rx.el.button("send task"),
            on_submit=Forms.task,
        ),
        rx.form(
            rx.el.input(name="name", default_value="Ada"),
            rx.el.input(name="nights", type="number", default_value="2"),
            rx.el.input(name="on", type="date", default_value="2024-05-06"),
            rx.el.input(name="breakfast", type="checkbox", default_checked=True),
            rx.el.input(name="rooms", default_value="1"),
            rx.el.button("book"),
            on_submit=Forms.book,
        ),
        rx.el.pre(Forms.got, id="got"),
    )


def inputs() -> rx.Component:
    return rx.box(
        rx.el.input(id="keys", on_key_down=Input.key),
        rx.el.div("point", id="point", on_click=Input.point, on_double_click=Input.note("double")),
        rx.el.div(
            rx.el.div(style={"height": "400px"}),
            id="scroll",
            on_scroll=Input.note("scrolled"),
            style={"height": "50px", "overflow": "auto"},
        ),
        rx.el.button("throttled", on_click=Input.throttled),
        rx.el.input(id="late", on_change=Input.late.debounce(300)),
        rx.el.input(id="number", type="number", on_change=Input.number),
        rx.el.div(
            rx.el.a("alone", href="https://nowhere.test/", on_click=Input.alone),
            rx.el.a(
                "prevented",
                href="https://nowhere.test/",
                on_click=[rx.prevent_default, rx.stop_propagation, Input.note("prevented")],
            ),
            on_click=Input.note("outer"),
        ),
        rx.foreach(Input.got, lambda line: rx.el.p(line, class_name="input")),
    )


def scripts() -> rx.Component:
    return rx.box(
        rx.el.button("script", on_click=rx.call_script("1 + 1", callback=Scripts.take)),
        rx.el.button(
            "lambda",
            on_click=rx.call_script(
                "({name: 'Ada'})",
                callback=lambda result: Scripts.both(result.name.to(str).upper(), 1),
            ),
        ),
        rx.el.button(
            "with var",
            on_click=rx.run_script(rx.Var(f"{Saved.word}.length + 1"), callback=Scripts.take),
        ),
        rx.el.button("from handler", on_click=Scripts.from_handler),
        rx.el.button("part", on_click=Scripts.part),
        rx.el.button("function", on_click=Scripts.function),
        rx.el.button("made", on_click=Scripts.made),
        rx.el.button("script fails", on_click=Scripts.fails),
        rx.el.button("toast", on_click=Scripts.toast),
        rx.el.button("save", on_click=Scripts.save),
        rx.el.button("save url", on_click=rx.download(data=Saved.url, filename="c.txt")),
        rx.el.button("save var", on_click=rx.download(data=Saved.plain, filename="d.txt")),
        rx.el.button(
            "page error", on_click=rx.call_function("() => { setTimeout(() => { oops }) }")
        ),
        rx.foreach(Scripts.got, lambda line: rx.el.p(line, class_name="script")),
    )


def index() -> rx.Component:
    return rx.box(
        order(), forms(), inputs(), scripts(), on_mount=Order.mounted, on_unmount=Order.unmounted
    )


def second() -> rx.Component:
    return rx.box(rx.el.h1("Second"), rx.link("back", href="/"), on_mount=Order.mounted)


app = rx.App(frontend_exception_handler=on_page_error)
app.add_page(index, route="/", title="Events")
app.add_page(
    second,
    route="/second",
    on_load=[Order.loaded("first"), rx.console_log("action"), Order.loaded("then")],
)

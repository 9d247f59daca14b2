"""Components that vars hold: given at first, built by handlers, computed, in lists."""

import reflex as rx

HOSTILE = "<img src=x onerror='globalThis.ran = 1'>{S.secret}"
ADDRESS = "java\tscript:globalThis.ran=2"


class Card(rx.Component):
    """A component class of the author's own."""

    tag = "article"
    title: rx.Var[str]

    @classmethod
    def create(cls, *children, **props):
        return super().create(rx.text("card: ", *children), title="own", **props)


@rx.memo
def chip(label: rx.Var[str], picked: rx.EventHandler[rx.event.no_args_event_spec]) -> rx.Component:
    return rx.button(label, on_click=picked, class_name="chip")


class S(rx.State):
    count: int = 0
    items: list[str] = ["pear", "fig"]
    box: rx.Component = rx.hstack(
        rx.icon("anchor", id="anchor"),
        rx.text("first", id="first", color="rgb(1, 2, 3)", _hover={"color": "rgb(4, 5, 6)"}),
    )
    parts: list[rx.Component] = [rx.badge("one", class_name="part")]
    maybe: rx.Component | None = None
    note: str = ""

    @rx.var
    def view(self) -> rx.Component:
        return rx.vstack(
            *[
                rx.hstack(
                    rx.text(item, class_name="item"),
                    rx.button(f"remove {item}", on_click=S.remove(i)),
                )
                for i, item in enumerate(self.items)
            ],
            rx.input(id="kept", placeholder="stays"),
        )

    @rx.event
    def up(self):
        self.count += 1

    @rx.event
    def remove(self, index: int):
        self.items.pop(index)

    @rx.event
    def add(self):
        self.items.append(f"plum {len(self.items)}")
        self.parts.append(rx.badge(f"part {len(self.parts)}", class_name="part"))

    @rx.event
    def replace(self):
        self.box = rx.box(
            rx.text("count: ", S.count, id="live"),
            rx.text(f"twice {S.count * 2}, {S.count.to_string()}", id="twice"),
            rx.cond(S.count > 1, rx.text("many", id="many"), rx.text("few", id="few")),
            rx.foreach(S.items, lambda item, i: rx.text(i, ":", item.upper(), class_name="row")),
            rx.button("up", on_click=S.up, id="up"),
            rx.input(id="note", on_change=S.set_note, on_blur=S.set_note),
            rx.text(S.note, id="echo"),
            rx.icon("anchor", id="anchor"),
            rx.text(
                "styled",
                id="styled",
                color="rgb(7, 8, 9)",
                padding_x=4,
                width=["10px", "20px", "30px"],
                _hover={"color": "rgb(4, 5, 6)"},
                _before={"content": "'«'"},
            ),
            rx.heading("big", size="8", color_scheme="tomato", id="big"),
            Card.create("mine", id="card"),
            chip(label="chip", picked=S.up),
            id="new",
        )

    @rx.event
    def open_dialog(self):
        self.box = rx.box(
            rx.dialog.root(
                rx.dialog.trigger(rx.button("open", id="open")),
                rx.dialog.content(
                    rx.dialog.title("Title"),
                    rx.dialog.description("inside the dialog"),
                    rx.dialog.close(rx.button("close")),
                ),
            ),
            rx.tooltip(rx.text("hover me", id="tipped"), content="the tip"),
            rx.form(rx.input(name="word", id="word"), on_submit=S.submit, id="form"),
        )

    @rx.event
    def submit(self, data: dict):
        self.note = data["word"]

    @rx.event
    def wrap(self):
        self.box = rx.box(self.box, rx.text("around"), class_name="wrap")

    @rx.event
    def hostile(self):
        self.box = rx.box(
            rx.text(HOSTILE, id="text"),
            rx.link("go", href=ADDRESS, id="link"),
            rx.el.a("go", href=ADDRESS, id="anchor"),
            rx.html(HOSTILE, id="html"),
            rx.el.iframe(src=ADDRESS, src_doc="<script>parent.ran = 3</script>", id="frame"),
            rx.markdown(f"[go]({ADDRESS}) {HOSTILE}", id="markdown"),
            rx.el.form(rx.el.button("send", form_action=ADDRESS), action=ADDRESS, id="sent"),
            rx.text("styled", color="red} * {display: none", id="injected"),
            rx.text("hover", _hover={"color": "red} * {display: none"}),
            rx.el.div(custom_attrs={"onclick": "globalThis.ran = 4", "href": ADDRESS}),
            rx.image(src=ADDRESS, alt="none"),
            id="hostile",
        )

    @rx.event
    def wrong(self):
        self.box = rx.text("x", size="99")

    @rx.event
    def code(self):
        self.box = rx.text(rx.Var("window.innerWidth"))

    @rx.event
    def unnamed(self):
        self.box = getattr(rx, "accor" + "dion").root(type="single")

    @rx.event
    def script(self):
        self.box = rx.script("globalThis.ran = 5")

    @rx.event
    def show_maybe(self):
        self.maybe = rx.text("there", id="there") if self.maybe is None else None


def index() -> rx.Component:
    handlers = [S.replace, S.add, S.open_dialog, S.wrap, S.hostile, S.wrong, S.code, S.unnamed]
    handlers += [S.script, S.show_maybe, S.up]
    return rx.box(
        rx.hstack(
            *[rx.el.button(h.fn.__name__, on_click=h, id=f"do-{h.fn.__name__}") for h in handlers]
        ),
        rx.text(S.count, id="count"),
        rx.box(S.box, id="box"),
        rx.box(S.view, id="view"),
        rx.box(rx.foreach(S.parts, lambda part: rx.box(part, class_name="in-row")), id="parts"),
        rx.box(S.maybe, id="maybe"),
    )


app = rx.App()
app.add_page(index)

"""Every element of HTML under its own name. All are plain: the theme gives them no look."""

from __future__ import annotations

from typing import Any

import wasmrx as rx


def headings() -> rx.Component:
    """Headings: of six levels, alone or with a line below."""
    return rx.el.div(
        rx.el.hgroup(
            rx.el.h3("Level three", font_size="1.4rem", font_weight="bold"),
            rx.el.p("with a line below"),
        ),
        rx.el.h4("Level four", font_size="1.2rem", font_weight="bold"),
        rx.el.h5("Level five"),
        rx.el.h6("Level six"),
    )


def parts_of_a_page() -> rx.Component:
    """Parts of a page: articles with a head, sections, asides, navigation."""
    return rx.el.article(
        rx.el.header(rx.el.h3("An article"), rx.el.address("by Ada")),
        rx.el.nav(rx.el.a("First part", href="#parts-of-a-page"), aria_label="Parts"),
        rx.el.section(rx.el.p("The first part."), aria_label="First part"),
        rx.el.hr(),
        rx.el.aside(rx.el.p("Beside it.")),
        rx.el.footer(rx.el.small("All rights are yours.")),
    )


def words() -> rx.Component:
    """Words: what a word within a text may be."""
    return rx.el.p(
        rx.el.a("link", href="#words"),
        " ",
        rx.el.abbr("abbr", title="abbreviation"),
        " ",
        rx.el.b("b"),
        " ",
        rx.el.i("i"),
        " ",
        rx.el.u("u"),
        " ",
        rx.el.s("s"),
        " ",
        rx.el.em("em"),
        " ",
        rx.el.strong("strong"),
        " ",
        rx.el.mark("mark"),
        " ",
        rx.el.small("small"),
        " H",
        rx.el.sub("2"),
        "O x",
        rx.el.sup("2"),
        " ",
        rx.el.code("code"),
        " ",
        rx.el.kbd("kbd"),
        " ",
        rx.el.samp("samp"),
        " ",
        rx.el.cite("cite"),
        " ",
        rx.el.dfn("dfn"),
        " ",
        rx.el.q("q"),
        " ",
        rx.el.span("span", style={"color": rx.color("red", 11)}),
        " ",
        rx.el.data("data", value="21"),
        " ",
        rx.el.time("noon", date_time="12:00"),
        " ",
        rx.el.del_("del"),
        " ",
        rx.el.ins("ins"),
    )


def scripts_of_the_world() -> rx.Component:
    """Scripts of the world: readings above, directions, places to break."""
    return rx.el.div(
        rx.el.p(rx.el.ruby("漢", rx.el.rp("("), rx.el.rt("kan"), rx.el.rp(")")), lang="ja"),
        rx.el.p("User ", rx.el.bdi("إيان", lang="ar"), ": 3 posts"),
        rx.el.p(rx.el.bdo("backwards", dir="rtl")),
        rx.el.p("extra", rx.el.wbr(), "ordinarily", rx.el.br(), "on a new line"),
    )


def blocks() -> rx.Component:
    """Blocks: quotations, text as typed, figures, what opens."""
    return rx.el.div(
        rx.el.blockquote("Less is more.", cite="https://example.org"),
        rx.el.pre("  as\n    typed"),
        rx.el.figure(
            rx.el.img(src="/gallery/hills.svg", alt="Hills", width="120px"),
            rx.el.figcaption("A figure"),
        ),
        rx.el.details(rx.el.summary("More"), rx.el.p("Here it is.")),
    )


def lists() -> rx.Component:
    """Lists: with marks, with numbers, of terms, of commands."""
    return rx.el.div(
        rx.el.ul(rx.el.li("with a mark"), list_style="disc inside"),
        rx.el.ol(rx.el.li("with a number"), list_style="decimal inside"),
        rx.el.dl(rx.el.dt("Term"), rx.el.dd("What it means")),
        rx.el.menu(rx.el.li("a command")),
    )


def table() -> rx.Component:
    """Table: with caption, columns, head, body and foot."""
    return rx.el.table(
        rx.el.caption("Harvest", text_align="left", font_weight="bold"),
        rx.el.colgroup(rx.el.col(span=1), rx.el.col(span=1)),
        rx.el.thead(rx.el.tr(rx.el.th("Fruit", scope="col"), rx.el.th("Baskets", scope="col"))),
        rx.el.tbody(rx.el.tr(rx.el.td("Apples"), rx.el.td("4"))),
        rx.el.tfoot(rx.el.tr(rx.el.td("All"), rx.el.td("4"))),
        style={"& th, & td": {"padding": "0.2rem 1rem 0.2rem 0", "text_align": "left"}},
    )


class Plain(rx.State):
    name: str = ""
    sent: dict[str, Any] = {}
    is_open: bool = False

    @rx.event
    def set_name(self, name: str):
        self.name = name

    @rx.event
    def send(self, data: dict[str, Any]):
        self.sent = data

    @rx.event
    def open_it(self, is_open: bool):
        self.is_open = is_open


def form() -> rx.Component:
    """Form: the browser's own fields, with handlers in Python."""
    return rx.el.form(
        rx.el.fieldset(
            rx.el.legend("About you"),
            rx.el.label("Name ", rx.el.input(name="name", on_change=Plain.set_name)),
            rx.el.label("Town ", rx.el.input(name="town", list="towns")),
            rx.el.datalist(rx.el.option(value="Oslo"), rx.el.option(value="Lima"), id="towns"),
            rx.el.label(
                "Meal ",
                rx.el.select(
                    rx.el.optgroup(rx.el.option("Soup"), rx.el.option("Pie"), label="Warm"),
                    name="meal",
                ),
            ),
            rx.el.label("Words ", rx.el.textarea(name="words", rows="2")),
        ),
        rx.el.button("Send", type="submit"),
        rx.el.output(" Hello ", Plain.name, rx.cond(Plain.sent, ", it was sent.", "")),
        on_submit=Plain.send,
        style={
            "& fieldset": {"display": "grid", "gap": "0.5rem", "margin_bottom": "0.5rem"},
            "& input, & select, & textarea, & button": {
                "border": "1px solid currentColor",
                "padding": "0.15rem 0.5rem",
                "border_radius": "4px",
            },
        },
    )


def gauges() -> rx.Component:
    """Gauges: a part of a whole, and progress."""
    return rx.el.div(
        rx.el.meter(value="0.6", min="0", max="1", aria_label="Filled"),
        " ",
        rx.el.progress(value="40", max="100", aria_label="Done"),
    )


def dialog() -> rx.Component:
    """Dialog: the browser's own, opened by the state."""
    return rx.el.div(
        rx.el.button("Open", on_click=Plain.open_it(True), text_decoration="underline"),
        rx.el.dialog(
            rx.el.p("Open."),
            rx.el.button("Close", on_click=Plain.open_it(False), text_decoration="underline"),
            open=Plain.is_open,
            aria_label="A dialog",
            style={"position": "static", "border": "1px solid currentColor", "padding": "1rem"},
        ),
    )


def media() -> rx.Component:
    """Media: pictures by width, sound, video with captions, a drawing surface."""
    return rx.el.div(
        rx.el.picture(
            rx.el.source(src_set="data:image/gif;base64,R0lGODlhAQABAAAAACw=", media="print"),
            rx.el.img(src="/gallery/hills.svg", alt="Hills", width="160px"),
        ),
        rx.el.audio(rx.el.source(src="/gallery/tones.wav", type="audio/wav"), controls=True),
        rx.el.video(
            rx.el.track(src="/gallery/ball.vtt", kind="captions", src_lang="en", label="English"),
            src="/gallery/ball.webm",
            controls=True,
            width="160px",
        ),
        rx.el.canvas(
            "A drawing", width="160px", height="20px", role="img", aria_label="Nothing drawn"
        ),
    )


def image_map() -> rx.Component:
    """Image map: parts of a picture that are links."""
    return rx.el.div(
        rx.el.img(
            src="/gallery/hills.svg",
            alt="Hills and sun",
            use_map="#hills",
            width="160px",
            height="100px",
        ),
        rx.el.map(
            rx.el.area(shape="rect", coords="0,0,160,50", href="#media", alt="The sky"),
            rx.el.area(shape="rect", coords="0,50,160,100", href="#words", alt="The hills"),
            name="hills",
        ),
    )


def frames() -> rx.Component:
    """Frames: another document within the page."""
    document = (
        "<!doctype html><html lang=en><title>Small</title><body>A page in a frame.</body></html>"
    )
    return rx.el.div(
        rx.el.iframe(src_doc=document, title="A small page", width="200px", height="60px"),
        rx.el.object("Shown where the object is not."),
        rx.el.embed(src="/gallery/hills.svg", type="image/svg+xml", width="80px", height="50px"),
    )


def unseen() -> rx.Component:
    """Seldom seen: templates, data, styles, notes for other programs."""
    return rx.el.div(
        rx.el.template(rx.el.p("Not shown")),
        rx.el.slot("What a slot shows by itself. "),
        rx.el.noscript("Shown without JavaScript"),
        rx.el.script('{"kind": "data"}', type="application/json"),
        rx.el.style(".gallery-styled { font-style: italic; }"),
        rx.el.span("Styled by an element. ", class_name="gallery-styled"),
        rx.el.link(rel="license", href="https://www.apache.org/licenses/LICENSE-2.0"),
        rx.el.meta(name="gallery", content="seldom seen"),
        rx.el.math("x = 1"),
        rx.el.portal(" An element that browsers do not know."),
    )

"""A text of the state wherever a component takes text, HTML, a URL, a style or Markdown."""

from __future__ import annotations

from typing import Any

from payloads import PAYLOADS

import wasmrx as rx


class Hostile(rx.State):
    text: str = PAYLOADS[0]
    texts: list[str] = [PAYLOADS[0]]
    rows: list[dict[str, Any]] = [{"name": PAYLOADS[0], "n": 1}]
    table: dict[str, str] = {PAYLOADS[0]: PAYLOADS[0]}
    number: int = 0

    @rx.event
    def take(self, number: int):
        self.number = number
        self.text = PAYLOADS[number]
        self.texts = [self.text, "other"]
        self.rows = [{"name": self.text, "n": 1}]
        self.table = {self.text: self.text}

    @rx.event
    def tell(self):
        yield rx.toast(self.text, description=self.text)
        yield rx.toast.error(self.text)


def words() -> rx.Component:
    text = Hostile.text
    return rx.vstack(
        rx.heading(text),
        rx.text(text, " and ", f"in an f-string: {text}"),
        rx.code(text),
        rx.blockquote(text),
        rx.badge(text),
        rx.button(text, title=text, aria_label=text),
        rx.callout(text, icon="info"),
        rx.card(text, id=text, class_name=text, custom_attrs={"data-x": text}),
        rx.avatar(fallback=text, src=text),
        rx.input(value=text, on_change=Hostile.set_text, placeholder=text),
        rx.text_area(value=text, on_change=Hostile.set_text),
        rx.select(Hostile.texts, placeholder=text, default_value=text),
        rx.radio(Hostile.texts),
        rx.checkbox(text),
        rx.tooltip(rx.text("tip"), content=text, open=True),
        rx.accordion.root(rx.accordion.item(header=text, content=text, value="x"), value="x"),
        rx.tabs.root(rx.tabs.list(rx.tabs.trigger(text, value="1")), default_value="1"),
        rx.unordered_list(items=Hostile.texts),
        rx.data_list.root(rx.data_list.item(rx.data_list.label(text), rx.data_list.value(text))),
        rx.foreach(Hostile.table, lambda pair: rx.text(pair[0], pair[1])),
        rx.foreach(Hostile.rows, lambda row: rx.text(row["name"], key=row["name"])),
        rx.moment(text, format=text, locale=text),
        rx.moment(format=text),
        rx.match(text, ("constructor", rx.text("c")), rx.text(text)),
        rx.el.title(text),
        rx.el.style(text),
        rx.el.textarea(default_value=text),
        rx.el.option(text, value=text),
        rx.el.template(text),
        rx.el.noscript(text),
        rx.el.svg(rx.el.svg.text(text), rx.el.svg.title(text), rx.el.svg.style(text)),
    )


def addresses() -> rx.Component:
    text = Hostile.text
    return rx.vstack(
        rx.link("link", href=text),
        rx.link("external", href=text, is_external=True),
        rx.el.a("anchor", href=text, ping=text),
        rx.el.area(href=text),
        rx.image(src=text, src_set=text),
        rx.el.img(src=text),
        rx.el.iframe(src=text),
        rx.el.iframe(src_doc=text),
        rx.el.embed(src=text),
        rx.el.object(data=text),
        rx.el.video(src=text, poster=text),
        rx.el.form(rx.el.button("send", form_action=text), action=text),
        rx.el.input(type="image", src=text, form_action=text),
        rx.el.blockquote(cite=text),
        rx.el.link(href=text, rel="prefetch"),
        rx.audio(src=text),
        rx.video(src=text),
        rx.el.svg(
            rx.el.svg.a("a", href=text),
            rx.el.svg.use(href=text),
            rx.el.svg.image(href=text),
            rx.el.svg.a("x", custom_attrs={"xlink:href": text}),
            rx.el.svg.animate(attribute_name="fill", values=text, custom_attrs={"to": text}),
        ),
    )


def styles() -> rx.Component:
    text = Hostile.text
    return rx.vstack(
        rx.box("a", color=text, background=text, background_image=f"url({text})"),
        rx.box("b", style={"width": text, "--own": text}, _hover={"color": text}),
        rx.box("c", width=[text, text]),
        rx.text("d", size=rx.cond(Hostile.number, "1", "2"), color_scheme=text.to(str)),
        rx.icon(rx.cond(Hostile.number, "sun", "moon"), color=text, stroke=text),
        rx.progress(value=Hostile.number, fill_color=text, aria_label="progress"),
    )


def documents() -> rx.Component:
    text = Hostile.text
    return rx.vstack(
        rx.html(text, id="html"),
        rx.html(f"<b>{text}</b>"),
        rx.markdown(text, id="markdown"),
        rx.markdown(f"**in** {text}"),
        rx.markdown(
            text,
            component_map={
                "a": lambda children, **props: rx.link(children, **props),
                "pre": lambda children, **props: rx.code_block(children, **props),
                "img": lambda children, **props: rx.image(**props),
            },
        ),
        rx.code_block(text, language="html", show_line_numbers=True),
        rx.code_block(text, language=text),
        rx.data_table(data=[[text]], columns=[text], search=True),
        rx.recharts.bar_chart(
            rx.recharts.bar(data_key="n", name=text),
            rx.recharts.x_axis(data_key="name"),
            rx.recharts.legend(),
            rx.recharts.graphing_tooltip(),
            data=Hostile.rows,
            height=200,
            width=300,
        ),
        rx.plotly(
            data=[{"type": "bar", "x": Hostile.texts, "y": [1, 2], "name": text, "text": text}],
            layout={"title": {"text": text}, "annotations": [{"text": text}]},
            height="200px",
        ),
        rx.data_editor(columns=[{"title": text}], data=[[text]], height="100px"),
    )


def index() -> rx.Component:
    return rx.vstack(
        rx.foreach(
            list(range(len(PAYLOADS))),
            lambda number: rx.button(number, on_click=Hostile.take(number), class_name="take"),
        ),
        rx.button("tell", on_click=Hostile.tell, id="tell"),
        rx.text(Hostile.number, id="number"),
        words(),
        addresses(),
        styles(),
        documents(),
    )


app = rx.App()
app.add_page(index)

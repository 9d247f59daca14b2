"""Tailwind's classes: constant, chosen by state, over Radix and under style props."""

import reflex as rx


class S(rx.State):
    wide: bool = False
    tone: str = "text-lime-500"

    @rx.event
    def change(self):
        self.wide = not self.wide
        self.tone = "text-[rgb(9,8,7)]"


def index() -> rx.Component:
    size = 7
    return rx.box(
        rx.el.div("plain", id="plain", class_name="bg-[rgb(10,20,30)] p-4 md:underline text-brand"),
        rx.button("radix", id="radix", class_name="bg-[rgb(40,50,60)] rounded-none"),
        rx.button("theme", id="theme"),
        rx.text("over", id="over", class_name="text-[rgb(70,80,90)]", color="rgb(4, 4, 4)"),
        rx.el.div("chosen", id="chosen", class_name=rx.cond(S.wide, "w-[300px]", "w-[100px]")),
        rx.el.div("tone", id="tone", class_name=S.tone),
        rx.el.div("made", id="made", class_name=f"mt-{size}"),
        rx.el.div("dark", id="dark", class_name="text-black dark:text-[rgb(200,201,202)]"),
        rx.el.article(rx.el.h1("title", id="title"), class_name="prose"),
        rx.el.button("change", on_click=S.change, id="change"),
        rx.color_mode.button(id="mode"),
    )


app = rx.App()
app.add_page(index)

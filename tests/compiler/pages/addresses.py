import wasmrx as rx


class Visitor(rx.State):
    url: str = ""
    text: str = ""


def page() -> rx.Component:
    return rx.box(
        rx.el.svg(rx.el.svg.text("link", custom_attrs={"xlink:href": Visitor.url})),
        rx.el.iframe(src_doc=Visitor.text),
    )

"""Constant styles are classes; values of Vars are inline, or custom properties where overridden."""

import wasmrx as rx


class Look(rx.State):
    color: str = "red"
    width: int = 3


def page() -> rx.Component:
    return rx.box(
        rx.box(
            padding_x="1em", bg=rx.color("gray", 3), _hover={"bg": "red"}, margin=4, opacity=0.5
        ),
        rx.box(width=["100%", "50%", None, "25%"], _before={"content": "'x'"}),
        rx.box(padding=rx.breakpoints(initial="1em", md="2em"), **{"& > p": {"color": "blue"}}),
        rx.box(color=Look.color, width=Look.width),
        rx.box(color=Look.color, width=Look.width, _hover={"color": "black"}),
        rx.box(border=f"1px solid {Look.color}", style={"fontSize": "2em", "--gap": "3px"}),
        rx.box(
            padding_x="1em", bg=rx.color("gray", 3), _hover={"bg": "red"}, margin=4, opacity=0.5
        ),
        _dark={"color": "white"},
    )

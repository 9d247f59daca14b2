"""What larger libraries bring: drawers, players, tables of data."""

from __future__ import annotations

from typing import Any

import wasmrx as rx


class Rich(rx.State):
    drawn: bool = False
    at: float = 0
    told: str = ""
    rows: list[list[Any]] = [["Ada", 36], ["Grace", 45], ["<b>Edsger</b>", 72]]
    cells: list[list[Any]] = [["a", 1, True], ["b", 2, False]]

    @rx.event
    def add_row(self):
        self.rows.append(["Barbara", 29])

    @rx.event
    def edited(self, place: tuple[int, int], cell: dict[str, Any]):
        column, row = place
        self.cells[row][column] = cell["data"]
        self.told = f"{row} {column} {cell['data']}"

    @rx.event
    def clicked(self, place: tuple[int, int]):
        self.told = f"clicked {place[0]} {place[1]}"

    @rx.event
    def seeked(self, seconds: float):
        self.at = seconds


class Frame:
    """What pandas has of a data frame that a table reads."""

    columns = ("name", "age")

    def itertuples(self, index: bool, name: None):
        return iter([("Alan", 41)])


Frame.__name__ = "DataFrame"


def drawer(direction: str) -> rx.Component:
    return rx.drawer.root(
        rx.drawer.trigger(rx.button(f"from {direction}")),
        rx.drawer.overlay(),
        rx.drawer.portal(
            rx.drawer.content(
                rx.vstack(
                    rx.drawer.title("A drawer"),
                    rx.drawer.description("It slides in."),
                    rx.text(Rich.told),
                    rx.drawer.close(rx.button("close it")),
                    padding="1em",
                ),
                width="20em",
                background=rx.color("gray", 2),
                left="auto" if direction == "right" else "0",
            )
        ),
        direction=direction,
        on_open_change=Rich.set_drawn,
    )


def media() -> rx.Component:
    return rx.vstack(
        rx.hstack(drawer("left"), drawer("right")),
        rx.text(rx.cond(Rich.drawn, "open", "shut"), id="drawn"),
        rx.audio(src="/beep.wav", on_seeked=Rich.seeked, id="sound", width="300px"),
        rx.video(src=["/none.mp4", "/none.webm"], id="video", loop=True, muted=True),
        rx.video(src="https://example.org/video.mp4", id="one", preload="none", width="300px"),
        rx.text(Rich.at, id="at"),
        width="100%",
    )


def tables() -> rx.Component:
    return rx.vstack(
        rx.data_table(
            data=Rich.rows,
            columns=["name", "age"],
            search=True,
            sort=True,
            pagination={"limit": 3},
            id="table",
        ),
        rx.button("add", on_click=Rich.add_row, id="add"),
        rx.data_table(data=Frame(), id="frame"),
        rx.data_editor(
            columns=[
                {"title": "Word", "type": "str", "width": 120},
                {"title": "Count", "type": "int"},
                {"title": "Sure", "type": "bool"},
            ],
            data=Rich.cells,
            on_cell_edited=Rich.edited,
            on_cell_clicked=Rich.clicked,
            row_markers="number",
            theme={"accent_color": "#00f"},
            height="200px",
        ),
        rx.text(Rich.told, id="told"),
        rx.connection_banner(),
        rx.connection_modal(),
        width="100%",
    )

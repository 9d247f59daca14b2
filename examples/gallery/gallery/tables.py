"""Tables to read, to search and to edit."""

from __future__ import annotations

from typing import Any

import wasmrx as rx


class Market(rx.State):
    rows: list[dict[str, Any]] = [
        {"name": "Apple", "price": 0.5, "left": 12},
        {"name": "Melon", "price": 2.5, "left": 3},
        {"name": "Plum", "price": 0.2, "left": 40},
    ]

    @rx.event
    def sell(self, name: str):
        for row in self.rows:
            if row["name"] == name:
                row["left"] -= 1


def table() -> rx.Component:
    """Table: rows of components; a sale renders one row again."""
    return rx.table.root(
        rx.table.header(
            rx.table.row(
                rx.table.column_header_cell("Name"),
                rx.table.column_header_cell("Price"),
                rx.table.column_header_cell("Left"),
                rx.table.column_header_cell("Sale"),
            )
        ),
        rx.table.body(
            rx.foreach(
                Market.rows,
                lambda row: rx.table.row(
                    rx.table.row_header_cell(row["name"]),
                    rx.table.cell(f"{row['price'].to(float):.2f}"),
                    rx.table.cell(row["left"].to_string()),
                    rx.table.cell(
                        rx.button("Sell one", size="1", on_click=Market.sell(row["name"]))
                    ),
                ),
            )
        ),
        variant="surface",
        width="100%",
    )


class Planets(rx.State):
    rows: list[list[Any]] = [
        ["Mercury", 0.06, 0],
        ["Venus", 0.82, 0],
        ["Earth", 1.0, 1],
        ["Mars", 0.11, 2],
        ["Jupiter", 317.8, 95],
        ["Saturn", 95.2, 146],
        ["Uranus", 14.5, 28],
        ["Neptune", 17.1, 16],
    ]


def data_table() -> rx.Component:
    """Data table: rows to search, sort and leaf through."""
    return rx.data_table(
        data=Planets.rows,
        columns=["Planet", "Mass", "Moons"],
        search=True,
        sort=True,
        pagination={"limit": 4},
    )


class Sheet(rx.State):
    cells: list[list[Any]] = [["Paper", 3, True], ["Ink", 1, False], ["Stamps", 20, True]]

    @rx.event
    def edit(self, place: tuple[int, int], cell: dict[str, Any]):
        column, row = place
        self.cells[row][column] = cell["data"]

    @rx.var
    def total(self) -> int:
        return sum(int(row[1] or 0) for row in self.cells)


def data_editor() -> rx.Component:
    """Data editor: a sheet of cells to edit, for many rows as well."""
    return rx.vstack(
        rx.data_editor(
            columns=[
                {"title": "Thing", "type": "str", "width": 120},
                {"title": "Count", "type": "int", "width": 80},
                {"title": "Bought", "type": "bool", "width": 80},
            ],
            data=Sheet.cells,
            on_cell_edited=Sheet.edit,
            row_markers="number",
            width="100%",
            height="180px",
        ),
        rx.text(Sheet.total, " things"),
        width="100%",
    )

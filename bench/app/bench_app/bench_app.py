"""The app that is measured, in wasmrx and in Reflex: one source for both."""

import dataclasses

import reflex as rx

WIDE = 1_000


@dataclasses.dataclass
class Row:
    id: int
    name: str
    amount: int


def rows(count: int) -> list[Row]:
    return [Row(i, f"Row {i}", i) for i in range(count)]


class Counter(rx.State):
    count: int = 0

    @rx.event
    def add(self, amount: int):
        self.count += amount


class Small(rx.State):
    rows: list[Row] = rx.field(default_factory=lambda: rows(1_000))

    @rx.event
    def edit(self, index: int):
        self.rows[index].amount += 1


class Large(rx.State):
    rows: list[Row] = rx.field(default_factory=lambda: rows(10_000))

    @rx.event
    def edit(self, index: int):
        self.rows[index].amount += 1


class Wide(rx.State):
    __annotations__ = {"count": int, **{f"var_{i}": int for i in range(WIDE)}}
    locals().update({"count": 0, **{f"var_{i}": i for i in range(WIDE)}})

    @rx.event
    def add(self, amount: int):
        self.count += amount


def counter(state) -> rx.Component:
    return rx.el.div(
        rx.el.button("Add", on_click=state.add(1)),
        rx.el.span(state.count, id="count"),
    )


def row(item: rx.Var[Row]) -> rx.Component:
    return rx.el.tr(rx.el.td(item.name), rx.el.td(item.amount, class_name="amount"))


def table(state, index: int) -> rx.Component:
    return rx.el.div(
        rx.el.button("Edit", on_click=state.edit(index)),
        rx.el.table(rx.el.tbody(rx.foreach(state.rows, row))),
    )


app = rx.App()
app.add_page(counter(Counter), route="/", title="Counter")
app.add_page(counter(Wide), route="/wide", title="1,000 vars")
app.add_page(table(Small, 500), route="/table-1000", title="1,000 rows")
app.add_page(table(Large, 5_000), route="/table-10000", title="10,000 rows")

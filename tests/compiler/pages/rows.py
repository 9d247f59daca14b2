"""foreach over every kind of iterable; rows are memoised and get what they capture."""

import dataclasses

import wasmrx as rx


@dataclasses.dataclass
class Item:
    id: int
    name: str
    tags: list[str]


class Shop(rx.State):
    items: list[Item] = []
    prices: dict[str, float] = {}
    pairs: list[tuple[str, int]] = []
    selected: int = 0
    count: int = 3

    @rx.event
    def choose(self, number: int):
        self.selected = number


def row(item: Item, index: int) -> rx.Component:
    return rx.hstack(
        rx.text(index, ". ", item.name),
        rx.foreach(item.tags, lambda tag: rx.badge(tag, on_click=Shop.choose(item.id))),
        rx.cond(item.id == Shop.selected, rx.icon("check")),
        key=item.id,
    )


def page() -> rx.Component:
    return rx.vstack(
        rx.foreach(Shop.items, row),
        rx.foreach(Shop.prices, lambda pair: rx.text(pair[0], ": ", pair[1])),
        rx.foreach(Shop.pairs, lambda pair: rx.text(pair[0], pair[1] + 1)),
        rx.foreach(rx.Var.range(Shop.count), rx.text),
        rx.foreach(["a", "b"], lambda letter: rx.text(letter, color=Shop.prices[letter].to(str))),
        rx.foreach(Shop.items, lambda item: rx.text("same", on_click=Shop.choose(item.id))),
    )

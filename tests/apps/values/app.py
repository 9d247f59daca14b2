"""Values of every shape, looped over and looked into, and vars with the names of builtins."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Callable
from typing import Any, NamedTuple, TypedDict

import wasmrx as rx


class Point(NamedTuple):
    x: int
    label: str


class Movie(TypedDict, total=False):
    title: str
    year: int


@dataclasses.dataclass
class Author:
    name: str
    born: int | None = None


@dataclasses.dataclass
class Book:
    title: str
    author: Author | None = None
    items: list[str] = dataclasses.field(default_factory=list)
    constructor: str = "C"


class Named(rx.State):
    list: list[str] = ["l"]
    id: str = "i"
    type: str = "t"
    len: int = 3
    str: str = "s"
    constructor: str = "c"
    toString: str = "ts"
    valueOf: str = "v"
    hasOwnProperty: str = "h"

    @rx.event
    def rename(self):
        self.list.append("m")
        self.constructor = self.toString = self.valueOf = self.hasOwnProperty = self.id = "new"


counter: Any = rx._x.client_state("counter", default=1)
note: Any = rx._x.client_state(default="")
apart: Any = rx._x.client_state("counter", default=9, global_ref=False)


class Pushed(rx.State):
    seen: list[str] = []

    @rx.event
    def push(self):
        yield counter.push(40)
        yield note.push("pushed")

    @rx.event
    def ask(self):
        return [counter.retrieve(Pushed.see), note.retrieve(Pushed.see)]

    @rx.event
    def see(self, value: Any):
        self.seen.append(str(value))


class Values(rx.State):
    shelf: dict[str, list[Book]] = {"a": [Book("A", Author("Ann", 1900), ["x", "y"])], "b": []}
    numbers: dict[int, float] = {2: 0.5, 1: 2.0}
    tags: set[str] = {"b", "a"}
    point: Point = Point(1, "one")
    movie: Movie = {"title": "M"}
    maybe: list[int] | None = None
    word: str = "a😀é"
    when: datetime.datetime = datetime.datetime(2024, 5, 1, 12)
    best: Book | None = None
    choice: str = "low"

    @rx.event
    def change(self):
        self.shelf["b"] = [Book("B", Author("Bo"), ["z"])]
        self.tags.add("c")
        self.point = Point(2, "two")
        self.movie["year"] = 1999
        self.maybe = [1, 2]
        self.word += "ß"
        self.when = datetime.datetime(2024, 5, 1, 12, 0, 0, 1)
        self.best = self.shelf["a"][0]
        self.choice = "other"


@rx.vars.var_operation
def shouted(text: rx.vars.StringVar, times: rx.vars.NumberVar) -> Any:
    return rx.vars.var_operation_return(f"({text} ?? '') + '!'.repeat({times})", str)


def shelf(pair: rx.Var[tuple[str, list[Book]]]) -> rx.Component:
    return rx.el.p(
        pair[0].upper(),
        rx.foreach(
            pair[1],
            lambda book, index: rx.el.b(
                f" {index}:{book.title}/{book.author.name}/{book.author.born}/{book.constructor}",
                rx.foreach(book.items, lambda item: rx.el.i(book.title, item, index)),
            ),
        ),
        class_name="shelf",
    )


def rows(name: str, items: Any, row: Callable[..., Any] = lambda item: rx.el.li(item)) -> Any:
    return rx.el.ul(rx.foreach(items, row), id=name)


def index() -> rx.Component:
    noon = datetime.datetime(2024, 5, 1, 12)
    add = rx.Var("(a, b) => a + b").to(Callable[[int, int], int])
    return rx.el.div(
        rx.foreach(Values.shelf, shelf),
        rows("numbers", Values.numbers, lambda pair: rx.el.li(f"{pair[0] + 1}={pair[1]}")),
        rows("tags", Values.tags),
        rows("pair", Values.point, lambda part, i: rx.el.li(i, ":", part)),
        rows("maybe", Values.maybe, lambda n: rx.el.li(n + 1)),
        rows("word", Values.word),
        rows("range", rx.Var.range(3, 0, -1)),
        rows("python", range(2)),
        rows("constants", [Values.word[-1], "k"]),
        rows("object", Values.movie.items(), lambda pair: rx.el.li(pair[0])),
        rx.el.p(Values.point.label, Values.point.x + 1, id="point"),
        rx.el.p(rx.cond(Values.movie.contains("year"), Values.movie.year, "no year"), id="movie"),
        rx.el.p(rx.cond(Values.best, Values.best.author.name, "no best"), id="best"),
        rx.el.p(
            rx.match(
                Values.choice,
                ("low", "mid", 1),
                (Values.word.replace("a😀éß", "other"), rx.cond(Values.maybe, "both", "word")),
                None,
            ),
            id="match",
        ),
        rx.el.p(
            rx.match(Values.maybe, ([], rx.el.b("empty")), ([1, 2], rx.el.b("two"))), id="list"
        ),
        rx.el.p(f"{Values.when > noon} {Values.when == noon}", id="when"),
        rx.el.p(shouted(Values.point.label, 2), add.partial(1)(Values.point.x), id="own"),
        rx.el.p(
            f"{Named.list} {Named.id} {Named.type} {Named.len} {Named.str} {Named.constructor} "
            f"{Named.toString} {Named.valueOf} {Named.hasOwnProperty}",
            id="named",
        ),
        rx.fragment(counter),
        rx.el.p(counter.value + 1, " ", note.value.upper(), " ", apart.value, id="client"),
        rx.el.p(Pushed.seen.join(","), id="seen"),
        rx.el.button("count", on_click=counter.set_value(counter.value * 2)),
        rx.el.button("apart", on_click=apart.set_value(apart.value + 1)),
        rx.el.input(id="note", value=note.value, on_change=note.set),
        rx.el.button("push", on_click=Pushed.push),
        rx.el.button("ask", on_click=Pushed.ask),
        rx.el.button("change", on_click=Values.change),
        rx.el.button("rename", on_click=Named.rename),
    )


app = rx.App()
app.add_page(index)

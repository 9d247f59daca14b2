"""States of every kind, for tests/e2e/test_states.py."""

from __future__ import annotations

import dataclasses
import datetime
import decimal
import enum
import pathlib
import uuid
from typing import Any

import wasmrx as rx


class Settings(rx.State):
    theme: str = rx.LocalStorage("light", name="theme", sync=True)
    alone: str = rx.LocalStorage("a")
    tab: str = rx.SessionStorage("t", name="tab")
    visits: rx.Cookie = rx.Cookie("0", name="visits", max_age=3600, same_site="strict")

    @rx.var
    def loud(self) -> str:
        return self.theme.upper()

    @rx.event
    def change(self, theme: str):
        self.theme = theme
        self.alone = f"{theme} alone"
        self.tab = f"{theme} tab"
        self.visits = str(int(self.visits) + 1)

    @rx.event
    def forget(self):
        return [
            rx.remove_local_storage("theme"),
            rx.remove_session_storage("tab"),
            rx.remove_cookie("visits"),
        ]

    @rx.event
    def forget_all(self):
        return rx.clear_local_storage()

    @rx.event
    def flood(self):
        self.alone = "x" * 6_000_000


class Ticking(rx.State, mixin=True):
    ticks: int = 0

    @rx.var
    def even(self) -> bool:
        return self.ticks % 2 == 0

    @rx.event
    def tick(self):
        self.ticks += 1


class Clock(Ticking, rx.State):
    pass


class Deep(Clock):
    seen: list[int] = []

    @rx.event
    def look(self):
        self.tick()
        self.seen.append(self.ticks)


class Like(rx.ComponentState):
    liked: int = 0
    _clicks: int = 0

    @rx.event
    def like(self):
        self._clicks += 1
        self.liked = self._clicks

    @classmethod
    def get_component(cls, name: str, inner: Any = None, **props: Any) -> rx.Component:
        return rx.box(
            rx.button("like ", cls.liked, on_click=cls.like, id=name),
            inner if inner is not None else rx.fragment(),
            **props,
        )


class Panel(rx.ComponentState):
    is_open: bool = True

    @rx.event
    def toggle(self):
        self.is_open = not self.is_open

    @classmethod
    def get_component(cls, name: str, **props: Any) -> rx.Component:
        inside = Like.create(f"{name}-like")
        return rx.box(
            rx.button("toggle", on_click=cls.toggle, id=name),
            rx.cond(cls.is_open, inside, rx.text("closed", id=f"{name}-closed")),
        )


class Tone(enum.Enum):
    HIGH = "high"


class Money:
    def __init__(self, cents: int) -> None:
        self.cents = cents


@rx.serializer
def money(value: Money) -> str:
    return f"{value.cents / 100:.2f} €"


@dataclasses.dataclass(frozen=True)
class Point:
    x: int
    marks: list[str] = dataclasses.field(default_factory=list)


class Values(rx.State):
    day: datetime.date = datetime.date(2026, 1, 2)
    moment: datetime.datetime = datetime.datetime(2026, 1, 2, 3, 4, 5)
    wait: datetime.timedelta = datetime.timedelta(hours=1)
    price: decimal.Decimal = decimal.Decimal("1.5")
    key: uuid.UUID = uuid.UUID(int=7)
    path: pathlib.PurePosixPath = pathlib.PurePosixPath("a/b")
    tone: Tone = Tone.HIGH
    money: Money = Money(1234)
    chosen: set[int] = {2, 1}
    pair: tuple[list[int], str] = ([1], "p")
    point: Point = Point(1)
    list = ["named like a builtin"]
    constructor: str = "named like JavaScript's"

    @rx.event
    def mutate(self):
        self.chosen.add(3)
        self.pair[0].append(2)
        self.point.marks.append("m")
        self.list.append("more")
        self.constructor += "!"
        self.money = Money(500)
        self.day += datetime.timedelta(days=1)

    @rx.event
    def break_it(self):
        self.list = [object()]  # type: ignore[list-item]

    @rx.event
    def misspell(self):
        self.constuctor = "x"

    @rx.event
    def mistype(self):
        self.constructor = 3  # type: ignore[assignment]


def out(name: str, value: Any) -> rx.Component:
    return rx.text(value, id=name)


def router_parts() -> rx.Component:
    router = rx.State.router
    return rx.box(
        out("url", router.url),
        out("url-path", router.url.path),
        out("url-query", router.url.query),
        out("url-fragment", router.url.fragment),
        out("url-parameter", router.url.query_parameters["q"]),
        out("url-origin", router.url.origin),
        out("url-upper", router.url.scheme.upper()),
        out("page-path", router.page.path),
        out("page-raw-path", router.page.raw_path),
        out("page-params", router.page.params["slug"]),
        out("agent", router.headers.user_agent),
        out("languages", router.headers.accept_language),
        out("token", router.session.client_token),
        out("load", router.session.session_id),
        out("client-ip", router.session.client_ip),
        out("route-id", router.route_id),
        out("slug", rx.State.slug),  # type: ignore[attr-defined]
    )


def settings() -> rx.Component:
    return rx.box(
        out("theme", Settings.theme),
        out("loud", Settings.loud),
        out("alone", Settings.alone),
        out("tab", Settings.tab),
        out("visits", Settings.visits),
        rx.button("dark", id="dark", on_click=Settings.change("dark")),
        rx.button("blue", id="blue", on_click=Settings.change("blue")),
        rx.button("forget", id="forget", on_click=Settings.forget),
        rx.button("forget all", id="forget-all", on_click=Settings.forget_all),
        rx.button("flood", id="flood", on_click=Settings.flood),
    )


@rx.page("/")
def index() -> rx.Component:
    return rx.box(
        settings(),
        rx.button("look", id="look", on_click=Deep.look),
        out("ticks", Clock.ticks),
        out("even", rx.cond(Deep.even, "even", "odd")),
        out("seen", Deep.seen.join(",")),
        Like.create("first"),
        Like.create("second", Like.create("inner")),
        Panel.create("panel"),
        rx.link("post", href="/post/hello%20you?q=x+y&n=1#part", id="to-post"),
        out("ready", rx.cond(rx.State.is_hydrated, "ready", "")),
    )


@rx.page("/other")
def other() -> rx.Component:
    return rx.box(settings(), out("ready", rx.cond(rx.State.is_hydrated, "ready", "")))


@rx.page("/values")
def values() -> rx.Component:
    return rx.box(
        out("day", Values.day.to_string(use_json=False)),
        out("wait", Values.wait),
        out("price", Values.price),
        out("key", Values.key),
        out("path", Values.path),
        out("tone", Values.tone),
        out("money", Values.money),
        out("chosen", Values.chosen.join(",")),
        out("pair", Values.pair[0].join(",")),
        out("marks", Values.point.marks.join(",")),
        out("list", Values.list.join(",")),
        out("constructor", Values.constructor),
        rx.button("mutate", id="mutate", on_click=Values.mutate),
        rx.button("break", id="break", on_click=Values.break_it),
        rx.button("misspell", id="misspell", on_click=Values.misspell),
        rx.button("mistype", id="mistype", on_click=Values.mistype),
        out("ready", rx.cond(rx.State.is_hydrated, "ready", "")),
    )


@rx.page("/post/[slug]")
def post() -> rx.Component:
    return rx.box(router_parts(), out("ready", rx.cond(rx.State.is_hydrated, "ready", "")))


app = rx.App()

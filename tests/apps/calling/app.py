"""Handlers on a server beside handlers of the browser."""

import asyncio

import wasmrx as rx

SECRET = "CANARY_of_the_page"
RUNS: list[str] = []
GO_ON = asyncio.Event()


class Calls(rx.State):
    text: str = ""
    local: int = 0
    kept: list[str] = []
    seen: list[int] = []
    ran: str = ""
    _visits: int = 0

    @rx.event
    def count(self):
        self.local += 1

    @rx.event
    def from_browser(self):
        self.local += 1
        return Calls.greet("browser")

    @rx.server
    def greet(self, name: str):
        self._visits += 1
        self.text = f"hello {name}, {len(SECRET)}, visit {self._visits}, local {self.local}"
        yield rx.toast("greeted")
        yield Calls.from_server(7)

    @rx.event
    def from_server(self, number: int):
        self.seen.append(number)

    @rx.server
    async def stream(self):
        GO_ON.clear()
        self.text = "one"
        yield
        await asyncio.wait_for(GO_ON.wait(), 20)
        self.text += " two"
        yield
        self.text += " three"

    @rx.server
    async def go_on(self):
        GO_ON.set()

    @rx.event(server=True, supersedes=True, timeout=150)
    async def hang(self, name: str):
        RUNS.append(f"begin {name}")
        try:
            await asyncio.sleep(120)
        finally:
            RUNS.append(f"end {name}")

    @rx.server
    def tell(self):
        self.ran = ", ".join(RUNS)

    @rx.server(idempotent=True)
    def once(self):
        RUNS.append("once")
        self.text = f"once {RUNS.count('once')}"

    @rx.server(idempotent=True)
    def chain(self):
        self.text = "one"
        yield Calls.from_server(1)
        self.text = "two"
        yield Calls.from_server(2)

    @rx.server(idempotent=True, offline="queue")
    def keep(self, word: str):
        RUNS.append(word)
        self.kept.append(word)

    @rx.event
    def keep_three(self):
        return [Calls.keep("a"), Calls.keep("b"), Calls.keep("c")]

    @rx.server
    def fail(self):
        raise ValueError(SECRET)

    @rx.server(version="1")
    def changed(self):
        self.text = "changed"


class Noted(rx.State, mixin=True):
    note: str = "-"
    _notes: list[str] = []

    @rx.server
    def take(self, text: str):
        self._notes.append(text)
        self.note = f"{', '.join(self._notes)}, {len(SECRET)}"


class Left(Noted, rx.State):
    pass


class Right(Noted, rx.State):
    pass


class Tally(rx.ComponentState):
    count: int = 0

    @rx.server
    def add(self, more: int):
        self.count += more + len(SECRET)

    @classmethod
    def get_component(cls, name: str):
        return rx.button(f"{name} ", cls.count, id=name, on_click=cls.add(1))


@rx.server
def aside(calls: Calls, word: str):
    calls.text = f"aside {word}, {len(SECRET)}"


def press(name: str, handler):
    return rx.button(name, on_click=handler)


def index():
    return rx.box(
        rx.text(Calls.text, id="text"),
        rx.text(Calls.local, id="local"),
        rx.text(Calls.kept.join(""), id="kept"),
        rx.text(Calls.seen.to_string(), id="seen"),
        rx.text(Calls.ran, id="ran"),
        press("Count", Calls.count),
        press("Greet", Calls.greet("page")),
        press("From browser", Calls.from_browser),
        press("Stream", Calls.stream),
        press("Go on", Calls.go_on),
        press("Hang", Calls.hang("x")),
        press("Cancel", rx.cancel(Calls.hang)),
        press("Tell", Calls.tell),
        press("Once", Calls.once),
        press("Chain", Calls.chain),
        press("Keep", Calls.keep_three),
        press("Fail", Calls.fail),
        press("Changed", Calls.changed),
        press("Aside", aside("page")),
        press("Left", Left.take("l")),
        press("Right", Right.take("r")),
        rx.text(Left.note, " ", Right.note, id="notes"),
        Tally.create("first"),
        Tally.create("second"),
        rx.link("Away", href="/away", id="away"),
    )


app = rx.App()
app.add_page(index)
app.add_page(lambda: rx.box(rx.text(Calls.local, id="local"), rx.link("Home", href="/")), "/away")

"""A clock and a stopwatch: background handlers that run while the page stays free to use."""

import asyncio
import datetime
import time

import wasmrx as rx


def as_text(seconds: float) -> str:
    """75.25 seconds are 01:15.2."""
    minutes, rest = divmod(seconds, 60)
    tenths = int(rest * 10) / 10
    return f"{int(minutes):02d}:{tenths:04.1f}"


class Clock(rx.State):
    """The time of day, once a second."""

    now: str = "--:--:--"
    day: str = ""
    _ticking: int = 0

    @rx.event(background=True)
    async def tick(self):
        async with self:
            self._ticking += 1
            mine = self._ticking
        while True:
            async with self:
                if self._ticking != mine:
                    return
                moment = datetime.datetime.now()
                self.now = f"{moment:%H:%M:%S}"
                self.day = f"{moment:%A, %d %B}"
            await asyncio.sleep(1 - moment.microsecond / 1e6)


class Stopwatch(rx.State):
    """Seconds since Start was pressed, and the laps taken."""

    elapsed: float = 0
    running: bool = False
    laps: list[float] = []
    _start: float = 0
    _round: int = 0

    @rx.var
    def shown(self) -> str:
        return as_text(self.elapsed)

    @rx.var
    def lap_texts(self) -> list[str]:
        return [as_text(lap) for lap in self.laps]

    @rx.event
    def toggle(self):
        self.running = not self.running
        if self.running:
            self._start = time.time() - self.elapsed
            return Stopwatch.run

    @rx.event
    def resume(self):
        """Go on after a reload: the handler that ran before ended with the page."""
        if self.running:
            return Stopwatch.run

    @rx.event(background=True)
    async def run(self):
        async with self:
            self._round += 1
            mine = self._round
        while True:
            async with self:
                if not self.running or self._round != mine:
                    return
                self.elapsed = time.time() - self._start
            await asyncio.sleep(0.1)

    @rx.event
    def lap(self):
        self.laps.insert(0, self.elapsed)

    @rx.event
    def clear(self):
        self.running = False
        self.elapsed = 0
        self.laps = []


def lap_row(text: rx.Var[str], index: rx.Var[int]) -> rx.Component:
    return rx.hstack(
        rx.text("Lap ", Stopwatch.laps.length() - index, color_scheme="gray"),
        rx.spacer(),
        rx.text(text, font_variant_numeric="tabular-nums"),
        width="100%",
    )


def time_of_day() -> rx.Component:
    return rx.vstack(
        rx.text(
            Clock.now,
            id="now",
            font_size=["3.5rem", "5rem"],
            line_height="1",
            weight="bold",
            font_variant_numeric="tabular-nums",
        ),
        rx.text(Clock.day, color_scheme="gray", min_height="1.5rem"),
        align="center",
        width="100%",
    )


def stopwatch() -> rx.Component:
    return rx.card(
        rx.vstack(
            rx.text(
                Stopwatch.shown,
                id="elapsed",
                size="8",
                weight="medium",
                font_variant_numeric="tabular-nums",
            ),
            rx.hstack(
                rx.button(
                    rx.cond(Stopwatch.running, "Stop", "Start"),
                    on_click=Stopwatch.toggle,
                    color_scheme=rx.cond(Stopwatch.running, "ruby", "grass"),
                    size="3",
                    flex="1",
                ),
                rx.button(
                    "Lap",
                    on_click=Stopwatch.lap,
                    disabled=~Stopwatch.running,
                    variant="soft",
                    size="3",
                    flex="1",
                ),
                rx.button(
                    "Clear",
                    on_click=Stopwatch.clear,
                    variant="soft",
                    color_scheme="gray",
                    size="3",
                    flex="1",
                ),
                width="100%",
            ),
            rx.vstack(rx.foreach(Stopwatch.lap_texts, lap_row), spacing="2", width="100%"),
            align="center",
            spacing="4",
            width="100%",
        ),
        size="3",
        width="100%",
    )


def index() -> rx.Component:
    return rx.center(
        rx.vstack(
            rx.hstack(
                rx.heading("Clock", size="5"),
                rx.spacer(),
                rx.color_mode.button(),
                align="center",
                width="100%",
            ),
            time_of_day(),
            stopwatch(),
            spacing="6",
            width="100%",
            max_width="26rem",
        ),
        min_height="100vh",
        padding="1.5rem",
    )


app = rx.App(theme=rx.theme(accent_color="grass", radius="large"))
app.add_page(index, route="/", title="Clock", on_load=[Clock.tick, Stopwatch.resume])

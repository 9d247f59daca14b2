"""The same work on one other worker and on two."""

import time

import wasmrx as rx


def primes_below(limit: int) -> int:
    return sum(all(n % d for d in range(2, int(n**0.5) + 1)) for n in range(2, limit))


class State(rx.State):
    seconds: str = ""

    @rx.event
    async def work(self, workers: int):
        start = time.perf_counter()
        await rx.parallel(primes_below, [20_000] * 32, workers=workers)
        self.seconds = str(time.perf_counter() - start)


def index() -> rx.Component:
    return rx.el.div(
        rx.el.button("one", id="one", on_click=State.work(1)),
        rx.el.button("two", id="two", on_click=State.work(2)),
        rx.el.span(State.seconds, id="seconds"),
    )


app = rx.App()
app.add_page(index, route="/")

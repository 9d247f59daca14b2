"""Work on several workers, and what is left of threads where there are none."""

import asyncio
import os
import threading
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

import wasmrx as rx

_names: list[str] = []


def square(n: int) -> int:
    if n == 13:
        raise ValueError("thirteen")
    return n * n


def who(_: int) -> str:
    if not _names:
        _names.append(os.urandom(8).hex())
    time.sleep(0.1)
    return _names[0]


def endless(_: int) -> int:
    while True:
        pass


def add(a: int, b: int) -> int:
    return a + b


class State(rx.State):
    out: str = ""
    done: str = ""

    @rx.event(background=True)
    async def squares(self):
        async def tell(done: int, of: int):
            async with self:
                self.done = f"{done} of {of}"

        found = await rx.parallel(square, range(12), workers=2, progress=tell)
        async with self:
            self.out = str(found)

    @rx.event
    async def workers(self):
        names = await rx.parallel(who, range(12), workers=2)
        where = "this one" if _names == names[:1] else "not this one"
        self.out = f"{len(set(names))} workers, {where}"

    @rx.event
    async def failing(self):
        try:
            await rx.parallel(square, range(10, 20))
        except Exception as error:
            trace = "in square" in getattr(error, "traceback", "")
            self.out = f"{error} / {error.__cause__!r} / {trace}"

    @rx.event
    async def unsendable(self):
        try:
            await rx.parallel(lambda n: n, [1])
        except TypeError as error:
            self.out = str(error)

    @rx.event(background=True)
    async def run(self):
        try:
            await rx.parallel(endless, [1, 2], workers=2)
        except asyncio.CancelledError:
            async with self:
                self.out = "cancelled"
            raise

    @rx.event
    async def hold(self):
        await rx.parallel(endless, [1, 2], workers=2)

    @rx.event
    async def in_place(self):
        loop = asyncio.get_running_loop()
        found = [await asyncio.to_thread(add, 1, 2), await loop.run_in_executor(None, add, 3, 4)]
        with ThreadPoolExecutor(4) as pool:
            found += [*pool.map(add, (5, 6), (7, 8)), pool.submit(add, 1, 1).result()]
            found.append(await loop.run_in_executor(pool, add, 2, 2))
        self.out = str(found)

    @rx.event
    def no_threads(self):
        told = []
        for start in (threading.Thread(name="own").start, ProcessPoolExecutor):
            try:
                start()
            except (RuntimeError, NotImplementedError) as error:
                told.append(str(error))
        self.out = " / ".join(told)


HANDLERS = tuple("squares workers failing unsendable run hold in_place no_threads".split())


def index():
    return rx.vstack(
        rx.text(State.out, id="out"),
        rx.text(State.done, id="done"),
        *[rx.button(name, id=name, on_click=getattr(State, name)) for name in HANDLERS],
        rx.button("cancel", id="cancel", on_click=rx.cancel(State.run)),
    )


app = rx.App()
app.add_page(index)

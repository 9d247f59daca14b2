"""A database in the browser: rows that are added, transactions cut off, rows without room."""

import asyncio
import os
import sqlite3

from sqlmodel import col, func, select

import wasmrx as rx


class Note(rx.Model, table=True):
    text: str
    data: bytes = b""


class State(rx.State):
    out: str = ""

    def _add(self, text: str, data: bytes = b""):
        with rx.session() as session:
            session.add(Note(text=text, data=data))
            session.commit()

    @rx.event
    def add(self, text: str):
        self._add(text)
        self.out = f"added {text}"

    @rx.event
    def look(self):
        with rx.session() as session:
            texts = session.exec(select(Note.text).order_by(col(Note.id))).all()
            sound = session.connection().exec_driver_sql("pragma integrity_check").scalar()
        self.out = f"{' '.join(texts) or 'nothing'} ({sound})"

    @rx.event
    def commit_and_spin(self):
        self._add("spun")
        self.out = "spinning"
        yield
        while True:
            pass

    @rx.event
    async def half(self):
        db = sqlite3.connect("reflex.db")
        db.execute("pragma cache_size = 2")
        for _ in range(50):
            db.execute("insert into note (text, data) values ('half', ?)", [os.urandom(9000)])
        db.execute("update note set text = 'torn'")
        self.out = "half"
        yield
        await asyncio.sleep(600)

    @rx.event
    def fill(self):
        self._add("large", os.urandom(6_000_000))
        self.out = "filled"

    @rx.event
    async def fill_and_wait(self):
        async with rx.asession() as session:
            session.add(Note(text="larger", data=os.urandom(6_000_000)))
            try:
                await session.commit()
                self.out = "stored"
            except OSError as error:
                self.out = str(error)

    @rx.event
    async def count(self):
        async with rx.asession() as session:
            self.out = f"{(await session.exec(select(func.count(col(Note.id))))).one()} rows"

    @rx.event
    async def wait(self):
        await rx.files.settled()
        self.out = "stored"


HANDLERS = ("look", "commit_and_spin", "half", "fill", "fill_and_wait", "count", "wait")


def index():
    return rx.vstack(
        rx.text(State.out, id="out"),
        *[rx.button(name, id=name, on_click=getattr(State, name)) for name in HANDLERS],
        rx.button("add", id="one", on_click=State.add("one")),
        rx.button("add", id="two", on_click=State.add("two")),
    )


app = rx.App()
app.add_page(index)

"""Handlers that take long: some can be broken off, some clean up, some leave nothing but an end."""

import asyncio
import contextlib
import itertools
import re
import time
from typing import Any

import wasmrx as rx

builds = itertools.count()
"""Counts what this interpreter has done: a new worker begins anew."""


class State(rx.State):
    count: int = 0
    done: list[str] = []
    entered: int = 0
    worker: int = 0
    kept: list[int] = []

    @rx.event
    def add(self):
        self.count += 1
        self.worker = next(builds)

    @rx.event
    def loop(self):
        self.count += 100
        while True:
            pass

    @rx.event
    def clean(self):
        try:
            while True:
                pass
        finally:
            self.done.append("cleaned")

    @rx.event
    def search(self):
        self.count += 100
        re.match("(a+)+$", "a" * 50 + "b")

    @rx.event
    def total(self):
        self.count += 100
        sum(range(10**12))

    @rx.event
    def largest(self):
        max(range(10**12))

    @rx.event
    def sleep(self):
        self.count += 100
        time.sleep(60)

    @rx.event
    async def wait(self):
        self.done.append("waits")
        try:
            await asyncio.sleep(3600)
        except asyncio.CancelledError:
            self.done.append("cancelled")
            raise

    @rx.event
    async def busy(self):
        try:
            while True:
                pass
        finally:
            self.done.append("was busy")

    @rx.event
    async def stubborn(self):
        self.count += 100
        while True:
            with contextlib.suppress(asyncio.CancelledError):
                await asyncio.sleep(3600)

    @rx.event
    def steps(self):
        try:
            while True:
                self.worker += 1
                yield
                time.sleep(0.05)
        except asyncio.CancelledError:
            self.done.append("no more steps")

    @rx.event
    async def stream(self):
        try:
            while True:
                self.worker += 1
                yield
                await asyncio.sleep(0.01)
        finally:
            self.done.append("no more stream")

    @rx.event(background=True)
    async def hold(self):
        async with self:
            self.done.append("holds")
        async with self:
            try:
                await asyncio.sleep(3600)
            finally:
                self.done.append("held")

    @rx.event
    async def short(self):
        await asyncio.sleep(2)
        self.done.append("short")

    @rx.event
    def allocate(self):
        block = bytearray(400_000_000)
        self.kept = [len(block)]

    @rx.event
    def write(self):
        with open("note.txt", "w") as file:
            file.write("kept")
        self.done.append("written")

    @rx.event
    def read(self):
        with open("note.txt") as file:
            self.done.append(file.read())

    @rx.event
    def enter(self):
        self.entered += 1

    @rx.event
    def enter_for_ever(self):
        self.entered += 1
        while True:
            sum(range(10**8))


def button(name: str, *handlers: Any) -> rx.Component:
    return rx.button(name, on_click=list(handlers), id=name)


ENDLESS = "loop clean search total largest sleep wait busy stubborn steps stream hold"
NAMES = f"add {ENDLESS} short allocate write read"


def index() -> rx.Component:
    return rx.box(
        rx.heading("Stuck"),
        rx.text(State.count, id="count"),
        rx.text(State.done.join(", "), id="done"),
        rx.text(State.entered, id="entered"),
        rx.text(State.worker, id="worker"),
        rx.text(State.kept.length(), id="kept"),
        rx.text(rx.State.is_hydrated.to_string(), id="hydrated"),
        *(button(name, getattr(State, name)) for name in NAMES.split()),
        button("cancel-wait", rx.cancel(State.wait)),
        rx.link("other", href="/other", id="to-other"),
    )


def other() -> rx.Component:
    return rx.box(
        rx.heading("Other"),
        rx.text(State.entered, id="entered"),
        rx.text(State.count, id="count"),
        rx.text(rx.State.is_hydrated.to_string(), id="hydrated"),
        button("add", State.add),
    )


app = rx.App()
app.add_page(index, route="/", on_load=State.enter)
app.add_page(other, route="/other", on_load=State.enter_for_ever)

"""An app whose events run what first events commonly run."""

import asyncio
import base64
import collections
import copy
import dataclasses
import datetime
import decimal
import enum
import functools
import hashlib
import itertools
import json
import math
import pathlib
import random
import re
import time
import traceback
import uuid
from typing import Any

import syntax

import wasmrx as rx


class Mood(enum.Enum):
    GOOD = "good"
    BAD = "bad"


@dataclasses.dataclass
class Item:
    text: str
    price: float = 1.0
    done: bool = False


class Shop(rx.State):
    count: int = 0
    items: list[Item] = []
    prices: dict[str, float] = {"pear": 1.5, "äpfel": 2.25}
    tags: set[str] = set()
    text: str = ""
    when: datetime.datetime = datetime.datetime(2026, 1, 1)
    theme: str = rx.LocalStorage("light")
    day: datetime.date = datetime.date(2026, 1, 1)
    span: datetime.timedelta = datetime.timedelta(hours=1)
    mood: Mood = Mood.GOOD
    done: int = 0
    _notes: dict[str, Any] = {}
    kept: list[int] = []
    everything: list[Any] = []
    _everything: Any = None

    @rx.var
    def total(self) -> float:
        return round(sum(item.price for item in self.items if not item.done), 2)

    @rx.var
    def names(self) -> list[str]:
        return sorted({item.text.title() for item in self.items}, key=str.lower)

    @rx.event
    def add(self, amount: int):
        self.count += amount

    @rx.event
    def put(self, form: dict):
        self.items.append(Item(form["text"], float(form.get("price", "2.5"))))
        self.items[0].done = not self.items[0].done
        self.prices[form["text"]] = math.sqrt(len(self.items)) ** 2 // 1
        self.tags |= {form["text"]}

    @rx.event
    def write(self, value: str):
        self.text = re.sub(r"\s+", " ", value).strip().casefold()
        self.when = datetime.datetime.now()
        self.theme = "dark"

    @rx.event
    async def slow(self):
        for part in range(3):
            self.count = part
            yield
            await asyncio.sleep(0.01)
        yield rx.toast("done")

    @rx.event(background=True)
    async def behind(self):
        async with self:
            self.count += 1
        await asyncio.sleep(0)
        async with self:
            self.text = f"{self.count:>5} of {self.total:.2f}"

    @rx.event
    def chain(self):
        return [Shop.add(2), rx.redirect("/")]

    @rx.event
    def load(self):
        data = json.loads('{"rows": [1, 2.5, "three", null, true]}')
        self.text = json.dumps(data, indent=1)
        self.items = [Item(str(n), n / 3) for n in range(50)]
        del self.items[10:20]
        self.items.sort(key=lambda item: -item.price)

    @rx.event
    def cut(self, text: str):
        words = text.split()
        self.text = "-".join(word[::-1].upper() for word in words if word.isalpha())
        self.text += f"{len(words):03d}|{3.14159:8.3f}|{1234567:,}|{0.25:.0%}|{words!r:>20}"
        self.text = self.text.replace("A", "b").encode().decode().partition("|")[0].lstrip("x")
        self.tags = {*words} - {"the"} | set("abc") & set("cde")
        self.prices = dict(sorted(zip(words, range(9), strict=False), key=lambda each: each[1]))
        numbers = [*map(abs, range(-5, 5)), *filter(None, (0, 1, 2)), max(3, 4), 2**70 % 97]
        self.count = sum(numbers) + len(str(10**30 // 7)) + round(2.5) + int("42") + hash("x") % 3
        self.text += str(syntax.sorted_by) + str(list(syntax.everything(3, 1, 5, 6)))
        self._notes = {"all": all(numbers), "any": any(numbers), "rows": list(enumerate(words))}
        collections.Counter(words).most_common(1)
        copy.deepcopy(self._notes)
        functools.reduce(lambda a, b: a * b, itertools.chain([1], [2, 3]))

    @rx.event
    def keep(self):
        self.kept.append(1)
        self.kept += [2, 3, 300, 70_000, -5]
        rows = [[n, n / 2, str(n), {"n": n}] for n in range(300)]
        self.everything = [None, True, False, 1, -300, 70_000, 2**40, 2**70, 1.5, "ä" * 300, [], {}, rows]
        self._everything = {
            "sets": ({1, "b"}, frozenset({2}), set()),
            "tuples": ((), (1,), (1, 2), (1, 2, 3), tuple(range(9))),
            "bytes": (b"", b"x" * 300, bytearray(b"y")),
            "types": (int, Item, Mood.GOOD, Item("a"), self.day, self.when, self.span),
            "others": (decimal.Decimal("1.5"), uuid.UUID(int=7), pathlib.Path("a"), range(3), 1 + 2j),
            "more": (collections.OrderedDict(a=1), collections.deque([1]), collections.defaultdict(list)),
            "shared": [rows, rows],
            3: {n: None for n in range(1200)},
        }

    @rx.event
    def guess(self):
        self.count = random.randint(1, 6) + random.choice([1, 2, 3])
        random.shuffle(shuffled := list(range(10)))
        self.text = f"{uuid.uuid4()} {time.time()} {shuffled} {random.random()}"
        self.day = datetime.date.today() + self.span
        self.when = datetime.datetime.fromisoformat("2026-02-03T04:05:06+00:00")
        self.text += self.when.strftime("%d %B %Y, %H:%M") + self.when.isoformat()
        self.mood = Mood.BAD if self.mood is Mood.GOOD else Mood.GOOD

    @rx.event
    def read(self):
        path = pathlib.Path("notes.txt")
        path.write_text("line\n" * 3)
        with path.open() as lines:
            self.text = "".join(line.strip() for line in lines)
        self.count = len(base64.b64encode(hashlib.sha256(path.read_bytes()).digest()))
        print("read", self.text)

    @rx.event
    def wrong(self):
        try:
            self.prices["missing"]
        except KeyError as error:
            self.text = f"no {error}"
        try:
            self.count = int("x")
        except ValueError as error:
            self.text = str(error)
        try:
            self.count = "three"
        except TypeError as error:
            self.text = "".join(traceback.format_exception(error))
        self.reset()


EVENTS = [
    Shop.add(1),
    Shop.put({"text": "pear", "price": "1.25"}),
    Shop.write(" Some  Text "),
    Shop.slow,
    Shop.behind,
    Shop.chain,
    Shop.load,
    Shop.cut("the quick brown fox jumps"),
    Shop.keep,
    Shop.guess,
    Shop.keep,
    Shop.read,
    Shop.wrong,
    Shop.add(-1),
]


class Done(rx.State):
    count: int = 0

    @rx.event
    async def more(self):
        shop = await self.get_state(Shop)
        self.count += 1 + 0 * shop.done


def index() -> rx.Component:
    return rx.el.div(
        *[rx.el.button(str(n), on_click=[event, Done.more]) for n, event in enumerate(EVENTS)],
        rx.el.span(Done.count, id="done"),
        rx.el.input(value=Shop.text, on_change=Shop.write),
        rx.foreach(Shop.items, lambda item: rx.el.p(item.text, item.price)),
        rx.foreach(Shop.names, rx.el.b),
        rx.cond(Shop.count > 1, rx.el.i(Shop.total)),
        on_mount=Shop.add(1),
    )


app = rx.App()
app.add_page(index, on_load=Shop.add(1))

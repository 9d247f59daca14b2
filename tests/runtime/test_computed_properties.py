"""Computed vars over generated state graphs: each delta equals what recomputing everything gives.

A graph is a few states below and beside each other, with computed vars that read each other, own
and inherited vars, containers and other states, some only on a condition, some async, some failing
now and then. Programs assign and mutate at random, with a delta in the middle. At each update the
page's model is compared with a session in which everything is computed anew.
"""

from __future__ import annotations

import asyncio
import copy
import json
import random
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from wasmrx import registry
from wasmrx.codec import to_json
from wasmrx.computed import ComputedVar
from wasmrx.sessions import Session
from wasmrx.state import State

SEEDS = 8 if sys.platform == "emscripten" else 60
EVENTS = 10
Read = tuple[Any, ...]


@dataclass
class Row:
    price: int = 0


@dataclass
class Declared:
    """What of a state the reads and programs of the others can name."""

    cls: Any = None
    ints: list[str] = field(default_factory=list)
    lists: list[str] = field(default_factory=list)
    dicts: list[str] = field(default_factory=list)
    rows: list[str] = field(default_factory=list)
    sync: list[str] = field(default_factory=list)
    later: list[str] = field(default_factory=list)

    def shown(self) -> list[str]:
        """Return the vars that are Vars on the class."""
        return [n for n in self.ints if n[0] != "_"] + self.sync + self.later

    def below(self) -> Declared:
        """Return what a substate starts with."""
        names = {k: list(v) for k, v in vars(self).items() if k != "cls"}
        return Declared(None, **names)


# -- reading -----------------------------------------------------------------------------------


def number(value: Any) -> int:
    """Return an int for whatever a computed var returns."""
    if isinstance(value, int):
        return value
    items = value["xs"] if isinstance(value, dict) else value
    return sum(item if isinstance(item, int) else item.price for item in items)


def sync_read(self: Any, read: Read) -> int:
    kind, name, *rest = read
    value = self._by_method(name) if rest == ["method"] else getattr(self, name)
    if kind == "first":
        return number(value[:1])
    if kind == "at":
        return value.get("b", -1)
    if kind == "items":
        return sum(v * len(k) for k, v in value.items())
    if kind == "length":
        return len(value)
    return number(value)


async def any_read(self: Any, read: Read) -> int:
    if read[0] == "far":
        return await any_read(await self.get_state(read[1]), read[2])
    if read[0] == "far var":
        return number(await self.get_var_value(getattr(read[1], read[2])))
    if read[0] == "await":
        await asyncio.sleep(0)
        return number(await getattr(self, read[1]))
    if read[0] == "gather":
        return sum(await asyncio.gather(*(any_read(self, inner) for inner in read[1])))
    return sync_read(self, read)


def some_read(rng: random.Random, known: Declared) -> Read:
    options: list[Read] = [("value", name) for name in known.ints + known.sync * 2]
    for name in known.lists + known.rows:
        options += [("value", name), ("first", name), ("length", name)]
    for name in known.dicts:
        options += [("at", name), ("items", name), ("length", name)]
    read = rng.choice(options)
    return (*read, "method") if rng.random() < 0.2 else read


def some_async_read(rng: random.Random, known: Declared, others: list[Declared]) -> Read:
    kind = rng.choice(["plain", "far", "far var", "await", "gather"])
    if kind == "far" and others:
        other = rng.choice(others)
        return ("far", other.cls, some_read(rng, other))
    if kind == "far var" and others:
        other = rng.choice(others)
        return ("far var", other.cls, rng.choice(other.shown()))
    if kind == "await" and known.later:
        return ("await", rng.choice(known.later))
    if kind == "gather":
        return ("gather", [some_async_read(rng, known, others) for _ in range(2)])
    return some_read(rng, known)


# -- the graph ---------------------------------------------------------------------------------


def result_of(kind: str, total: int, self: Any, rows: str | None) -> Any:
    if kind == "fails" and total % 5 == 2:
        raise ValueError(f"no value for {total}")
    if kind == "list":
        return [total % 3, *range(total)]
    if kind == "dict":
        return {"v": total, "xs": list(range(total % 4))}
    if kind == "rows" and rows is not None:
        return [row for row in getattr(self, rows) if row.price % 2 == total % 2]
    return total


def make_computed(
    rng: random.Random, name: str, known: Declared, others: list[Declared], is_async: bool
) -> ComputedVar[Any]:
    kind = rng.choice(["int", "int", "list", "dict", "rows", "fails"])
    lazy = rng.random() < 0.5
    rows = rng.choice(known.rows) if known.rows else None
    fget: Callable[[Any], Any]

    def total(found: list[int]) -> int:
        return (sum(found) * 3 + len(name)) % 17

    if is_async:
        wanted = [some_async_read(rng, known, others) for _ in range(rng.randint(1, 3))]

        async def fget(self: Any) -> Any:
            found: list[int] = []
            for read in wanted:
                found.append(await any_read(self, read))
                if lazy and found[-1] % 2:
                    break
            return result_of(kind, total(found), self, rows)

    else:
        plain = [some_read(rng, known) for _ in range(rng.randint(1, 4))]

        def fget(self: Any) -> Any:
            found: list[int] = []
            for read in plain:
                found.append(sync_read(self, read))
                if lazy and found[-1] % 2:
                    break
            return result_of(kind, total(found), self, rows)

    fget.__name__ = name
    options: dict[str, Any] = {"return_type": Any}
    if rng.random() < 0.15:
        options["cache"] = False
    elif rng.random() < 0.15:
        options["deps"] = [rng.choice(known.ints)]
    elif rng.random() < 0.1:
        options["backend"] = True
    return ComputedVar(fget, **options)


def by_method(self: Any, name: str) -> Any:
    return getattr(self, name)


def make_states(rng: random.Random) -> list[Declared]:
    """Return two to five states, each below ``rx.State`` or one made before it."""
    made: list[Declared] = []
    for at in range(rng.randint(2, 5)):
        above = rng.choice(made) if made and rng.random() < 0.6 else None
        known = Declared() if above is None else above.below()
        space: dict[str, Any] = {"__module__": __name__, "_by_method": by_method}
        space["__qualname__"] = f"make.<locals>.S{at}"
        for kind, first in (("i", 0), ("l", [1, 2]), ("d", {"a": 1}), ("r", [Row(1), Row(2)])):
            if kind == "i" or rng.random() < 0.6:
                space[f"{kind}{at}"] = first
                names = {"i": known.ints, "l": known.lists, "d": known.dicts, "r": known.rows}
                names[kind].append(f"{kind}{at}")
        space[f"_b{at}"] = 0
        known.ints.append(f"_b{at}")
        others = list(made)
        names = [f"c{at}_{i}" for i in range(rng.randint(1, 4))]
        if above is not None and above.sync and rng.random() < 0.3:
            names.insert(0, rng.choice(above.sync))  # overridden
        for name in names:
            is_async = name not in known.sync and rng.random() < 0.35
            if name in known.sync:
                known.sync.remove(name)
            space[name] = make_computed(rng, name, known, others, is_async)
            (known.later if is_async else known.sync).append(name)
        known.cls = type(State)(f"S{at}", (State if above is None else above.cls,), space)
        made.append(known)
    return made


# -- programs ----------------------------------------------------------------------------------


def some_step(rng: random.Random, known: Declared) -> Callable[[Any], None]:
    n, at = rng.randint(0, 6), rng.randint(0, 3)
    read = rng.choice(known.sync) if known.sync else None
    one, other = rng.choice(known.ints), rng.choice(known.ints)
    choices: list[Callable[[Any], None]] = [
        lambda s: setattr(s, one, n),
        lambda s: setattr(s, other, getattr(s, other)),
    ]
    if read is not None:
        choices.append(lambda s: look_and_spoil(s, read))
    for name in known.lists:
        choices += [
            lambda s, name=name: getattr(s, name).append(n),
            lambda s, name=name: getattr(s, name).sort(),
            lambda s, name=name: getattr(s, name).__setitem__(slice(at, at + 1), [n, n]),
            lambda s, name=name: setattr(s, name, list(range(n * 2))),
        ]
    for name in known.dicts:
        choices += [
            lambda s, name=name: getattr(s, name).update(b=n),
            lambda s, name=name: getattr(s, name).pop("b", None),
        ]
    for name in known.rows:
        choices += [
            lambda s, name=name: [
                setattr(row, "price", row.price + n + 1) for row in getattr(s, name)[at:]
            ],
            lambda s, name=name: getattr(s, name).insert(0, Row(n)),
            lambda s, name=name: setattr(s, name, getattr(s, name)[1:]),
        ]
    return rng.choice(choices)


def look_and_spoil(state: Any, name: str) -> None:
    """Read a computed var in the middle of a handler and mutate what it returned."""
    try:
        value = getattr(state, name)
    except ValueError:
        return
    if type(value) is list:
        value.append(99)
    elif type(value) is dict:
        value["xs"].append(99)


def make_handler(rng: random.Random, states: list[Declared]) -> Callable[[Any], Any]:
    plan: list[Any] = []
    for _ in range(rng.randint(1, 5)):
        target = rng.choice(states)
        plan.append((target.cls, some_step(rng, target)))
        if rng.random() < 0.2:
            plan.append(None)

    async def change(self: Any) -> Any:
        for step in plan:
            if step is None:
                await asyncio.sleep(0)
                yield
            else:
                cls, run = step
                run(await self.get_state(cls))

    return change


# -- the comparison ----------------------------------------------------------------------------

Values = dict[Any, dict[str, Any]]


async def recomputed(states: list[Declared], values: Values) -> dict[tuple[str, str], Any]:
    """Return every var of the page, computed in a fresh session; a failing one is left out."""
    session = Session()
    for cls, kept in values.items():
        session.home(cls).__wx_values__.update(copy.deepcopy(kept))
    found: dict[tuple[str, str], Any] = {}
    for known in states:
        cls, name = known.cls, known.cls.get_full_name()
        for var in (*cls.__wx_fields__.values(), *cls.__wx_computed_vars__.values()):
            if var.backend:
                continue
            state: Any = session.home(cls)
            try:
                value = getattr(state, var.name)
                value = await value if hasattr(value, "__await__") else value
            except ValueError:
                continue
            found[name, var.name] = to_json(value, name, var.name, [])
    return found


def watched(base: Any, states: list[Declared]) -> Any:
    """Return a visitor who keeps what state and page hold at each update."""

    class Watched(base):
        moments: list[tuple[Values, dict[str, Any]]]
        idle_changes: list[str]

        def _take(self, text: str | int) -> None:
            before = copy.deepcopy(self.state)
            super()._take(text)
            message = {} if isinstance(text, int) else json.loads(text)
            if message.get("t") != "update":
                return
            self.idle_changes += [
                f"{state}.{name}"
                for part in ("delta", "patches")
                for state, changed in message.get(part, {}).items()
                for name in changed
                if name[0] != "r"  # An object in place of an equal one counts as a change.
                and before[state].get(name, Row) == self.state[state][name]
            ]
            if "error" in message and "delta" not in message and not message["final"]:
                return  # Sent ahead of the update that it belongs to.
            session = self.dispatch.session
            values = {k.cls: copy.deepcopy(session.home(k.cls).__wx_values__) for k in states}
            self.moments.append((values, copy.deepcopy(self.state)))

    Watched.moments, Watched.idle_changes = [], []
    return Watched(initial={cls.get_full_name(): {} for cls in registry.all_states()})


@pytest.fixture
def own_states() -> Iterator[None]:
    """Forget the generated states afterwards."""
    yield
    registry.forget(__name__)


@pytest.mark.usefixtures("own_states")
@pytest.mark.parametrize("seed", range(SEEDS))
def test_deltas_equal_recomputing_all(make_visitor: Any, seed: int) -> None:
    rng = random.Random(seed)
    states = make_states(rng)
    handlers = [
        states[0].cls.__wx_add_event_handler__(f"change{i}", make_handler(rng, states))
        for i in range(EVENTS)
    ]
    asyncio.run(story(watched(make_visitor, states), handlers, states))


async def story(visitor: Any, handlers: list[Any], states: list[Declared]) -> None:
    await visitor.hydrate()
    for handler in handlers:
        await visitor.run(handler)
    shown: dict[tuple[str, str], Any] = {}
    for values, page in visitor.moments:
        shown.update(await recomputed(states, values))
        for (state, name), value in shown.items():
            assert page[state][name] == value, f"{state}.{name}"
    assert visitor.idle_changes == []
    for error in visitor.errors:
        assert error["title"] == "A computed var failed"
        assert "no value for" in error["message"]

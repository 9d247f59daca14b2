"""Computed vars over generated dependency graphs equal what recomputing everything gives."""

from __future__ import annotations

import asyncio
import random
from typing import Any

import pytest

import wasmrx as rx
from wasmrx.computed import ComputedVar
from wasmrx.state import State

BASES = 4


def make_computed(name: str, inputs: list[str], lazy: bool, is_async: bool) -> ComputedVar[Any]:
    """Return a computed var that sums ``inputs``; a lazy one reads on only while it is even."""

    def total(self: Any, found: list[Any]) -> int:
        return (sum(found) * 3 + len(name)) % 17

    if is_async:

        async def fget(self: Any) -> int:
            found: list[int] = []
            for read in inputs:
                value = getattr(self, read)
                found.append(await value if hasattr(value, "__await__") else value)
                await asyncio.sleep(0)
                if lazy and found[-1] % 2:
                    break
            return total(self, found)

    else:

        def fget(self: Any) -> int:
            found: list[int] = []
            for read in inputs:
                found.append(getattr(self, read))
                if lazy and found[-1] % 2:
                    break
            return total(self, found)

    fget.__name__ = name
    fget.__annotations__ = {"return": int}
    return ComputedVar(fget, cache=name[-1] != "7")


def make_states(rng: random.Random, seed: int) -> list[type[State]]:
    """Return a parent and a child state with vars that read each other, upwards only."""
    made: list[type[State]] = []
    names = [f"b{i}" for i in range(BASES)]
    parent: type[State] = rx.State
    plain: set[str] = set(names)
    for level in range(2):
        space: dict[str, Any] = {"__module__": __name__, "__annotations__": {}}
        space["__qualname__"] = f"make.<locals>.Level{level}"
        if level == 0:
            for name in names:
                space[name] = 0
                space["__annotations__"][name] = int
        for i in range(rng.randint(2, 6)):
            name = f"c{level}_{i}"
            is_async = rng.random() < 0.25
            usable = names if is_async else [n for n in names if n in plain]
            inputs = rng.sample(usable, rng.randint(1, min(4, len(usable))))
            space[name] = make_computed(name, inputs, rng.random() < 0.5, is_async)
            names.append(name)
            if not is_async:
                plain.add(name)
        parent = type(State)(f"Level{level}", (parent,), space)
        made.append(parent)
    return made


async def recomputed(states: list[type[State]], values: dict[str, int]) -> dict[str, Any]:
    """Return every computed var, each computed in a fresh session."""
    found: dict[str, Any] = {}
    for cls in states:
        for name in cls.__wx_computed_vars__:
            state: Any = states[-1]()
            for base, value in values.items():
                setattr(state, base, value)
            result = getattr(state, name)
            found[name] = await result if hasattr(result, "__await__") else result
    return found


@pytest.mark.parametrize("seed", range(40))
def test_deltas_equal_recomputing_all(make_visitor: Any, seed: int) -> None:
    rng = random.Random(seed)
    states = make_states(rng, seed)
    plan: list[dict[str, int]] = [
        {f"b{rng.randrange(BASES)}": rng.randint(0, 5) for _ in range(rng.randint(1, 2))}
        for _ in range(12)
    ]

    def change(self: Any) -> None:
        for name, value in plan[0].items():
            setattr(self, name, value)
            if rng.random() < 0.3:
                for read in states[0].__wx_computed_vars__:
                    if not states[0].__wx_computed_vars__[read].is_async:
                        getattr(self, read)

    handler = states[1].__wx_add_event_handler__("change", change)

    async def main() -> None:
        visitor = make_visitor()
        await visitor.hydrate()
        values = {f"b{i}": 0 for i in range(BASES)}
        while plan:
            await visitor.run(handler)
            values.update(plan.pop(0))
            expected = await recomputed(states, values)
            seen = {**visitor.of(states[0]), **visitor.of(states[1])}
            assert {name: seen[name] for name in expected} == expected
        assert visitor.errors == []

    asyncio.run(main())

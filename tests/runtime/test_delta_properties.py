"""Patches replay any mutation: the page ends with the true value. Where hypothesis can run."""

from __future__ import annotations

import asyncio
import dataclasses
import json
from collections.abc import Callable
from typing import Any

import pytest

import wasmrx as rx

pytest.importorskip("hypothesis", exc_type=ImportError)
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st


@dataclasses.dataclass
class Row:
    id: int
    name: str
    tags: list[Any] = dataclasses.field(default_factory=list)


class Data(rx.State):
    value: Any = None

    def act(self):
        STEPS.pop(0)(self)


STEPS: list[Callable[[Data], None]] = []

leaves = st.one_of(
    st.none(), st.booleans(), st.integers(-3, 3), st.sampled_from(["", "a", "é"]), st.just(1.5)
)
values = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(st.sampled_from(["a", "b", "c", "d"]), inner, max_size=4),
        st.builds(Row, st.integers(0, 3), st.sampled_from("xy"), st.lists(inner, max_size=2)),
    ),
    max_leaves=12,
)


def mutate(value: Any, pick: Any) -> None:
    """Change a container somewhere inside ``value``, as ``pick`` chooses."""
    while True:
        inner: list[Any] = []
        if isinstance(value, list):
            inner = [item for item in value if isinstance(item, (list, dict, Row))]
        elif isinstance(value, dict):
            inner = [item for item in value.values() if isinstance(item, (list, dict, Row))]
        elif isinstance(value, Row):
            inner = [value.tags]
        if not inner or pick(st.booleans()):
            break
        value = pick(st.sampled_from(inner))
    if isinstance(value, list):
        _mutate_list(value, pick)
    elif isinstance(value, dict):
        _mutate_dict(value, pick)
    elif isinstance(value, Row):
        value.name = pick(st.sampled_from("xyz"))


def _mutate_list(value: Any, pick: Any) -> None:
    op = pick(st.sampled_from(["append", "insert", "pop", "set", "slice", "move", "clear", "dup"]))
    at = pick(st.integers(0, max(len(value) - 1, 0)))
    if op == "append":
        value.append(pick(values))
    elif op == "insert":
        value.insert(at, pick(values))
    elif op == "slice":
        value[at : at + 2] = pick(st.lists(values, max_size=3))
    elif not len(value):
        return
    elif op == "pop":
        value.pop(at)
    elif op == "set":
        value[at] = pick(values)
    elif op == "move":
        value.append(value.pop(at))
    elif op == "clear":
        value.clear()
    elif op == "dup":
        value.append(value[at])


def _mutate_dict(value: Any, pick: Any) -> None:
    op = pick(st.sampled_from(["set", "pop", "again", "clear"]))
    key = pick(st.sampled_from(["a", "b", "c", "d"]))
    if op == "set":
        value[key] = pick(values)
    elif op == "pop":
        value.pop(key, None)
    elif op == "again" and key in value:
        value[key] = value.pop(key)
    elif op == "clear":
        value.clear()


def truth(value: Any) -> Any:
    if isinstance(value, Row):
        return {"id": value.id, "name": value.name, "tags": truth(value.tags)}
    if isinstance(value, list):
        return [truth(item) for item in value]
    if isinstance(value, dict):
        return {key: truth(item) for key, item in value.items()}
    return value


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    data=st.data(),
    start=st.one_of(
        st.lists(values, max_size=6),
        st.dictionaries(st.sampled_from(["a", "b"]), values, max_size=2),
    ),
)
def test_patches_replay_any_mutation(make_visitor: Any, data: st.DataObject, start: Any) -> None:
    def step(state: Data) -> None:
        kept: list[Any] = []
        for _ in range(data.draw(st.integers(1, 4))):
            if data.draw(st.integers(0, 9)) == 0:
                kept.append(state.value)
                state.value = data.draw(st.sampled_from([*kept, [state.value], {"a": list(kept)}]))
            if isinstance(state.value, (list, dict, Row)):
                mutate(state.value, data.draw)

    async def main() -> None:
        visitor = make_visitor()
        await visitor.hydrate()
        STEPS[:] = [lambda state: setattr(state, "value", start)]
        STEPS.extend([step] * data.draw(st.integers(1, 4)))
        while STEPS:
            await visitor.run(Data.act)
            true = truth(visitor.instance(Data).__wx_values__["value"])
            seen = visitor.of(Data)["value"]
            assert json.dumps(seen) == json.dumps(true)

    asyncio.run(main())

"""Patches replay any mutation: the page ends with the true value. Where hypothesis can run."""

from __future__ import annotations

import asyncio
import dataclasses
import json
from collections import deque
from collections.abc import Callable
from typing import Any

import pytest

import wasmrx as rx

pytest.importorskip("hypothesis", exc_type=ImportError)
pytest.importorskip("pydantic", exc_type=ImportError)
import pydantic
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st


@dataclasses.dataclass
class Row:
    id: int
    name: str
    tags: list[Any] = dataclasses.field(default_factory=list)
    more: Any = None

    def tag(self, item: Any) -> None:
        self.tags.append(item)


class Card(pydantic.BaseModel):
    title: str
    numbers: set[int] = set()
    more: Any = None

    @property
    def inside(self) -> Any:
        return self.more

    @inside.setter
    def inside(self, value: Any) -> None:
        self.more = value


class Data(rx.State):
    value: Any = None

    def act(self):
        STEPS.pop(0)(self)


STEPS: list[Callable[[Data], None]] = []

leaves = st.one_of(
    st.none(), st.booleans(), st.integers(-3, 3), st.sampled_from(["", "a", "é"]), st.just(1.5)
)
numbers = st.sets(st.integers(0, 5), max_size=3)
values = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(st.sampled_from(["a", "b", "c", "d"]), inner, max_size=4),
        st.builds(
            Row, st.integers(0, 3), st.sampled_from("xy"), st.lists(inner, max_size=2), inner
        ),
        st.builds(Card, title=st.sampled_from("xy"), numbers=numbers, more=inner),
        st.lists(inner, max_size=3).map(deque),
        st.lists(inner, max_size=3).map(tuple),
        numbers,
    ),
    max_leaves=12,
)


def mutate(value: Any, pick: Any) -> None:
    """Change a container somewhere inside ``value``, as ``pick`` chooses."""
    while True:
        inner = [(i, item) for i, item in enumerate(parts(value)) if isinstance(item, KINDS)]
        if not inner or pick(st.booleans()):
            break
        at, item = pick(st.sampled_from(inner))
        value = value[at] if isinstance(value, list) else item
    if isinstance(value, list):
        _mutate_list(value, pick)
    elif isinstance(value, dict):
        _mutate_dict(value, pick)
    elif isinstance(value, set):
        _mutate_set(value, pick)
    elif isinstance(value, deque):
        _mutate_deque(value, pick)
    elif isinstance(value, (Row, Card)):
        _mutate_object(value, pick)


KINDS = (list, dict, set, deque, tuple, Row, Card)


def parts(value: Any) -> list[Any]:
    """What is directly inside a value."""
    if isinstance(value, (list, tuple, deque)):
        return list(value)
    if isinstance(value, dict):
        return list(value.values())
    if isinstance(value, Row):
        return [value.tags, value.more]
    return [value.numbers, value.more] if isinstance(value, Card) else []


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


def _mutate_set(value: Any, pick: Any) -> None:
    op = pick(st.sampled_from(["add", "discard", "update", "clear", "ior", "ixor", "pop"]))
    drawn = pick(numbers)
    if op == "add":
        value.add(pick(st.integers(0, 5)))
    elif op == "discard":
        value.discard(pick(st.integers(0, 5)))
    elif op == "update":
        value.update(drawn)
    elif op == "ior":
        value |= drawn
    elif op == "ixor":
        value ^= drawn
    elif op == "clear":
        value.clear()
    elif len(value):
        value.pop()


def _mutate_deque(value: Any, pick: Any) -> None:
    op = pick(st.sampled_from(["append", "left", "extend", "rotate", "pop", "set"]))
    if op == "append":
        value.append(pick(values))
    elif op == "left":
        value.appendleft(pick(values))
    elif op == "extend":
        value.extendleft(pick(st.lists(values, max_size=2)))
    elif op == "rotate":
        value.rotate(1)
    elif len(value) and op == "pop":
        value.popleft()
    elif len(value):
        value[0] = pick(values)


def _mutate_object(value: Any, pick: Any) -> None:
    op = pick(st.sampled_from(["text", "more", "part", "method"]))
    is_row = isinstance(value, Row)
    if op == "text":
        setattr(value, "name" if is_row else "title", pick(st.sampled_from("xyz")))
    elif op == "more":
        value.more = pick(values)
    elif op == "part" and is_row:
        value.tags = pick(st.lists(values, max_size=2))
    elif op == "part":
        value.numbers = pick(numbers)
    elif is_row:
        value.tag(pick(values))
    else:
        value.inside = [value.inside]


def truth(value: Any) -> Any:
    if isinstance(value, (Row, Card)):
        fields = [*vars(value)] if isinstance(value, Row) else [*Card.model_fields]
        return {name: truth(getattr(value, name)) for name in fields}
    if isinstance(value, set):
        return sorted(value)
    if isinstance(value, (list, tuple, deque)):
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
            if isinstance(state.value, KINDS):
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

"""Containers of a var behave as what they are, and report every mutation."""

from __future__ import annotations

import copy
import dataclasses
import json
import pickle
from collections import OrderedDict, defaultdict, deque
from collections.abc import Callable
from typing import Any

import pytest

import wasmrx as rx
from wasmrx.proxy import Proxy, unwrap


@dataclasses.dataclass
class Item:
    name: str
    tags: list[str] = dataclasses.field(default_factory=list)
    parent: dict[str, Any] = dataclasses.field(default_factory=dict)

    def rename(self, name: str) -> None:
        self.name = name

    @property
    def loud(self) -> str:
        return self.name.upper()

    def __len__(self) -> int:
        return len(self.tags)


@dataclasses.dataclass(frozen=True)
class Fixed:
    name: str


class Box(rx.State):
    items: list[Any] = [1, [2, 3], {"k": [4]}]
    mapping: dict[str, Any] = {"a": 1, "b": {"c": [1]}}
    members: set[int] = {1, 2}
    queue: deque[int] = deque([1, 2])
    things: list[Item] = [Item("one", ["t"]), Item("two")]
    fixed: Fixed = Fixed("f")
    counts: defaultdict[str, int] = defaultdict(int)
    ordered: OrderedDict[str, int] = OrderedDict(a=1, b=2)


def dirty(state: Box) -> set[str]:
    found = {field.name for field in state.__wx_session__.dirty}
    state.__wx_session__.flush()
    return found


@pytest.fixture
def box() -> Box:
    return Box()


def test_types_and_equality(box: Box) -> None:
    assert isinstance(box.items, list)
    assert isinstance(box.mapping, dict)
    assert isinstance(box.members, set)
    assert isinstance(box.queue, deque)
    assert isinstance(box.things[0], Item)
    assert type(box.items) is not list
    assert box.items == [1, [2, 3], {"k": [4]}]
    assert [1, [2, 3], {"k": [4]}] == box.items  # noqa: SIM300 - the reflected operator
    assert box.items == box.items
    assert box.items != []
    assert box.mapping == {"a": 1, "b": {"c": [1]}}
    assert box.members == {1, 2}
    assert box.things[0] == Item("one", ["t"])
    assert repr(box.items) == "[1, [2, 3], {'k': [4]}]"
    assert f"{box.mapping['a']}" == "1"
    assert dirty(box) == set()


def test_reading_marks_nothing(box: Box) -> None:
    assert len(box.items) == 3
    assert 1 in box.items
    assert box.items.index(1) == 0
    assert box.items.count(1) == 1
    assert next(reversed(box.items)) == {"k": [4]}
    assert next(iter(box.items[1:])) == [2, 3]
    assert sorted(box.members) == [1, 2]
    assert {*box.mapping} == {"a", "b"}
    assert dict(box.mapping.items())["a"] == 1
    assert next(iter(box.mapping.values())) == 1
    assert box.mapping.get("zz", 5) == 5
    assert box.mapping.keys() == {"a", "b"}
    assert box.items + [9] == [1, [2, 3], {"k": [4]}, 9]  # noqa: RUF005
    assert [9] + box.items == [9, 1, [2, 3], {"k": [4]}]  # noqa: RUF005
    assert box.members | {3} == {1, 2, 3}
    assert {3} | box.members == {1, 2, 3}
    assert box.mapping | {"z": 1} == {"a": 1, "b": {"c": [1]}, "z": 1}
    assert box.things[0].loud == "ONE"
    assert len(box.things[0]) == 1
    assert box.fixed == Fixed("f")
    assert bool(box.items)
    assert dirty(box) == set()


MUTATIONS: list[tuple[str, Callable[[Box], Any]]] = [
    ("items", lambda s: s.items.append(5)),
    ("items", lambda s: s.items.extend([5, 6])),
    ("items", lambda s: s.items.insert(0, 5)),
    ("items", lambda s: s.items.pop()),
    ("items", lambda s: s.items.remove(1)),
    ("items", lambda s: s.items.clear()),
    ("items", lambda s: s.items.reverse()),
    ("items", lambda s: s.items.__setitem__(0, 9)),
    ("items", lambda s: s.items.__setitem__(slice(0, 2), [7])),
    ("items", lambda s: s.items.__delitem__(0)),
    ("items", lambda s: s.items[1].append(5)),
    ("items", lambda s: s.items[2]["k"].append(5)),
    ("items", lambda s: [x.append(1) for x in s.items if isinstance(x, list)]),
    ("items", lambda s: [x.append(1) for x in s.items[1:2]]),
    ("mapping", lambda s: s.mapping.update(z=1)),
    ("mapping", lambda s: s.mapping.setdefault("q", [])),
    ("mapping", lambda s: s.mapping.pop("a")),
    ("mapping", lambda s: s.mapping.popitem()),
    ("mapping", lambda s: s.mapping["b"]["c"].append(2)),
    ("mapping", lambda s: s.mapping.get("b")["c"].append(2)),
    ("mapping", lambda s: [v["c"].append(2) for v in s.mapping.values() if v != 1]),
    ("mapping", lambda s: [v["c"].append(2) for k, v in s.mapping.items() if k == "b"]),
    ("members", lambda s: s.members.add(9)),
    ("members", lambda s: s.members.discard(1)),
    ("members", lambda s: s.members.update({7, 8})),
    ("queue", lambda s: s.queue.appendleft(0)),
    ("queue", lambda s: s.queue.popleft()),
    ("queue", lambda s: s.queue.rotate(1)),
    ("things", lambda s: setattr(s.things[0], "name", "x")),
    ("things", lambda s: s.things[0].rename("x")),
    ("things", lambda s: s.things[0].tags.append("x")),
    ("things", lambda s: s.things[1].parent.update(a=1)),
    ("things", lambda s: s.things.sort(key=lambda item: len(item.tags))),
    ("counts", lambda s: s.counts["new"]),
    ("counts", lambda s: s.counts.__setitem__("n", 1)),
    ("ordered", lambda s: s.ordered.move_to_end("a")),
]


@pytest.mark.parametrize(("name", "mutate"), MUTATIONS)
def test_every_mutation_is_reported(box: Box, name: str, mutate: Callable[[Box], Any]) -> None:
    before = copy.deepcopy(unwrap(getattr(box, name)))
    mutate(box)
    assert unwrap(getattr(box, name)) != before
    assert dirty(box) == {name}


def test_in_place_operators(box: Box) -> None:
    box.items += [5]
    box.members |= {5}
    box.members -= {1}
    box.mapping |= {"z": 1}
    box.ordered |= {"z": 1}
    assert box.items[-1] == 5
    assert box.members == {2, 5}
    assert box.mapping["z"] == 1
    assert not isinstance(box.__wx_values__["items"], Proxy)
    assert {"items", "members", "mapping", "ordered"} <= dirty(box)


def test_values_are_kept_without_proxies(box: Box) -> None:
    box.mapping["items"] = box.items
    box.things = [thing for thing in box.things if thing.name]
    box.items[1] = [box.things[0], {"t": box.things[1]}]
    stored = box.__wx_values__
    assert not isinstance(stored["mapping"]["items"], Proxy)
    assert all(type(thing) is Item for thing in stored["things"])
    assert type(stored["items"][1][0]) is Item
    assert type(stored["items"][1][1]["t"]) is Item


def test_json_copy_and_pickle(box: Box) -> None:
    assert json.loads(json.dumps(box.items)) == [1, [2, 3], {"k": [4]}]
    assert json.loads(json.dumps({"x": [box.mapping]}))["x"][0]["a"] == 1
    for made in (
        copy.copy(box.items),
        copy.deepcopy(box.items),
        pickle.loads(pickle.dumps(box.items)),
    ):
        assert type(made) is list
        assert made == box.items
    deep = copy.deepcopy(box.things)
    deep[0].tags.append("other")
    assert box.things[0].tags == ["t"]
    assert pickle.loads(pickle.dumps(box.things[0])) == Item("one", ["t"])
    assert dirty(box) == set()


def test_dataclass_functions(box: Box) -> None:
    expected = {"name": "one", "tags": ["t"], "parent": {}}
    assert dataclasses.asdict(box.things[0]) == expected
    assert type(dataclasses.asdict(box.things[0])["tags"]) is list
    assert dataclasses.astuple(box.things[0]) == ("one", ["t"], {})
    assert [field.name for field in dataclasses.fields(box.things[0])] == list(expected)
    assert dataclasses.is_dataclass(box.things[0])
    changed = dataclasses.replace(box.things[0], name="new")
    assert type(changed) is Item
    assert changed.name == "new"
    assert dirty(box) == set()


def test_match_statement(box: Box) -> None:
    match box.things[0]:
        case Item(name="one", tags=[tag]):
            assert tag == "t"
        case _:
            pytest.fail("a dataclass proxy matches its class")
    match box.mapping:
        case {"a": 1}:
            pass
        case _:
            pytest.fail("a dict proxy matches as a mapping")
    match box.items:
        case [1, *_]:
            pass
        case _:
            pytest.fail("a list proxy matches as a sequence")


class Model(rx.Base):
    name: str
    tags: list[str] = []
    inner: dict[str, Any] = {}


class Plain:
    def __init__(self) -> None:
        self.values = [1]


@rx.serializer
def plain_values(value: Plain) -> list[int]:
    return value.values


class Modelled(rx.State):
    models: list[Model] = [Model(name="a")]
    plain: Plain = Plain()


def test_models_are_tracked() -> None:
    state = Modelled()
    state.models[0].tags.append("x")
    state.models[0].set(name="b")
    assert state.models[0].dict() == {"name": "b", "tags": ["x"], "inner": {}}
    assert json.loads(state.models[0].json())["tags"] == ["x"]
    assert Model(name="c").tags == []
    found = state.__wx_session__.flush()
    patches = found.patches[Modelled.get_full_name()]["models"]
    assert [patch["path"] for patch in patches] == [[0, "name"], [0, "tags"]]


def test_an_object_with_a_serializer_is_tracked() -> None:
    state = Modelled()
    state.plain.values.append(2)
    found = state.__wx_session__.flush()
    assert found.delta[Modelled.get_full_name()]["plain"].values == [1, 2]

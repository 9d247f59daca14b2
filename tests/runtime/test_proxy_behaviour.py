"""A proxy does what its object does: every method and operator, run on both and compared."""

# ruff: noqa: RUF005 - it is the operators that are tested

from __future__ import annotations

import asyncio
import bisect
import collections
import copy
import dataclasses
import functools
import heapq
import itertools
import json
import operator
import pickle
import random
from collections import Counter, OrderedDict, defaultdict, deque
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

import pytest

import wasmrx as rx
from wasmrx.proxy import is_proxy, unwrap


@dataclasses.dataclass(order=True)
class Card:
    rank: int
    tags: list[str] = dataclasses.field(default_factory=list)
    kind: dataclasses.InitVar[int] = 0
    unit = "card"

    @property
    def first(self) -> list[str]:
        return self.tags

    @property
    def loud(self) -> str:
        return "".join(self.tags).upper()

    @loud.setter
    def loud(self, value: str) -> None:
        self.tags.append(value.lower())

    def add(self, tag: str) -> Card:
        self.tags.append(tag)
        return self

    def __add__(self, other: Any) -> Card:
        return Card(self.rank + other.rank)

    def __iadd__(self, tag: str) -> Card:
        self.tags.append(tag)
        return self

    def __matmul__(self, times: int) -> list[str]:
        return self.tags * times

    def __iter__(self) -> Iterable[str]:
        return iter(self.tags)

    def __contains__(self, tag: str) -> bool:
        return tag in self.tags


@dataclasses.dataclass(frozen=True)
class Frozen:
    name: str
    inner: tuple[str, ...] = ()
    notes: list[str] = dataclasses.field(default_factory=list, compare=False)


@dataclasses.dataclass(slots=True)
class Slotted:
    values: list[int]


class Pair(NamedTuple):
    left: list[int]
    right: str


class Stack(list[Any]):
    def push(self, item: Any) -> Stack:
        super().append(item)
        return self

    def deepen(self) -> None:
        self[0].append(9)


class Grouped(dict[str, Any]):
    def put(self, key: str, value: Any) -> None:
        super().__setitem__(key, value)


class Registry(collections.UserDict[str, Any]):
    """A mutable mapping that keeps its items in an attribute."""


class Account:
    """Neither a dataclass nor a model; tracked as it has a serialiser."""

    def __init__(self) -> None:
        self.history = [1]
        self._balance = 0

    def pay(self, amount: int) -> None:
        self._balance += amount
        self.history.append(amount)

    @property
    def balance(self) -> int:
        return self._balance


@rx.serializer
def account(value: Account) -> dict[str, Any]:
    return {"history": value.history, "balance": value.balance}


Value = Any
Operation = Callable[[Any], Any]

LIST: Value = [3, 1, 2, [1], {"a": [1]}]
LIST_OPS: list[Operation] = [
    lambda v: v.append(4),
    lambda v: v.extend(x for x in (7, [8])),
    lambda v: v.insert(-1, 9),
    lambda v: v.pop(),
    lambda v: v.pop(0),
    lambda v: v.remove([1]),
    lambda v: v.remove("none"),
    lambda v: v.index([1]),
    lambda v: v.index(1, 1, 2),
    lambda v: v.count(1),
    lambda v: v.reverse(),
    lambda v: v.clear(),
    lambda v: v.copy(),
    lambda v: v.sort(key=str, reverse=True),
    lambda v: v.sort(),
    lambda v: v[1],
    lambda v: v[-1]["a"],
    lambda v: v[99],
    lambda v: v["x"],
    lambda v: v[1:3],
    lambda v: v[::-2],
    lambda v: operator.setitem(v, slice(0, 2), [5, 6, 7]),
    lambda v: operator.setitem(v, slice(None, None, 2), ["x"] * 3),
    lambda v: operator.setitem(v, slice(None, None, 2), [1]),
    lambda v: operator.setitem(v, 1, 8),
    lambda v: operator.delitem(v, slice(1, 3)),
    lambda v: operator.delitem(v, -1),
    lambda v: operator.iadd(v, [1, 2]),
    lambda v: operator.iadd(v, "ab"),
    lambda v: operator.imul(v, 2),
    lambda v: v + [1],
    lambda v: [1] + v,
    lambda v: v + (1,),
    lambda v: v * 2,
    lambda v: 2 * v,
    lambda v: 3 in v,
    lambda v: [1] in v,
    lambda v: v == [3, 1, 2, [1], {"a": [1]}],
    lambda v: v != [],
    lambda v: v < [4],
    lambda v: v > [0],
    lambda v: len(v),
    lambda v: bool(v),
    lambda v: hash(v),
    lambda v: repr(v),
    lambda v: f"{v}",
    lambda v: f"{v:>3}",
    lambda v: list(reversed(v)),
    lambda v: [*v],
    lambda v: (lambda first, *rest: [first, rest])(*v),
    lambda v: list(enumerate(v)),
    lambda v: sorted(v, key=str),
    lambda v: sorted(v[:3]),
    lambda v: max(v[:3]) + min(v[:3]) + sum(v[:3]),
    lambda v: any(v) and all(v),
    lambda v: list(map(str, v)),
    lambda v: list(zip(v, v, strict=True)),
    lambda v: list(itertools.chain(v, v)),
    lambda v: functools.reduce(lambda a, b: a + [b], v, []),
    lambda v: ",".join(str(x) for x in v),
    lambda v: random.Random(1).shuffle(v),
    lambda v: random.Random(1).sample(v, 2),
    lambda v: random.Random(1).choice(v),
    lambda v: json.dumps(v),
    lambda v: json.dumps({"k": [v]}, indent=1),
    lambda v: copy.copy(v),
    lambda v: copy.deepcopy(v),
    lambda v: pickle.loads(pickle.dumps(v)),
    lambda v: pickle.loads(pickle.dumps({"in": [v]}, 2)),
    lambda v: isinstance(v, list) and not isinstance(v, dict),
    lambda v: isinstance(v, collections.abc.MutableSequence),
    lambda v: list(filter(None, v)),
    lambda v: tuple(v),
    lambda v: v.__class__,
    lambda v: v.foo,
    lambda v: setattr(v, "foo", 1),
    lambda v: operator.itemgetter(0, 3)(v),
    lambda v: [1, 2, *v[3]],
    lambda v: [x.append(5) for x in v if isinstance(x, list)],
    lambda v: v[4]["a"].append(v[0]),
    lambda v: v[4].update(b=v[3]),
    lambda v: v.append(v[3]) or v[3].append(6),
]

NUMBERS: Value = [5, 2, 9]
NUMBER_OPS: list[Operation] = [
    lambda v: (heapq.heapify(v), heapq.heappush(v, 1), heapq.heappop(v)),
    lambda v: (heapq.heapify(v), heapq.heapreplace(v, 7), heapq.heappushpop(v, 3)),
    lambda v: heapq.nlargest(2, v) + heapq.nsmallest(1, v),
    lambda v: (v.sort(), bisect.insort(v, 4), bisect.bisect(v, 4)),
    lambda v: sum(v),
    lambda v: list(itertools.accumulate(v)),
    lambda v: bytes(v),
]

DICT: Value = {"a": 1, "b": {"c": [1]}, "d": [2]}
DICT_OPS: list[Operation] = [
    lambda v: operator.setitem(v, "z", [1]),
    lambda v: operator.delitem(v, "a"),
    lambda v: v["none"],
    lambda v: v.get("b"),
    lambda v: v.get("none", 7),
    lambda v: v.setdefault("q", []).append(1),
    lambda v: v.setdefault("d", []).append(1),
    lambda v: v.pop("a"),
    lambda v: v.pop("none"),
    lambda v: v.pop("none", None),
    lambda v: v.popitem(),
    lambda v: v.update({"a": 2}, e=5),
    lambda v: v.update([("x", 1)]),
    lambda v: v.clear(),
    lambda v: v.copy(),
    lambda v: type(v.copy()),
    lambda v: list(v),
    lambda v: list(reversed(v)),
    lambda v: list(v.keys()),
    lambda v: list(v.values()),
    lambda v: list(v.items()),
    lambda v: list(reversed(v.values())),
    lambda v: list(reversed(v.items())),
    lambda v: v.keys() & {"a", "x"},
    lambda v: v.keys() | {"x"},
    lambda v: {"a": 1}.items() <= v.items() if len(v) == 1 else None,
    lambda v: ("a", 1) in v.items(),
    lambda v: [2] in v.values(),
    lambda v: len(v.items()) + len(v.values()),
    lambda v: repr(v.items()) + repr(v.values()) + repr(v.keys()),
    lambda v: isinstance(v.values(), collections.abc.ValuesView),
    lambda v: isinstance(v.items(), collections.abc.ItemsView),
    lambda v: v.fromkeys("ab", 1),
    lambda v: v | {"z": 1},
    lambda v: {"z": 1} | v,
    lambda v: operator.ior(v, {"z": [1]}),
    lambda v: operator.ior(v, [("y", 1)]),
    lambda v: "a" in v,
    lambda v: len(v),
    lambda v: v == {"a": 1, "b": {"c": [1]}, "d": [2]},
    lambda v: {**v},
    lambda v: dict(v),
    lambda v: dict(**v),
    lambda v: (lambda **names: sorted(names))(**v),
    lambda v: "{a} {d[0]}".format(**v) + "{a}".format_map(v),
    lambda v: hash(v),
    lambda v: repr(v),
    lambda v: json.dumps(v, sort_keys=True),
    lambda v: copy.deepcopy(v),
    lambda v: pickle.loads(pickle.dumps(v)),
    lambda v: isinstance(v, collections.abc.MutableMapping),
    lambda v: sorted(v.items(), key=lambda pair: pair[0], reverse=True),
    lambda v: max(v, key=lambda key: str(v[key])),
    lambda v: {key: value for key, value in v.items() if value != 1},
    lambda v: [value.append(3) for value in v.values() if isinstance(value, list)],
    lambda v: [value.clear() for _, value in v.items() if isinstance(value, dict)],
    lambda v: v["b"]["c"].extend(v["d"]),
    lambda v: [None for key in v for _ in v.pop(key)],
]

SET: Value = {1, 2, 3}
SET_OPS: list[Operation] = [
    lambda v: v.add(4),
    lambda v: v.discard(1),
    lambda v: v.remove(99),
    lambda v: v.clear(),
    lambda v: len({v.pop()}),
    lambda v: v.update([7], {8}),
    lambda v: v.difference_update([1]),
    lambda v: v.intersection_update([1]),
    lambda v: v.symmetric_difference_update([1, 9]),
    lambda v: operator.ior(v, {5}),
    lambda v: operator.iand(v, {1}),
    lambda v: operator.isub(v, {1}),
    lambda v: operator.ixor(v, {1, 6}),
    lambda v: operator.ior(v, [5]),
    lambda v: v | {9},
    lambda v: {9} | v,
    lambda v: v & {1},
    lambda v: {1, 9} & v,
    lambda v: v - {1},
    lambda v: {1, 9} - v,
    lambda v: v ^ {1},
    lambda v: {1, 9} ^ v,
    lambda v: v | [1],
    lambda v: v <= {1, 2, 3, 4},
    lambda v: {1} < v,
    lambda v: v == {1, 2, 3},
    lambda v: v.union([9], [10]),
    lambda v: v.issubset({1, 2, 3}) and v.issuperset({1}) and v.isdisjoint({9}),
    lambda v: v.intersection([1]),
    lambda v: v.difference([1]),
    lambda v: v.symmetric_difference([1]),
    lambda v: v.copy(),
    lambda v: 1 in v,
    lambda v: sorted(v),
    lambda v: {*v, 9},
    lambda v: frozenset(v),
    lambda v: {x + 1 for x in v},
    lambda v: hash(v),
    lambda v: repr(v),
    lambda v: pickle.loads(pickle.dumps(v)),
    lambda v: isinstance(v, collections.abc.MutableSet),
]

DEQUE: Value = deque([1, [2], 3], maxlen=5)
DEQUE_OPS: list[Operation] = [
    lambda v: v.append(4),
    lambda v: v.appendleft(0),
    lambda v: v.extend([4, 5, 6]),
    lambda v: v.extendleft([4, 5]),
    lambda v: v.pop(),
    lambda v: v.popleft(),
    lambda v: v.rotate(1),
    lambda v: v.insert(1, 7),
    lambda v: v.reverse(),
    lambda v: v.remove([2]),
    lambda v: v.clear(),
    lambda v: v.maxlen,
    lambda v: v.copy(),
    lambda v: v.index(3),
    lambda v: v[0],
    lambda v: v[0:1],
    lambda v: v[1].append(3),
    lambda v: operator.setitem(v, 0, 9),
    lambda v: v + deque([1]),
    lambda v: deque([1]) + v,
    lambda v: v * 2,
    lambda v: operator.iadd(v, [8]),
    lambda v: list(reversed(v)),
    lambda v: list(itertools.islice(v, 2)),
    lambda v: repr(v),
    lambda v: copy.deepcopy(v),
    lambda v: pickle.loads(pickle.dumps(v)),
]

CARDS: Value = [Card(2, ["x"]), Card(1, ["y", "z"])]
CARD_OPS: list[Operation] = [
    lambda v: setattr(v[0], "rank", 5),
    lambda v: setattr(v[0], "new", 5),
    lambda v: delattr(v[0], "rank"),
    lambda v: v[0].add("q").add("r").tags,
    lambda v: v[0].first.append("via property"),
    lambda v: setattr(v[0], "loud", "SET"),
    lambda v: v[0].loud,
    lambda v: operator.iadd(v[0], "i"),
    lambda v: v[0] + v[1],
    lambda v: v[0] @ 2,
    lambda v: "x" in v[0],
    lambda v: list(v[0]),
    lambda v: v[0] < v[1],
    lambda v: sorted(v),
    lambda v: sorted(v, key=lambda card: card.rank),
    lambda v: sorted(v, key=operator.attrgetter("rank")),
    lambda v: min(v).tags.append("smallest"),
    lambda v: [card.tags.append("each") for card in v],
    lambda v: next(card for card in v if card.rank == 1).tags.clear(),
    lambda v: v.index(Card(1, ["y", "z"])),
    lambda v: v.remove(Card(1, ["y", "z"])),
    lambda v: Card(2, ["x"]) in v,
    lambda v: v[0] == Card(2, ["x"]),
    lambda v: Card(2, ["x"]) == v[0],
    lambda v: v[0] == v[1],
    lambda v: hash(v[0]),
    lambda v: repr(v[0]),
    lambda v: v[0].unit,
    lambda v: v[0].nothing,
    lambda v: vars(v[0])["tags"].append("through vars"),
    lambda v: vars(v[0]).update(rank=9),
    lambda v: dataclasses.asdict(v[0]),
    lambda v: dataclasses.astuple(v[0]),
    lambda v: [f.name for f in dataclasses.fields(v[0])],
    lambda v: dataclasses.replace(v[0], rank=8, kind=0),
    lambda v: dataclasses.is_dataclass(v[0]),
    lambda v: isinstance(v[0], Card),
    lambda v: copy.copy(v[0]),
    lambda v: copy.deepcopy(v),
    lambda v: pickle.loads(pickle.dumps(v)),
    lambda v: v[0].rank + 1,
    lambda v: hasattr(v[0], "tags") and not hasattr(v[0], "no"),
    lambda v: v.append(Card(9, v[0].tags)),
    lambda v: (v.append(Card(9, v[0].tags)), v[2].tags.append("shared")),
    lambda v: [card.rank for card in v],
    lambda v: Card.add(v[0], "unbound").tags,
]

MIXED: Value = {
    "tuple": ([1], "x", {"k": [2]}),
    "pair": Pair([1], "r"),
    "frozen": Frozen("f", ("a",), ["n"]),
    "slots": Slotted([1]),
    "stack": Stack([[1], 2]),
    "grouped": Grouped(a=[1]),
    "registry": Registry(a=[1]),
    "counter": Counter("aab"),
    "default": defaultdict(list, a=[1]),
    "ordered": OrderedDict(a=1, b=[2]),
    "chosen": {Frozen("s")},
    "account": Account(),
}
MIXED_OPS: list[Operation] = [
    lambda v: v["tuple"][0].append(5),
    lambda v: v["tuple"][2]["k"].append(5),
    lambda v: isinstance(v["tuple"], tuple) and hash(v["tuple"][1]) is not None,
    lambda v: v["pair"].left.append(5),
    lambda v: v["pair"]._replace(right="z"),
    lambda v: (lambda left, right: left.append(right))(*v["pair"]),
    lambda v: v["frozen"].notes.append("more"),
    lambda v: setattr(v["frozen"], "name", "x"),
    lambda v: {v["frozen"]: 1}[Frozen("f", ("a",))],
    lambda v: v["chosen"].add(v["frozen"]),
    lambda v: v["frozen"] in {Frozen("f", ("a",))},
    lambda v: [f.notes.append("in a set") for f in v["chosen"]],
    lambda v: v["slots"].values.append(3),
    lambda v: setattr(v["slots"], "values", [9]),
    lambda v: len(v["stack"].push(7)),
    lambda v: v["stack"].deepen(),
    lambda v: v["stack"][0].append(7),
    lambda v: v["grouped"].put("b", [2]),
    lambda v: v["grouped"]["a"].append(2),
    lambda v: v["registry"].update(b=2),
    lambda v: v["registry"]["a"].append(2),
    lambda v: operator.setitem(v["registry"], "c", 3),
    lambda v: sorted(v["registry"]),
    lambda v: v["counter"].update("abc"),
    lambda v: v["counter"].subtract("ab"),
    lambda v: v["counter"].most_common(1),
    lambda v: operator.iadd(v["counter"], Counter("zz")),
    lambda v: v["counter"] + Counter("zz"),
    lambda v: v["counter"]["missing"],
    lambda v: v["counter"].total(),
    lambda v: sorted(v["counter"].elements()),
    lambda v: operator.delitem(v["counter"], "missing"),
    lambda v: v["default"]["new"].append(1),
    lambda v: v["default"]["a"].append(1),
    lambda v: v["ordered"].move_to_end("a"),
    lambda v: v["ordered"].popitem(last=False),
    lambda v: list(reversed(v["ordered"])),
    lambda v: v["account"].pay(5),
    lambda v: v["account"].history.append(2),
    lambda v: v["account"].balance,
    lambda v: setattr(v["account"], "balance", 1),
    lambda v: v.update(again=v["tuple"], list=[v["pair"], {v["frozen"]}]),
]

TABLES: dict[str, tuple[Value, list[Operation]]] = {
    "list": (LIST, LIST_OPS),
    "numbers": (NUMBERS, NUMBER_OPS),
    "dict": (DICT, DICT_OPS),
    "set": (SET, SET_OPS),
    "deque": (DEQUE, DEQUE_OPS),
    "cards": (CARDS, CARD_OPS),
    "mixed": (MIXED, MIXED_OPS),
}


class Held(rx.State):
    value: Any = None

    def act(self):
        STEPS.pop(0)(self)


STEPS: list[Callable[[Held], Any]] = []


def outcome(operation: Operation, value: Any) -> tuple[Any, str]:
    """Return what ``operation`` gives, or the name of what it raises."""
    try:
        return operation(value), ""
    except Exception as error:
        return None, type(error).__name__


def flat(value: Any) -> Any:
    """Return ``value`` without proxies and without identity, for comparison."""
    value = unwrap(value)
    if isinstance(value, (Account, Registry)):
        return type(value).__name__, flat(vars(value))
    if isinstance(value, dict):
        return type(value).__name__, [(k, flat(v)) for k, v in value.items()]
    if isinstance(value, (list, tuple, deque)):
        return type(value).__name__, [flat(item) for item in value]
    if isinstance(value, (set, frozenset)):
        return type(value).__name__, sorted(repr(item) for item in value)
    if isinstance(value, (Card, Frozen)):
        return type(value).__name__, flat(vars(value))
    return value


CASES = [
    pytest.param(table, number, id=f"{table}-{number}")
    for table, (_, operations) in TABLES.items()
    for number in range(len(operations))
]


@pytest.mark.parametrize(("table", "number"), CASES)
def test_it_does_what_the_object_does(table: str, number: int, make_visitor: Any) -> None:
    value, operations = TABLES[table]
    operation = operations[number]
    expected = copy.deepcopy(value)
    answer, raised = outcome(operation, expected)
    found: list[Any] = []

    async def main() -> None:
        visitor = make_visitor()
        await visitor.hydrate()
        STEPS[:] = [
            lambda state: setattr(state, "value", copy.deepcopy(value)),
            lambda state: found.extend(outcome(operation, state.value)) or found,
        ]
        await visitor.run(Held.act)
        sent = flat(visitor.of(Held)["value"])
        await visitor.run(Held.act)
        stored = visitor.instance(Held).get_value("value")
        assert flat(found[0]) == flat(answer)
        assert found[1] == raised
        assert flat(stored) == flat(expected)
        assert not visitor.errors
        again = make_visitor()
        again.instance(Held).value = stored
        await again.hydrate()
        assert visitor.of(Held) == again.of(Held)
        if flat(expected) == flat(value):
            assert flat(visitor.of(Held)["value"]) == sent

    asyncio.run(main())


@pytest.mark.parametrize("kind", [list, dict, set, deque])
def test_no_method_is_missing(kind: Any) -> None:
    state = Held()
    state.value = kind()
    proxy = state.value
    assert is_proxy(proxy)
    for name in dir(kind()):
        assert hasattr(proxy, name), name
        if not name.startswith("__"):
            own = getattr(type(proxy), name, None)
            assert own is not None or name in READ_ONLY, f"{name} is not reported"


READ_ONLY = {"fromkeys", "maxlen", "count", "index"}


def test_what_it_hands_out_reports_too() -> None:
    state = Held()
    state.value = copy.deepcopy(MIXED)
    for read in (
        lambda v: v["tuple"][0],
        lambda v: v["pair"].left,
        lambda v: v["frozen"].notes,
        lambda v: v["frozen"],
        lambda v: v["stack"][0],
        lambda v: v["default"]["fresh"],
        lambda v: next(iter(v.values()))[0],
        lambda v: dict(v.items())["frozen"],
        lambda v: v.copy()["grouped"],
        lambda v: v["account"].history,
    ):
        assert is_proxy(read(state.value))
    stored = state.get_value("value")
    assert not any(is_proxy(item) for item in stored.values())


def test_proxies_are_never_kept() -> None:
    state = Held()
    state.value = {"a": [1], "b": Frozen("x", notes=["n"])}
    value = state.value
    state.value = {
        "card": Card(1, value["a"]),
        "tuple": (value["a"], Pair(value["a"], "r")),
        "set": {value["b"]},
        "deque": deque([value["a"]]),
        "frozen": Frozen("y", notes=value["a"]),
    }
    stored = state.get_value("value")
    assert type(stored["card"].tags) is list
    assert type(stored["tuple"][0]) is list
    assert type(stored["tuple"][1].left) is list
    assert [type(item) for item in stored["set"]] == [Frozen]
    assert type(stored["deque"][0]) is list
    assert type(stored["frozen"].notes) is list

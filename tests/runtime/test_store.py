"""Saved state, and vars that the browser keeps."""

from __future__ import annotations

import array
import asyncio
import collections
import dataclasses
import datetime
import decimal
import enum
import fractions
import http
import importlib
import io
import ipaddress
import marshal
import operator
import os
import pathlib
import pickle
import re
import subprocess
import types
import urllib.parse
import uuid
import zlib
from collections.abc import Callable
from typing import Any, NamedTuple

import pytest

import wasmrx as rx
from wasmrx import registry
from wasmrx.record import Stamp, unpack, unpickler
from wasmrx.schema import types_of
from wasmrx.sessions import Session
from wasmrx.store import Store

Visit = Callable[..., Any]


@dataclasses.dataclass
class Item:
    name: str
    tags: list[str]


class Kept(rx.State):
    count: int = 0
    pair: tuple[int, int] = (0, 0)
    items: list[Item] = []
    _secret: dict[int, str] = {}
    handle: Any = None
    _go: Any = None

    def change(self):
        self.count += 1
        self.pair = (1, 2)
        self._secret[1] = "one"

    def add_item(self):
        self.items.append(Item("a", ["t"]))

    def steps(self):
        self.count = 100
        yield
        self.count = 200

    def big(self):
        self.items = [Item(f"item {i}", []) for i in range(20_000)]

    async def wait(self):
        self._go = asyncio.Event()
        self.count = 7
        await self._go.wait()
        self.pair = (7, 7)
        self._go = None

    def chain(self):
        self.count += 1
        return Kept.add_item

    def chain_to_nothing(self):
        self.count += 1
        return Kept.nothing

    def nothing(self):
        return rx.toast("done")

    def hold_lambda(self):
        self._secret[2] = "kept"
        self.handle = None
        self._secret[3] = lambda: 0  # type: ignore[assignment]


class Stored(rx.State):
    theme: str = rx.LocalStorage("light", name="theme")
    visits: rx.LocalStorage
    tab: str = rx.SessionStorage("none")
    cookie: str = rx.Cookie("c0", name="choc", max_age=60, secure=True)
    plain: int = 0

    def change(self):
        self.theme = "dark"
        self.visits = "3"  # type: ignore[assignment]
        self.tab = "t"
        self.cookie = "c1"


def reload(v: Any, make_visitor: Any, **options: Any) -> Any:
    """Return a new visitor with what the old one saved."""
    new = make_visitor(**options)
    new.saved = dict(v.saved)
    return new


def test_a_reload_finds_what_was_there(make_visitor: Any) -> None:
    async def main() -> None:
        v = make_visitor()
        await v.hydrate()
        await v.run(Kept.change)
        await v.run(Kept.add_item)
        v.dispatch.updates.commits.flush()
        new = reload(v, make_visitor)
        await new.hydrate()
        assert new.of(Kept)["count"] == 1
        assert new.of(Kept)["items"] == [{"name": "a", "tags": ["t"]}]
        kept = new.instance(Kept)
        assert kept.pair == (1, 2)
        assert kept._secret == {1: "one"}
        assert isinstance(kept.items[0], Item)

    asyncio.run(main())


def test_state_is_saved_after_the_last_update_of_a_handler(make_visitor: Any) -> None:
    async def main() -> None:
        v = make_visitor()
        await v.hydrate()
        seen: list[int] = []
        v.keep()
        attached = v.dispatch.updates.commits._write
        v.dispatch.updates.commits._write = lambda changes: (
            seen.append(len(v.updates)),
            attached(changes),
        )
        await v.run(Kept.steps)
        assert seen == [len(v.updates)]
        assert restored(v.saved, make_visitor).instance(Kept).count == 200

    asyncio.run(main())


def own(saved: dict[str, bytes]) -> dict[str, bytes]:
    """Return the records of this file's states."""
    return {name: data for name, data in saved.items() if name.startswith(f"{__name__}.")}


def restored(saved: dict[str, bytes], make_visitor: Any, **options: Any) -> Any:
    """Return a visitor that has taken ``saved`` over."""
    made = make_visitor(**options)
    made.saved = dict(saved)
    made.keep()
    made.dispatch.updates.restore({})
    return made


def test_a_state_that_takes_long_to_save_waits_until_it_is_quiet(make_visitor: Any) -> None:
    async def main() -> None:
        v = make_visitor()
        await v.hydrate()
        await v.run(Kept.big)
        before = own(v.saved)
        await v.run(Kept.change)
        assert own(v.saved) == before
        async with asyncio.timeout(20):
            while own(v.saved) == before:
                await asyncio.sleep(0.01)
        new = restored(v.saved, make_visitor).instance(Kept)
        assert len(new.items) == 20_000
        assert new.count == 1

    asyncio.run(main())


def test_a_page_that_may_go_gets_everything_saved(make_visitor: Any) -> None:
    async def main() -> None:
        v = make_visitor()
        await v.hydrate()
        await v.run(Kept.big)
        await v.run(Kept.change)
        v.dispatch.updates.commits.flush()
        assert restored(v.saved, make_visitor).instance(Kept).count == 1

    asyncio.run(main())


def test_nothing_is_saved_in_the_middle_of_a_handler(make_visitor: Any) -> None:
    async def main() -> None:
        v = make_visitor()
        await v.hydrate()
        v.event(Kept.wait)
        await asyncio.sleep(0)
        assert v.instance(Kept).count == 7
        v.dispatch.updates.commits.flush()
        assert own(v.saved) == {}
        v.instance(Kept)._go.set()
        await v.idle()
        assert restored(v.saved, make_visitor).instance(Kept).pair == (7, 7)

    asyncio.run(main())


def test_after_a_failed_write_the_next_one_holds_everything(make_visitor: Any) -> None:
    async def main() -> None:
        v = make_visitor()
        await v.hydrate()
        commits = v.dispatch.updates.commits
        attached = commits._write
        commits._write = lambda _: commits.written(False)
        await v.run(Kept.change)
        commits.flush()
        assert own(v.saved) == {}
        commits._write = attached
        await v.run(Stored.set_plain, value=3)
        commits.flush()
        new = restored(v.saved, make_visitor)
        assert new.instance(Kept).count == 1
        assert new.instance(Stored).plain == 3

    asyncio.run(main())


def test_a_write_takes_along_what_is_not_on_the_disk_yet(make_visitor: Any) -> None:
    """The first of two writes fails while the second is on its way: that one holds both."""

    async def main() -> None:
        v = make_visitor()
        await v.hydrate()
        commits = v.dispatch.updates.commits
        written: list[list[tuple[str, bytes | None]]] = []
        commits._write = written.append
        await v.run(Kept.change)
        commits.flush()
        await v.run(Stored.set_plain, value=3)
        commits.flush()
        _, second = written
        commits.written(False)
        new = restored(dict(second), make_visitor)
        assert new.instance(Kept).count == 1
        assert new.instance(Stored).plain == 3

    asyncio.run(main())


def test_what_cannot_be_saved_is_left_out_and_told_once(make_visitor: Any, capsys: Any) -> None:
    async def main() -> None:
        v = make_visitor()
        await v.hydrate()
        await v.run(Kept.change)
        await v.run(Kept.hold_lambda)
        v.dispatch.updates.commits.flush()
        await v.run(Kept.change)
        v.dispatch.updates.commits.flush()
        assert [told for told in v.told if "_secret is not kept across reloads" in told] == v.told
        assert len(v.told) == 1
        new = restored(v.saved, make_visitor)
        assert new.instance(Kept).count == 2
        assert new.instance(Kept)._secret == {}
        v.instance(Kept)._secret.pop(3)
        await v.run(Kept.change)
        v.dispatch.updates.commits.flush()
        assert restored(v.saved, make_visitor).instance(Kept)._secret == {1: "one", 2: "kept"}

    asyncio.run(main())
    assert "_secret is not kept across reloads" in capsys.readouterr().err


def saved_as(cls: type[rx.State], **values: Any) -> dict[str, bytes]:
    """Return what is saved of a state with these values."""
    session = Session()
    for name, value in values.items():
        session.home(cls).__wx_values__[name] = value
    made = Store(session, pytest.fail).record(cls, Stamp(1, "build", "1", 0, ()))
    assert made
    return dict([made])


def taken_over(saved: dict[str, bytes], cls: type[rx.State]) -> tuple[dict[str, Any], str]:
    """Return the values of a state after ``saved`` is restored, and what is said."""
    session = Session()
    told: list[str] = []
    Store(session, told.append).restore(list(saved.items()))
    return session.home(cls).__wx_values__, " ".join(told)


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (lambda r: b"", "another version"),
        (lambda r: b"nonsense", "another version"),
        (lambda r: r[:6] + b"9" + r[7:], "another version"),
        (lambda r: r[:-8] + bytes(8), "damaged"),
        (lambda r: r[:-3], "damaged"),
        (lambda r: r[:17], "damaged"),
        (lambda r: r + b"!", "damaged"),
        (lambda r: r.replace(b" m ", b" p "), "damaged"),
        (lambda r: signed(b"m 1 build"), "not written by wasmrx"),
        (lambda r: signed(b"m x build 1 0 \n\n"), "not written by wasmrx"),
        (lambda r: signed(b"m 1 build 1 0 \ncount:%s\n" % KIND), "count cannot be read"),
        (lambda r: signed(b"m 1 build 1 0 \ncount:%s\n\xff\xff" % KIND), "count cannot be read"),
        (lambda r: signed(b"p 1 build 1 0 \ncount:%s\nnonsense" % KIND), "count cannot be read"),
        (lambda r: signed(b"m 1 build 1 0 \ncount:%s\n" % KIND + marshal.dumps(3)), "cannot be"),
    ],
)
def test_a_record_that_does_not_fit_is_set_aside(spoil: Any, reason: str) -> None:
    saved = {name: spoil(raw) for name, raw in saved_as(Kept, count=5).items()}
    other = {"nowhere.State#00000000": next(iter(saved_as(Kept, count=5).values()))}
    values, told = taken_over(saved | other | saved_as(Stored, plain=4), Kept)
    assert values["count"] == 0
    assert reason in told
    assert f"{Kept.get_full_name()}: " in told
    assert "nowhere.State: the app no longer has this state" in told
    assert taken_over(saved | other | saved_as(Stored, plain=4), Stored)[0]["plain"] == 4


KIND = types_of(Kept)["count"].encode()


def signed(body: bytes) -> bytes:
    return b"wasmrx2 %08x " % zlib.crc32(body) + body


def test_a_record_that_fits_is_taken_over() -> None:
    values, told = taken_over(saved_as(Kept, count=5), Kept)
    assert values["count"] == 5
    assert told == ""


class Colour(enum.Enum):
    RED = 1
    BLUE = 2


class Right(enum.Flag):
    READ = 1
    WRITE = 2


class Own:
    def __init__(self, name: str) -> None:
        self.name = name

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Own) and other.name == self.name

    __hash__ = None  # type: ignore[assignment]


class Point(NamedTuple):
    x: int
    y: int


class Names(list[str]):
    pass


class Model(rx.Base):
    title: str = ""
    tags: list[str] = []


class Everything(rx.State):
    a: Any = None
    b: Any = None
    _back: Any = None


VALUES = [
    *(None, True, -3, 2**80, 1.5, float("inf"), 3j, "", "naïve ☃ \ud800", b"\x00\xff"),
    *([], {}, (), set(), [1, [2, [3]]], {"a": {1: (2,)}}, {1, "x"}, frozenset({(1, 2)})),
    *(bytearray(b"abc"), range(3), slice(1, 2), Ellipsis),
    *(datetime.datetime(2026, 2, 3, 4, 5, 6, 7), datetime.date(2026, 1, 1), datetime.time(1, 2)),
    datetime.datetime(2026, 2, 3, tzinfo=datetime.timezone(datetime.timedelta(hours=2))),
    datetime.timedelta(days=3),
    *(decimal.Decimal("1.10"), fractions.Fraction(1, 3), uuid.UUID(int=5)),
    *(Colour.RED, Right.READ | Right.WRITE, http.HTTPStatus.OK, Own("x"), Item("n", ["t"])),
    *(Point(1, 2), Names(["a"]), Model(title="t", tags=["x"])),
    *(collections.OrderedDict(a=1), collections.Counter("aab"), collections.deque([1], 3)),
    collections.defaultdict(list, {"a": [1]}),
    *(pathlib.PurePosixPath("/a/b"), ipaddress.ip_address("::1"), array.array("i", [1, 2])),
    *(re.compile("a+"), types.SimpleNamespace(a=1), urllib.parse.urlsplit("http://a/b")),
    *(int, Own, signed),
]


@pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
def test_every_value_comes_back_as_it_was(value: Any) -> None:
    saved = saved_as(Everything, a=value, b=[value] * 3, _back={"in": value})
    values, told = taken_over(saved, Everything)
    assert told == ""
    for found in (values["a"], values["b"][2], values["_back"]["in"]):
        assert type(found) is type(value)
        assert found == value or vars(found) == vars(value)


def test_what_two_vars_share_they_share_after_a_reload() -> None:
    inner = [1]
    knot: list[Any] = [inner]
    knot.append(knot)
    for shared in (inner, Item("n", inner), knot):
        values, _ = taken_over(saved_as(Everything, a=shared, b=[shared], _back=inner), Everything)
        assert values["b"][0] is values["a"]
    assert values["a"][1] is values["a"]
    assert values["a"][0] is values["_back"]


@pytest.mark.parametrize("plain", [[1] * 100, {"a": [("b", 2.5)]}, {1, 2}, "text" * 1000])
def test_small_values_of_builtin_types_need_no_pickle(plain: Any) -> None:
    (raw,) = saved_as(Everything, a=plain).values()
    assert unpack(raw).kind == "m"


class _Attack:
    def __init__(self, call: Any, *args: Any) -> None:
        self.call = (call, args)

    def __reduce__(self) -> Any:
        return self.call


ran: list[object] = []


@pytest.mark.parametrize(
    "attack",
    [
        _Attack(eval, "ran.append(1)"),
        _Attack(exec, "import sys; sys.ran = 1"),
        _Attack(getattr, Own, "__init__"),
        _Attack(os.system, "true"),
        _Attack(subprocess.Popen, ["true"]),
        _Attack(operator.methodcaller, "append", 1),
        _Attack(importlib.import_module, "this"),
    ],
    ids=lambda attack: attack.call[0].__name__,
)
def test_a_record_runs_no_other_code(attack: Any) -> None:
    data = pickle.dumps({"count": attack, "pair": (3, 4)}, 5)
    types = types_of(Kept)
    head = f"p 1 build 1 0 \ncount:{types['count']} pair:{types['pair']}\n".encode()
    name = next(iter(saved_as(Kept)))
    values, told = taken_over({name: signed(head + data)}, Kept)
    assert "count cannot be read" in told
    assert values["count"] == 0
    assert values["pair"] == (3, 4)


@pytest.mark.parametrize(
    "name",
    [
        "types FunctionType",
        "types CodeType",
        "builtins eval",
        "os path.os.system",
        "test_store os.system",
        "test_store operator.itemgetter",
        "test_store __builtins__",
        "functools reduce",
    ],
)
def test_a_record_may_not_name_what_runs_code(name: str) -> None:
    module, _, attribute = name.partition(" ")
    module = module.replace("test_store", __name__)
    data = b"\x80\x05\x8c%c%s\x8c%c%s\x93." % (
        len(module),
        module.encode(),
        len(attribute),
        attribute.encode(),
    )
    with pytest.raises((ValueError, AttributeError)):
        unpickler()(io.BytesIO(data)).load()


CHANGING = f"{__name__}.Changing"


def build(**annotations: str) -> type[rx.State]:
    """Return the state ``Changing`` as a build has it."""
    row = annotations.pop("row", "a: int")
    lines = [f"    {name}: {annotation}\n" for name, annotation in annotations.items()]
    space: dict[str, Any] = {"rx": rx, "dataclass": dataclasses.dataclass, "__name__": __name__}
    exec(f"@dataclass\nclass Row:\n    {row}\nclass Changing(rx.State):\n{''.join(lines)}", space)
    globals()["Row"] = space["Row"]
    return space["Changing"]


def of_build(saved: dict[str, bytes], make_visitor: Any, **annotations: str) -> tuple[Any, Any]:
    """Return a visitor of another build of the app in the same tab, and its state's values."""
    state = build(**annotations)
    visitor = restored(saved, make_visitor)
    return visitor, visitor.instance(state).__wx_values__


async def write(visitor: Any, **values: Any) -> dict[str, bytes]:
    """Change the state, and return all that the tab has saved."""
    state: Any = registry.state_named(CHANGING)
    for name, value in values.items():
        setattr(visitor.instance(state), name, value)
    visitor.dispatch.updates.commits.changed({state})
    visitor.dispatch.updates.commits.flush()
    return visitor.saved


def test_what_two_builds_have_in_common_is_taken_over(make_visitor: Any) -> None:
    async def main() -> None:
        a = {"count": "int", "name": "str", "rows": "list[str]"}
        b = {"count": "int", "name": "list[str]", "added": "float"}
        v, _ = of_build({}, make_visitor, **a)
        saved = await write(v, count=3, name="n", rows=["r"])
        v, values = of_build(saved, make_visitor, **b)
        assert values == {"count": 3, "name": [], "added": 0.0}
        (told,) = v.told
        assert "Changing: name has another type, rows is no var of it any more" in told
        saved = await write(v, count=4)
        v, values = of_build(saved, make_visitor, **b)
        assert (values["count"], v.told) == (4, [])
        v, values = of_build(saved, make_visitor, **a)
        assert values == {"count": 4, "name": "n", "rows": ["r"]}
        v, values = of_build(saved, make_visitor, count="str")
        assert values == {"count": ""}

    asyncio.run(main())


def test_a_state_that_is_gone_waits_for_a_build_that_has_it(make_visitor: Any) -> None:
    async def main() -> None:
        v, _ = of_build({}, make_visitor, count="int")
        saved = await write(v, count=3)
        registry._states.pop(CHANGING)
        v = restored(saved, make_visitor)
        assert "Changing: the app no longer has this state" in v.told[0]
        await v.run(Kept.change)
        v.dispatch.updates.commits.flush()
        saved = v.saved
        v = restored(saved, make_visitor)
        assert v.told == []
        _, values = of_build(saved, make_visitor, count="int")
        assert values["count"] == 3

    asyncio.run(main())


def test_records_of_many_builds_do_not_pile_up(make_visitor: Any) -> None:
    async def main() -> None:
        saved: dict[str, bytes] = {}
        for number in range(12):
            v, values = of_build(saved, make_visitor, count="int", **{f"added_{number}": "int"})
            assert values["count"] == number
            saved = await write(v, count=number + 1)
        assert 1 < len(saved) <= 6

    asyncio.run(main())


def test_a_class_with_other_fields_is_another_type(make_visitor: Any) -> None:
    async def main() -> None:
        v, _ = of_build({}, make_visitor, rows="list[Row]", count="int")
        saved = await write(v, count=2)
        v, values = of_build(saved, make_visitor, rows="list[Row]", count="int")
        assert (values["count"], v.told) == (2, [])
        v, values = of_build(saved, make_visitor, rows="list[Row]", count="int", row="b: int")
        assert values["count"] == 2
        assert "rows has another type" in v.told[0]

    asyncio.run(main())


def test_one_value_that_is_gone_costs_no_other(make_visitor: Any, monkeypatch: Any) -> None:
    class Shade(enum.Enum):
        DARK = 1

    Shade.__qualname__ = "Shade"
    monkeypatch.setitem(globals(), "Shade", Shade)
    saved = saved_as(Everything, a=Shade.DARK, b={"x": [Own("o")]}, _back=[[Shade.DARK]])
    monkeypatch.delitem(globals(), "Shade")
    values, told = taken_over(saved, Everything)
    assert values == {"a": None, "b": {"x": [Own("o")]}, "_back": None}
    assert "a cannot be read" in told
    assert "Shade" in told


def test_the_record_knows_which_events_it_holds(make_visitor: Any) -> None:
    async def main() -> None:
        v = make_visitor()
        await v.hydrate()
        first = v.event(Kept.change)
        v.event(Kept.wait)
        await asyncio.sleep(0)
        last = v.event(Kept.change)
        assert v.begun == [first, first + 1]
        v.instance(Kept)._go.set()
        await v.idle()
        v.dispatch.updates.commits.flush()
        assert v.begun == [first, first + 1, last]
        new = make_visitor()
        new.saved = v.saved
        assert new.keep() == (last, ())
        assert new.keep(life="another page load") == (0, ())

    asyncio.run(main())


def test_an_event_whose_chain_has_not_ended_is_open(make_visitor: Any) -> None:
    async def main() -> None:
        v = make_visitor()
        await v.hydrate()
        id = v.event(Kept.chain)
        v.dispatch.updates.commits.flush()
        new = make_visitor()
        new.saved = dict(v.saved)
        assert new.keep() == (id, (id,))
        await v.idle()
        v.dispatch.updates.commits.flush()
        new.saved = dict(v.saved)
        assert new.keep() == (id, ())

    asyncio.run(main())


def test_the_end_of_a_chain_is_kept_where_it_changes_nothing(make_visitor: Any) -> None:
    async def main() -> None:
        v = make_visitor()
        await v.hydrate()
        id = v.event(Kept.chain_to_nothing)
        await v.idle()
        v.dispatch.updates.commits.flush()
        new = make_visitor()
        new.saved = dict(v.saved)
        assert new.keep() == (id, ())

    asyncio.run(main())


def test_browser_storage_is_read_and_written(make_visitor: Any) -> None:
    async def main() -> None:
        v = make_visitor()
        key = f"{Stored.get_full_name()}.visits"
        await v.hydrate(local={"theme": "blue", key: "2"}, session={}, cookie={"choc": "c9"})
        assert v.of(Stored) == {
            "theme": "blue",
            "visits": "2",
            "tab": "none",
            "cookie": "c9",
            "plain": 0,
        }
        assert isinstance(v.instance(Stored).theme, str)
        await v.run(Stored.change)
        actions = {args["key"]: (name, args) for name, args in v.actions}
        assert actions["theme"] == ("keep", {"kind": "local", "key": "theme", "value": "dark"})
        assert actions[key][1]["value"] == "3"
        assert actions[f"{Stored.get_full_name()}.tab"][1]["kind"] == "session"
        name, args = actions["choc"]
        assert (name, args["kind"], args["value"]) == ("keep", "cookie", "c1")
        assert args["options"] == {
            "path": "/",
            "max_age": 60,
            "secure": True,
            "same_site": "lax",
        }
        (update,) = await v.run(Stored.set_plain, value=3)
        assert "actions" not in update

    asyncio.run(main())


def test_storage_vars_are_left_to_the_browser(make_visitor: Any) -> None:
    async def main() -> None:
        v = make_visitor()
        await v.hydrate()
        await v.run(Stored.change)
        new = reload(v, make_visitor)
        await new.hydrate(local={}, session={}, cookie={})
        assert new.of(Stored)["theme"] == "light"

    asyncio.run(main())

"""Which vars a server handler reads and writes, and the ids that handlers are called by."""

from __future__ import annotations

import pytest

from wasmrx.errors import EventHandlerValueError, ServerHandlerError
from wasmrx.wasm.server_table import by_state, server_table

from projects import Project

STATE = """
class Other(rx.State):
    far: str = ""
    near: list[str] = []

class S(rx.State):
    a: int = 0
    b: str = ""
    rows: list[dict[str, int]] = []
    _kept: int = 0

    @rx.var
    def doubled(self) -> int:
        return self.a * 2

    def _bump(self):
        self.a += 1

    @rx.server
    {signature}:
        {body}

"""


def found(
    project, body: str, signature: str = "def go(self)"
) -> tuple[set[str], set[str], set[str]]:
    project.app(STATE.format(signature=signature, body=body.replace("\n", "\n        ")))
    (handler,) = project.table().handlers.values()
    names = [
        {f"{state.rpartition('.')[2]}.{n}" for state, ns in by_state(fields).items() for n in ns}
        for fields in (handler.reads, handler.writes, handler.kept)
    ]
    return names[0], names[1], names[2]


@pytest.mark.parametrize(
    ("body", "reads", "writes"),
    [
        ("x = self.a", {"S.a"}, set()),
        ("self.a = 1", set(), {"S.a"}),
        ("self.a += 1", {"S.a"}, {"S.a"}),
        ("self.rows.append({})", {"S.rows"}, {"S.rows"}),
        ("self.rows[0]['x'] = 1", {"S.rows"}, {"S.rows"}),
        ("del self.rows[0]", {"S.rows"}, {"S.rows"}),
        ("rows = self.rows\nrows.clear()", {"S.rows"}, {"S.rows"}),
        ("for row in self.rows:\n    row['x'] = 1", {"S.rows"}, {"S.rows"}),
        ("n = len(self.rows)", {"S.rows"}, set()),
        ("n = self.rows.index({})", {"S.rows"}, set()),
        ("self.b = str(self.doubled)", {"S.a"}, {"S.b"}),
        ("self._bump()", {"S.a"}, {"S.a"}),
        ("f = lambda: self.a\nself.b = f()", {"S.a"}, {"S.b"}),
        ("self.a, self.b = 1, ''", set(), {"S.a", "S.b"}),
        ("print(f'{self.b}')", {"S.b"}, set()),
    ],
)
def test_found_in_the_code(project, body: str, reads: set[str], writes: set[str]) -> None:
    assert found(project, body)[:2] == (reads, writes)


def test_found_in_another_state(project) -> None:
    body = "other = await self.get_state(Other)\nother.far = other.near[0]"
    reads, writes, _ = found(project, body, "async def go(self)")
    assert reads == {"Other.near"}
    assert writes == {"Other.far", "Other.near"}  # An item of a list may be changed elsewhere.


def test_backend_vars_stay(project) -> None:
    assert found(project, "self._kept += self.a") == ({"S.a"}, set(), {"S._kept"})


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("print(self)", "passes self on as a whole"),
        ("setattr(self, 'a', 1)", "passes self on as a whole"),
        ("x = self\nx.a = 1", "passes self on as a whole"),
        ("self = None", "assigns self"),
        ("x = self.router", "which the server does not get"),
        ("self.reset()", "uses self.reset"),
        ("x = self.nowhere", "uses self.nowhere"),
    ],
)
def test_what_cannot_be_followed_asks_for_lists(project, body: str, words: str) -> None:
    with pytest.raises(ServerHandlerError, match=words) as caught:
        found(project, body)
    assert "reads=[" in str(caught.value)
    assert caught.value.file is not None and caught.value.file.endswith("app.py")


def declared(project, options: str, body: str = "self.a = 1"):
    project.app(f"""
class Other(rx.State):
    far: str = ""

class S(rx.State):
    a: int = 0
    @rx.event(server=True, {options})
    def go(self):
        {body}

""")
    (handler,) = project.table().handlers.values()
    return handler


def test_explicit_lists(project) -> None:
    handler = declared(project, "reads=['a', Other.far], writes=['a']", "print(self)")
    assert by_state(handler.reads) == {"app.Other": ["far"], "app.S": ["a"]}
    assert by_state(handler.writes) == {"app.S": ["a"]}


def test_explicit_lists_name_vars(project) -> None:
    with pytest.raises(ServerHandlerError, match="'z'"):
        declared(project, "reads=['z']")


@pytest.mark.parametrize(
    ("signature", "words"),
    [
        ("def go(self, *args: int)", "any number of arguments"),
        ("def go(self, **named: int)", "any number of arguments"),
        ("def go(self, x)", "'x' of .* has no annotation"),
    ],
)
def test_signatures_that_cannot_be_checked(project, signature: str, words: str) -> None:
    with pytest.raises(ServerHandlerError, match=words):
        found(project, "pass", signature)


def test_options_are_for_server_handlers(project) -> None:
    with pytest.raises(EventHandlerValueError, match="server=True"):
        project.app("class S(rx.State):\n    @rx.event(timeout=3)\n    def go(self): ...\n\n")


def test_a_queue_needs_calls_that_may_repeat(project) -> None:
    with pytest.raises(ServerHandlerError, match="idempotent=True"):
        declared(project, "offline='queue'")


# -- ids ---------------------------------------------------------------------------------------

CONTRACT = """
from dataclasses import dataclass

@dataclass
class Item:
    name: str{field}

class S(rx.State):
    a: {type} = 0
    b: int = 0
    @rx.event(server=True{options})
    def go(self, item: Item{parameter}):
        {body}

"""
PLAIN = {"field": "", "type": "int", "options": "", "parameter": "", "body": "self.a += 1"}


def id_of(tmp_path_factory, **changes: str) -> str:
    project = Project(tmp_path_factory.mktemp("contract"))
    try:
        project.app(CONTRACT.format(**{**PLAIN, **changes}))
        (id,) = project.table().handlers
        return id
    finally:
        project.forget()


@pytest.mark.parametrize(
    ("changes", "is_same"),
    [
        ({}, True),
        ({"body": "self.a += 2  # mended"}, True),
        ({"options": ", timeout=5"}, True),
        ({"options": ", version=2"}, False),
        ({"field": "\n    price: int = 0"}, False),
        ({"type": "float"}, False),
        ({"parameter": ", more: str = ''"}, False),
        ({"body": "self.a += self.b"}, False),
    ],
)
def test_an_id_holds_as_long_as_the_contract(
    tmp_path_factory, changes: dict[str, str], is_same: bool
) -> None:
    first, second = id_of(tmp_path_factory), id_of(tmp_path_factory, **changes)
    assert len(first) == 32 and int(first, 16) >= 0
    assert (first == second) is is_same


def test_a_collision_fails_the_build(project) -> None:
    project.app("""
class S(rx.State):
    @rx.server
    def one(self): ...
    @rx.server
    def two(self): ...

""")
    assert len(server_table().handlers) == 2
    with pytest.raises(ServerHandlerError, match="same id"):
        server_table(lambda _: "0" * 32)

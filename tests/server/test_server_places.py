"""Where server handlers may stand: in states, mixins, component states, at the top of a module."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from wasmrx.errors import ServerHandlerError
from wasmrx.handlers import EventHandler
from wasmrx.wasm.server_published import has_server_code
from wasmrx.wasm.server_table import by_state

from projects import BOTTOM, TOP, Project

MIXIN = """
KEY = "CANARY"
class Liked(rx.State, mixin=True):
    likes: int = 0
    _seen: list[str] = []
    def _sign(self): return KEY
    @rx.server
    def like(self, by: int = 1):
        self._seen.append(self._sign())
        self.likes += by
class A(Liked, rx.State):
    a: int = 0
class B(Liked, rx.State):
    b: int = 0
"""
COMPONENT = """
KEY = "CANARY"
class Counter(rx.ComponentState):
    count: int = 0
    @rx.server
    def add(self, by: int):
        self.count += by + len(KEY)
    @classmethod
    def get_component(cls):
        return rx.button(cls.count, on_click=cls.add(1))
counter = Counter.create
pair = [counter(), counter()]
"""
FUNCTION = """
KEY = "CANARY"
class S(rx.State):
    a: str = ""
    def _sign(self): return "CANARY"
def helper(): return KEY
@rx.event(server=True, timeout=len("CANARY"))
def far(state: S, more: str = "CANARY", *, last: int = 1):
    '''CANARY'''
    state.a = helper() + state._sign()
@rx.event
def near(state: S):
    state.a = "near"
@rx.page("/other")
def other(): return rx.button("x", on_click=far("y"))
"""


def test_a_mixin_gives_each_of_its_states_a_handler(project: Project) -> None:
    project.app(MIXIN + "\n")
    table = project.table()
    assert {each.handler.name for each in table.handlers.values()} == {"app.A.like", "app.B.like"}
    for each in table.handlers.values():
        state = each.handler.state.get_full_name()
        assert by_state(each.reads) == by_state(each.writes) == {state: ["likes"]}
        assert by_state(each.kept) == {state: ["_seen"]}


def test_a_component_state_has_a_handler_for_each_copy(project: Project) -> None:
    project.app(COMPONENT + "\n")
    names = {each.handler.name for each in project.table().handlers.values()}
    assert names == {"app.Counter_n1.add", "app.Counter_n2.add"}


def test_a_function_is_a_handler_of_the_state_that_it_names(project: Project) -> None:
    project.app(FUNCTION + "\n")
    (found,) = project.table().handlers.values()
    assert found.handler.name == "app.S.app_far"
    assert by_state(found.writes) == {"app.S": ["a"]}


LOOK = """
import json, sys
sys.path.insert(0, sys.argv[1])
import app
from wasmrx.handlers import EventHandler
from wasmrx.registry import all_handlers
from wasmrx.component_state import make_copies
make_copies([f"app.Counter_n{number}" for number in (1, 2, 9)])
print(json.dumps({each.name: [each.server, each.background, each.params, each.optional]
    for each in all_handlers() if each.server is not None}))
"""


def in_the_browser(project: Project, folder: Path) -> dict[str, Any]:
    """What is published, imported by a process of its own: its server handlers."""
    for name, data in project.published().files.items():
        assert b"CANARY" not in data
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    command = [sys.executable, "-c", LOOK, str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("text", [MIXIN, COMPONENT, FUNCTION], ids=["mixin", "component", "plain"])
def test_what_stands_for_them_in_the_browser(
    project: Project, tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    project.app(text + "\n")
    table = project.table()
    seen = in_the_browser(project, tmp_path_factory.mktemp("published"))
    for each in table.handlers.values():
        handler: EventHandler = each.handler
        assert seen.pop(handler.name) == [
            table.contract(each, ""),
            True,
            [*handler.params],
            [*handler.optional],
        ]
    assert all(left[0]["id"] == "" for left in seen.values())  # A copy of after the build.


def test_a_function_in_a_module_of_its_own_takes_its_state_along(
    project: Project, tmp_path_factory: pytest.TempPathFactory
) -> None:
    project.write(
        app=TOP + "import calls\n" + BOTTOM,
        calls="from __future__ import annotations\n"
        "import wasmrx as rx\nimport states\nfrom states import T as Mine\nKEY = 'CANARY'\n"
        "@rx.server\nasync def one(state: 'states.S'):\n    state.a = KEY\n"
        "@rx.server\ndef two(mine: Mine):\n    mine.b = KEY\n",
        states=TOP + "class S(rx.State):\n    a: str = ''\nclass T(rx.State):\n    b: str = ''\n",
    )
    seen = in_the_browser(project, tmp_path_factory.mktemp("published"))
    assert set(seen) == {"states.S.calls_one", "states.T.calls_two"}


def test_a_mixin_of_a_module_of_its_own(project: Project) -> None:
    project.write(
        app=TOP + "from liked import Liked\nclass A(Liked, rx.State): pass\n" + BOTTOM,
        liked=TOP + MIXIN.partition("class A")[0],
    )
    files = project.published().files
    assert b"CANARY" not in files["liked.py"] and b"app.A.like" in files["liked.py"]


@pytest.mark.parametrize(
    "used", ["", "class S(rx.State):\n    @rx.server\n    def go(self): pass\n"]
)
def test_a_mixin_that_no_state_uses_stays_behind(project: Project, used: str) -> None:
    project.app(MIXIN.partition("class A")[0] + used + "\n")
    assert has_server_code(project.root, project.table())
    assert "CANARY" not in project.text()


LOST = {
    "a plain base": (
        "class P:\n    @rx.server\n    def go(self): 'CANARY'\nclass S(P, rx.State): pass\n",
        r"P.go is marked for the server, and is a handler of no state.*class P\(rx.State, mixin",
    ),
    "a function of no state": (
        "@rx.server\ndef go(state): 'CANARY'\n",
        "go is marked for the server, and is a handler of no state. Annotate its first",
    ),
    "a function in a function": (
        "class S(rx.State): pass\n@rx.page('/x')\ndef x():\n    @rx.server\n"
        "    def go(state: S): 'CANARY'\n    return rx.button('x', on_click=go)\nx()\n",
        "stands neither at the top",
    ),
    "a function in a function that nothing has called": (
        "class S(rx.State): pass\n@rx.page('/x')\ndef x():\n    @rx.event(server=True)\n"
        "    def go(state: S): 'CANARY'\n    return rx.button('x', on_click=go)\n",
        "stands inside of something",
    ),
    "a state in a function": (
        "def make():\n    class S(rx.State):\n        @rx.server\n        def go(self): 'CANARY'\n"
        "    return S\nMADE = make()\n",
        "stands neither at the top",
    ),
    "a state in a class": (
        "class Outer:\n    class S(rx.State):\n        @rx.server\n        def go(self): 'CANARY'\n"
        "print(Outer.S)\n",
        "stands neither at the top",
    ),
    "two functions of a name": (
        "class S(rx.State): pass\n@rx.server\ndef go(state: S): 'CANARY'\n"
        "@rx.server\ndef go(state: S): 'CANARY'\n",
        "the server handler 'go' is defined a second time",
    ),
    "a function that is replaced": (
        "class S(rx.State): pass\n@rx.event(server=True)\ndef go(state: S): 'CANARY'\n"
        "def go(): 'more'\n",
        "the server handler 'go' is defined a second time",
    ),
}


@pytest.mark.parametrize(("text", "words"), LOST.values(), ids=LOST)
def test_what_cannot_be_cut_out_fails(project: Project, text: str, words: str) -> None:
    project.app(text + "\n")
    assert has_server_code(project.root, project.table())
    with pytest.raises(ServerHandlerError, match=words) as caught:
        project.published()
    assert caught.value.file == str(project.root / "app.py")
    assert caught.value.line and re.search("def go", (project.root / "app.py").read_text())

"""Which members of states, and of what they derive from, are published."""

from __future__ import annotations

import pytest

from wasmrx.errors import ServerHandlerError

from projects import Project

HIDDEN = {
    "a constant": """
from typing import ClassVar
class S(rx.State):
    a: str = ""
    KEY: ClassVar[str] = "CANARY"
    @rx.server
    def go(self): self.a = S.KEY
""",
    "a static method": """
class S(rx.State):
    a: str = ""
    @staticmethod
    def sign(x: str) -> str: return "CANARY" + x
    @rx.server
    def go(self): self.a = S.sign("x")
""",
    "a class method": """
class S(rx.State):
    a: str = ""
    @classmethod
    def sign(cls, x: str) -> str: return "CANARY" + x
    @rx.server(reads=[], writes=["a"])
    def go(self): self.a = type(self).sign("x")
""",
    "a nested class": """
class S(rx.State):
    a: str = ""
    class Inner:
        KEY = "CANARY"
    @rx.server
    def go(self): self.a = self.Inner.KEY
""",
    "a method": """
KEY = "CANARY"
class S(rx.State):
    a: str = ""
    def sign(self): return KEY
    @rx.server
    def go(self): self.a = self.sign()
""",
    "a method of another state": """
class Other(rx.State):
    def sign(self): return "CANARY"
class S(rx.State):
    a: str = ""
    @rx.server(reads=[], writes=["a"])
    async def go(self):
        other = await self.get_state(Other)
        self.a = other.sign()
""",
    "a private name": """
class S(rx.State):
    a: str = ""
    __key = "CANARY"
    @rx.server
    def go(self): self.a = S.__key
""",
    "a plain base": """
class Signing:
    KEY = "CANARY"
    _key = "CANARY"
    def _sign(self, x): return "CANARY" + x
    def sign(self, x): return "CANARY" + x
class S(Signing, rx.State):
    a: str = ""
    @rx.server
    def go(self): self.a = self._sign(self.sign(self._key + self.KEY))
""",
    "a mixin": """
class Signing(rx.State, mixin=True):
    def sign(self, x): return "CANARY" + x
class S(Signing, rx.State):
    a: str = ""
    @rx.server
    def go(self): self.a = self.sign("x")
""",
}


@pytest.mark.parametrize("text", HIDDEN.values(), ids=HIDDEN)
def test_what_only_server_handlers_use_stays_behind(project: Project, text: str) -> None:
    project.app(text + "\n")
    found = project.text()
    assert "CANARY" not in found and "class S(" in found


SHOWN = {
    "what a page names": """
from typing import ClassVar
class S(rx.State):
    a: str = ""
    KEY: ClassVar[str] = "CANARY"
    @rx.server
    def go(self): self.a = S.KEY
@rx.page("/other")
def other(): return rx.text(S.KEY)
""",
    "what another handler calls": """
class S(rx.State):
    a: str = ""
    def sign(self): return "CANARY"
    def local(self): self.a = self.sign()
    @rx.server
    def go(self): self.a = self.sign()
""",
    "what another state calls": """
class Other(rx.State):
    def _sign(self): return "CANARY"
class S(rx.State):
    a: str = ""
    async def local(self):
        other = await self.get_state(Other)
        self.a = other._sign()
    @rx.server(reads=[], writes=["a"])
    async def go(self):
        other = await self.get_state(Other)
        self.a = other._sign()
""",
    "a handler that nothing names": """
class S(rx.State):
    a: str = ""
    def local(self): self.a = "CANARY"
    @rx.server
    def go(self): self.a = ""
""",
    "a marked handler": """
class S(rx.State):
    a: str = ""
    @rx.event
    def local(self): self.a = "CANARY"
    @rx.server
    def go(self): self.local()
""",
    "an event that a server handler returns": """
class S(rx.State):
    a: str = ""
    def local(self): self.a = "CANARY"
    @rx.server
    def go(self): return S.local
""",
    "a computed var": """
class S(rx.State):
    a: str = ""
    @rx.var
    def shown(self) -> str: return "CANARY"
    @rx.server
    def go(self): self.a = self.shown
""",
    "a plain base that the browser uses": """
class Signing:
    _key: str = "CANARY"
    def sign(self, x): return self._key + x
class S(Signing, rx.State):
    a: str = ""
    def local(self): self.a = self.sign("x")
    @rx.server
    def go(self): pass
""",
}


@pytest.mark.parametrize("text", SHOWN.values(), ids=SHOWN)
def test_what_the_browser_needs_is_published(project: Project, text: str) -> None:
    project.app(text + "\n")
    assert "CANARY" in project.text()


UNCLEAR = {
    "a method by a loose name": (
        """
class S(rx.State):
    a: str = ""
    def sign(self): return "CANARY"
    def local(self): self.a = getattr(self, "x").sign()
    @rx.server
    def go(self): self.a = self.sign()
""",
        "S.sign may be secret",
    ),
    "a private one by a loose name": (
        """
class S(rx.State):
    a: str = ""
    @staticmethod
    def _sign(x): return "CANARY" + x
    def local(self, x: str): self.a = x._sign()
    @rx.server
    def go(self): self.a = S._sign("x")
""",
        "S._sign may be secret",
    ),
    "a server's var of a mixin": (
        """
class M(rx.State, mixin=True):
    _key: str = "CANARY"
class S(M, rx.State):
    a: str = ""
    def local(self): self.a = self._key
    @rx.server
    def go(self): self.a = self._key
""",
        "M._key lives on the server",
    ),
    "a server's var of a plain base": (
        """
class M:
    _key: str = "CANARY"
class S(M, rx.State):
    a: str = ""
    def local(self): self.a = self._key
    @rx.server
    def go(self): self.a = self._key
""",
        "M._key lives on the server",
    ),
    "two server handlers of a name": (
        """
class S(rx.State):
    a: str = ""
    @rx.server
    def go(self): self.a = "CANARY"
    @rx.server
    def go(self): self.a = ""
""",
        "the server handler 'go' is defined a second time",
    ),
    "a server handler that is replaced": (
        """
class S(rx.State):
    a: str = ""
    @rx.event(server=True)
    def go(self): self.a = "CANARY"
    def go(self): self.a = ""
    @rx.server
    def other(self): self.a = ""
""",
        "the server handler 'go' is defined a second time",
    ),
    "two classes of a name": (
        """
class S:
    KEY = "CANARY"
OLD = S
class S(rx.State):
    a: str = ""
    @rx.server
    def go(self): self.a = OLD.KEY
""",
        "the class 'S' is defined a second time",
    ),
}


@pytest.mark.parametrize(("text", "words"), UNCLEAR.values(), ids=UNCLEAR)
def test_members_that_cannot_be_told_apart_fail(project: Project, text: str, words: str) -> None:
    project.app(text + "\n")
    with pytest.raises(ServerHandlerError, match=words) as caught:
        project.published()
    assert caught.value.file is not None


UNNAMED = """
KEY = "CANARY"
class Signing:
    key: str = ""
    {method}
    def sign(self): return {sign}
class S(Signing, rx.State):
    a: str = ""
    def local(self): self.a = "x"
    @rx.server(reads=[], writes=["a"])
    def go(self):
        with self: self.a = self.sign()

"""


@pytest.mark.parametrize(
    "method", ["def __enter__(self): print(KEY)", "def __enter__(self): self.sign()", "print(KEY)"]
)
def test_what_runs_unnamed_and_uses_what_is_the_servers_fails(
    project: Project, method: str
) -> None:
    project.app(UNNAMED.format(method=method, sign="KEY"))
    with pytest.raises(ServerHandlerError, match=r"This runs w.* and uses") as caught:
        project.published()
    assert caught.value.file == str(project.root / "app.py") and caught.value.line == 6


def test_what_runs_unnamed_and_uses_nothing_of_the_server_is_published(project: Project) -> None:
    method = "def __enter__(self): return len(self.key)"
    project.app(UNNAMED.format(method=method, sign="KEY"))
    found = project.text()
    assert "CANARY" not in found and "__enter__" in found

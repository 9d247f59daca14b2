"""What modules do when they are imported, and say of the server, stays on the server or fails."""

from __future__ import annotations

import pytest

from wasmrx.errors import ServerHandlerError
from wasmrx.wasm.server_published import has_server_code

from projects import Project

STATE = """
class S(rx.State):
    a: str = ""
    def local(self): self.a = {local}
    @rx.server
    def go(self): self.a = {far}

"""
RULE = 'auth=lambda c: c.user == "CANARY"'


@pytest.mark.parametrize(
    "lines",
    [
        f"srv = rx.server\nsrv.configure({RULE})",
        f"from wasmrx import server as backend\nbackend.configure({RULE})",
        f"from wasmrx.remote import server\nserver.configure({RULE})",
        f"configure = rx.server.configure\nconfigure({RULE})",
        f"import wasmrx\nwasmrx.server.configure({RULE})",
    ],
)
def test_rules_stay_behind_by_any_name(project: Project, lines: str) -> None:
    project.app(lines + STATE.format(local="''", far="''"))
    assert "CANARY" not in project.text()


@pytest.mark.parametrize(
    "lines",
    [
        f"if True:\n    rx.server.configure({RULE})",
        f"try:\n    rx.server.configure({RULE})\nfinally: pass",
        f"done = rx.server.configure({RULE})",
        f"def set_up(): rx.server.configure({RULE})\nset_up()",
        f"@rx.page('/x')\ndef x():\n    rx.server.configure({RULE})\n    return rx.text('')",
    ],
)
def test_rules_inside_of_other_statements_fail(project: Project, lines: str) -> None:
    project.app(lines + STATE.format(local="''", far="''"))
    with pytest.raises(ServerHandlerError, match="part of another statement") as caught:
        project.published()
    assert caught.value.file == str(project.root / "app.py")


@pytest.mark.parametrize(
    ("mark", "words"),
    [
        ("from wasmrx import server as backend\nbackend.only()", "keys, which is marked"),
        ("import wasmrx as rx\nsrv = rx.server\nsrv.only()", "keys, which is marked"),
        ("import wasmrx as rx\nif True:\n    rx.server.only()", "part of another statement"),
    ],
)
def test_a_module_is_marked_by_any_name(project: Project, mark: str, words: str) -> None:
    text = STATE.format(local="keys.TITLE", far="''")
    project.app("import keys\n" + text, keys=mark + "\nTITLE = 'CANARY'\n")
    assert has_server_code(project.root, project.table())
    with pytest.raises(ServerHandlerError, match=words):
        project.published()


@pytest.mark.parametrize(
    ("lines", "local", "far"),
    [
        ('import os\nos.environ.setdefault("K", "sk")', "os.getcwd()", "os.environ['K']"),
        ('import os\nos.environ["K"] = "sk"', "''", "''"),
        ('import smtplib\nKEY = "sk"\nsmtplib.key = KEY', "''", "''"),
        ('import other\nother.key = "sk"', "''", "''"),
        ('import os\nif not os.path.exists("x"):\n    os.putenv("K", "sk")', "''", "''"),
    ],
)
def test_an_effect_that_may_hold_a_secret_fails(
    project: Project, lines: str, local: str, far: str
) -> None:
    project.app(lines + STATE.format(local=local, far=far), other="key = ''\n")
    with pytest.raises(ServerHandlerError, match="may be for its server handlers") as caught:
        project.published()
    assert caught.value.file == str(project.root / "app.py")


def test_an_effect_on_what_only_server_handlers_use_stays_behind(project: Project) -> None:
    lines = 'import smtplib\nsmtplib.key = "CANARY"'
    project.app(lines + STATE.format(local="''", far="str(smtplib)"))
    assert "CANARY" not in project.text()


@pytest.mark.parametrize(
    ("lines", "local"),
    [
        ('import decimal\ndecimal.SHOWN = "shown"', "str(decimal.Decimal(1))"),
        ('import logging\nlogging.basicConfig(format="shown")', "''"),
        ("import sys\nsys.setrecursionlimit(5000)  # shown", "''"),
        ('THEMES = {}\nTHEMES["shown"] = 1', "''"),
        ('if __name__ == "__main__":\n    print("shown")', "''"),
    ],
)
def test_an_effect_for_the_browser_is_published(project: Project, lines: str, local: str) -> None:
    project.app(lines + STATE.format(local=local, far="''"))
    assert "shown" in project.text() or "setrecursionlimit" in project.text()


SHARED = "import smtplib\nTITLE = 't'\nKEY = 'k'\nsmtplib.key = 'CANARY'\n"


@pytest.mark.parametrize("far", ["settings.KEY", "settings.TITLE"])
def test_an_effect_in_a_module_that_server_handlers_use_fails(project: Project, far: str) -> None:
    project.app("import settings" + STATE.format(local="settings.TITLE", far=far), settings=SHARED)
    with pytest.raises(ServerHandlerError, match="may be for its server handlers") as caught:
        project.published()
    assert caught.value.file == str(project.root / "settings.py") and caught.value.line == 4


def test_an_effect_in_a_module_of_the_browser_is_published(project: Project) -> None:
    project.app("import settings" + STATE.format(local="settings.TITLE", far="''"), settings=SHARED)
    assert "CANARY" in project.text("settings.py")

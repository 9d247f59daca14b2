"""Which names of modules count as used by the browser's part."""

from __future__ import annotations

import pytest

from wasmrx.errors import ServerHandlerError

from projects import Project

STATE = """
class S(rx.State):
    a: str = ""
    password: str = ""
    def local(self): self.a = {local}; self.password = ""
    @rx.server
    def go(self): self.a = {far}

"""
SETTINGS = 'TITLE = "t"\npassword = "CANARY"\n'


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("import pkg.settings", "pkg.settings"),
        ("import pkg", "pkg.settings"),
        ("import pkg.settings as settings", "settings"),
        ("from pkg import settings", "settings"),
    ],
)
def test_an_attribute_counts_for_the_module_that_it_is_of(
    project: Project, line: str, name: str
) -> None:
    text = STATE.format(local=f"{name}.TITLE", far=f"{name}.password")
    project.app(f"{line}\n{text}", pkg____init__="from . import settings", pkg__settings=SETTINGS)
    found = project.text("pkg/settings.py")
    assert "TITLE" in found and "CANARY" not in found


@pytest.mark.parametrize(
    "local", ['getattr(settings, "TITLE")', "vars(settings)", "settings.__dict__"]
)
def test_a_module_as_a_whole_with_a_secret_fails(project: Project, local: str) -> None:
    text = STATE.format(local=local, far="settings.password")
    project.app("import settings\n" + text, settings=SETTINGS)
    words = "uses the module settings as a whole.* 'password' in it is for server handlers only"
    with pytest.raises(ServerHandlerError, match=words) as caught:
        project.published()
    assert caught.value.file == str(project.root / "app.py") and caught.value.line == 7


def test_a_module_as_a_whole_without_a_secret_is_published(project: Project) -> None:
    text = STATE.format(local='getattr(settings, "TITLE")', far="'x'")
    project.app("import settings\n" + text, settings=SETTINGS)
    assert "CANARY" in project.text("settings.py")


@pytest.mark.parametrize("kind", ['Literal["token"]', 't.Literal["token"]', 'L["token"]'])
def test_a_text_in_an_annotation_is_no_name(project: Project, kind: str) -> None:
    project.app(f"""
import typing as t
from typing import Annotated, Literal, Literal as L
token = "CANARY"
class S(rx.State):
    a: str = ""
    def local(self, kind: {kind}, more: Annotated[str, "token"] = ""): self.a = kind
    @rx.server
    def go(self): self.a = token

""")
    assert "CANARY" not in project.text()


def test_a_text_that_is_a_type_is_a_name(project: Project) -> None:
    project.app("""
from typing import Annotated
class Row: pass
class Cell: pass
class S(rx.State):
    a: str = ""
    def local(self, row: "Row", cell: Annotated["Cell", 1]): self.a = ""
    @rx.server
    def go(self): self.a = str(Row()) + str(Cell())

""")
    assert "class Row" in project.text() and "class Cell" in project.text()


def test_a_name_that_a_package_passes_on_takes_its_module_along(project: Project) -> None:
    project.app(
        "from pkg import TITLE, about\n" + STATE.format(local="TITLE", far="'x'"),
        pkg____init__="from .about import about\nfrom .title import TITLE\n",
        pkg__about="def about(): pass\n",
        pkg__title="TITLE = 't'\n",
    )
    found = project.published().files
    assert sorted(found) == ["app.py", "pkg/__init__.py", "pkg/about.py", "pkg/title.py"]

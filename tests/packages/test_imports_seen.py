"""Which imports of a source the browser makes, and what the build says of those it cannot."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from wasmrx.wasm.packages.imports import browser_imports, host_only, installs
from wasmrx.wasm.packages.wanted import read_requirements

SOURCE = """
import sys
from typing import TYPE_CHECKING
import a.b
from c.d import e
from . import beside
if TYPE_CHECKING:
    import never
if sys.platform != "emscripten":
    import host_only
else:
    import browser_only
try:
    import fast
except ImportError:
    import slow
lazy = rx.lazy_import("later.part")

def page():
    import for_the_page

def called():
    import by_a_handler

@rx.event
def free_handler():
    import in_a_free_handler

class State(rx.State):
    from inside import name
    def handler(self):
        import in_a_handler
        with open("x"):
            for each in called():
                import deep
"""


def seen(tmp_path: Path, source: str) -> dict[str, tuple[bool, bool]]:
    path = tmp_path / "module.py"
    path.write_text(textwrap.dedent(source))
    return {each.module: (each.at_start, each.is_optional) for each in browser_imports(path)}


def test_the_imports_of_the_browser_are_seen(tmp_path: Path) -> None:
    assert seen(tmp_path, SOURCE) == {
        **dict.fromkeys(("sys", "typing", "a.b", "c.d", "browser_only", "inside"), (True, False)),
        "fast": (True, True),
        "slow": (True, False),
        **dict.fromkeys(("later.part", "by_a_handler", "in_a_free_handler"), (False, False)),
        **dict.fromkeys(("in_a_handler", "deep"), (False, False)),
    }


def test_sources_that_only_the_build_imports(tmp_path: Path) -> None:
    sources = {
        "app.py": "import sys\nimport pages\nif sys.platform != 'emscripten':\n    import build\n",
        "pages/__init__.py": "from . import shown, both\n",
        "pages/shown.py": "from .deep.inner import x\n",
        "pages/both.py": "",
        "pages/deep/__init__.py": "",
        "pages/deep/inner.py": "from ..other import y\n",
        "pages/other.py": "",
        "build/__init__.py": "from build.press import press\nimport pages.both\n",
        "build/press.py": "import markdown_it\n",
        "loaded.py": "",
    }
    for name, text in sources.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    found = host_only(tmp_path, "app", [tmp_path / name for name in sources])
    assert {path.relative_to(tmp_path).as_posix() for path in found} == {
        "build/__init__.py",
        "build/press.py",
    }


def test_names_for_micropip_are_seen(tmp_path: Path) -> None:
    path = tmp_path / "module.py"
    path.write_text(
        "async def f(name):\n"
        "    await micropip.install('one')\n"
        "    await micropip.install(['two>=1', name])\n"
        "    await micropip.install(name)\n"
    )
    assert installs(path) == [("one", 2), ("two>=1", 3)]


PEP_723 = "# /// script\n# dependencies = [\n#   'headed>=1',\n# ]\n# ///\nimport headed\n"


@pytest.mark.parametrize(
    ("files", "names"),
    [
        (
            {"requirements.txt": "One>=1  # why\n-r more.txt\nwasmrx\n", "more.txt": "two[x]==2\n"},
            "one two",
        ),
        (
            {
                "pyproject.toml": "[project]\nname='a'\ndependencies=['three']\n",
                "requirements.txt": "no",
            },
            "three",
        ),
        ({"app.py": PEP_723, "requirements.txt": "no"}, "headed"),
        (
            {
                "app.py": PEP_723,
                "pyproject.toml": "project.dependencies=['no']\ntool.wasmrx.packages=['four']\n",
            },
            "four",
        ),
        ({}, ""),
    ],
)
def test_requirements_are_read_where_they_are(
    tmp_path: Path, files: dict[str, str], names: str
) -> None:
    for name, text in {"app.py": "", **files}.items():
        (tmp_path / name).write_text(text)
    found = read_requirements(tmp_path, tmp_path / "app.py")
    assert [each.name for each in found.wanted] == names.split()


APP = """\
import wasmrx as rx

class State(rx.State):
    @rx.event
    def handler(self):
        import {module}

app = rx.App()
app.add_page(lambda: rx.text("hello"), route="/")
"""


@pytest.mark.parametrize(
    ("module", "text"),
    [
        ("click", "The browser has no module click: click is installed here, but the app does not"),
        ("uvicorn", "uvicorn cannot run in the browser: it is a server"),
        ("wholly_unknown", "`wasmrx add wholly_unknown` adds the one of that name"),
    ],
)
def test_an_import_that_nothing_provides_fails_the_build(
    tmp_path: Path, module: str, text: str
) -> None:
    (tmp_path / "app.py").write_text(APP.format(module=module))
    command = [sys.executable, "-m", "wasmrx.dev_server", "build", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert text in done.stderr
    assert f">        import {module}" in done.stderr or "app.py:6" in done.stderr

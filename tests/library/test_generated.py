"""Generated files are what their generators write, and say to an editor what holds at run time."""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

import wasmrx as rx
import wasmrx.compiler.library as library

ROOT = Path(__file__).resolve().parents[2]
TYPED = ROOT / "compiler/library/typed"
SAMPLE = """
import wasmrx as rx

rx.button("x", size="3", color_scheme="red", width="100%", _hover={"color": "red"})
rx.vstack(rx.text("x", as_="span"), rx.el.input(type="text"), rx.text.em("y"), direction="row")
rx.heading("x", size=["1", "2"], font_size="2em", aria_label="z")
rx.recharts.bar_chart(rx.recharts.bar(data_key="uv"), data=[{"uv": 1}], height=200)
rx.dialog.root(rx.dialog.trigger(rx.button("x")), open=True)
rx.cond(True, rx.text("x"))
rx.button("x", size="9")
rx.button("x", colour="red")
"""


@pytest.fixture(scope="module")
def node() -> str:
    """The Node that the release uses."""
    sys.path.insert(0, str(ROOT / "compiler/release"))
    try:
        assets: ModuleType = importlib.import_module("assets")
    finally:
        sys.path.pop(0)
    return assets.find_node().node[0]


def texts(folder: Path, pattern: str) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in folder.glob(pattern)}


def test_the_tables_are_those_of_the_packages(node: str, tmp_path: Path) -> None:
    script = ROOT / "compiler/release/tables.mjs"
    subprocess.run([node, str(script), "--out", str(tmp_path)], check=True, cwd=ROOT)
    assert texts(tmp_path, "*.json") == texts(ROOT / "compiler/library/tables", "*.json")


def test_the_typed_modules_are_those_of_the_library(tmp_path: Path) -> None:
    script = ROOT / "compiler/release/library_types.py"
    config = ROOT / "pyproject.toml"
    out = tmp_path / "typed"
    subprocess.run([sys.executable, str(script), str(out)], check=True, cwd=config.parent)
    assert texts(out, "*.py") == texts(TYPED, "*.py")


def test_every_public_name_is_typed_and_exists() -> None:
    front = (TYPED / "__init__.py").read_text(encoding="utf-8")
    for name in dir(library):
        assert getattr(rx, name) is not None
        assert f" as {name}\n" in front


def test_no_module_of_the_library_hides_a_public_name() -> None:
    modules = {path.stem for path in (ROOT / "compiler/library").glob("*.py")}
    assert not modules & set(dir(library))


@pytest.fixture
def sample() -> Iterator[Path]:
    """A file where type checkers find the project's settings."""
    folder = ROOT / "build/sample"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "sample.py"
    path.write_text(SAMPLE, encoding="utf-8")
    yield path
    path.unlink()


def test_a_type_checker_knows_each_component_and_its_props(node: str, sample: Path) -> None:
    command = [node, str(ROOT / "node_modules/pyright/index.js"), "--outputjson", str(sample)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    found = json.loads(done.stdout)["generalDiagnostics"]
    lines = [each["range"]["start"]["line"] + 1 for each in found]
    first = SAMPLE.splitlines().index('rx.button("x", size="9")') + 1
    assert lines == [first, first + 1], found

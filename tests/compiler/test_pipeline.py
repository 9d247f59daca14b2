"""Whole builds."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from visits import ROOT

APPS = [ROOT / "examples" / "site", ROOT / "tests" / "apps" / "everything"]

SCRIPT = """
import hashlib, sys
from pathlib import Path
from wasmrx.compiler.pipeline import compile_app

for path, content in compile_app("app", Path(sys.argv[1]), dev=False).files.items():
    print(path, hashlib.sha256(content).hexdigest())
"""


def digests(app: Path, seed: str) -> list[str]:
    command = [sys.executable, "-c", SCRIPT, str(app)]
    environment = {**os.environ, "PYTHONHASHSEED": seed}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


@pytest.mark.parametrize("app", APPS, ids=lambda app: app.name)
def test_two_builds_are_equal_byte_for_byte(app: Path) -> None:
    first = digests(app, "1")
    assert first == digests(app, "2")
    assert any(line.startswith("index.html ") for line in first)


def test_an_app_without_pages_says_what_to_add(tmp_path: Path) -> None:
    (tmp_path / "app.py").write_text("import wasmrx as rx\n\napp = rx.App()\n")
    command = [sys.executable, "-c", SCRIPT, str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "has no page. Add one: app.add_page(index)" in done.stderr


def test_a_module_without_an_app_says_what_to_add(tmp_path: Path) -> None:
    (tmp_path / "app.py").write_text("import wasmrx as rx\n")
    command = [sys.executable, "-c", SCRIPT, str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "defines no `app`. It needs a line: app = rx.App()" in done.stderr


WRAPPED = """
import wasmrx as rx

app = rx.App(
    app_wraps={
        (100, "Outer"): lambda _: rx.el.section(),
        (20, "Inner"): lambda _: rx.el.article(),
        "Innermost": rx.el.aside(),
    }
)
app.add_page(lambda: rx.el.p("page"), route="/")
"""
HTML = """
import sys
from pathlib import Path
from wasmrx.compiler.pipeline import compile_app

print(compile_app("app", Path(sys.argv[1]), dev=False).files["index.html"].decode())
"""


def test_wraps_stand_in_the_order_of_their_numbers(tmp_path: Path) -> None:
    (tmp_path / "app.py").write_text(WRAPPED)
    command = [sys.executable, "-c", HTML, str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "<section><article><aside><p>page" in done.stdout

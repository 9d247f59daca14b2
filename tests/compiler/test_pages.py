"""What pages become: each file of ``pages/`` and the JavaScript and CSS beside it.

``UPDATE_GOLDEN=1`` writes the texts anew.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent / "pages"
CASES = sorted(path.stem for path in FOLDER.glob("*.py"))

SCRIPT = """
import importlib, sys
from wasmrx.compiler.component import Component
from wasmrx.compiler.emit import emit_definitions, emit_page
from wasmrx.compiler.lower import Lowering

sys.path.insert(0, sys.argv[1])
for name in sys.argv[2:]:
    page = importlib.import_module(name).page()
    lowering = Lowering()
    code = emit_page(lowering.page("/", page))
    print(f"@@@ {name}")
    for wanted, local in sorted(code.imports.items()):
        print(f'import {{{wanted.name} as {local}}} from "{wanted.module}";')
    print(code.body)
    if lowering.definitions:
        print("\\n// components")
        print(emit_definitions(list(lowering.definitions.values())).body)
    for css in lowering.css.values():
        print("\\n// " + css)
"""


def compiled(seed: str) -> dict[str, str]:
    command = [sys.executable, "-c", SCRIPT, str(FOLDER), *CASES]
    environment = {**os.environ, "PYTHONHASHSEED": seed}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    assert done.returncode == 0, done.stderr
    parts = done.stdout.split("@@@ ")[1:]
    return {name: text for name, _, text in (part.partition("\n") for part in parts)}


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    """Compile all cases in one fresh process."""
    return compiled("1")


@pytest.mark.parametrize("name", CASES)
def test_page(name: str, pages: dict[str, str]) -> None:
    golden = FOLDER / f"{name}.js"
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_text(pages[name])
    assert pages[name] == golden.read_text()


def test_same_output_whatever_the_hash_seed(pages: dict[str, str]) -> None:
    assert compiled("2") == pages

"""The TypeScript of the page: types, the generated protocol, its size."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import brotli

ROOT = Path(__file__).resolve().parents[2]
MOST_BYTES = 9_300
"""The page runtime without React, compressed as hosts do."""


def run(*command: str | Path) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == 0, done.stdout + done.stderr


def test_types_are_strict() -> None:
    run(ROOT / "node_modules/.bin/tsc", "-p", "runtime/ts")


def test_protocol_types_are_those_of_python() -> None:
    run(sys.executable, "compiler/release/protocol_ts.py", "--check")


def test_operations_are_those_of_the_compiler() -> None:
    run(sys.executable, "compiler/release/ops_ts.py", "--check")


def test_the_page_runtime_is_small(tmp_path: Path) -> None:
    node = shutil.which("node")
    assert node
    run(node, ROOT / "tests/page/site/size.mjs", tmp_path / "page.js")
    size = len(brotli.compress((tmp_path / "page.js").read_bytes(), quality=11))
    assert size <= MOST_BYTES, f"the page runtime has {size} bytes"

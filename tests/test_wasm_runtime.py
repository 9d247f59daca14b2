"""The runtime's own tests, run once more by the Python that the browser has."""

from __future__ import annotations

import shutil
import subprocess
import sysconfig
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
RUNTIME_TESTS = ROOT / "tests" / "runtime"


def test_the_runtime_suite_passes_inside_pyodide() -> None:
    node = shutil.which("node")
    assert node is not None, "Node runs Pyodide here; `make test` puts it on PATH"
    tests = sorted(path.name for path in RUNTIME_TESTS.glob("test_*.py"))
    if not tests:
        pytest.skip("tests/runtime holds no tests")
    script = ROOT / "tests" / "pyodide" / "run.mjs"
    packages = sysconfig.get_path("purelib")
    done = subprocess.run(
        [node, script, packages, "tests/runtime", *tests],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, f"{done.stdout[-8000:]}\n{done.stderr[-2000:]}"

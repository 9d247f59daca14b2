"""Packages of the author's own with compiled code, built for the browser by ``pyodide build``."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from .target import PackageError, best_wheel, target

OLDEST = (3, 12)
"""The oldest Python that pyodide-build runs on."""


def build_compiled(folder: Path, shown: str, out: Path) -> Path:
    """Return the wheel of the package in ``folder``, built into ``out`` for the browser.

    Raises where the tools for that are not at hand, and says which.
    """
    has = (
        f"The package in {shown} has compiled code, which `pyodide build` compiles for the browser"
    )
    if sys.version_info < OLDEST:
        this, oldest = (".".join(map(str, each[:2])) for each in (sys.version_info, OLDEST))
        raise PackageError(
            f"{has}. That takes Python {oldest} or newer; this is Python {this}. Build the wheel "
            f'there, and require it by its file: "NAME @ file:///…/NAME-{target().tag}.whl".'
        )
    program = _pyodide()
    if program is None:
        raise PackageError(
            f"{has}. It is not installed: `pip install pyodide-build`, and `pyodide xbuildenv "
            f"install {target().pyodide}` for its cross-build environment."
        )
    out.mkdir()
    done = subprocess.run(
        [program, "build", str(folder), "--outdir", str(out)],
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    made = sorted(out.glob("*.whl"))
    if done.returncode or not made:
        said = "\n".join(f"  {line}" for line in (done.stdout + done.stderr).splitlines()[-14:])
        raise PackageError(f"{has}. It failed, and says:\n{said}")
    if best_wheel([made[0].name]) is None:
        raise PackageError(
            f"{has}. It made {made[0].name}, for another Pyodide: this wasmrx runs "
            f"{target().pyodide} ({target().tag}). `pyodide xbuildenv install {target().pyodide}` "
            "brings its cross-build environment."
        )
    return made[0]


def _pyodide() -> str | None:
    """Return the program ``pyodide``: the one installed with wasmrx, or that of ``PATH``."""
    beside = Path(sys.executable).with_name("pyodide")
    return str(beside) if beside.is_file() else shutil.which("pyodide")

"""uv, which resolves and builds: where it is, and how it is called."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from .target import PackageError

_OFFLINE = re.compile(r"(?i)dns error|failed to fetch|error sending request|network is unreachable")


class UvError(PackageError):
    """uv could not do what it was asked."""


def find_uv() -> str | None:
    """Return the program ``uv``: the one that was installed with wasmrx, or that of ``PATH``."""
    if find_spec("uv") is not None:
        try:
            return str(import_module("uv").find_uv_bin())
        except (AttributeError, FileNotFoundError):
            pass
    return shutil.which("uv")


def run_uv(arguments: Sequence[str], cwd: Path, asked: str) -> str:
    """Run ``uv`` and return what it prints; ``asked`` says for the author what it was to do."""
    program = find_uv()
    if program is None:
        raise PackageError(
            f'{asked} takes uv, which is not installed. `pip install "wasmrx[packages]"` brings '
            "it. A build whose lock is up to date does without."
        )
    done = subprocess.run(
        [program, *arguments],
        cwd=cwd,
        env=_environment(),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode:
        raise UvError(_in_words(done.stderr, asked))
    return done.stdout


def _environment() -> Mapping[str, str]:
    """Return this process's environment; the interpreter at hand will do, none is downloaded."""
    return {
        **os.environ,
        "UV_PYTHON_DOWNLOADS": "never",
        "UV_PYTHON": sys.executable,
        "UV_NO_PROGRESS": "1",
        "NO_COLOR": "1",
    }


def _in_words(said: str, asked: str) -> str:
    lines = [line for line in said.strip().splitlines() if not line.startswith("warning:")]
    text = "\n".join(f"  {line}" for line in lines[:14])
    if _OFFLINE.search(said):
        return (
            f"{asked} needs the package index, which cannot be reached. With an unchanged "
            f"wasmrx.lock no network is needed. uv says:\n{text}"
        )
    return f"{asked} failed; uv says:\n{text}"

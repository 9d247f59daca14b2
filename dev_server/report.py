"""Errors and sizes in words."""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from pathlib import Path

from wasmrx.compiler.diagnostics import report

from .output import Content, OutputError
from .project import ProjectError


def explain(error: BaseException, root: Path) -> str:
    """What to tell the author: for a mistake in their code its place, their lines, the message."""
    if isinstance(error, ProjectError | OutputError):
        return str(error)
    return report(error, str(root))


def kilobytes(size: int) -> str:
    """``84 kB``, ``3.1 MB``: thousands of bytes, as browsers count them."""
    if size < 1000:
        return f"{size} B"
    if size < 1_000_000:
        return f"{size / 1000:.0f} kB"
    return f"{size / 1_000_000:.1f} MB"


def gzipped(files: Mapping[str, bytes], suffix: str) -> int:
    """The size of all files with this suffix as a web host sends them."""
    made = (data for path, data in files.items() if path.endswith(suffix))
    return sum(len(gzip.compress(data, 6, mtime=0)) for data in made)


def total(files: Mapping[str, Content]) -> int:
    """The size of all files in bytes."""
    return sum(
        len(content) if isinstance(content, bytes) else content.stat().st_size
        for content in files.values()
    )

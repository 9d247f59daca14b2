"""Errors and sizes in words."""

from __future__ import annotations

import gzip
import linecache
import traceback
from collections.abc import Mapping

from wasmrx.errors import WasmrxError, is_own_file

from .output import Content, OutputError
from .project import ProjectError


def explain(error: BaseException) -> str:
    """What to tell the author: the message, and for an exception of their code where it was raised.

    Frames of wasmrx and of Python are left out, so the last one shown is the author's own line.
    """
    if isinstance(error, ProjectError | OutputError):
        return str(error)
    if isinstance(error, WasmrxError) and error.file is not None:
        return f"{error}{_source_line(error.file, error.line or 0)}"
    said = "".join(traceback.format_exception_only(error)).strip()
    if isinstance(error, SyntaxError):
        return said
    frames = [
        frame
        for frame in traceback.extract_tb(error.__traceback__)
        if not is_own_file(frame.filename)
    ]
    return "".join(traceback.format_list(frames)) + said


def _source_line(file: str, line: int) -> str:
    text = linecache.getline(file, line).strip()
    return f"\n\n  {line} | {text}" if text else ""


def kilobytes(size: int) -> str:
    """``84 kB``, ``3.1 MB``: thousands of bytes, as browsers count them."""
    if size < 1000:
        return f"{size} B"
    if size < 1_000_000:
        return f"{size / 1000:.0f} kB"
    return f"{size / 1_000_000:.1f} MB"


def gzipped(files: Mapping[str, Content], suffix: str) -> int:
    """The bytes that a visitor downloads of the files with this suffix that the compiler made."""
    made = (data for path, data in files.items() if path.endswith(suffix))
    return sum(len(gzip.compress(data, 6, mtime=0)) for data in made if isinstance(data, bytes))


def total(files: Mapping[str, Content]) -> int:
    """The size of all files in bytes."""
    return sum(
        len(content) if isinstance(content, bytes) else content.stat().st_size
        for content in files.values()
    )

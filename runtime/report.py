"""Exceptions of the author's code as the page shows them: words, file, line, traceback."""

from __future__ import annotations

import os
import traceback

from .errors import WasmrxError, author_place, is_own_file
from .protocol import ErrorReport


def blame(error: BaseException) -> tuple[str, int] | None:
    """Return the author's file and line of an exception."""
    if isinstance(error, WasmrxError) and error.file is not None and error.line is not None:
        return error.file, error.line
    found = author_place(error.__traceback__)
    if found is None and isinstance(error, SyntaxError) and error.filename:
        return error.filename, error.lineno or 0
    return found


def report(error: BaseException, title: str, handler: str = "", dev: bool = False) -> ErrorReport:
    """Return what the page shows of an exception; the traceback only in development."""
    plain = isinstance(error, WasmrxError)
    words = Exception.__str__(error) if plain else str(error)
    found: ErrorReport = {
        "title": title,
        "message": words if plain else f"{type(error).__name__}: {words}".rstrip(": "),
    }
    if handler:
        found["handler"] = handler
    place = blame(error)
    if place is not None:
        found["file"], found["line"] = _short(place[0]), place[1]
    if dev:
        found["traceback"] = trace(error)
    return found


def _short(file: str) -> str:
    """Return a file of the project relative to the project, which is the working folder."""
    folder = os.getcwd() + os.sep
    return file.removeprefix(folder)


def trace(error: BaseException) -> str:
    """Return the traceback from the author's first frame on."""
    tb = error.__traceback__
    while tb is not None and is_own_file(tb.tb_frame.f_code.co_filename):
        tb = tb.tb_next
    lines = traceback.format_exception(type(error), error, tb or error.__traceback__)
    return "".join(lines)

"""Exceptions of the author's code as the page shows them: words, file, line, traceback."""

from __future__ import annotations

import os
import traceback

from .errors import ComputedVarError, WasmrxError, author_place, is_own_file
from .protocol import ErrorReport

_FRAMES = 20
"""So many frames of a traceback are shown."""


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
        found["file"], found["line"] = short(place[0]), place[1]
    if dev:
        found["traceback"] = trace(error)
    return found


def short(file: str) -> str:
    """Return a file of the project relative to the project, which is the working folder."""
    folder = os.getcwd() + os.sep
    return file.removeprefix(folder)


def trace(error: BaseException) -> str:
    """Return the traceback without frames of wasmrx and Python; of a deep one its inner part."""
    if isinstance(error, ComputedVarError) and error.__cause__ is not None:
        error = error.__cause__
    told = traceback.TracebackException.from_exception(error)
    part: traceback.TracebackException | None = told
    while part is not None:
        own = [frame for frame in part.stack if not is_own_file(frame.filename)]
        part.stack = traceback.StackSummary.from_list(own[-_FRAMES:])
        part = part.__cause__ or part.__context__
    return "".join(told.format())

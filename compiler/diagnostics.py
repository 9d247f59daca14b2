"""Where the author's code is wrong, and how to say it: place, excerpt, near names."""

from __future__ import annotations

import difflib
import linecache
import os
import sys
from collections.abc import Iterable
from functools import cache
from types import FrameType

from wasmrx.errors import WasmrxError, is_own_file
from wasmrx.state import State
from wasmrx.var import Var

Place = tuple[str, int]
"""An author's file and line."""

_cached_own = cache(is_own_file)


def author_line(depth: int = 1) -> Place | None:
    """Return file and line of the nearest running frame that the author wrote."""
    frame: FrameType | None = sys._getframe(depth)  # pyright: ignore[reportPrivateUsage]
    while frame is not None:
        filename = frame.f_code.co_filename
        if not _cached_own(filename):
            return filename, frame.f_lineno
        frame = frame.f_back
    return None


def place_text(place: Place | None) -> str:
    """Return ``"app.py:12: "`` for the front of a message, nothing where no place is known."""
    return "" if place is None else f"{os.path.basename(place[0])}:{place[1]}: "


def did_you_mean(name: str, known: Iterable[str], likeness: float = 0.6) -> str:
    """Return `` Did you mean `size`?``, or nothing where no known name is near ``name``."""
    near = difflib.get_close_matches(name, sorted(set(known)), n=1, cutoff=likeness)
    return f" Did you mean `{near[0]}`?" if near else ""


def listed(values: Iterable[object]) -> str:
    """Return values as a sentence lists them: ``"1", "2" or "3"``."""
    shown = [f'"{value}"' if isinstance(value, str) else repr(value) for value in values]
    if len(shown) < 2:
        return "".join(shown)
    return f"{', '.join(shown[:-1])} or {shown[-1]}"


def excerpt(place: Place, around: int = 2) -> str:
    """Return the author's lines around ``place``, the line itself marked."""
    file, line = place
    shown: list[str] = []
    for number in range(max(1, line - around), line + around + 1):
        text = linecache.getline(file, number)
        if text:
            mark = ">" if number == line else " "
            shown.append(f"{mark} {number:4} | {text.rstrip()}")
    return "\n".join(shown)


def report(error: BaseException, root: str | None = None) -> str:
    """Return an error as a build shows it: place, message, the author's lines.

    Paths are shown relative to ``root``.
    """
    message = _message(error)
    place = place_of(error)
    kind = type(error).__name__
    if place is None:
        return f"{kind}: {message}"
    file = os.path.relpath(place[0], root) if root else place[0]
    return f"{file}:{place[1]}: {kind}\n\n{excerpt(place)}\n\n{message}"


def _message(error: BaseException) -> str:
    if isinstance(error, WasmrxError) and error.args:
        return str(error.args[0])
    if isinstance(error, AttributeError) and isinstance(error.obj, type):
        owner: type[object] = error.obj
        if issubclass(owner, State):
            near = did_you_mean(error.name or "", owner.__wx_names__)
            return f"The state {owner.__qualname__} has no var or handler `{error.name}`.{near}"
    if isinstance(error, KeyError) and error.args and isinstance(error.args[0], Var):
        return (
            f"A dict of Python cannot look up {error.args[0]!r}, which is known only in the "
            "browser. Make the dict a Var, rx.Var.create(the_dict)[the_var], or use rx.match."
        )
    return str(error)


def place_of(error: BaseException) -> Place | None:
    """Return the author's file and line that ``error`` is about."""
    if isinstance(error, WasmrxError) and error.file is not None and error.line is not None:
        return error.file, error.line
    if isinstance(error, SyntaxError) and error.filename and error.lineno:
        return error.filename, error.lineno
    found: Place | None = None
    tb = error.__traceback__
    while tb is not None:
        filename = tb.tb_frame.f_code.co_filename
        if not _cached_own(filename):
            found = filename, tb.tb_lineno
        tb = tb.tb_next
    return found

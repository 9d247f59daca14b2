"""What was downloaded or made for some build, kept for the next one in the user's cache folder."""

from __future__ import annotations

import os
import sys
import tempfile
from functools import cache
from pathlib import Path

VARIABLE = "WASMRX_CACHE_DIR"


def cache_folder(kind: str) -> Path:
    """Return the folder of one kind of things, which exists.

    Where the user's cache folder cannot be written, it is one that goes with this process.
    """
    folder = _root() / kind
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if os.access(folder, os.W_OK):
            return folder
    except OSError:
        pass
    folder = Path(_temporary().name, kind)
    folder.mkdir(exist_ok=True)
    return folder


@cache
def _temporary() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="wasmrx-cache-")


def _root() -> Path:
    given = os.environ.get(VARIABLE)
    if given:
        return Path(given)
    if sys.platform == "darwin":
        return Path.home() / "Library/Caches/wasmrx"
    variable, fallback = (
        ("LOCALAPPDATA", "AppData/Local") if os.name == "nt" else ("XDG_CACHE_HOME", ".cache")
    )
    return Path(os.environ.get(variable) or Path.home() / fallback) / "wasmrx"


def keep(path: Path, data: bytes) -> Path:
    """Write ``path`` whole or not at all, whoever else writes it at the same time."""
    handle, unfinished = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        os.replace(unfinished, path)
    except OSError:
        Path(unfinished).unlink(missing_ok=True)
        raise
    return path

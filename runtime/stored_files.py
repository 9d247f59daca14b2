"""The files in ``rx.get_upload_dir()``: the page hears which there are and asks for addresses.

A file is read, and given to the browser, only when the page shows its address. Only names that were
found in the folder are answered.
"""

from __future__ import annotations

import importlib
import os
from pathlib import Path
from typing import Any

from .protocol import PageAction
from .update import AFTER_STEP

_SHOWN = ("image/", "audio/", "video/", "text/plain", "application/pdf")
_SCRIPTED = ("image/svg+xml",)
"""Images that may hold scripts, which would run as the site's own where one is opened."""

_folders: set[Path] = set()
_known: dict[str, tuple[Path, int, int]] = {}
_addresses: dict[str, str] = {}


def watch(folder: Path) -> None:
    """Tell the page from now on of what is written into ``folder``."""
    _folders.add(folder)
    if _changed not in AFTER_STEP:
        AFTER_STEP.append(_changed)


def _changed() -> list[PageAction]:
    """Return the action that names the files which are new or changed."""
    found: dict[str, list[int]] = {}
    for folder in _folders:
        for place, _, files in os.walk(folder):
            for file in files:
                path = Path(place, file)
                stat = path.stat()
                stamp = (path, stat.st_mtime_ns, stat.st_size)
                name = path.relative_to(folder).as_posix()
                if _known.get(name) != stamp:
                    _known[name] = stamp
                    found[name] = [stat.st_mtime_ns // 1000, stat.st_size]
    return [{"name": "uploads_written", "args": {"files": found}}] if found else []


def address(name: str) -> PageAction | None:
    """Return the action that gives the page the address of the file ``name``; None without one."""
    if name not in _known or not _known[name][0].is_file():
        return None
    bridge: Any = importlib.import_module("wasmrx.bridge")
    old = _addresses.get(name)
    made = bridge.address_of(_known[name][0].read_bytes(), _type_of(name))
    _addresses[name] = made
    if old is not None:
        bridge.forget_address(old)
    return {"name": "upload_url", "args": {"name": name, "url": made}}


def _type_of(name: str) -> str:
    mime = importlib.import_module("mimetypes").guess_type(name)[0] or ""
    is_shown = mime.startswith(_SHOWN) and mime not in _SCRIPTED
    return mime if is_shown else "application/octet-stream"

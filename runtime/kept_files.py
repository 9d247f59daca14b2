"""``rx.files``: what the app has written into its working folder, as one archive.

The worker keeps every file that Python writes below the working folder, apart from modules and what
lies in ``rx.get_upload_dir()``; a reload finds it there. These functions give a visitor a copy to
take along, and take it back.
"""

from __future__ import annotations

import importlib
import os
from pathlib import Path, PurePosixPath
from typing import Any

from .errors import WasmrxError

found: list[Any] = []
"""The worker's keeper of files, in the browser."""


class ArchiveError(WasmrxError, ValueError):
    """An archive of files cannot be taken back."""


class NotKeptError(WasmrxError, OSError):
    """The browser could not store what was written; what it stored before is still there."""


async def settled() -> None:
    """Wait until the browser has stored all that was written.

    Raises NotKeptError where it cannot: there is no room, or another tab stores this site's files.
    """
    problem = str(await found[0].settled()) if found else ""
    if problem:
        raise NotKeptError(problem)


def names() -> list[str]:
    """Return the paths of the files that are kept, below the working folder.

    A file that was just written is among them once the handler has come to rest.
    """
    return str(found[0].names()).splitlines() if found else []


def archive() -> bytes:
    """Return all kept files as a zip.

    >>> return rx.download(data=rx.files.archive(), filename="my-data.zip")
    """
    io, zipfile = importlib.import_module("io"), importlib.import_module("zipfile")
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as out:
        for name in names():
            if os.path.isfile(name):
                out.write(name)
    return made.getvalue()


def restore(data: bytes) -> list[str]:
    """Write the files of an archive that ``archive`` made; files that it does not have stay.

    Returns their paths. Nothing is written where the archive is damaged, or names a place outside
    of the working folder.
    """
    io, zipfile = importlib.import_module("io"), importlib.import_module("zipfile")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as given:
            entries = {name: given.read(name) for name in given.namelist() if name[-1:] != "/"}
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise ArchiveError(f"This is no archive of files, or it is damaged: {error}.") from None
    for name in entries:
        path = PurePosixPath(name)
        if path.is_absolute() or ".." in path.parts or "\\" in name:
            raise ArchiveError(f"The archive has a file outside of the app's folder: {name!r}.")
        if path.suffix in (".py", ".pyc"):
            raise ArchiveError(f"The archive has a file of Python code: {name!r}.")
    for name, content in entries.items():
        target = Path(name)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    return sorted(entries)

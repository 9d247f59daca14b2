"""Run inside Pyodide at release: Python sources become one zip of bytecode.

The bytecode must come from the very interpreter that will run it, so this module is executed by
Pyodide under Node, and imports only the standard library. Entries are unchecked-hash ``.pyc``:
no time stamps, so the same sources give the same bytes. Docstrings and asserts are left out, as by
``python -OO``: a tenth less to download. The author's own code keeps them.
"""

from __future__ import annotations

import importlib.util
import marshal
import zipfile
from collections.abc import Iterator
from pathlib import Path

LEFT_OUT = ("_pyrepl/", "__phello__/", "antigravity.py", "this.py")
"""Parts of the standard library that say nothing to a program in a worker."""

UNCHECKED_HASH = (0b01).to_bytes(4, "little")
"""The flags of a ``.pyc`` that stands for itself, whatever becomes of its source."""


def precompile(archive: str, folder: str, target: str, mount: str) -> int:
    """Write the zip ``target`` from the zip ``archive`` and the folder ``folder``.

    Each ``.py`` becomes a ``.pyc``, other files stay. ``mount`` is where the zip will lie: it
    becomes part of the file names in tracebacks. The result is the number of entries.
    """
    entries = dict(_in_archive(archive)) | dict(_in_folder(folder))
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as out:
        for name in sorted(entries):
            data = entries[name]
            if name.endswith(".py"):
                data = _bytecode(data, f"{mount}/{name}")
                name += "c"
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            out.writestr(info, data)
    return len(entries)


def _in_archive(archive: str) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(archive) as source:
        for name in source.namelist():
            if not name.endswith("/") and not name.startswith(LEFT_OUT):
                yield name, source.read(name)


def _in_folder(folder: str) -> Iterator[tuple[str, bytes]]:
    root = Path(folder)
    for path in root.rglob("*.py"):
        yield path.relative_to(root).as_posix(), path.read_bytes()


def _bytecode(source: bytes, filename: str) -> bytes:
    code = compile(source, filename, "exec", dont_inherit=True, optimize=2)
    header = importlib.util.MAGIC_NUMBER + UNCHECKED_HASH + importlib.util.source_hash(source)
    return header + marshal.dumps(code)

"""Run inside Pyodide at release: Python sources become one zip of bytecode.

The bytecode must come from the very interpreter that will run it, so this module is executed by
Pyodide under Node, and imports only the standard library. Entries are unchecked-hash ``.pyc``:
no time stamps, so the same sources give the same bytes.
"""

from __future__ import annotations

import importlib.util
import zipfile
from collections.abc import Iterator
from importlib._bootstrap_external import _code_to_hash_pyc
from pathlib import Path

LEFT_OUT = ("_pyrepl/", "__phello__/", "antigravity.py", "this.py")
"""Parts of the standard library that say nothing to a program in a worker."""


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
    code = compile(source, filename, "exec", dont_inherit=True, optimize=0)
    return bytes(_code_to_hash_pyc(code, importlib.util.source_hash(source), False))

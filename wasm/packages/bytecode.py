"""A wheel as the archive that the worker lays down, its sources as bytecode where asked.

Only the standard library, and nothing else of wasmrx: the interpreter that compiles may be a
Pyodide that runs under Node. The archive is a zip without compression inside one gzip stream: it
is smaller than a zip, and is inflated once instead of file by file.
"""

from __future__ import annotations

import gzip
import importlib.util
import io
import marshal
import warnings
import zipfile
from collections.abc import Iterator

LEFT_OUT_FOLDERS = frozenset(("__pycache__", "tests"))
LEFT_OUT_SUFFIXES = (".pyc", ".pyi", ".pyx", ".pxd", ".c", ".cpp", ".h", ".hpp", ".js.map")
_LEFT_OUT_INFO = ("RECORD", "INSTALLER", "REQUESTED", "direct_url.json")
_UNCHECKED_HASH = (0b01).to_bytes(4, "little")
_DATE = (1980, 1, 1, 0, 0, 0)


def archive(wheel: bytes, *, place: str, with_bytecode: bool, with_sources: bool) -> bytes:
    """Return the archive of a wheel; ``place`` is the folder that it will lie in.

    Bytecode is that of the interpreter that runs this. A module that does not compile stays a
    source, as installers leave it.
    """
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as out:
        for name, data in sorted(_entries(wheel)):
            if name.endswith(".py") and with_bytecode:
                code = _compiled(data, f"{place}/{name}")
                if code is not None:
                    out.writestr(zipfile.ZipInfo(_compiled_name(name, with_sources), _DATE), code)
                    if not with_sources:
                        continue
            out.writestr(zipfile.ZipInfo(name, _DATE), data)
    return gzip.compress(made.getvalue(), 9, mtime=0)


def archive_file(wheel: str, out: str, place: str, with_sources: bool) -> None:
    """Write the archive of the file ``wheel``, compiled, to the file ``out``."""
    with open(wheel, "rb") as source, open(out, "wb") as target:
        made = archive(source.read(), place=place, with_bytecode=True, with_sources=with_sources)
        target.write(made)


def _compiled_name(name: str, beside_source: bool) -> str:
    """Return where Python looks for the bytecode of ``name``."""
    return importlib.util.cache_from_source(name) if beside_source else f"{name}c"


def _entries(wheel: bytes) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(wheel)) as source:
        for name in source.namelist():
            placed = _placed(name)
            if placed is not None:
                yield placed, source.read(name)


def _placed(name: str) -> str | None:
    """Return where a file of a wheel is installed, None for what a worker does without."""
    folders = name.split("/")[:-1]
    if name.endswith(("/", *LEFT_OUT_SUFFIXES)) or LEFT_OUT_FOLDERS & set(folders):
        return None
    if folders and folders[0].endswith(".data"):
        kind, _, rest = name.partition("/")[2].partition("/")
        return rest if kind in ("purelib", "platlib") else None
    is_info = bool(folders) and folders[0].endswith(".dist-info")
    return None if is_info and name.rpartition("/")[2] in _LEFT_OUT_INFO else name


def _compiled(source: bytes, filename: str) -> bytes | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            code = compile(source, filename, "exec", dont_inherit=True)
    except (SyntaxError, ValueError):
        return None
    header = importlib.util.MAGIC_NUMBER + _UNCHECKED_HASH + importlib.util.source_hash(source)
    return header + marshal.dumps(code)

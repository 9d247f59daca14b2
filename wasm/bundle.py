"""The app bundle: the author's sources and data files as one zip, the same bytes every time."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from .files import runtime_is_current, runtime_sources

LEFT_OUT_FOLDERS = frozenset(
    {"assets", "build", "dist", "env", "node_modules", "tests", "uploaded_files", "venv"}
)
LEFT_OUT_FILES = frozenset({"conftest.py", "pyproject.toml", "reflex.db", "uv.lock"})
LEFT_OUT_SUFFIXES = frozenset({".key", ".lock", ".log", ".md", ".pem", ".pyc", ".pyo"})


def app_bundle(project: Path, *, leave_out: Iterable[Path] = ()) -> bytes:
    """The project as the zip that the worker unpacks into its working folder.

    Hidden files, caches, virtual environments, tests, ``assets/`` and built sites stay out, and
    so does everything under ``leave_out``. In a wasmrx checkout whose runtime was edited after
    the release build, the edited runtime is added: the worker prefers it to the built one.
    """
    root = project.resolve()
    unwanted = frozenset(path.resolve() for path in leave_out)
    entries = {
        path.relative_to(root).as_posix(): path for path in _files_under(root, root, unwanted)
    }
    if not runtime_is_current():
        entries = {f"wasmrx/{name}": path for name, path in runtime_sources().items()} | entries
    return _zip(entries)


def _files_under(folder: Path, root: Path, unwanted: frozenset[Path]) -> Iterator[Path]:
    for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
        path = Path(entry.path)
        if entry.name.startswith(".") or path.resolve() in unwanted:
            continue
        if entry.is_dir():
            if not _is_left_out(path) and not entry.is_symlink():
                yield from _files_under(path, root, unwanted)
        elif (
            entry.is_file()
            and entry.name not in LEFT_OUT_FILES
            and path.suffix not in LEFT_OUT_SUFFIXES
            and path.resolve().is_relative_to(root)
        ):
            yield path


def _is_left_out(folder: Path) -> bool:
    return (
        folder.name in LEFT_OUT_FOLDERS
        or folder.name == "__pycache__"
        or folder.name.endswith(".egg-info")
        or (folder / "pyvenv.cfg").exists()
    )


def _zip(entries: dict[str, Path]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sorted(entries):
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 3
            info.external_attr = 0o644 << 16
            archive.writestr(info, entries[name].read_bytes())
    return buffer.getvalue()

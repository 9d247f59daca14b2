"""The app bundle: the author's sources and data files as one zip, the same bytes every time."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from .files import runtime_is_current, runtime_sources

LEFT_OUT_FOLDERS = frozenset(
    (
        *("assets", "build", "dist", "env", "node_modules", "tests", "uploaded_files", "venv"),
        "wasmrx-npm",
    )
)
LEFT_OUT_FILES = frozenset({"conftest.py", "pyproject.toml", "uv.lock"})
LEFT_OUT_SUFFIXES = frozenset(".jsx .lock .log .pyc .pyo .ts .tsx".split())
SECRET_SUFFIXES = frozenset(
    (
        *".asc .cer .crt .der .env .gpg .jks .kdbx .key .keystore .p12 .p8 .pem .pfx .ppk".split(),
        *".db .db-journal .db-shm .db-wal .sqlite .sqlite3 .sqlite-shm .sqlite-wal".split(),
    )
)
SECRET_NAMES = ("credentials.", "id_dsa", "id_ecdsa", "id_ed25519", "id_rsa", "secrets.")
"""How files begin that hold secrets, unless they are Python."""


def app_bundle(
    project: Path,
    *,
    leave_out: Iterable[Path] = (),
    published: Mapping[str, bytes] | None = None,
) -> bytes:
    """The project as the zip that the worker unpacks into its working folder.

    Hidden files, caches, virtual environments, tests, ``assets/``, built sites and what only the
    page's JavaScript is made of stay out, and so does everything under ``leave_out``. In a wasmrx
    checkout whose runtime was edited after the release build, the edited runtime is added: the
    worker prefers it to the built one. ``published`` is taken in the project's place, where a part
    of it stays on a server.
    """
    if published is None:
        files = project_files(project, leave_out=leave_out)
        published = {name: path.read_bytes() for name, path in files.items()}
    if not runtime_is_current():
        runtime = {f"wasmrx/{name}": path for name, path in runtime_sources().items()}
        published = {name: path.read_bytes() for name, path in runtime.items()} | dict(published)
    return zipped(published)


def project_files(project: Path, *, leave_out: Iterable[Path] = ()) -> dict[str, Path]:
    """The files of a project that may be published: path in it, and where each lies.

    Never among them are hidden files, keys, databases, and what is written about the project.
    """
    root = project.resolve()
    unwanted = frozenset(path.resolve() for path in leave_out)
    return {path.relative_to(root).as_posix(): path for path in _files_under(root, root, unwanted)}


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
            and path.suffix.lower() not in LEFT_OUT_SUFFIXES
            and not is_secret(path)
            and not _is_about(path, root)
            and path.resolve().is_relative_to(root)
        ):
            yield path


def is_secret(path: Path) -> bool:
    """Tell whether a file holds keys or a database, by its name: it is never published."""
    is_named = path.name.lower().startswith(SECRET_NAMES) and path.suffix != ".py"
    return is_named or path.suffix.lower() in SECRET_SUFFIXES


def _is_about(path: Path, root: Path) -> bool:
    """Tell whether a file is about the project: at its root, or in capitals such as README.md."""
    is_markdown = path.suffix.lower() == ".md"
    return is_markdown and (path.parent == root or path.stem.isupper())


def _is_left_out(folder: Path) -> bool:
    return (
        folder.name in LEFT_OUT_FOLDERS
        or folder.name == "__pycache__"
        or folder.name.endswith(".egg-info")
        or (folder / "pyvenv.cfg").exists()
    )


def zipped(entries: Mapping[str, bytes]) -> bytes:
    """Return a zip of these files, the same bytes every time."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sorted(entries):
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 3
            info.external_attr = 0o644 << 16
            archive.writestr(info, entries[name])
    return buffer.getvalue()

"""Packages of the author's own: a folder with ``pyproject.toml``, built as a wheel by uv."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from packaging.utils import parse_wheel_filename

from wasmrx.wasm.cache import cache_folder, keep

from .cross import build_compiled
from .lock import same_name
from .target import PackageError, best_wheel
from .uv import run_uv

_SKIPPED = frozenset(("__pycache__", "build", "dist", "node_modules", "venv"))


@dataclass(frozen=True)
class LocalWheel:
    """The wheel of a folder, as the lock names that."""

    name: str
    version: str
    path: Path
    folder: str


def build_local(folder: Path, shown: str) -> LocalWheel:
    """Return the wheel of the package in ``folder``, which is built anew when a file changed."""
    if not (folder / "pyproject.toml").is_file() and not (folder / "setup.py").is_file():
        raise PackageError(
            f"{shown} is no package: it has no pyproject.toml. Modules that lie in the app's own "
            "folder need no requirement."
        )
    home = cache_folder("local") / _digest(folder)
    kept = next(iter(sorted(home.glob("*.whl"))), None) or _built(folder, shown, home)
    name, version, _, _ = parse_wheel_filename(kept.name)
    return LocalWheel(same_name(name), str(version), kept, shown)


def _built(folder: Path, shown: str, home: Path) -> Path:
    with tempfile.TemporaryDirectory(prefix="wasmrx-") as out:
        run_uv(
            ["build", "--wheel", "--quiet", "--out-dir", out, str(folder)],
            folder,
            f"Building the package in {shown}",
        )
        made = next(Path(out).glob("*.whl"))
        if best_wheel([made.name]) is None:
            made = build_compiled(folder, shown, Path(out, "browser"))
        home.mkdir(parents=True, exist_ok=True)
        return keep(home / made.name, made.read_bytes())


def _digest(folder: Path) -> str:
    digest = hashlib.sha256(str(folder.resolve()).encode())
    for path in _files(folder):
        digest.update(f"{path.relative_to(folder).as_posix()}\0".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:24]


def _files(folder: Path) -> Iterator[Path]:
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(
            name
            for name in folders
            if name not in _SKIPPED and not name.startswith(".") and not name.endswith(".egg-info")
        )
        yield from (Path(parent, name) for name in sorted(names) if not name.endswith(".pyc"))

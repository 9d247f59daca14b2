"""What is in an archive: its hash and its modules, noted beside it when it is made.

Invariant: an archive that is not what its note says is as good as none.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from wasmrx.wasm.cache import keep


@dataclass(frozen=True)
class Contents:
    """An archive, its SHA-256, and the modules that it provides."""

    path: Path
    sha256: str
    modules: tuple[str, ...]


def noted(path: Path) -> Contents | None:
    """Return what is noted of an archive; None where there is none, or another than noted."""
    try:
        told = json.loads(_note(path).read_text(encoding="utf-8"))
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        if told["sha256"] == digest:
            return Contents(path, digest, tuple(told["modules"]))
    except (OSError, ValueError, KeyError, TypeError):
        pass
    return None


def note(path: Path) -> Contents:
    """Look into an archive that was made, and note what is found."""
    data = path.read_bytes()
    digest = hashlib.sha256(data).hexdigest()
    with zipfile.ZipFile(io.BytesIO(gzip.decompress(data))) as archive:
        modules = tuple(sorted(_modules(archive.namelist())))
    keep(_note(path), json.dumps({"sha256": digest, "modules": modules}).encode())
    return Contents(path, digest, modules)


def _note(path: Path) -> Path:
    return path.with_suffix(".json")


def _modules(names: Iterable[str]) -> set[str]:
    """Return the modules that files provide: ``a`` for ``a/__init__.py``, ``a.b`` without that."""
    files = [name for name in names if name.endswith((".py", ".pyc", ".so"))]
    packages = {
        _folder(n) for n in files if n.rpartition("/")[2] in ("__init__.py", "__init__.pyc")
    }
    found: set[str] = set()
    for name in files:
        parts = name.split("/")
        if "__pycache__" in parts or parts[0].endswith((".dist-info", ".libs")):
            continue
        for length in range(1, len(parts)):
            if "/".join(parts[:length]) in packages:
                found.add(".".join(parts[:length]))
                break
        else:
            found.add(".".join([*parts[:-1], parts[-1].partition(".")[0]]))
    return found


def _folder(name: str) -> str:
    return name.rpartition("/")[0]

"""The packages of an app as a part of its site: archives, and what the worker knows of them."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import zipfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from wasmrx.wasm.cache import keep
from wasmrx.wasm.files import SITE_FOLDER, hashed_name

from .archives import Job, Node, archives
from .index import Wheel, verified
from .local import build_local
from .lock import Lock, Package

Tell = Callable[[str], None]


@dataclass(frozen=True)
class Shelved:
    """One package of the site: the archive's name there, the modules that it provides."""

    name: str
    file: str
    path: Path
    modules: tuple[str, ...]
    needs: tuple[str, ...]


@dataclass(frozen=True)
class Shelf:
    """All packages of a site by name."""

    packages: Mapping[str, Shelved] = field(default_factory=dict[str, Shelved])
    is_compiled: bool = True

    @property
    def files(self) -> Mapping[str, Path]:
        """Return what is published: path in the site → the archive."""
        return {f"{SITE_FOLDER}/{each.file}": each.path for each in self.packages.values()}

    def provider(self, module: str) -> Shelved | None:
        """Return the package that provides ``module``, by its longest known part."""
        by_module = {name: each for each in self.packages.values() for name in each.modules}
        parts = module.split(".")
        names = (".".join(parts[:length]) for length in range(len(parts), 0, -1))
        return next((by_module[name] for name in names if name in by_module), None)

    def told(self) -> dict[str, Any]:
        """Return what Python in the worker is told."""
        return {
            name: {"file": each.file, "modules": each.modules, "needs": each.needs}
            for name, each in sorted(self.packages.items())
        }

    def closure(self, roots: Iterable[str], loaded: Callable[[Shelved], bool]) -> list[Shelved]:
        """Return ``roots`` and those that they need and ``loaded`` tells of, by name."""
        waiting, found = list(roots), set[str]()
        while waiting:
            name = waiting.pop()
            if name not in found and name in self.packages:
                found.add(name)
                needs = (self.packages.get(need) for need in self.packages[name].needs)
                waiting += [each.name for each in needs if each and loaded(each)]
        return [self.packages[name] for name in sorted(found)]


def shelve(root: Path, lock: Lock, *, node: Node, tell: Tell) -> Shelf:
    """Return the packages that ``lock`` names, downloaded, verified and made into archives."""
    packages = sorted(lock.packages.values(), key=lambda package: package.name)
    jobs = [Job(_wheel(root, package, tell), bool(package.local)) for package in packages]
    paths, is_compiled = archives(jobs, node, tell)
    made = {
        package.name: _shelved(package, path, lock.needs(package.name))
        for package, path in zip(packages, paths, strict=True)
    }
    return Shelf(made, is_compiled)


def _wheel(root: Path, package: Package, tell: Tell) -> Path:
    if package.local:
        return build_local(root / package.local, package.local).path
    wheel = Wheel(package.wheel, package.url, package.sha256, package.size)
    return verified(wheel, package.name, tell)


def _shelved(package: Package, path: Path, needs: tuple[str, ...]) -> Shelved:
    digest, modules = _read(path)
    name = f"{package.name}-{package.version}.bin".replace("+", "_")
    return Shelved(package.name, hashed_name(name, digest), path, modules, needs)


def _read(path: Path) -> tuple[str, tuple[str, ...]]:
    """Return an archive's hash, and the modules in it, which are noted beside it."""
    data = path.read_bytes()
    digest = hashlib.sha256(data).hexdigest()
    note = path.with_suffix(".json")
    try:
        noted: dict[str, list[str]] = json.loads(note.read_text(encoding="utf-8"))
        return digest, tuple(noted[digest])
    except (OSError, ValueError, KeyError):
        with zipfile.ZipFile(io.BytesIO(gzip.decompress(data))) as archive:
            modules = tuple(sorted(_modules(archive.namelist())))
        keep(note, json.dumps({digest: modules}).encode())
        return digest, modules


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

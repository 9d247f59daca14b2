"""The packages of an app as a part of its site: archives, and what the worker knows of them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from typing import Any

from wasmrx.wasm.files import SITE_FOLDER, hashed_name

from .archives import Job, Node, archives
from .contents import Contents
from .index import Wheel, as_url, verified
from .local import build_local
from .lock import Lock, Package
from .target import is_pure

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
    own: tuple[Path, ...] = ()
    """The wheels of the author's own packages that this machine's Python can import."""

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
            name: {
                "file": each.file,
                "size": each.path.stat().st_size,
                "modules": each.modules,
                "needs": each.needs,
            }
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
    jobs = [_job(root, package, tell) for package in packages]
    made, is_compiled = archives(jobs, node, tell)
    shelved = {
        package.name: _shelved(package, each, lock.needs(package.name))
        for package, each in zip(packages, made, strict=True)
    }
    own = [job.wheel() for package, job in zip(packages, jobs, strict=True) if package.local]
    return Shelf(shelved, is_compiled, tuple(path for path in own if is_pure(path.name)))


def _job(root: Path, package: Package, tell: Tell) -> Job:
    if package.local:
        path = build_local(root / package.local, package.local).path
        return Job(hashlib.sha256(path.read_bytes()).hexdigest(), lambda: path, keeps_sources=True)
    url = as_url(package.url, root) if package.url else ""
    wheel = Wheel(package.wheel, url, package.sha256, package.size)
    get = cache(partial(verified, wheel, package.name, tell))
    return Job(package.sha256, get, keeps_sources=False)


def _shelved(package: Package, made: Contents, needs: tuple[str, ...]) -> Shelved:
    name = f"{package.name}-{package.version}.bin".replace("+", "_")
    return Shelved(package.name, hashed_name(name, made.sha256), made.path, made.modules, needs)

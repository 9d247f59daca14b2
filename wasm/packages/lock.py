"""``wasmrx.lock``: the packages of an app, each at one version, with the hash of its wheel.

The author commits it. Invariant: two builds with the same lock lay the same bytes into the site.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from packaging.utils import canonicalize_name

from .target import PackageError

LOCK_FILE = "wasmrx.lock"
FORMAT = 1
_HEAD = """\
# Written by wasmrx: what `wasmrx build` lays into the site. Commit this file.
# `wasmrx add NAME` and `wasmrx lock` change it, `wasmrx why NAME` explains it.
"""


@dataclass(frozen=True)
class Package:
    """One package: ``needs`` are those that it requires, ``by`` who requires it.

    ``origin`` is ``"index"`` for a wheel of the default package index; of another place ``url`` has
    the address, or the path in the project. A package of the author's own has its folder as
    ``local``, from which the wheel is built.
    """

    name: str
    version: str
    wheel: str = ""
    origin: str = ""
    url: str = ""
    sha256: str = ""
    size: int = 0
    local: str = ""
    by: tuple[str, ...] = ()


@dataclass(frozen=True)
class Lock:
    """All packages by name, and what they were resolved from: the requirements and the Pyodide."""

    pyodide: str
    requires: tuple[str, ...]
    packages: Mapping[str, Package] = field(default_factory=dict[str, Package])

    def needs(self, name: str) -> tuple[str, ...]:
        """Return the packages that ``name`` requires."""
        return tuple(each.name for each in self.packages.values() if name in each.by)

    def chain(self, name: str) -> tuple[str, ...]:
        """Return the shortest way from the app's own requirement to ``name``, that one last."""
        return chain_to(name, {each.name: each.by for each in self.packages.values()})


def chain_to(name: str, by: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Return the shortest way to ``name``; ``by`` tells who requires each package.

    >>> chain_to("c", {"a": [], "b": ["a"], "c": ["b"]})
    ('a', 'b', 'c')
    """
    waiting: list[tuple[str, ...]] = [(name,)]
    seen = {name}
    while waiting:
        chain = waiting.pop(0)
        askers = [asker for asker in by.get(chain[0], ()) if asker in by]
        if not askers or _is_root(by[chain[0]], by):
            return chain
        fresh = [asker for asker in askers if asker not in seen]
        seen.update(fresh)
        waiting += [(asker, *chain) for asker in fresh]
    return (name,)


def _is_root(askers: Sequence[str], by: Mapping[str, Sequence[str]]) -> bool:
    """Whether the app itself is among the askers; its requirements are named by their file."""
    return any(asker not in by for asker in askers)


def read_lock(root: Path) -> Lock | None:
    """Return the lock of the app in ``root``, None where it has none."""
    path = root / LOCK_FILE
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PackageError(
            f"{path} cannot be read: {error}. Delete it, and `wasmrx lock` writes it anew."
        ) from error
    if told.get("format") != FORMAT:
        raise PackageError(f"{path} is of another version of wasmrx. `wasmrx lock` writes it anew.")
    entries = cast("list[dict[str, Any]]", told.get("package", []))
    packages = [Package(by=tuple(each.pop("by")), **each) for each in entries]
    return Lock(
        str(told.get("pyodide", "")),
        tuple(told.get("requires", ())),
        {package.name: package for package in packages},
    )


def write_lock(root: Path, lock: Lock) -> None:
    """Write the lock of the app in ``root``, unless it is there already."""
    text = "\n".join(_lines(lock)) + "\n"
    path = root / LOCK_FILE
    if not path.is_file() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8")


def _lines(lock: Lock) -> Iterator[str]:
    yield _HEAD + f"format = {FORMAT}"
    yield f"pyodide = {_toml(lock.pyodide)}"
    yield "requires = ["
    yield from (f"    {_toml(each)}," for each in lock.requires)
    yield "]"
    for _, package in sorted(lock.packages.items()):
        yield "\n[[package]]"
        values = vars(package)
        yield from (f"{key} = {_toml(value)}" for key, value in values.items() if value)


def _toml(value: Any) -> str:
    """Return a text, number or tuple of texts as TOML, which writes these as JSON does."""
    return json.dumps(value, ensure_ascii=False)


def same_name(name: str) -> str:
    """Return the one spelling of a name: ``Typing_Extensions`` → ``typing-extensions``."""
    return canonicalize_name(name)

"""The lock of an app, brought up to date with what the app requires."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

from packaging.requirements import InvalidRequirement, Requirement

from wasmrx.wasm.bundle import project_files

from .imports import installs
from .lock import LOCK_FILE, Lock, read_lock, write_lock
from .resolve import resolve
from .target import PackageError, target
from .wanted import PROVIDED, Requirements, Wanted, read_requirements

Tell = Callable[[str], None]


def requirements_of(root: Path, module: str) -> Requirements:
    """Return what the app in ``root`` requires, the names that it gives to micropip among it."""
    found = read_requirements(root, module_file(root, module))
    named = {each.name for each in found.wanted}
    more = [each for each in _installed(root) if each.name not in {*named, *PROVIDED}]
    return replace(found, wanted=(*found.wanted, *more))


def current_lock(
    root: Path, module: str, *, locked: bool = False, upgrade: bool = False, tell: Tell
) -> Lock:
    """Return the lock that fits the app; it is resolved and written where that is out of date.

    With ``locked`` an outdated lock is an error instead; with ``upgrade`` all versions are chosen
    anew.
    """
    requirements = requirements_of(root, module)
    before = read_lock(root)
    texts = (*requirements.texts(), *_local_needs(requirements))
    is_current = before is not None and (before.pyodide, before.requires) == (
        target().pyodide,
        texts,
    )
    if is_current and not upgrade:
        return before or Lock(target().pyodide, ())
    if before is None and not requirements.wanted:
        return Lock(target().pyodide, ())
    if locked:
        raise PackageError(
            f"{LOCK_FILE} is not up to date: {_difference(before, texts)}. Run `wasmrx lock`, and "
            "commit what it writes."
        )
    lock = replace(
        resolve(requirements, before=None if upgrade else before, tell=tell), requires=texts
    )
    write_lock(root, lock)
    tell(f"{LOCK_FILE} is new: commit it")
    return lock


def _difference(before: Lock | None, texts: tuple[str, ...]) -> str:
    if before is None:
        return "there is none"
    if before.pyodide != target().pyodide:
        return f"it is for Pyodide {before.pyodide}, this wasmrx has {target().pyodide}"
    added, gone = set(texts) - set(before.requires), set(before.requires) - set(texts)
    words = [("it lacks", added), ("it has", gone)]
    return ", ".join(f"{word} {', '.join(sorted(each))}" for word, each in words if each)


def module_file(root: Path, module: str) -> Path | None:
    """Return the file of the app's module."""
    path = root.joinpath(*module.split("."))
    candidates = (path.with_suffix(".py"), path / "__init__.py")
    return next((each for each in candidates if each.is_file()), None)


def _installed(root: Path) -> Iterator[Wanted]:
    """Yield what the app's sources give to ``micropip.install`` as text."""
    for path in project_files(root).values():
        if path.suffix != ".py" or b"micropip" not in path.read_bytes():
            continue
        for text, line in installs(path):
            place = f"{path.relative_to(root).as_posix()}:{line}"
            try:
                Requirement(text)
            except InvalidRequirement:
                raise PackageError(
                    f"{place}: micropip.install({text!r}) names no package of an index. The site "
                    "is built without addresses elsewhere: put the wheel's package into the app's "
                    "requirements."
                ) from None
            yield Wanted(text, place)


def _local_needs(requirements: Requirements) -> Iterator[str]:
    """Yield what the author's own packages require, which decides about the lock, too."""
    for wanted in requirements.wanted:
        config = requirements.root / wanted.local / "pyproject.toml"
        if wanted.local and config.is_file():
            told = tomllib.loads(config.read_text(encoding="utf-8"))
            project = cast("dict[str, Any]", told.get("project", {}))
            yield from (f"{wanted.local}: {need}" for need in project.get("dependencies", ()))

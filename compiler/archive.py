"""The code of components as the worker gets it, for sites in which vars hold components."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from .offer import FILE, THEMES, Offer
from .units import asset

_ROOT = Path(__file__).resolve().parent
_PACKAGE = "wasmrx.compiler"
_THEMED = frozenset(("wasmrx/code_any", "wasmrx/markdown"))
_STARTS = ("__init__.py", "held.py", "absent.py")


def component_files(offer: Offer) -> dict[str, bytes]:
    """Return the modules that build components, and their tables, by path in the archive.

    These are the library and what it imports; what only a build needs is not among them.
    """
    files = {path: (_ROOT / path).read_bytes() for path in _sources()}
    files[FILE] = offer.text()
    if offer.modules & _THEMED:
        files[THEMES] = asset(THEMES).read_bytes()
    return {f"wasmrx/compiler/{path}": content for path, content in sorted(files.items())}


@cache
def _sources() -> tuple[str, ...]:
    library = sorted((_ROOT / "library").glob("*.py"))
    pending = [_ROOT / name for name in _STARTS] + library
    found: set[Path] = set()
    while pending:
        path = pending.pop()
        if path not in found:
            found.add(path)
            pending += _imports(path)
    found |= set((_ROOT / "library" / "tables").glob("*.json"))
    return tuple(sorted(path.relative_to(_ROOT).as_posix() for path in found))


def _imports(path: Path) -> Iterator[Path]:
    """Yield the files of this package that a module imports."""
    for node in ast.walk(ast.parse(path.read_bytes())):
        if not isinstance(node, ast.ImportFrom):
            continue
        module = node.module or ""
        if node.level:
            folder = path.parent
        elif module.startswith(_PACKAGE):
            folder, module = _ROOT, module.removeprefix(_PACKAGE).lstrip(".")
        else:
            continue
        names = [module] if module else [alias.name for alias in node.names]
        for name in names:
            file = folder.joinpath(*name.split(".")).with_suffix(".py")
            if file.is_file():
                yield from {file, file.with_name("__init__.py")}

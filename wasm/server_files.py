"""Which data files are published with the modules of the browser: those that their texts name."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath

from wasmrx.errors import ServerHandlerError


def named_files(
    root: Path, sources: Mapping[str, str], paths: Iterable[str], made: Mapping[str, set[int]]
) -> set[str]:
    """Return those of ``paths`` in ``root`` that the published ``sources`` name.

    A text names a file when it is the end of its path, in whole names: ``"data/prices.csv"`` or
    ``"prices.csv"``, but neither ``"my-prices.csv"`` nor a sentence. ``made`` are the lines of each
    source that the build wrote itself. Raises ServerHandlerError where a text fits several files.
    """
    by_name: dict[str, list[str]] = {}
    for path in paths:
        by_name.setdefault(PurePosixPath(path).name, []).append(path)
    found: set[str] = set()
    for source, text in sources.items():
        for node in _texts(ast.parse(text), made.get(source, set())):
            try:
                home = PurePosixPath(Path(source).relative_to(root).parent.as_posix())
                found.update(_named(home, str(node.value), by_name))
            except ServerHandlerError as error:
                raise error.at((source, node.lineno)) from None
    return found


def _texts(node: ast.AST, made: set[int]) -> Iterator[ast.Constant]:
    """Yield the texts that are neither docstrings nor of the build."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant):
            continue
        match child:
            case ast.Constant(value=str()) if child.lineno not in made:
                yield child
            case _:
                yield from _texts(child, made)


def _named(home: PurePosixPath, text: str, by_name: Mapping[str, list[str]]) -> Iterable[str]:
    """Return the file that a text in a module of the folder ``home`` names, if any."""
    parts = [part for part in text.split("/") if part not in ("", ".", "..")]
    end = "/".join(parts)
    fits = [
        path
        for path in by_name.get(parts[-1] if parts else "", ())
        if f"/{path}".endswith(f"/{end}")
    ]
    if len(fits) < 2:
        return fits
    if "/" in text:  # A path from the project's folder, or from the module's.
        whole = {end, (home / end).as_posix()}.intersection(fits)
        if len(whole) == 1:
            return whole
    raise ServerHandlerError(
        f"{text!r} may be any of {', '.join(fits)}: the build cannot tell which of them is for the "
        f"browser. Write the path from the project's folder in one text, as './{fits[0]}', or give "
        "the files different names."
    )

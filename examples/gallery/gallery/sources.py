"""The source of a demo, so that it can be pasted: only for the build."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import ModuleType

from .families import Demo, Family


def source_of(family: Family, demo: Demo) -> str:
    """Return the function of a demo with the states, constants and imports that it needs."""
    statements = _statements(family.module)
    needed: set[int] = set()
    wanted = [demo.show.__name__]
    while wanted:
        name = wanted.pop()
        for number, statement in enumerate(statements):
            if number not in needed and name in _defines(statement):
                needed.add(number)
                wanted += _reads(statement)
    lines = _file(family.module).read_text(encoding="utf-8").splitlines()
    parts = [(statements[number], _text(statements[number], lines)) for number in sorted(needed)]
    imports = [text for statement, text in parts if isinstance(statement, _IMPORTS)]
    others = [text for statement, text in parts if not isinstance(statement, _IMPORTS)]
    return "\n\n\n".join(["\n".join(imports), *others]).strip()


def components_of(family: Family, demo: Demo) -> list[str]:
    """Return what a demo's source uses of wasmrx, ``"select.root"``, each name once."""
    names = _Names()
    names.visit(ast.parse(source_of(family, demo)))
    return list(names.found)


class _Names(ast.NodeVisitor):
    """Collects what follows ``rx.``, and of ``rx.el.svg.path`` the whole only."""

    def __init__(self) -> None:
        self.found: dict[str, None] = {}

    def visit_Attribute(self, node: ast.Attribute) -> None:
        first, *rest = _dotted(node) or ("",)
        if first == "rx":
            self.found[".".join(rest)] = None
        else:
            self.generic_visit(node)


_IMPORTS = (ast.Import, ast.ImportFrom)


def _file(module: ModuleType) -> Path:
    return Path(str(module.__file__))


@cache
def _statements(module: ModuleType) -> tuple[ast.stmt, ...]:
    body = ast.parse(_file(module).read_text(encoding="utf-8")).body
    return tuple(
        statement
        for statement in body
        if not (isinstance(statement, ast.ImportFrom) and statement.module == "__future__")
    )


def _defines(statement: ast.stmt) -> set[str]:
    if isinstance(statement, _IMPORTS):
        return {alias.asname or alias.name for alias in statement.names}
    if isinstance(statement, ast.FunctionDef | ast.ClassDef):
        return {statement.name}
    return {
        node.id
        for node in ast.walk(statement)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    }


def _reads(statement: ast.stmt) -> Iterator[str]:
    for node in ast.walk(statement):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            yield node.id


def _text(statement: ast.stmt, lines: list[str]) -> str:
    first = min([statement.lineno, *(d.lineno for d in getattr(statement, "decorator_list", ()))])
    return "\n".join(lines[first - 1 : statement.end_lineno])


def _dotted(node: ast.expr) -> tuple[str, ...]:
    if isinstance(node, ast.Attribute):
        inner = _dotted(node.value)
        return (*inner, node.attr) if inner else ()
    return (node.id,) if isinstance(node, ast.Name) else ()

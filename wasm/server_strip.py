"""Source text without what stays on the server, each line where it was.

What is taken away leaves ``pass``, a server handler leaves a stub. Comments and docstrings are
emptied: nobody can tell what they speak of. The result is parsed again and must be the very tree
that was wanted.
"""

from __future__ import annotations

import ast
import io
import tokenize
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from wasmrx.errors import ServerHandlerError

Lines = list[bytes]


@dataclass
class Edits:
    """What becomes of statements, by the identity of their nodes.

    ``removed`` leave ``pass``; ``imports`` are replaced by other text; ``stubs`` by a decorator and
    a header.
    """

    removed: dict[int, ast.stmt] = field(default_factory=dict[int, ast.stmt])
    imports: dict[int, tuple[ast.stmt, str]] = field(
        default_factory=dict[int, tuple[ast.stmt, str]]
    )
    stubs: dict[int, tuple[ast.stmt, str, str]] = field(
        default_factory=dict[int, tuple[ast.stmt, str, str]]
    )

    @property
    def are_none(self) -> bool:
        """Tell whether everything stays as it is."""
        return not (self.removed or self.imports or self.stubs)


def stripped(text: str, tree: ast.Module, edits: Edits, name: str) -> str:
    """Return ``text``, whose syntax is ``tree``, after ``edits``."""
    gone = dict(edits.removed)
    texts = {id(node): node for node in _docstrings(tree, {*gone, *edits.stubs})}
    lines = [line.rstrip(b"\r\n") for line in text.encode().splitlines(keepends=True)]
    _blank_comments(lines, text)
    for node, put in sorted(_changes(gone, texts, edits), key=lambda each: -_start(each[0])[0]):
        _replace(lines, node, put)
    made = b"\n".join(lines).decode() + "\n"
    wanted = _Wanted(gone, texts, edits).visit(tree)
    if ast.dump(ast.parse(made)) != ast.dump(wanted):
        raise ServerHandlerError(
            f"{name} cannot be published: what is for the server alone could not be cut out of it. "
            "Put server handlers and what they use on lines of their own."
        )
    return made


def _changes(
    gone: Mapping[int, ast.stmt], texts: Mapping[int, ast.stmt], edits: Edits
) -> Iterator[tuple[ast.stmt, dict[int, str]]]:
    """Yield each node with the text for some of its lines."""
    for node in gone.values():
        yield node, {_start(node)[0]: "pass"}
    for node in texts.values():  # Still a text: imports from __future__ may only follow one.
        yield node, {_start(node)[0]: '""'}
    for node, text in edits.imports.values():
        yield node, {_start(node)[0]: text}
    for node, decorator, header in edits.stubs.values():
        yield node, {_start(node)[0]: decorator, node.lineno: header}


def _start(node: ast.stmt) -> tuple[int, int]:
    """Return line and column where a statement begins, with its decorators."""
    decorators: list[ast.expr] = getattr(node, "decorator_list", [])
    return min([node.lineno, *(each.lineno for each in decorators)]), node.col_offset


def first_line(node: ast.stmt) -> int:
    """Return the line where a statement begins, with its decorators."""
    return _start(node)[0]


def _replace(lines: Lines, node: ast.stmt, put: Mapping[int, str]) -> None:
    first, column = _start(node)
    last, end = node.end_lineno or node.lineno, node.end_col_offset or 0
    before, after = lines[first - 1][:column], lines[last - 1][end:]
    for at in range(first, last + 1):
        lines[at - 1] = before + put[at].encode() if at in put else b""
    if after.strip():
        lines[first - 1] += after


def _blank_comments(lines: Lines, text: str) -> None:
    rows = text.splitlines(keepends=True)
    if len(rows) != len(lines):  # A form feed or the like: lines as Python counts them.
        rows = [line.decode() for line in lines]
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT:
            row, column = token.start
            lines[row - 1] = lines[row - 1][: len(rows[row - 1][:column].encode())].rstrip()


def _docstrings(tree: ast.Module, inside: set[int]) -> Iterator[ast.stmt]:
    """Yield the texts that are statements, but those inside of what goes anyway."""

    def walk(node: ast.AST) -> Iterator[ast.stmt]:
        for child in ast.iter_child_nodes(node):
            if id(child) in inside:
                continue
            if isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant):
                if isinstance(child.value.value, str):
                    yield child
            else:
                yield from walk(child)

    return walk(tree)


class _Wanted(ast.NodeTransformer):
    """Makes the tree that the text is to have."""

    def __init__(
        self, gone: Mapping[int, ast.stmt], texts: Mapping[int, ast.stmt], edits: Edits
    ) -> None:
        self.gone = gone
        self.texts = texts
        self.edits = edits

    def visit(self, node: ast.AST) -> ast.AST:
        """Return what stands for ``node``."""
        key = id(node)
        if key in self.gone:
            return ast.Pass()
        if key in self.texts:
            return ast.Expr(ast.Constant(""))
        if key in self.edits.imports:
            return ast.parse(self.edits.imports[key][1]).body[0]
        if key in self.edits.stubs:
            _, decorator, header = self.edits.stubs[key]
            return ast.parse(f"{decorator}\n{header}").body[0]
        return self.generic_visit(node)

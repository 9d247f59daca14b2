"""What of a project is published, where a part of it stays on a server."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from .bundle import project_files
from .server_checks import has_server_marks, has_settings
from .server_code import Import, Module, Piece, bound_names, read_module
from .server_files import named_files
from .server_parts import Parts
from .server_strip import Edits, first_line, stripped
from .server_stubs import Stub
from .server_table import ServerTable
from .server_vars import Function


@dataclass(frozen=True)
class Published:
    """The project's files for the browser by path, and the paths of what stays behind."""

    files: Mapping[str, bytes]
    held_back: tuple[str, ...]


def published(
    root: Path,
    app_module: str,
    table: ServerTable,
    address: str | None,
    leave_out: Iterable[Path] = (),
) -> Published:
    """Return what of the project in ``root`` is for browsers.

    ``address`` is where the backend will be, as in ``Contract``.
    """
    paths = project_files(root, leave_out=leave_out)
    modules = _read(root, paths)
    parts = Parts(modules, app_module, table)
    parts.settle()
    texts = _Texts(parts, address)
    places = {str(modules[name].path): name for name in parts.browser.published}
    sources = {place: texts.of(modules[name]) for place, name in places.items()}
    made = {place: texts.stub_lines(modules[name]) for place, name in places.items()}
    files = {
        Path(place).relative_to(root).as_posix(): text.encode() for place, text in sources.items()
    }
    data = [path for path in paths if not path.endswith(".py")]
    for path in named_files(root, sources, data, made):
        files[path] = paths[path].read_bytes()
    behind = sorted(set(paths) - set(files))
    return Published(dict(sorted(files.items())), tuple(behind))


def has_server_code(root: Path, table: ServerTable) -> bool:
    """Tell whether anything of the project is for the server."""
    return bool(table.handlers) or any(
        has_settings(module) or has_server_marks(module)
        for module in _read(root, project_files(root)).values()
    )


def _read(root: Path, paths: Mapping[str, Path]) -> dict[str, Module]:
    found: dict[str, Module] = {}
    for path in paths:
        if path.endswith(".py"):
            name = path.removesuffix(".py").replace("/", ".")
            name = name.removesuffix(".__init__")
            try:
                found[name] = read_module(name, root / path)
            except SyntaxError:  # Nothing has imported it, or the build would have failed before.
                continue
    return found


class _Texts:
    """The modules of a project as they are published."""

    def __init__(self, parts: Parts, address: str | None) -> None:
        self.parts = parts
        self.modules = parts.modules
        self.address = address

    def of(self, module: Module) -> str:
        """Return the module as it is published."""
        edits = Edits()
        for piece in module.pieces:
            self._edit(module, piece, edits)
        for members in module.members.values():
            for piece in members:
                self._edit(module, piece, edits)
        if edits.are_none:
            return module.text
        return stripped(module.text, module.tree, edits, str(module.path))

    def stub_lines(self, module: Module) -> set[int]:
        """Return the lines of a published module that the build writes: contracts."""
        stubs = self.parts.stubs.values()
        return {first_line(stub.piece.node) for stub in stubs if stub.module is module}

    def _edit(self, module: Module, piece: Piece, edits: Edits) -> None:
        node = piece.node
        if id(node) in self.parts.stubs:
            edits.stubs[id(node)] = (node, *self._stub(self.parts.stubs[id(node)]))
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            return  # A docstring: goes where anything goes.
        elif isinstance(node, ast.ImportFrom) and node.module == "__future__":
            return
        elif isinstance(node, Import) and not piece.owner:
            self._edit_import(module, node, edits)
        elif id(piece) not in self.parts.browser.pieces and not isinstance(node, ast.Pass):
            edits.removed[id(node)] = node

    def _edit_import(self, module: Module, node: Import, edits: Edits) -> None:
        bound = bound_names(node)
        if "*" in bound:
            return
        names = [alias for name, alias in bound.items() if self._keeps(module, node, name, alias)]
        if not names:
            edits.removed[id(node)] = node
        elif len(names) < len(node.names):
            fewer: Any = ast.Import(names) if isinstance(node, ast.Import) else None
            if isinstance(node, ast.ImportFrom):
                fewer = ast.ImportFrom(node.module, names, node.level)
            edits.imports[id(node)] = node, ast.unparse(fewer)

    def _stub(self, stub: Stub) -> tuple[str, str]:
        """Return the decorator and the header of what stands for a server handler."""
        contracts = {
            found.handler.name: self.parts.table.contract(found, self.address)
            for found in stub.handlers
        }
        text = json.dumps(contracts, separators=(",", ":"))
        attach = "" if stub.piece.owner else ", True"
        decorator = f'@__import__("wasmrx.remote", fromlist=["stub"]).stub({text!r}{attach})'
        node = cast("Function", stub.piece.node)
        first = "self" if stub.first is None else ast.unparse(stub.first)
        handler = stub.handlers[0].handler if stub.handlers else None
        optional = () if handler is None else handler.optional
        needed = [name for name in handler.params if name not in optional] if handler else []
        parameters = [first, *needed, *(f"{name}=None" for name in optional)]
        return decorator, f"def {node.name}({', '.join(parameters)}): ..."

    def _keeps(self, module: Module, node: Import, name: str, alias: ast.alias) -> bool:
        """Tell whether an imported name is published."""
        if (module.name, name) in self.parts.browser.names:
            return True
        if (module.name, name) in self.parts.server.names:
            return False
        source = module.target(node) if isinstance(node, ast.ImportFrom) else alias.name
        if isinstance(node, ast.ImportFrom):
            inner = f"{source}.{alias.name}"
            if inner in self.modules:
                return inner in self.parts.browser.published
            if source in self.modules:
                return (source, alias.name) in self.parts.browser.names
        return source not in self.modules or source in self.parts.browser.published

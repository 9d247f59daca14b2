"""Where the server handlers stand in a project's source, and what is put in their places."""

from __future__ import annotations

import ast
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from wasmrx.errors import ServerHandlerError
from wasmrx.handlers import unwrapped

from .server_checks import lost_handler, marked_for_server
from .server_code import Module, Piece, type_expression
from .server_table import ServerHandler, ServerTable
from .server_vars import function_node


@dataclass
class Stub:
    """What is put in the place of a server handler: one for each state that has it."""

    module: Module
    piece: Piece
    handlers: list[ServerHandler] = field(default_factory=list[ServerHandler])

    @property
    def first(self) -> ast.arg | None:
        """Return the parameter that says which state a function outside of classes is for."""
        node = self.piece.node
        if self.piece.owner or not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            return None
        return [*node.args.posonlyargs, *node.args.args][0]

    @property
    def state_names(self) -> set[str]:
        """Return the names in the annotation of that parameter."""
        annotation = None if self.first is None else type_expression(self.first.annotation)
        nodes = () if annotation is None else ast.walk(annotation)
        return {node.id for node in nodes if isinstance(node, ast.Name)}


def find_stubs(modules: Mapping[str, Module], table: ServerTable) -> dict[int, Stub]:
    """Return what stands for each function that is marked for the server, by its node's identity.

    A method of a mixin, or of a component state, is a handler of several states; of a mixin that
    no state uses it is one of none. Raises ServerHandlerError where a function cannot be cut out.
    """
    found: dict[int, Stub] = {}
    for each in table.handlers.values():
        module, piece = _home(modules, each)
        found.setdefault(id(piece.node), Stub(module, piece)).handlers.append(each)
    for module in modules.values():
        for piece in (*module.pieces, *(p for ps in module.members.values() for p in ps)):
            if id(piece.node) not in found and marked_for_server(module, piece):
                if not _is_in_mixin(module, piece):
                    raise lost_handler(module, piece)
                found[id(piece.node)] = Stub(module, piece)
    return found


def _home(modules: Mapping[str, Module], found: ServerHandler) -> tuple[Module, Piece]:
    """Return the piece that a handler is: at the top of a module, or of a class that is there."""
    fn = unwrapped(found.handler.fn)
    module = modules.get(fn.__module__)
    node = function_node(fn)
    place = None if node is None else (node.lineno, node.name)
    owner = fn.__qualname__.rpartition(".")[0]
    if module is not None:
        for piece in module.members.get(owner, ()) if owner else module.pieces:
            if (piece.node.lineno, getattr(piece.node, "name", "")) == place:
                return module, piece
    raise ServerHandlerError(
        f"The server handler {found.handler.name} stands neither at the top of a module of the "
        "project nor in the body of a class at the top of one, so the build cannot cut it out. "
        "Write it there."
    ).at(found.handler.place)


def _is_in_mixin(module: Module, piece: Piece) -> bool:
    live: Any = getattr(sys.modules.get(module.name), piece.owner, None)
    return isinstance(live, type) and bool(vars(live).get("__wx_mixin__"))

"""What a project with server handlers may not say, because nobody could tell what it publishes."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator, Mapping
from typing import Any

from wasmrx.errors import ServerHandlerError
from wasmrx.handlers import SERVER, EventHandler
from wasmrx.remote import server

from .server_code import Import, Module, Piece, bound_names
from .server_live import named

SETTINGS = frozenset(("configure", "only"))
"""What of ``rx.server`` says something of a module, or of the server."""

_HARMLESS = frozenset(("__future__", "logging", "reflex", "warnings", "wasmrx"))
"""Packages to which nobody hands secrets."""

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)


def check_settings(module: Module) -> None:
    """Raise where ``rx.server.only()`` or ``configure`` is part of another statement."""
    for piece in module.pieces if not module.is_for_server else ():
        if piece not in module.server_pieces:
            _refuse_settings(module, piece, _calls(piece.node, inner=False))


def check_published(module: Module, piece: Piece) -> None:
    """Raise where a function of the browser's part sets up the server."""
    _refuse_settings(module, piece, _calls(piece.node, inner=True))


def has_settings(module: Module) -> bool:
    """Tell whether a module says something of the server when it is imported."""
    return any(
        module.server_call(piece, call) in SETTINGS
        for piece in module.pieces
        for call in _calls(piece.node, inner=False)
    )


def _refuse_settings(module: Module, piece: Piece, calls: Iterator[ast.Call]) -> None:
    for call in calls:
        name = module.server_call(piece, call)
        if name in SETTINGS:
            raise ServerHandlerError(
                f"rx.server.{name}(…) is part of another statement here, which would be published. "
                "Write it at the top of a module as a statement of its own; what depends on "
                "conditions goes into its arguments, or into a module that says rx.server.only()."
            ).at((str(module.path), call.lineno))


def _calls(node: ast.AST, inner: bool) -> Iterator[ast.Call]:
    """Yield the calls in a statement, those in the bodies of functions only with ``inner``."""
    if isinstance(node, _FUNCTIONS) and not inner:
        return
    if isinstance(node, ast.Call):
        yield node
    for child in ast.iter_child_nodes(node):
        yield from _calls(child, inner)


def has_server_marks(module: Module) -> bool:
    """Tell whether a function of the module is marked for the server, a handler or not."""
    pieces = (*module.pieces, *(piece for each in module.members.values() for piece in each))
    return any(
        marked_for_server(module, piece)
        or any(_is_decorated_for_server(module, piece, node) for node in ast.walk(piece.node))
        for piece in pieces
    )


def marked_for_server(module: Module, piece: Piece) -> bool:
    """Tell whether a piece is a function that is marked for the server."""
    if not isinstance(piece.node, ast.FunctionDef | ast.AsyncFunctionDef):
        return False
    home: Any = sys.modules.get(module.name)
    home = getattr(home, piece.owner, None) if piece.owner else home
    live = named(home, piece.node.name)
    mark = live.server if isinstance(live, EventHandler) else getattr(live, SERVER, None)
    return mark is not None or _is_decorated_for_server(module, piece, piece.node)


def lost_handler(module: Module, piece: Piece) -> ServerHandlerError:
    """Return the error for a function that is marked for the server and no state's handler."""
    name = f"{piece.owner}.{next(iter(piece.names))}".lstrip(".")
    how = (
        f"Make its class a state, or a mixin of states: class {piece.owner}(rx.State, mixin=True)."
        if piece.owner
        else "Annotate its first parameter with the state that it belongs to."
    )
    error = ServerHandlerError(
        f"{name} is marked for the server, and is a handler of no state. {how}"
    )
    error.at((str(module.path), piece.node.lineno))
    return error


def check_inner(module: Module, piece: Piece) -> None:
    """Raise where a server handler is inside of a function or an inner class that is published."""
    for node in ast.walk(piece.node):
        if node is not piece.node and _is_decorated_for_server(module, piece, node):
            raise ServerHandlerError(
                f"The server handler {getattr(node, 'name', '')} stands inside of something that "
                "is published as a whole. Write it at the top of a module, or in the body of a "
                "class at the top of one."
            ).at((str(module.path), getattr(node, "lineno", 0)))


def check_names(modules: Mapping[str, Module]) -> None:
    """Raise where a class, or a server handler, is defined twice: only one of them is known."""
    for module in modules.values():
        _check_twice(module, [piece for piece in module.pieces if piece.is_split], "the class")
        for pieces in (module.pieces, *module.members.values()):
            handlers = {
                name
                for piece in pieces
                if _is_decorated_for_server(module, piece, piece.node)
                for name in piece.names
            }
            same = [piece for piece in pieces if handlers & piece.names]
            _check_twice(module, same, "the server handler")


def _check_twice(module: Module, pieces: list[Piece], what: str) -> None:
    seen: dict[str, int] = {}
    for piece in pieces:
        for name in piece.names:
            if name in seen:
                raise ServerHandlerError(
                    f"The name of {what} {name!r} is defined a second time (first in line "
                    f"{seen[name]}), so the build cannot tell what is for the browser. Give the "
                    "two different names."
                ).at((str(module.path), piece.node.lineno))
            seen[name] = piece.node.lineno


def _is_decorated_for_server(module: Module, piece: Piece, node: ast.AST) -> bool:
    """Tell whether a definition in a piece has a decorator that marks it for the server."""
    for each in getattr(node, "decorator_list", []):
        call = each.func if isinstance(each, ast.Call) else each
        if module.value(piece, call) is server:
            return True
        if isinstance(each, ast.Call) and any(_asks_for_server(word) for word in each.keywords):
            return True
    return False


def _asks_for_server(word: ast.keyword) -> bool:
    return word.arg == "server" and not (
        isinstance(word.value, ast.Constant) and not word.value.value
    )


def check_effect(
    modules: Mapping[str, Module], module: Module, piece: Piece, shown: set[str]
) -> None:
    """Raise where a module that server handlers use may hand a secret to what it imports.

    ``shown`` are names that only the browser's part uses otherwise.
    """
    if isinstance(piece.node, (*_FUNCTIONS, ast.ClassDef)):
        return
    sources = {name: _source(module, name) for name in piece.loads}
    homes = {name.partition(".")[0] for name in modules}
    outside = {name for name, source in sources.items() if source and source not in homes}
    has_texts = any(
        isinstance(node, ast.Constant) and isinstance(node.value, str | bytes)
        for node in ast.walk(piece.node)
    )
    if not has_texts and not (piece.loads & module.defined) - outside:
        return
    changed = {name for name in _changed(piece.node) if sources.get(name)}
    for name in sorted((outside | changed) - shown):
        if sources[name] not in _HARMLESS:
            raise ServerHandlerError(
                f"This does something to {name!r} when {module.name} is imported, and may be for "
                "its server handlers, or for others that use the module: the build cannot tell. "
                "Put it into a module that says rx.server.only(), or, when it is for the browser, "
                "into one that server handlers do not use."
            ).at((str(module.path), piece.node.lineno))


def _source(module: Module, name: str) -> str:
    """Return the package that a name is imported from, "" where it is no import."""
    for piece in module.pieces:
        node = piece.node
        if isinstance(node, Import) and name in piece.names and name != "*":
            alias = bound_names(node)[name]
            source = module.target(node) if isinstance(node, ast.ImportFrom) else alias.name
            return (source or alias.name).partition(".")[0]
    return ""


def _changed(node: ast.stmt) -> Iterator[str]:
    """Yield the names of what gets an attribute or an item."""
    for each in ast.walk(node):
        if isinstance(each, ast.Attribute | ast.Subscript) and isinstance(each.ctx, ast.Store):
            base: ast.expr = each
            while isinstance(base, ast.Attribute | ast.Subscript):
                base = base.value
            if isinstance(base, ast.Name):
                yield base.id

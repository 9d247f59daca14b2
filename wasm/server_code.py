"""A project's modules as pieces: what each statement defines, and which names it uses.

A piece is a statement at the top of a module, or a member of a state class or of a class that a
state derives from. Pieces are what is published or held back; nothing smaller is, but the names of
an import.
"""

from __future__ import annotations

import ast
import dis
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from types import CodeType, MethodType
from typing import Annotated, Any, Literal

from wasmrx.remote import server
from wasmrx.state import State

from .server_live import UNKNOWN, below, live_value, named

_NAME_OPS = frozenset(("LOAD_GLOBAL", "LOAD_NAME", "STORE_GLOBAL", "LOAD_FROM_DICT_OR_GLOBALS"))
Import = ast.Import | ast.ImportFrom


@dataclass
class Piece:
    """One statement: ``names`` it defines, ``loads`` it uses of the module.

    ``owner`` is the class that it is a member of. ``chains`` are the names with attributes that it
    has, ``a``, ``a.b`` and ``a.b.c`` of ``a.b.c``, ``whole`` the longest of each. ``has_effect``
    tells that it does something when the module is imported besides defining names, ``is_split``
    that it is a class whose members are pieces of their own.
    """

    node: ast.stmt
    owner: str = ""
    names: frozenset[str] = frozenset()
    loads: frozenset[str] = frozenset()
    chains: frozenset[str] = frozenset()
    whole: frozenset[str] = frozenset()
    imports: tuple[Import, ...] = ()
    has_effect: bool = False
    is_state: bool = False
    is_split: bool = False

    @property
    def own(self) -> str:
        """Return the name of the first parameter of a method."""
        node = self.node
        if not self.owner or not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            return ""
        places = [*node.args.posonlyargs, *node.args.args]
        return places[0].arg if places else ""


@dataclass
class Module:
    """One module of the project."""

    name: str
    path: Path
    text: str
    tree: ast.Module
    pieces: list[Piece] = field(default_factory=list[Piece])
    members: dict[str, list[Piece]] = field(default_factory=dict[str, list[Piece]])

    @property
    def defined(self) -> set[str]:
        """Return the names at the top of the module."""
        return {name for piece in self.pieces for name in piece.names}

    @cached_property
    def server_pieces(self) -> list[Piece]:
        """Return the statements that only say something of the server: ``rx.server.…(…)``."""
        return [piece for piece in self.pieces if self._server_statement(piece)]

    @cached_property
    def is_for_server(self) -> bool:
        """Tell whether the module is marked by ``rx.server.only()``."""
        return any(self._server_statement(piece) == "only" for piece in self.pieces)

    def _server_statement(self, piece: Piece) -> str:
        match piece.node:
            case ast.Expr(value=ast.Call() as call):
                return self.server_call(piece, call)
            case _:
                return ""

    def server_call(self, piece: Piece, call: ast.Call) -> str:
        """Return what of ``rx.server`` is called, by whatever name, "" for any other call."""
        match call.func:
            case ast.Attribute(value=base, attr=attr) if self.value(piece, base) is server:
                return attr
            case func:
                found = self.value(piece, func)
                is_bound = isinstance(found, MethodType) and found.__self__ is server
                return found.__name__ if is_bound else ""

    @property
    def package(self) -> str:
        """Return what relative imports start from."""
        return self.name if self.path.name == "__init__.py" else self.name.rpartition(".")[0]

    def target(self, node: ast.ImportFrom) -> str:
        """Return the module that ``from … import`` names."""
        if not node.level:
            return node.module or ""
        base = self.package.split(".") if self.package else []
        base = base[: len(base) - (node.level - 1)]
        return ".".join([*base, *([node.module] if node.module else [])])

    def value(self, piece: Piece, node: ast.expr) -> Any:
        """Return what an expression in one of the pieces stands for, if the build can tell."""
        local: dict[str, Any] = {}
        above = [] if self.name in sys.modules else [each.node for each in self.pieces]
        for each in (*above, *piece.imports):
            if isinstance(each, Import) and each is not piece.node:
                local.update(self._imported(each))
        names = {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}
        local.update((name, UNKNOWN) for name in names - piece.loads - set(local))
        return live_value(self.name, node, local)

    def _imported(self, node: Import) -> Iterator[tuple[str, Any]]:
        for name, alias in bound_names(node).items():
            if isinstance(node, ast.ImportFrom):
                source = self.target(node)
                found = named(sys.modules.get(source), alias.name)
                inner = sys.modules.get(f"{source}.{alias.name}", UNKNOWN)
                yield name, inner if found is UNKNOWN else found
            else:
                yield name, sys.modules.get(alias.name if alias.asname else name, UNKNOWN)


def read_module(name: str, path: Path) -> Module:
    """Return the module in the file ``path``."""
    text = path.read_bytes().decode("utf-8-sig")
    module = Module(name, path, text, ast.parse(text, str(path)))
    live: Any = sys.modules.get(name)
    for node in module.tree.body:
        made = _piece(node, scope=name)
        module.pieces.append(made)
        if isinstance(node, ast.ClassDef) and _is_split(getattr(live, node.name, None)):
            head = ast.ClassDef(node.name, node.bases, node.keywords, [], node.decorator_list)
            head.body = [ast.copy_location(ast.Pass(), node)]
            head = ast.copy_location(head, node)
            if sys.version_info >= (3, 12):
                head.type_params = node.type_params
            described = _piece(head, scope=name)
            described.node = node
            described.is_split = True
            described.is_state = issubclass(getattr(live, node.name), State)
            module.pieces[-1] = described
            module.members[node.name] = [_piece(each, node.name, name) for each in node.body]
    return module


def _is_split(value: Any) -> bool:
    """Tell whether a class is a state, or a state derives from it."""
    family: list[type] = [value, *below(value)] if isinstance(value, type) else []
    return any(issubclass(each, State) for each in family)


def _piece(node: ast.stmt, owner: str = "", scope: str = "") -> Piece:
    loads = set(_names_used(node))
    chains, whole = _chains(node)
    for text in _annotations(node, scope):
        parsed = type_expression(text)
        if parsed is not None:
            loads.update(n.id for n in ast.walk(parsed) if isinstance(n, ast.Name))
            chains |= _chains(parsed)[0]
    return Piece(
        node,
        owner,
        frozenset(_defined(node)),
        frozenset(loads),
        frozenset(chains),
        frozenset(whole),
        tuple(_imports(node)),
        _has_effect(node),
    )


def _chains(node: ast.AST) -> tuple[set[str], set[str]]:
    """Return the names with attributes in ``node``, and those that are not part of a longer one."""
    found: set[str] = set()
    inner: set[int] = set()
    whole: set[str] = set()
    for each in ast.walk(node):  # What is around comes first.
        if isinstance(each, ast.Attribute):
            inner.add(id(each.value))
        if isinstance(each, ast.Attribute | ast.Name) and (text := _dotted(each)):
            found.add(text)
            if id(each) not in inner:
                whole.add(text)
    return found, whole


def _dotted(node: ast.expr) -> str:
    match node:
        case ast.Name(id=name):
            return name
        case ast.Attribute(value=value, attr=attr):
            before = _dotted(value)
            return before and f"{before}.{attr}"
        case _:
            return ""


def _names_used(node: ast.stmt) -> Iterator[str]:
    """Yield the names of the module that a statement uses, by Python's own rules of scope."""
    code = compile(ast.Module([node], []), "<piece>", "exec", dont_inherit=True)
    yield from _names_in(code)


def _names_in(code: CodeType) -> Iterator[str]:
    for instruction in dis.get_instructions(code):
        if instruction.opname in _NAME_OPS:
            yield str(instruction.argval)
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _names_in(constant)


def _annotations(node: ast.AST, scope: str) -> Iterator[ast.expr]:
    """Yield annotations, and the texts in them that are types."""
    for each in ast.walk(node):
        for part in (getattr(each, "annotation", None), getattr(each, "returns", None)):
            if isinstance(part, ast.expr):
                yield part
                yield from _type_texts(part, scope)


def _type_texts(node: ast.expr, scope: str) -> Iterator[ast.Constant]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node
    inner = list(ast.iter_child_nodes(node))
    if isinstance(node, ast.Subscript):
        form = live_value(scope, node.value, {})
        name = _dotted(node.value).rpartition(".")[2]
        if form is Literal or name == "Literal":
            return
        if (form is Annotated or name == "Annotated") and isinstance(node.slice, ast.Tuple):
            inner = node.slice.elts[:1]
    for child in inner:
        if isinstance(child, ast.expr):
            yield from _type_texts(child, scope)


def type_expression(node: ast.expr | None) -> ast.expr | None:
    """Return an annotation as an expression, also where it is one in quotes."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        try:
            return ast.parse(node.value, mode="eval").body
        except SyntaxError:
            return None
    return node


def _imports(node: ast.AST) -> Iterator[Import]:
    """Yield the imports in a statement but those that only type checkers see."""
    if isinstance(node, Import):
        yield node
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.If) and ast.unparse(child.test).endswith("TYPE_CHECKING"):
            continue
        yield from _imports(child)


def bound_names(node: Import) -> dict[str, ast.alias]:
    """Return the names that an import binds."""
    return {
        alias.asname
        or (alias.name.partition(".")[0] if isinstance(node, ast.Import) else alias.name): alias
        for alias in node.names
    }


def _defined(node: ast.stmt) -> Iterator[str]:
    """Yield the names that a statement binds in its own scope."""
    match node:
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
            yield node.name
        case ast.Import() | ast.ImportFrom():
            yield from bound_names(node)
        case _:
            for each in _own_scope(node):
                if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store):
                    yield each.id
                elif isinstance(each, ast.stmt) and each is not node:
                    yield from _defined(each)


def _own_scope(node: ast.AST) -> Iterator[ast.AST]:
    """Yield what is inside ``node`` and not inside a function or class of it."""
    for child in ast.iter_child_nodes(node):
        yield child
        if not isinstance(
            child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda
        ):
            yield from _own_scope(child)


def _has_effect(node: ast.stmt) -> bool:
    match node:
        case ast.Import() | ast.ImportFrom() | ast.Pass():
            return False
        case ast.Expr(value=ast.Constant()):
            return False
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
            return bool(node.decorator_list)
        case ast.Assign(targets=targets):
            return not all(_is_plain_target(target) for target in targets)
        case ast.AnnAssign(target=target):
            return not isinstance(target, ast.Name)
        case ast.If() | ast.Try() | ast.With():
            inner = (each for each in ast.iter_child_nodes(node) if isinstance(each, ast.stmt))
            handlers = getattr(node, "handlers", [])
            return any(map(_has_effect, [*inner, *(s for h in handlers for s in h.body)]))
        case _:
            return True


def _is_plain_target(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) or (
        isinstance(node, ast.Tuple | ast.List) and all(map(_is_plain_target, node.elts))
    )

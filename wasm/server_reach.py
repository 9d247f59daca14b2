"""Which pieces of a project some code needs: everything that can be reached from it by name.

Names are followed through modules and imports, members of state classes through ``self``. It is
used twice: for what browsers run, and for what server handlers run.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterable, Mapping
from types import ModuleType

from wasmrx.handlers import EventHandler
from wasmrx.state import State

from .server_code import Import, Module, Piece, bound_names, type_expression
from .server_live import UNKNOWN, below, named

Key = int
"""The identity of a piece."""


class Reach:
    """What is reached so far.

    ``by_self`` are members that are named with their class or on ``self``, ``events`` those of them
    that are taken from the class to be run as events; ``loose`` are attributes of anything else.
    ``wholes`` are modules that are passed on, so that anything of them may be used.
    """

    def __init__(self, modules: Mapping[str, Module], stubs: Iterable[Piece]) -> None:
        """Start with nothing; ``stubs`` are server handlers, in which nothing is followed."""
        self.modules = modules
        self.pieces: dict[Key, Piece] = {}
        self.names: set[tuple[str, str]] = set()
        self.loose: dict[str, tuple[str, int]] = {}
        self.by_self: set[Key] = set()
        self.events: set[Key] = set()
        self.wholes: dict[str, tuple[str, int]] = {}
        self.via: dict[str, tuple[str, int]] = {}
        self.published: dict[str, None] = {}
        self._stubs = {id(piece.node) for piece in stubs}
        self._members = {
            name: [
                (module, cls, piece)
                for module in modules.values()
                for cls, pieces in module.members.items()
                for piece in pieces
                if name in piece.names
            ]
            for name in {
                name
                for module in modules.values()
                for pieces in module.members.values()
                for piece in pieces
                for name in piece.names
            }
        }

    def need_module(self, name: str, via: tuple[str, int] | None) -> bool:
        """Note that a module is imported, and the packages around it; tell whether that is new."""
        if name not in self.modules or name in self.published:
            return False
        if via is not None:
            self.via[name] = via
        self.published[name] = None
        package = name.rpartition(".")[0]
        if package:
            self.need_module(package, via)
        return True

    def need(self, module: Module, name: str) -> None:
        """Reach what ``name`` is at the top of ``module``."""
        if (module.name, name) in self.names:
            return
        self.names.add((module.name, name))
        found = [piece for piece in module.pieces if name in piece.names]
        for piece in found:
            self.add(module, piece)
            if isinstance(piece.node, Import):
                self._follow(module, piece.node, name, piece)
        if not found:
            self._from_star(module, name)

    def _from_star(self, module: Module, name: str) -> None:
        for piece in module.pieces:
            node = piece.node
            if isinstance(node, ast.ImportFrom) and node.names[0].name == "*":
                other = self.modules.get(module.target(node))
                if other is None:
                    self.pieces[id(piece)] = piece
                elif any(name in each.names for each in other.pieces):
                    self.pieces[id(piece)] = piece
                    self.need_module(other.name, (module.name, node.lineno))
                    self.need(other, name)

    def add(self, module: Module, piece: Piece) -> None:
        """Reach a piece and what it uses."""
        if id(piece) in self.pieces:
            return
        self.pieces[id(piece)] = piece
        if id(piece.node) in self._stubs:
            return
        if isinstance(piece.node, Import):
            return  # Followed name by name, in `_follow`.
        for node in piece.imports:
            for name in bound_names(node):
                self._follow(module, node, name, piece)
        for name in piece.loads:
            self.need(module, name)
            for other in module.pieces:
                if isinstance(other.node, Import) and name in other.names:
                    self._follow(module, other.node, name, piece)
        self._members_of(module, piece)

    def _follow(self, module: Module, node: Import, name: str, piece: Piece) -> None:
        """Reach what an import binds to ``name``, as far as ``piece`` uses it."""
        via = (module.name, node.lineno)
        alias = bound_names(node)[name]
        if isinstance(node, ast.Import):
            self.need_module(alias.name, via)
            target = alias.name if alias.asname else alias.name.partition(".")[0]
            self._use_module(target, name, piece, via)
            return
        source = module.target(node)
        inner = f"{source}.{alias.name}" if source else alias.name
        self.need_module(source, via)
        if inner in self.modules:
            self.need_module(inner, via)
            found = named(sys.modules.get(source), alias.name)
            if found is UNKNOWN or isinstance(found, ModuleType):
                self._use_module(inner, name, piece, via)
                return
        if source in self.modules:
            self.need(self.modules[source], alias.name)

    def _use_module(self, target: str, text: str, piece: Piece, via: tuple[str, int]) -> None:
        """Reach what ``piece`` uses of the module ``target``, which it calls ``text``."""
        module = self.modules.get(target)
        attributes = {
            chain[len(text) + 1 :].partition(".")[0]
            for chain in piece.chains
            if chain.startswith(f"{text}.")
        }
        if module is not None and (text in piece.whole or "__dict__" in attributes):
            self.wholes.setdefault(target, (via[0], piece.node.lineno))
        for attr in attributes:
            if f"{target}.{attr}" in self.modules:
                self.need_module(f"{target}.{attr}", via)
                self._use_module(f"{target}.{attr}", f"{text}.{attr}", piece, via)
            if module is not None and any(attr in p.names for p in module.pieces):
                self.need(module, attr)

    def add_wholes(self) -> bool:
        """Reach all of the modules that are used as a whole; tell whether any of it is new."""
        before = len(self.names)
        for target in list(self.wholes):
            for name in self.modules[target].defined:
                self.need(self.modules[target], name)
        return len(self.names) > before

    def _members_of(self, module: Module, piece: Piece) -> None:
        """Reach the members of classes that a piece uses."""
        got = {} if piece.is_split else _states_got(module, piece)
        for node in () if piece.is_split else ast.walk(piece.node):
            if isinstance(node, ast.Attribute) and node.attr in self._members:
                self._use_member(module, piece, node, got)
        if piece.owner:
            for name in piece.loads:
                for member in module.members.get(piece.owner, ()):
                    if name in member.names and member is not piece:
                        self._reach_member(module, member)

    def _use_member(
        self, module: Module, piece: Piece, node: ast.Attribute, got: Mapping[str, type]
    ) -> None:
        """Reach what an attribute may be: of ``self``, of a class, or of who knows what.

        ``got`` are the names of other states' instances.
        """
        name = node.attr
        other = got.get(node.value.id) if isinstance(node.value, ast.Name) else None
        if other is not None or _is_own(piece, node.value):
            for where, member in self._found(other or _live(module, piece.owner), name):
                self._reach_member(where, member)
            return
        base = module.value(piece, node.value)
        if isinstance(base, type):
            is_event = isinstance(getattr(base, "__wx_names__", {}).get(name), EventHandler)
            for where, member in self._found(base, name):
                if is_event:
                    self.events.add(id(member))
                self._reach_member(where, member)
        elif not isinstance(base, ModuleType):
            self.loose.setdefault(name, (module.name, node.lineno))

    def _reach_member(self, module: Module, member: Piece) -> None:
        self.by_self.add(id(member))
        self.add(module, member)

    def _found(self, live: type | None, attr: str) -> list[tuple[Module, Piece]]:
        """Return the members that an attribute of an instance of ``live`` may be."""
        members = self._members[attr]
        if live is None:
            return [(where, piece) for where, _, piece in members]
        if not any(base.__module__ in self.modules for base in live.__mro__):
            return []
        family = [live, *below(live)]
        places = {(base.__module__, base.__name__) for cls in family for base in cls.__mro__}
        return [(where, piece) for where, cls, piece in members if (where.name, cls) in places]

    def add_loose(self) -> bool:
        """Reach members that are used on something else than ``self``; tell whether any is new."""
        before = len(self.pieces)
        for attr in list(self.loose):
            for where, _, piece in self._members.get(attr, ()):
                if where.name in self.published:
                    self.add(where, piece)
        return len(self.pieces) > before


def _live(module: Module, cls: str) -> type | None:
    found = getattr(sys.modules.get(module.name), cls, None)
    return found if isinstance(found, type) else None


def _states_got(module: Module, piece: Piece) -> dict[str, type]:
    """Return the names in a piece that stand for states.

    They are ``x`` of ``x = await self.get_state(Other)``, and of ``def handler(x: Other)``.
    """
    found: dict[str, type] = {}
    stored: list[str] = []
    match piece.node:
        case (
            ast.FunctionDef(args=ast.arguments(args=[first, *_]))
            | ast.AsyncFunctionDef(args=ast.arguments(args=[first, *_]))
        ) if not piece.owner:
            annotation = type_expression(first.annotation)
            live = None if annotation is None else module.value(piece, annotation)
            if isinstance(live, type) and issubclass(live, State):
                found[first.arg] = live
                stored.append(first.arg)
        case _:
            pass
    for node in ast.walk(piece.node):
        match node:
            case ast.Assign(
                targets=[ast.Name(id=name)],
                value=ast.Await(value=ast.Call(func=ast.Attribute(attr="get_state"), args=[state])),
            ):
                value = module.value(piece, state)
                if isinstance(value, type):
                    found[name] = value
            case ast.Name(id=name, ctx=ast.Store()):
                stored.append(name)
            case _:
                pass
    return {name: state for name, state in found.items() if stored.count(name) == 1}


def _is_own(piece: Piece, node: ast.expr) -> bool:
    """Tell whether an expression in a method is its own object, or the class of that."""
    own = piece.own
    match node:
        case ast.Name(id=name):
            return bool(own) and name == own
        case ast.Attribute(value=ast.Name(id=name), attr="__class__"):
            return bool(own) and name == own
        case ast.Call(func=ast.Name(id="type"), args=[ast.Name(id=name)]):
            return bool(own) and name == own
        case ast.Call(func=ast.Name(id="super")):
            return bool(own)
        case _:
            return False

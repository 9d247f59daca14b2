"""Which pieces of a project are for browsers, where some of its handlers run on a server.

For browsers is what the browser's part needs: the app's module, the states without their server
handlers, and whatever these reach. Everything else stays behind, and what cannot be told apart
fails the build.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterable, Mapping
from types import FunctionType
from typing import Any

from wasmrx.app import App
from wasmrx.computed import ComputedVar
from wasmrx.errors import ServerHandlerError
from wasmrx.fields import Field
from wasmrx.handlers import EventHandler
from wasmrx.remote import ServerVar
from wasmrx.state import State

from .server_checks import (
    check_effect,
    check_inner,
    check_names,
    check_published,
    check_settings,
)
from .server_code import Import, Module, Piece, bound_names
from .server_reach import Reach
from .server_stubs import find_stubs
from .server_table import ServerTable


class Parts:
    """Tells the two parts of a project apart."""

    def __init__(self, modules: Mapping[str, Module], app_module: str, table: ServerTable) -> None:
        """Find the pieces of the server handlers in ``table``."""
        self.modules = modules
        self.app_module = app_module
        self.table = table
        check_names(modules)
        self.stubs = find_stubs(modules, table)
        found = [stub.piece for stub in self.stubs.values()]
        self.browser = Reach(modules, found)
        self.server = Reach(modules, ())
        self.kept: set[int] = self._kept()
        self.dropped: set[int] = set()

    def _kept(self) -> set[int]:
        """Return the pieces that declare vars of the server."""
        touched = {field for each in self.table.handlers.values() for field in each.kept}
        found: set[int] = set()
        for module in self.modules.values():
            for cls, members in module.members.items():
                live: type | None = getattr(sys.modules.get(module.name), cls, None)
                for piece in members:
                    for name in piece.names:
                        var: Any = None if live is None else vars(live).get(name)
                        if isinstance(var, ServerVar) or any(
                            each is var or (each.name == name and _is_mixed_into(live, each.owner))
                            for each in touched
                        ):
                            found.add(id(piece))
        return found

    # -- telling apart -------------------------------------------------------------------------

    def settle(self) -> None:
        """Find what both parts need."""
        for stub in self.stubs.values():
            self.server.need_module(stub.module.name, None)
            self.server.add(stub.module, stub.piece)
        for module in self.modules.values():
            check_settings(module)
            for piece in module.server_pieces:
                self.dropped.add(id(piece))
                self.server.add(module, piece)
            if module.is_for_server:
                self._all_of(module)
        while self.server.add_loose() or self.server.add_wholes():
            pass
        self.browser.need_module(self.app_module, None)
        self._grow(strict=False)
        self._grow(strict=True)
        self._check_wholes()
        while self.browser.add_wholes():
            self._grow(strict=True)
            self._check_wholes()
        self._check_members()

    def _all_of(self, module: Module) -> None:
        self.server.need_module(module.name, None)
        for piece in module.pieces:
            self.server.add(module, piece)
            for name in piece.names:
                self.server.need(module, name)

    def _grow(self, strict: bool) -> None:
        """Add the roots of all published modules until nothing more comes."""
        before = -1
        while before != len(self.browser.pieces) + len(self.browser.published):
            before = len(self.browser.pieces) + len(self.browser.published)
            for name in list(self.browser.published):
                module = self.modules[name]
                if module.is_for_server:
                    raise self._chain(name)
                self._add_roots(module, strict)
            self.browser.add_loose()

    def _add_roots(self, module: Module, strict: bool) -> None:
        for piece in module.pieces:
            node = piece.node
            if id(piece) in self.browser.pieces or id(piece) in self.dropped:
                continue
            if isinstance(node, Import):
                self._add_import(module, node, piece)
            elif id(node) in self.stubs:
                self._add(module, piece)
                for name in self.stubs[id(node)].state_names:
                    self.browser.need(module, name)
            elif piece.is_state or self._is_app(module, piece):
                self._add(module, piece)
            elif piece.has_effect and self._is_ours(module, piece):
                self._check_mixed(module, piece)
                self._add(module, piece)
            elif piece.has_effect and strict and not self._is_plain_decorated(module, piece):
                self._add_effect(module, piece)
        for cls, members in module.members.items():
            if (module.name, cls) in self.browser.names:
                for piece in members:
                    is_new = id(piece) not in self.browser.pieces
                    if is_new and self._is_root(module, cls, piece):
                        self._add_member(module, piece, strict)

    def _add(self, module: Module, piece: Piece) -> None:
        for name in piece.names:
            self.browser.need(module, name)
        self.browser.add(module, piece)

    def _add_member(self, module: Module, piece: Piece, strict: bool) -> None:
        """Add a member of a class; what runs without being named must use nothing of the server."""
        if _is_unnamed(piece):
            if not strict:
                return
            trial = Reach(self.modules, [stub.piece for stub in self.stubs.values()])
            trial.add(module, piece)
            for key, each in trial.pieces.items():
                is_shared = key in self.server.pieces and key not in self.browser.pieces
                if is_shared and each is not piece and not isinstance(each.node, Import):
                    raise self._unclear(module, piece, next(iter(each.names), ""))
        self.browser.add(module, piece)

    def _is_root(self, module: Module, cls: str, piece: Piece) -> bool:
        """Tell whether a member is published even if nothing of the browser names it."""
        if isinstance(piece.node, ast.Pass):
            return True
        if id(piece) in self.kept:
            return False
        live: Any = getattr(sys.modules.get(module.name), cls, None)
        if not piece.names or not isinstance(live, type):
            return piece.has_effect
        return any(self._is_for_page(module, live, piece, name) for name in piece.names)

    def _is_for_page(self, module: Module, live: type, piece: Piece, name: str) -> bool:
        """Tell whether the page or the framework takes the member ``name`` from the class."""
        if name.startswith("_"):
            return name.startswith("__") and name.endswith("__")
        value = vars(live).get(name)
        if isinstance(value, Field | ComputedVar):
            return True
        if isinstance(value, EventHandler) or (
            isinstance(value, FunctionType) and issubclass(live, State)
        ):
            is_plain = isinstance(piece.node, _DEFS) and not self._is_ours(module, piece)
            key = id(piece)
            return not is_plain or key not in self.server.pieces or key in self.server.events
        if isinstance(piece.node, ast.AnnAssign) and piece.node.value is None:
            return True
        outside = [base for base in live.__mro__[1:] if base.__module__ not in self.modules]
        return any(name in vars(base) for base in outside)

    def _is_app(self, module: Module, piece: Piece) -> bool:
        live = sys.modules.get(module.name)
        return any(isinstance(getattr(live, name, None), App) for name in piece.names)

    def _is_ours(self, module: Module, piece: Piece) -> bool:
        """Tell whether what a statement does is the app's: of ``app`` itself, or of wasmrx."""
        live = sys.modules.get(module.name)
        nodes: list[ast.AST] = list(getattr(piece.node, "decorator_list", []))
        if not nodes and isinstance(piece.node, ast.Expr):
            nodes = [piece.node.value]
        for node in nodes:
            while isinstance(node, ast.Call | ast.Attribute):
                node = node.func if isinstance(node, ast.Call) else node.value
            value = getattr(live, node.id, None) if isinstance(node, ast.Name) else None
            if isinstance(value, App) or _is_of_wasmrx(value):
                return True
        return False

    def _is_plain_decorated(self, module: Module, piece: Piece) -> bool:
        """Tell whether a definition has decorators of the standard library only."""
        live = sys.modules.get(module.name)
        decorators = getattr(piece.node, "decorator_list", [])
        for node in decorators:
            while isinstance(node, ast.Call | ast.Attribute):
                node = node.func if isinstance(node, ast.Call) else node.value
            value = getattr(live, node.id, None) if isinstance(node, ast.Name) else None
            home = getattr(value, "__module__", None) or getattr(value, "__name__", "")
            if home.partition(".")[0] not in sys.stdlib_module_names:
                return False
        return bool(decorators)

    def _secrets(self, module: Module, names: Iterable[str]) -> list[str]:
        """Return those of ``names`` that only the server's part needs."""
        return sorted(
            name
            for name in names
            if (module.name, name) in self.server.names
            and (module.name, name) not in self.browser.names
        )

    def _check_mixed(self, module: Module, piece: Piece) -> None:
        used = self._secrets(module, piece.loads) if not isinstance(piece.node, _DEFS) else []
        if used:
            raise self._unclear(module, piece, used[0])

    def _add_effect(self, module: Module, piece: Piece) -> None:
        """Decide for which part a module does something when it is imported."""
        own = [name for name in piece.names if (module.name, name) in self.server.names]
        direct = self._secrets(module, piece.loads) or own
        if direct:
            shared = [n for n in piece.loads if self._is_defined_here(module, n)]
            if any((module.name, name) in self.browser.names for name in shared):
                raise self._unclear(module, piece, direct[0])
            self.dropped.add(id(piece))
            return
        trial = Reach(self.modules, [stub.piece for stub in self.stubs.values()])
        trial.add(module, piece)
        behind = [
            name
            for where, name in sorted(trial.names)
            if (where, name) in self.server.names
            and (where, name) not in self.browser.names
            and self._is_defined_here(self.modules[where], name)
        ]
        if behind:
            raise self._unclear(module, piece, behind[0])
        if module.name in self.server.published:
            shown = {
                name
                for name in piece.loads
                if (module.name, name) in self.browser.names
                and (module.name, name) not in self.server.names
            }
            check_effect(self.modules, module, piece, shown)
        self._add(module, piece)

    def _is_defined_here(self, module: Module, name: str) -> bool:
        return any(
            name in piece.names and not isinstance(piece.node, Import) for piece in module.pieces
        )

    def _add_import(self, module: Module, node: Import, piece: Piece) -> None:
        """Follow an import that no name needs: it may be there for what the module does."""
        for name, alias in bound_names(node).items():
            key = (module.name, name)
            if key in self.server.names or key in self.browser.names or name == "*":
                continue
            source = module.target(node) if isinstance(node, ast.ImportFrom) else alias.name
            inner = f"{source}.{alias.name}" if isinstance(node, ast.ImportFrom) else source
            target = inner if inner in self.modules else source
            known = self.modules.get(target)
            if known is not None and not known.is_for_server:
                self.browser.need_module(target, (module.name, node.lineno))

    # -- errors --------------------------------------------------------------------------------

    def _chain(self, name: str) -> ServerHandlerError:
        steps = [f"{name}, which is marked for the server (rx.server.only())"]
        via = self.browser.via.get(name)
        while via is not None:
            steps.append(f"{self.modules[via[0]].path.name}:{via[1]} ({via[0]})")
            via = self.browser.via.get(via[0])
        error = ServerHandlerError(
            f"The browser's part imports {' ← '.join(steps)}. Use it in server handlers only, or "
            "move what the browser needs into a module of its own."
        )
        first = self.browser.via.get(name)
        error.at(None if first is None else (str(self.modules[first[0]].path), first[1]))
        return error

    def _unclear(self, module: Module, piece: Piece, name: str) -> ServerHandlerError:
        is_call = bool(piece.owner and piece.names)
        when = "without being named" if is_call else f"when {module.name} is imported"
        error = ServerHandlerError(
            f"This runs {when} and uses {name!r}, which server handlers use as well: the build "
            "cannot tell whether it is for the browser. Put what is for the server into a module "
            "that says rx.server.only()."
        )
        error.at((str(module.path), piece.node.lineno))
        return error

    def _check_members(self) -> None:
        """Raise where the browser's part uses what is the server's, or may be."""
        for module in self.modules.values():
            for piece in module.pieces:
                if id(piece) in self.browser.pieces and not isinstance(piece.node, Import):
                    self._check_names(module, piece)
                    if not piece.is_split and id(piece.node) not in self.stubs:
                        check_published(module, piece)
                        check_inner(module, piece)
            for cls, members in module.members.items():
                for piece in members:
                    self._check_member(module, cls, piece)

    def _check_wholes(self) -> None:
        """Raise where the browser's part may use anything of a module that has secrets."""
        for name, (where, line) in self.browser.wholes.items():
            module = self.modules[name]
            hidden = self._secrets(module, module.defined)
            if hidden:
                raise ServerHandlerError(
                    f"This uses the module {name} as a whole, as in getattr({name}, …), and "
                    f"{hidden[0]!r} in it is for server handlers only. Name what is needed, "
                    f"{name}.…, or move what is for the server into a module of its own."
                ).at((str(self.modules[where].path), line))

    def _check_names(self, module: Module, piece: Piece) -> None:
        """Raise where one statement defines names of both parts."""
        hidden = self._secrets(module, piece.names)
        if hidden:
            error = ServerHandlerError(
                f"This statement defines {hidden[0]!r}, which only server handlers use, together "
                "with names that the browser's part uses. Define them apart."
            )
            raise error.at((str(module.path), piece.node.lineno))

    def _check_member(self, module: Module, cls: str, piece: Piece) -> None:
        key = id(piece)
        if key not in self.browser.pieces or id(piece.node) in self.stubs:
            return
        check_published(module, piece)
        check_inner(module, piece)
        name = next(iter(piece.names), "")
        of_server = key in self.kept
        is_unclear = key in self.server.pieces and key not in self.browser.by_self
        if of_server or (is_unclear and not self._is_root(module, cls, piece)):
            where, line = self.browser.loose.get(name, (module.name, piece.node.lineno))
            kind = "lives on the server" if of_server else "may be secret"
            error = ServerHandlerError(
                f"{cls}.{name} {kind}: a server handler uses it, and the browser's part uses "
                "something of that name, too. Give the two different names, let the server handler "
                "return what the browser needs, or mark an event handler of the browser with "
                "@rx.event."
            )
            raise error.at((str(self.modules[where].path), line))


def _is_unnamed(piece: Piece) -> bool:
    """Tell whether a member of a class runs without that anything names it, as __enter__ does."""
    if not isinstance(piece.node, ast.FunctionDef | ast.AsyncFunctionDef):
        return not piece.names and piece.has_effect
    return piece.node.name.startswith("__") and piece.node.name.endswith("__")


_DEFS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


def _is_mixed_into(cls: type | None, state: type) -> bool:
    """Tell whether a state has copies of the vars of ``cls``."""
    is_state = cls is not None and issubclass(cls, State)
    is_pattern = not is_state or bool(vars(cls).get("__wx_mixin__"))
    return cls is not None and is_pattern and issubclass(state, cls)


def _is_of_wasmrx(value: object) -> bool:
    home = getattr(value, "__module__", None) or getattr(value, "__name__", "")
    return isinstance(home, str) and home.partition(".")[0] in ("wasmrx", "reflex")

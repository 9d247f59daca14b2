"""Which vars a server handler reads and writes, found in its code.

What is read goes to the server with a call, what is changed comes back. The search follows the
state's own methods and computed vars. It errs on the side of more: a list that leaves the handler's
sight counts as changed. What it cannot follow is an error that asks for explicit lists.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from wasmrx.computed import ComputedVar
from wasmrx.errors import ServerHandlerError
from wasmrx.fields import ATOMIC, Field
from wasmrx.handlers import EventHandler, unwrapped
from wasmrx.state import State

Function = ast.FunctionDef | ast.AsyncFunctionDef

_LOOKS = frozenset(
    "copy count get index items keys values isdisjoint issubset issuperset union difference "
    "intersection model_dump model_dump_json dict json".split()
)
"""Methods of containers and models that change nothing."""

_SIMPLE_MODULES = frozenset(("datetime", "decimal", "uuid", "enum", "fractions", "pathlib"))


@dataclass
class Found:
    """The vars that code reads and writes; ``kept`` are those that live on the server."""

    reads: set[Field[Any]] = field(default_factory=set[Field[Any]])
    writes: set[Field[Any]] = field(default_factory=set[Field[Any]])
    kept: set[Field[Any]] = field(default_factory=set[Field[Any]])


def vars_of(handler: EventHandler) -> Found:
    """Return what ``handler`` reads and writes; raise ServerHandlerError where that is unclear."""
    found = Found()
    _Search(handler, found).function(handler.fn, handler.state)
    return found


@cache
def parsed(file: str) -> ast.Module:
    """Return the syntax tree of a source file."""
    return ast.parse(Path(file).read_bytes(), file)


def function_node(fn: Callable[..., Any]) -> Function | None:
    """Return the syntax of a Python function, None where its source is not there."""
    code = getattr(unwrapped(fn), "__code__", None)
    if code is None or not Path(code.co_filename).is_file():
        return None
    for node in ast.walk(parsed(code.co_filename)):
        if isinstance(node, Function) and node.name == code.co_name:
            first = min([node.lineno, *(each.lineno for each in node.decorator_list)])
            if code.co_firstlineno in (first, node.lineno):
                return node
    return None


class _Search:
    """Follows one handler."""

    def __init__(self, handler: EventHandler, found: Found) -> None:
        self.handler = handler
        self.found = found
        self.seen: set[tuple[int, type]] = set()

    def unclear(self, what: str, line: int, fn: Any) -> ServerHandlerError:
        """Return the error that asks for explicit lists."""
        file = unwrapped(fn).__code__.co_filename
        error = ServerHandlerError(
            f"The server handler {self.handler.name} {what}, so the build cannot tell which vars "
            'it reads and writes. List them: @rx.event(server=True, reads=["…"], writes=["…"]).'
        )
        error.at((file, line))
        return error

    def function(self, fn: Any, cls: type[State]) -> None:
        """Add what a function reads and writes whose first argument is a ``cls``."""
        key = (id(unwrapped(fn)), cls)
        if key in self.seen:
            return
        self.seen.add(key)
        node = function_node(fn)
        if node is None:
            raise ServerHandlerError(
                f"The source of {self.handler.name} cannot be read, so the build cannot tell which "
                'vars it uses. List them: @rx.event(server=True, reads=["…"], writes=["…"]).'
            ).at(self.handler.place)
        places = [*node.args.posonlyargs, *node.args.args]
        if places:
            _Body(self, fn, {places[0].arg: cls}).run(node)

    def member(self, name: str, cls: type[State], fn: Any, line: int) -> Field[Any] | None:
        """Return the field that ``self.<name>`` is; follow a method or a computed var."""
        member: Any = cls.__wx_names__.get(name)
        if isinstance(member, Field):
            return member  # pyright: ignore[reportUnknownVariableType]
        if isinstance(member, ComputedVar):
            self.function(member.fget, member.home)  # pyright: ignore[reportUnknownArgumentType, reportUnknownMemberType]
            return None
        if isinstance(member, EventHandler):
            self.function(member.fn, cls)
            return None
        plain: Any = next((vars(base)[name] for base in cls.__mro__ if name in vars(base)), None)
        if isinstance(plain, property) and plain.fget is not None:
            self.function(plain.fget, cls)
        elif hasattr(plain, "__code__") and not _is_own(plain):
            self.function(plain, cls)
        elif plain is None or _is_own(plain):
            raise self.unclear(f"uses self.{name}", line, fn)
        return None

    def note(self, name: str, cls: type[State], fn: Any, node: ast.AST, kind: str) -> None:
        """Add one use of ``self.<name>``."""
        line = getattr(node, "lineno", 0)
        used = self.member(name, cls, fn, line)
        if used is None:
            return
        if used.owner.get_parent_state() is None:
            raise self.unclear(f"uses self.{name}, which the server does not get", line, fn)
        if used.backend:
            self.found.kept.add(used)
            return
        if kind != "write":
            self.found.reads.add(used)
        if kind != "read":
            self.found.writes.add(used)


def _is_own(member: Any) -> bool:
    return getattr(member, "__module__", "").startswith("wasmrx.")


class _Body:
    """Walks one function; ``states`` are the names in it that stand for states."""

    def __init__(self, search: _Search, fn: Any, states: dict[str, type[State]]) -> None:
        self.search = search
        self.fn = fn
        self.states = states
        self.scope: dict[str, Any] = getattr(unwrapped(fn), "__globals__", {})
        self.parents: dict[ast.AST, ast.AST] = {}

    def run(self, node: Function) -> None:
        """Look at the body, nested functions too."""
        for statement in node.body:
            for parent in ast.walk(statement):
                for child in ast.iter_child_nodes(parent):
                    self.parents[child] = parent
        for statement in node.body:
            for each in ast.walk(statement):
                if isinstance(each, ast.Assign):
                    self._state_of_other(each)
        for statement in node.body:
            for each in ast.walk(statement):
                if isinstance(each, ast.Name) and each.id in self.states:
                    self._use(each, self.states[each.id])

    def _state_of_other(self, node: ast.Assign) -> None:
        """Note ``other = await self.get_state(Other)``."""
        match node:
            case ast.Assign(
                targets=[ast.Name(id=name)],
                value=ast.Await(
                    value=ast.Call(func=ast.Attribute(attr="get_state"), args=[ast.Name(id=cls)])
                ),
            ):
                found = self.scope.get(cls)
                if isinstance(found, type) and issubclass(found, State):
                    self.states[name] = found
            case _:
                pass

    def _use(self, name: ast.Name, cls: type[State]) -> None:
        parent = self.parents.get(name)
        if isinstance(name.ctx, ast.Store) and name.id in self.states:
            if name.id != next(iter(self.states)):
                return
            raise self.search.unclear(f"assigns {name.id}", name.lineno, self.fn)
        if not isinstance(parent, ast.Attribute):
            raise self.search.unclear(f"passes {name.id} on as a whole", name.lineno, self.fn)
        if parent.attr == "get_state":
            self._check_get_state(parent)
            return
        kind = self._kind(parent, cls)
        self.search.note(parent.attr, cls, self.fn, parent, kind)

    def _check_get_state(self, node: ast.Attribute) -> None:
        call = self.parents.get(node)
        assign = self.parents.get(self.parents.get(call, call)) if call is not None else None  # type: ignore[arg-type]
        is_known = isinstance(assign, ast.Assign) and isinstance(assign.targets[0], ast.Name)
        if not is_known or assign.targets[0].id not in self.states:  # type: ignore[union-attr]
            raise self.search.unclear(
                "uses get_state in another form than 'other = await self.get_state(Other)'",
                node.lineno,
                self.fn,
            )

    def _kind(self, node: ast.Attribute, cls: type[State]) -> str:
        """Return whether ``self.x`` is a "read", a "write" or "both"."""
        if isinstance(node.ctx, (ast.Store, ast.Del)):
            augmented = isinstance(self.parents.get(node), ast.AugAssign)
            return "both" if augmented else "write"
        member: Any = cls.__wx_names__.get(node.attr)
        if isinstance(member, Field) and _never_changes(member.hint):  # pyright: ignore[reportUnknownArgumentType, reportUnknownMemberType]
            return "read"
        return "read" if self._only_looks(node) else "both"

    def _only_looks(self, node: ast.AST) -> bool:
        """Tell whether what is done with a container is sure to leave it as it is."""
        parent = self.parents.get(node)
        match parent:
            case ast.Compare() | ast.FormattedValue() | ast.UnaryOp() | ast.BoolOp():
                return not isinstance(parent, ast.BoolOp) or isinstance(
                    self.parents.get(parent), (ast.If, ast.While, ast.Assert)
                )
            case ast.If() | ast.While():
                return True
            case ast.Call(
                func=ast.Name(id="len" | "sum" | "str" | "repr" | "bool" | "any" | "all")
            ):
                return True
            case ast.Attribute(attr=method) if method in _LOOKS:
                call = self.parents.get(parent)
                return isinstance(call, ast.Call) and method not in ("get", "items", "values")
            case _:
                return False


def _never_changes(hint: Any) -> bool:
    """Tell whether values of this type cannot change."""
    options = getattr(hint, "__args__", None) if _is_union(hint) else (hint,)
    return all(
        isinstance(each, type)
        and (each in ATOMIC or each is type(None) or each.__module__ in _SIMPLE_MODULES)
        for each in options or ()
    )


def _is_union(hint: Any) -> bool:
    return type(hint).__name__ in ("UnionType", "_UnionGenericAlias", "Union")

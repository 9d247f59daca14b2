"""The expression tree behind every Var.

An expression says *what* is computed, never in which language: the compiler prints it as
JavaScript (``wasmrx.compiler.js_expr``). Nodes are immutable and compare by value, so that the
compiler can use them as keys and two builds of one source give the same output.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Import:
    """One name of one JavaScript module: ``Import("@radix-ui/themes/button", "Button")``."""

    module: str
    name: str


class Expr:
    """Base of every node."""

    __slots__ = ()

    def parts(self) -> tuple[Expr, ...]:
        """Return the expressions directly inside this one, in evaluation order."""
        return ()


@dataclass(frozen=True)
class Literal(Expr):
    """A constant: ``None``, a bool, a number, a string."""

    value: object

    def __eq__(self, other: object) -> bool:
        """Tell ``1``, ``1.0`` and ``True`` apart, which Python's ``==`` does not."""
        return (
            isinstance(other, Literal)
            and type(self.value) is type(other.value)
            and repr(self.value) == repr(other.value)
        )

    def __hash__(self) -> int:
        """Hash by type and text, consistent with ``__eq__``."""
        return hash((type(self.value), repr(self.value)))


@dataclass(frozen=True)
class StateVar(Expr):
    """A var of a state: ``StateVar("shop.CartState", "items")``.

    The pseudo-state ``"client"`` holds what the page itself knows, such as ``color_mode``.
    """

    state: str
    name: str


@dataclass(frozen=True)
class Local(Expr):
    """A name bound around this expression: a foreach item, its index, an event's argument."""

    name: str


@dataclass(frozen=True)
class Op(Expr):
    """A named operation on its arguments; ``wasmrx.var`` lists the names and their meaning."""

    name: str
    args: tuple[Expr, ...]

    def parts(self) -> tuple[Expr, ...]:
        """Return the arguments."""
        return self.args


@dataclass(frozen=True)
class Array(Expr):
    """A list of expressions."""

    items: tuple[Expr, ...]

    def parts(self) -> tuple[Expr, ...]:
        """Return the items."""
        return self.items


@dataclass(frozen=True)
class Object(Expr):
    """A dict of expressions; keys are literals or computed strings."""

    items: tuple[tuple[Expr, Expr], ...]

    def parts(self) -> tuple[Expr, ...]:
        """Return keys and values in turn."""
        return tuple(part for pair in self.items for part in pair)


@dataclass(frozen=True)
class Template(Expr):
    """Text with values inside, as an f-string writes it."""

    pieces: tuple[Expr, ...]

    def parts(self) -> tuple[Expr, ...]:
        """Return the pieces in order."""
        return self.pieces


@dataclass(frozen=True)
class Conditional(Expr):
    """``then`` where ``test`` is true in Python's sense, ``orelse`` elsewhere."""

    test: Expr
    then: Expr
    orelse: Expr

    def parts(self) -> tuple[Expr, ...]:
        """Return test, then, orelse."""
        return (self.test, self.then, self.orelse)


@dataclass(frozen=True)
class Function(Expr):
    """An anonymous function: ``params`` are the names that ``body`` sees as ``Local``."""

    params: tuple[str, ...]
    body: Expr

    def parts(self) -> tuple[Expr, ...]:
        """Return the body."""
        return (self.body,)


@dataclass(frozen=True)
class Raw(Expr):
    """JavaScript written by the author, with the imports and hook lines it needs.

    ``pieces`` alternates text and expressions, as the author's f-string did.
    """

    pieces: tuple[str | Expr, ...]
    imports: tuple[tuple[str, Import], ...] = ()
    hooks: tuple[str, ...] = ()

    def parts(self) -> tuple[Expr, ...]:
        """Return the expressions among the pieces."""
        return tuple(piece for piece in self.pieces if isinstance(piece, Expr))


@dataclass(frozen=True)
class Call:
    """One event or action of a chain, with its arguments by name.

    ``target`` is an event handler's wire name (``"shop.CartState.add"``), run by the worker, or
    an action's name (``"redirect"``), run by the page itself.
    """

    kind: str  # "event" or "action"
    target: str
    args: tuple[tuple[str, Expr], ...] = ()
    modifiers: tuple[tuple[str, object], ...] = ()


@dataclass(frozen=True)
class Chain(Expr):
    """What a trigger does: its calls, run in order, with the event's arguments as ``params``.

    ``when`` guards each call (a lambda handler may return ``rx.cond(test, a, b)``).
    State read inside a chain is read when the event happens; it subscribes to nothing.
    """

    params: tuple[str, ...]
    calls: tuple[tuple[Expr | None, Call], ...]
    modifiers: tuple[tuple[str, object], ...] = ()

    def parts(self) -> tuple[Expr, ...]:
        """Return guards and argument values."""
        found: list[Expr] = []
        for when, call in self.calls:
            if when is not None:
                found.append(when)
            found.extend(value for _, value in call.args)
        return tuple(found)


def walk(expr: Expr) -> Iterator[Expr]:
    """Yield ``expr`` and everything inside it, outermost first."""
    yield expr
    for part in expr.parts():
        yield from walk(part)


def subscriptions(expr: Expr) -> frozenset[StateVar]:
    """Return the state vars whose change must re-render what shows ``expr``.

    What an event chain reads is left out: it is read at the time of the event.
    """
    if isinstance(expr, StateVar):
        return frozenset((expr,))
    if isinstance(expr, Chain):
        return frozenset()
    return frozenset[StateVar]().union(*(subscriptions(part) for part in expr.parts()))


def free_locals(expr: Expr) -> frozenset[str]:
    """Return the names that ``expr`` needs from around it (event chains included)."""
    if isinstance(expr, Local):
        return frozenset((expr.name,))
    inside = frozenset[str]().union(*(free_locals(part) for part in expr.parts()))
    return inside - frozenset(expr.params) if isinstance(expr, (Function, Chain)) else inside

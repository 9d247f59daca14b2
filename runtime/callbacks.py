"""A handler that gets a result of the page: of a script, or of a toast's button.

Where the page itself starts the action, the callback is printed as a function, with all that an
expression can say. A handler sends it as data: steps with their arguments, and for each argument
that is a part of the result the way into it.
"""

from __future__ import annotations

from typing import Any

from .arg_specs import ArgsSpec
from .binding import bind
from .errors import EventHandlerValueError
from .expr import Array, Chain, Conditional, Expr, Literal, Local, Object, Op, Raw
from .var import Var


def result_spec(result: Var[Any]) -> tuple[Var[Any]]:
    """Give the result."""
    return (result,)


class Callback:
    """What runs with a result: ``callback=State.handler`` or ``lambda result: …``."""

    __slots__ = ("chain",)

    def __init__(self, value: Any, name: str, spec: ArgsSpec = result_spec) -> None:
        """Bind ``value``, which the author gave as ``name``, to what ``spec`` gives."""
        self.chain = bind(value, spec, trigger=name)

    def _as_expr(self) -> Expr:
        return self.chain

    def __deepcopy__(self, _: object) -> list[dict[str, Any]]:
        """Return the steps: an action's arguments are copied when a handler sends it."""
        return steps_of(self.chain)

    def __eq__(self, other: object) -> bool:
        """Compare by what runs."""
        return isinstance(other, Callback) and other.chain == self.chain

    __hash__ = None  # type: ignore[assignment]


def steps_of(chain: Chain) -> list[dict[str, Any]]:
    """Return the calls of ``chain`` as data: kind, name, arguments, ways into the result."""
    steps: list[dict[str, Any]] = []
    for when, call in chain.calls:
        if when is not None and not value_of(when):
            continue
        args: dict[str, Any] = {}
        ways: dict[str, list[str | int]] = {}
        for name, expr in call.args:
            way = way_into(expr, chain.params)
            if way is None:
                args[name] = value_of(expr)
            else:
                ways[name] = way
        steps.append({"kind": call.kind, "name": call.target, "args": args, "ways": ways})
    return steps


def way_into(expr: Expr, params: tuple[str, ...]) -> list[str | int] | None:
    """Return the keys from the result to the part that ``expr`` is; None for anything else."""
    match expr:
        case Local(name=name) if name in params:
            return []
        case Op(name="attr" | "key" | "at", args=(base, Literal(value=str() | int() as key))):
            way = way_into(base, params)
            return None if way is None else [*way, key]
        case Raw(pieces=("", Expr() as base, str() as rest)) if rest[1:].isidentifier():
            way = way_into(base, params)
            return None if way is None else [*way, rest[1:]]
        case Raw(pieces=("", Expr() as base, "")):
            return way_into(base, params)
        case _:
            return None


def value_of(expr: Expr) -> Any:
    """Return the Python value of an expression without Vars."""
    match expr:
        case Literal(value=value):
            return value
        case Array(items=items):
            return [value_of(item) for item in items]
        case Object(items=pairs):
            return {value_of(key): value_of(value) for key, value in pairs}
        case Op(name="truth" | "known_truth" | "known_bool", args=(inner,)):
            return bool(value_of(inner))
        case Op(name="not", args=(inner,)):
            return not value_of(inner)
        case Conditional(test=test, then=then, orelse=orelse):
            return value_of(then if value_of(test) else orelse)
        case Chain():
            return steps_of(expr)
        case _:
            raise EventHandlerValueError(
                f"A handler sends an event that depends on {Var(expr)!r}, which only the page can "
                "compute. In a handler decide with Python's own 'if' and read self.<name>; of a "
                "script's result pass the whole, or a part such as result.name, and compute in "
                "the handler that gets it."
            )

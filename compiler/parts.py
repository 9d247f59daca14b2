"""An expression with a change done to each expression directly inside it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, cast

from wasmrx.expr import Array, Chain, Conditional, Expr, Object, Op, Raw, Template


def map_parts(expr: Expr, change: Callable[[Expr], Expr]) -> Expr:
    """Return ``expr`` with ``change`` done to each expression directly inside it."""
    match expr:
        case Op(args=args):
            return replace(expr, args=tuple(change(arg) for arg in args))
        case Array(items=items):
            return Array(tuple(change(item) for item in items))
        case Object(items=pairs):
            return Object(tuple((change(key), change(value)) for key, value in pairs))
        case Template(pieces=pieces):
            return Template(tuple(change(piece) for piece in pieces))
        case Conditional():
            return Conditional(change(expr.test), change(expr.then), change(expr.orelse))
        case Raw(pieces=pieces):
            changed = tuple(change(p) if isinstance(p, Expr) else p for p in pieces)
            return replace(expr, pieces=changed)
        case Chain(calls=calls):
            return replace(
                expr,
                calls=tuple(
                    (
                        when if when is None else change(when),
                        replace(call, args=tuple((name, change(v)) for name, v in call.args)),
                    )
                    for when, call in calls
                ),
            )
        case _:
            body = getattr(expr, "body", None)
            return expr if body is None else replace(cast(Any, expr), body=change(body))

"""Components that decide what is shown: ``cond``, ``match``, ``foreach``."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from typing import Any, ClassVar, cast

from wasmrx.component_state import ComponentState
from wasmrx.errors import (
    ForeachRenderError,
    ForeachVarError,
    MatchTypeError,
    WasmrxError,
)
from wasmrx.expr import Expr
from wasmrx.var import Var, conditional, local, match_value, to_expr
from wasmrx.var_ops import named
from wasmrx.var_types import element, key_of, kind_of, plain, value_of

from .component import Component, Fragment, as_children
from .diagnostics import author_line, place_of
from .props import hint_of
from .spec import ComponentSpec

NOTHING: Any = object()


class Cond(Component):
    """One of two components, by a test."""

    spec: ClassVar[ComponentSpec] = ComponentSpec("rx.cond", None)
    test: Expr


class Match(Component):
    """The component of the first case that equals the subject; the last child is the default."""

    spec: ClassVar[ComponentSpec] = ComponentSpec("rx.match", None)
    tests: tuple[Expr, ...]


class Foreach(Component):
    """One component for each item."""

    spec: ClassVar[ComponentSpec] = ComponentSpec("rx.foreach", None)
    items: Expr
    item_name: str
    index_name: str


def fragment(*children: Any, **props: Any) -> Fragment:
    """Return several components as one."""
    return Fragment.create(*children, **props)


def cond(condition: Any, c1: Any = NOTHING, c2: Any = NOTHING, /) -> Any:
    """Return ``c1`` where ``condition`` is true in Python's sense, ``c2`` elsewhere.

    Of components it makes a component, and ``c2`` may be left out; of values a Var.
    """
    if c1 is NOTHING:
        raise _at_author(ForeachVarError("rx.cond needs a condition and what to show for it."))
    if isinstance(c1, Component) or isinstance(c2, Component):
        if not isinstance(condition, Var):
            return c1 if condition else (Fragment.create() if c2 is NOTHING else c2)
        sides = [Fragment.create() if s is NOTHING or s is None else s for s in (c1, c2)]
        made = Cond.create(*sides)
        made.test = to_expr(cast("Var[Any]", condition).bool())
        return made
    if c2 is NOTHING:
        raise _at_author(
            MatchTypeError(
                "rx.cond of values needs both of them: rx.cond(condition, value, other_value). "
                "Only a component can be left out."
            )
        )
    return conditional(condition, c1, c2)


def match(condition: Any, *cases: Any) -> Any:
    """Return what the first fitting case gives.

    A case is a tuple of one or more values to compare with and, last, the result; what is no
    tuple stands last and is the default::

        rx.match(State.light, ("red", rx.text("stop")), ("amber", "green", rx.text("go")))
    """
    pairs, default = _split_cases(cases)
    results = [case[-1] for case in pairs]
    if not any(isinstance(result, Component) for result in [*results, default]):
        if default is NOTHING:
            raise _at_author(
                MatchTypeError("rx.match of values needs a default value as its last argument.")
            )
        return match_value(condition, pairs, default)
    subject = Var.create(condition)
    tests: list[Expr] = []
    for *values, _ in pairs:
        test: Any = subject == values[0]
        for value in values[1:]:
            test = test | (subject == value)
        tests.append(to_expr(test))
    last = Fragment.create() if default is NOTHING or default is None else default
    filled = [Fragment.create() if result is None else result for result in results]
    made = Match.create(*filled, last)
    made.tests = tuple(tests)
    return made


def _split_cases(cases: tuple[Any, ...]) -> tuple[list[tuple[Any, ...]], Any]:
    pairs = list(cases)
    default: Any = NOTHING
    if pairs and not isinstance(pairs[-1], tuple):
        default = pairs.pop()
    for case in pairs:
        if not isinstance(case, tuple) or len(cast("tuple[Any, ...]", case)) < 2:
            raise _at_author(
                MatchTypeError(
                    f"{case!r} is no case of rx.match. A case is a tuple of values and a result, "
                    '("a", "b", rx.text("first letters")); the default comes last and is no tuple.'
                )
            )
    if not pairs:
        raise _at_author(MatchTypeError("rx.match needs at least one case."))
    return pairs, default


_depth: list[int] = []
"""One entry for each foreach whose render function is running."""


def foreach(iterable: Any, render_fn: Callable[..., Any]) -> Foreach:
    """Return ``render_fn(item)``, or ``render_fn(item, index)``, for each item of ``iterable``.

    ``iterable`` is a Var or a Python list, dict, tuple, set or range. The items of a dict are
    pairs of key and value. ``render_fn`` runs once, with Vars.
    """
    try:
        items = _iterable(iterable)
        count = _parameters(render_fn)
        level = len(_depth) + 1
        names = f"item{level}", f"index{level}"
        given = [local(names[0], _item_hint(hint_of(items))), local(names[1], int)][:count]
        _depth.append(level)
        try:
            row = render_fn(*given)
        finally:
            _depth.pop()
        made = Foreach.create(row)
    except WasmrxError as error:
        raise _at_author(error) from error.__cause__
    made.items, (made.item_name, made.index_name) = to_expr(items), names
    return made


def _iterable(value: Any) -> Var[Any]:
    if not isinstance(value, (Var, str, list, tuple, dict, set, frozenset, range)):
        if value is None or not isinstance(value, Iterable):
            given = cast("type[object]", type(value))
            raise ForeachVarError(_not_iterable(f"{value!r} ({given.__name__})", given))
        value = list(cast("Iterable[Any]", value))
    items = Var.create(cast(Any, value))
    kind = kind_of(hint_of(items))
    if kind == "object" and key_of(hint_of(items)) is int:
        return items.entries()  # JavaScript's own keys would be text
    if kind in ("array", "object", "str"):
        return items
    if cast(Any, plain(hint_of(items))) in (Any, object):
        raise ForeachVarError(
            f"rx.foreach got {named(items)}, whose type is not known. Annotate it, for example "
            "`items: list[str]`, or say what it holds: `.to(list[str])`."
        )
    raise ForeachVarError(_not_iterable(named(items), hint_of(items)))


def _not_iterable(shown: str, hint: object) -> str:
    fix = "For the numbers up to it use rx.Var.range(it)." if kind_of(hint) == "number" else ""
    return f"rx.foreach got {shown}. It takes a list, dict, set, range or text. {fix}".strip()


def _item_hint(hint: object) -> Any:
    kind = kind_of(hint)
    if kind == "str":
        return str
    if kind == "object":
        key, value = cast("tuple[Any, Any]", (key_of(hint), value_of(hint)))
        return tuple[key, value]
    return element(hint)


def _parameters(render_fn: Callable[..., Any]) -> int:
    if not callable(render_fn):
        raise ForeachRenderError(
            f"rx.foreach got {render_fn!r} to render an item. It takes a function of the item, "
            "rx.foreach(State.items, lambda item: rx.text(item))."
        )
    owner = getattr(render_fn, "__self__", None)
    if isinstance(owner, type) and issubclass(owner, ComponentState):
        raise ForeachRenderError(
            f"rx.foreach cannot give each item a {owner.__name__} of its own: states are made when "
            "the app is built. Keep what belongs to an item in the item."
        )
    kinds = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
    parameters = inspect.signature(render_fn).parameters.values()
    if any(p.kind is inspect.Parameter.VAR_POSITIONAL for p in parameters):
        return 1
    names = [p.name for p in parameters if p.kind in kinds]
    if len(names) in (1, 2):
        return len(names)
    raise ForeachRenderError(
        f"{getattr(render_fn, '__name__', 'The function')} renders the items of rx.foreach and "
        f"takes {len(names)} arguments ({', '.join(names) or 'none'}). It needs one (the item) "
        "or two (the item, its index)."
    )


def _at_author(error: WasmrxError) -> WasmrxError:
    return error.at(place_of(error) or author_line(2))


__all__ = ["Cond", "Foreach", "Match", "as_children", "cond", "foreach", "fragment", "match"]

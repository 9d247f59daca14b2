"""Computed components that need not be computed when a page opens: they are as the build made them.

A computed var that builds components would have a page fetch the code of components before anyone
did anything. The build says what each of them read; where all of that is as it was, the page has
the right value, and only what it depends on is noted.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from .computed import ComputedVar
from .registry import state_named

if TYPE_CHECKING:
    from .sessions import Collected, Session
    from .state import State

Reads = Mapping[str, Mapping[str, Sequence[tuple[str, str]]]]
"""By state and computed var: the (state, var) that it read."""


def settle(
    session: Session,
    built: Reads,
    found: Collected,
    compute: Callable[[type[State], Collected, Collection[str]], None],
) -> None:
    """Note what holds; ``compute`` the others, given what to leave out of their state.

    ``found`` has what differs of all vars besides those in ``built``.
    """
    for name, computed in built.items():
        cls = state_named(name)
        if cls is None:
            continue
        changed: set[str] = set()
        for var, reads in computed.items():
            nodes = [_node(*read) for read in reads]
            if all(_is_as_built(session, node, built, found) for node in nodes):
                session.graph.record(cls.__wx_computed_vars__[var], nodes)
            else:
                changed.add(var)
        if changed:
            compute(cls, found, {*cls.__wx_fields__, *cls.__wx_computed_vars__} - changed)


def _node(state: str, name: str) -> Any:
    cls = state_named(state)
    return None if cls is None else cls.__wx_names__.get(name)


def _is_as_built(session: Session, node: Any, built: Reads, found: Collected) -> bool:
    if node is None:
        return False
    is_computed = isinstance(node, ComputedVar)
    home: type[State] = node.home if is_computed else node.owner
    state = home.get_full_name()
    if is_computed and node.name in built.get(state, {}):
        reads = [_node(*read) for read in built[state][node.name]]
        return all(_is_as_built(session, read, built, found) for read in reads)
    if node.backend:
        return not is_computed and node.initial() == session.home(home).__wx_values__[node.name]
    return node.name not in found.delta.get(state, {})

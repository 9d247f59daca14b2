"""The dependencies that an author lists: ``@rx.var(deps=["items", Other.count])``."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, cast

from . import registry
from .errors import VarDependencyError
from .expr import StateVar, walk
from .var import Var, to_expr

if TYPE_CHECKING:
    from .computed import ComputedVar
    from .state import State


def checked(deps: Iterable[Any] | None, var: ComputedVar[Any]) -> tuple[Any, ...]:
    """Return what ``deps`` lists, names in place of vars of the same class body.

    Raises TypeError for a text in place of a list, or an entry that is neither name nor Var.
    """
    if isinstance(deps, str):
        raise TypeError(f"@rx.var(deps=...) of {var.name!r} takes a list of names, not text.")
    return tuple(_entry(dep, var.name) for dep in deps or ())


def _entry(dep: Any, name: str) -> str | Var[Any]:
    if isinstance(dep, Var):
        return cast("Var[Any]", dep)
    if isinstance(dep, str) and dep:
        return dep
    name_of_var: object = getattr(dep, "name", None)
    if callable(getattr(dep, "fget", None)) and isinstance(name_of_var, str):
        return name_of_var
    raise TypeError(
        f"@rx.var(deps=...) of {name!r} lists {dep!r}; it takes names of vars, such as "
        "'items', and Vars of other states, such as Other.items."
    )


def resolved(dep: str | Var[Any], owner: type[State], reader: str) -> set[Any]:
    """Return the vars that ``dep`` means in the state ``owner``.

    A name is a var of the state or one above, ``"items"``, also with what is read inside it,
    ``"user.name"``, or a var of any state by its full path, ``"shop.Cart.items"``. Raises
    VarDependencyError where there is none.
    """
    found: set[Any] = set()
    if isinstance(dep, Var):
        for part in walk(to_expr(dep)):
            if isinstance(part, StateVar):
                home = registry.state_named(part.state)
                found.add(None if home is None else home.__wx_var_named__(part.name))
    else:
        found.add(owner.__wx_var_named__(dep.partition(".")[0]) or _by_path(dep))
    if not found or None in found:
        raise VarDependencyError(
            f"The computed var {reader} lists the dependency {dep!r}, which is no var of the "
            "state. Correct the name; a var of another state is given as Other.name."
        )
    return found


def _by_path(dep: str) -> Any:
    state, _, name = dep.rpartition(".")
    home = registry.state_named(state)
    return None if home is None else home.__wx_var_named__(name)

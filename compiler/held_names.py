"""How compiled pages show a component that a var holds: by this name of this compiled module."""

from __future__ import annotations

from wasmrx.expr import Expr, Import, Local, walk

MODULE = "held"
HELD = Import(MODULE, "Held")


def is_of_state(expr: Expr) -> bool:
    """Tell whether ``expr`` gives data of the state, and not what React made of a component.

    The parameters of ``rx.memo`` and the children of a wrap are of the latter kind.
    """
    names = [part.name for part in walk(expr) if isinstance(part, Local)]
    return not any(name.startswith("$") or name in ("children", "props") for name in names)

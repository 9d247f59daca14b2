"""Whether the JavaScript that a component becomes exists."""

from __future__ import annotations

from functools import cache

from wasmrx.errors import ComponentTypeError
from wasmrx.expr import Import

from .npm.wanted import Asker
from .units import ICON_MODULE, LinkError, library


@cache
def _find_import(wanted: Import) -> str | None:
    """Return why ``wanted`` cannot be linked, None where it can."""
    if wanted.module == ICON_MODULE:
        return None
    try:
        library().find(wanted.module, wanted.name)
    except LinkError as error:
        return str(error)
    return None


def check_import(wanted: Import, asker: Asker) -> None:
    """Raise, with the author's place, where the JavaScript of a component does not exist."""
    problem = _find_import(wanted)
    if problem is not None:
        raise ComponentTypeError(
            f"{asker.name} cannot be held by a var: {problem.partition(';')[0]}. A var can hold "
            "components of the library; those of npm packages stand in a page function."
        ).at(asker.place)

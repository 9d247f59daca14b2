"""A component that a var holds, as the page gets it: data without code.

A component is saved in this form, too: what a reload brings back is shown as it was, and can
become part of another component, but has no props to look at.
"""

from __future__ import annotations

from typing import Any


class Tree:
    """The data of one component; ``wasmrx.compiler.held_data`` says what is in it."""

    __slots__ = ("data",)
    __var_kind__ = "component"

    def __init__(self, data: dict[str, Any]) -> None:
        """Hold ``data``, which nobody changes."""
        self.data = data

    def __wx_json__(self) -> dict[str, Any]:
        """Return what the page gets."""
        return self.data

    def __reduce__(self) -> Any:
        """Save the data."""
        return (Tree, (self.data,))

    def __deepcopy__(self, memo: object) -> Tree:
        """Return the tree itself, which never changes."""
        return self

    def __eq__(self, other: object) -> bool:
        """Tell whether both show the same."""
        return isinstance(other, Tree) and self.data == other.data

    __hash__ = object.__hash__

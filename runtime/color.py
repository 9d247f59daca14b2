"""Colours of the Radix palette, as CSS text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, get_args

from .errors import VarValueError

ColorType = Literal[
    "gray",
    "mauve",
    "slate",
    "sage",
    "olive",
    "sand",
    "tomato",
    "red",
    "ruby",
    "crimson",
    "pink",
    "plum",
    "purple",
    "violet",
    "iris",
    "indigo",
    "blue",
    "cyan",
    "teal",
    "jade",
    "green",
    "grass",
    "brown",
    "orange",
    "sky",
    "mint",
    "lime",
    "yellow",
    "amber",
    "gold",
    "bronze",
    "accent",
    "black",
    "white",
]
ShadeType = Literal[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]

COLORS: frozenset[str] = frozenset(get_args(ColorType))


@dataclass
class Color:
    """One colour of the palette; its text is ``"var(--gray-3)"``, or ``"var(--gray-a3)"``.

    Each part may also be a Var; the text then holds the Var as an f-string does.
    """

    color: Any
    shade: Any = 7
    alpha: Any = False

    def __str__(self) -> str:
        """Return the CSS text."""
        if isinstance(self.alpha, bool):
            return f"var(--{self.color}-{'a' if self.alpha else ''}{self.shade})"
        return f"var(--{self.color}-{_alpha_mark(self.alpha)}{self.shade})"

    def __format__(self, spec: str) -> str:
        """Return the CSS text, whatever the format."""
        return str(self)

    def __hash__(self) -> int:
        """Hash by text."""
        return hash(str(self))


def _alpha_mark(alpha: Any) -> Any:
    from .var import conditional  # noqa: PLC0415 - the browser needs no Var for a plain colour

    return conditional(alpha, "a", "")


def color(color: Any, shade: Any = 7, alpha: Any = False) -> Color:
    """Return a colour of the palette, such as ``rx.color("grass", 9)``.

    Raises VarValueError for a name or a shade that the palette does not have. Vars are not
    checked.
    """
    if isinstance(color, str) and color.isidentifier() and color not in COLORS:
        raise VarValueError(
            f"rx.color: there is no colour {color!r}. The palette has: {', '.join(sorted(COLORS))}."
        )
    if isinstance(shade, int) and not 1 <= shade <= 12:
        raise VarValueError(f"rx.color: shade {shade} is outside of 1 to 12.")
    return Color(color, shade, alpha)

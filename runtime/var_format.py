"""Format specs of f-strings on Vars: ``f"{State.price:,.2f}"``."""

# pyright: reportPrivateUsage=false
# A Var's own names start with "_": every other name belongs to the author's value.
from __future__ import annotations

from .errors import VarTypeError, VarValueError
from .expr import Literal, Op
from .var_literal import MARK_OPEN, Typed, mark, text_of
from .var_ops import named
from .var_types import optional, plain

_SAMPLES: dict[str, object] = {"bool": True, "str": ""}


class MarkedText(str):
    """What ``str(var)`` gives: text that stands for the Var, and can be given a width."""

    __slots__ = ("value",)

    def __new__(cls, value: Typed) -> MarkedText:
        """Keep the Var beside the text that stands for it."""
        made = super().__new__(cls, mark(value))
        made.value = value
        return made

    def __format__(self, spec: str) -> str:
        """Return the text formatted in the browser, as ``f"{var!s:>10}"`` asks for."""
        shown = Typed(text_of(self.value), str)
        return mark(formatted(shown, spec) if spec else self.value)

    def __reduce__(self) -> tuple[type[str], tuple[str]]:
        """Copy as plain text."""
        return str, (self[:],)

    value: Typed


def formatted(value: Typed, spec: str) -> Typed:
    """Return ``format(value, spec)``; a spec that Python refuses for the type is refused here."""
    if MARK_OPEN in spec:
        raise VarTypeError(
            f"The format of {named(value)} holds a Var, but it must be known when the page is "
            "built. Use rx.cond or rx.match between two formats, or a computed var."
        )
    kind = value._kind
    if kind not in ("number", "bool", "str"):
        if kind == "any" and optional(value._type):
            fix = "Annotate it, or say what it holds with `.to(float)`."
        else:
            fix = "Use a computed var that returns the text."
            if kind == "datetime":
                fix += " rx.moment shows a date in any format."
        raise VarTypeError(
            f"The format `:{spec}` is for numbers and text, not {named(value)}. {fix}"
        )
    whole = plain(value._type) is int
    sample = _SAMPLES.get(kind, 0 if whole else 0.0)
    try:
        format(sample, spec)
    except ValueError as error:
        raise VarValueError(
            f"`{named(value)}` cannot be formatted by `:{spec}`: {error}."
        ) from None
    if spec[-1:] in ("c", "n") or "z" in spec or ("#" in spec and spec[-1:] not in "boxX"):
        raise VarValueError(
            f"The page cannot format {named(value)} by `:{spec}`. Use a computed var."
        )
    counts = whole or kind == "bool"
    name = "format_text" if kind == "str" else "format_int" if counts else "format_float"
    return Typed(Op(name, (value._expr, Literal(spec))), str)

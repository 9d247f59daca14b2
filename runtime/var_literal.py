"""Python values as expressions, and the marks that carry Vars through an f-string.

``f"Hello {State.name}"`` must be a ``str``; so formatting a Var gives a *mark*, a number between
two private-use characters, and whatever later takes that text as an expression looks the number
up again. Text that holds no mark is a literal.
"""

# pyright: reportPrivateUsage=false
# A Var's own names start with "_": every other name belongs to the author's value.
from __future__ import annotations

import re
import types
from collections.abc import Callable, Iterable, Mapping
from enum import Enum
from typing import Any, cast

from .errors import VarTypeError, VarValueError
from .expr import Array, Expr, Function, Import, Literal, Object, Op, Raw, Template
from .serializers import simplify
from .var_types import kind_of, only_floats, union

MARK_OPEN, MARK_CLOSE = "\U0010fffc", "\U0010fffd"
REPR_OPEN, _ASCII_REPR_OPEN = "<\u2060Var ", "<\\u2060Var "
"""How the repr() of a Var begins; the invisible character tells it from an author's own text."""
_MARKED = re.compile(f"{MARK_OPEN}([0-9]+){MARK_CLOSE}")


EXACT = 2**53
"""The largest whole number up to which the page's numbers are exact."""


class Typed:
    """An expression with the type hint of its value. ``Var`` adds the operations."""

    __slots__ = ("_expr", "_hint")

    _expr: Expr
    _hint: object

    def __init__(self, expr: Expr, hint: object = Any) -> None:
        """Keep ``expr`` and ``hint``; a hint may be a function that finds it when first asked."""
        self._expr = expr
        self._hint = hint

    @property
    def _type(self) -> object:
        if isinstance(self._hint, types.FunctionType):
            self._hint = self._hint()
        return self._hint

    @property
    def _kind(self) -> str:
        return kind_of(self._type)


_marked: list[Typed] = []
_mark_numbers: dict[tuple[Expr, str], int] = {}


def mark(value: Typed) -> str:
    """Return the text that stands for ``value`` until ``from_text`` meets it."""
    key = (value._expr, str(value._type))
    number = _mark_numbers.get(key)
    if number is None:
        number = _mark_numbers[key] = len(_marked)
        _marked.append(value)
    return f"{MARK_OPEN}{number}{MARK_CLOSE}"


def pieces_of(text: str) -> list[str | Typed]:
    """Return ``text`` cut at its marks, without empty pieces: text and Vars in turn."""
    parts = _MARKED.split(text)
    pieces: list[str | Typed] = []
    for index, part in enumerate(parts):
        if index % 2:
            pieces.append(_marked[int(part)])
        elif MARK_OPEN in part or MARK_CLOSE in part:
            raise VarValueError(
                "The text of a Var was cut or changed by Python, which sees only a placeholder. "
                "Use the Var's own methods and slices before it goes into text: State.name[:3]."
            )
        elif part:
            pieces.append(part)
    return pieces


def without_marks(text: str, show: Callable[[Expr], str]) -> str:
    """Return ``text`` with each mark replaced by what ``show`` says of its expression."""
    pieces = pieces_of(text)
    return "".join(piece if isinstance(piece, str) else show(piece._expr) for piece in pieces)


def from_text(text: str) -> Expr:
    """Return what ``text`` means: a Literal, a Template, or the one Var that it consists of."""
    if MARK_OPEN not in text and MARK_CLOSE not in text:
        if REPR_OPEN in text or _ASCII_REPR_OPEN in text:
            raise VarValueError(
                f"`{text}` holds the repr() of a Var. Leave `!r` out of the f-string, or use "
                "`.to_string()`, which gives JSON text."
            )
        return Literal(str(text))
    pieces = pieces_of(text)
    if len(pieces) == 1 and isinstance(pieces[0], Typed) and pieces[0]._kind in _TEXT_KINDS:
        return pieces[0]._expr
    return Template(
        tuple(Literal(piece) if isinstance(piece, str) else text_of(piece) for piece in pieces)
    )


_TEXT_KINDS = ("str", "color", "component", "function")


def text_of(value: Typed) -> Expr:
    """Return the expression of ``str(value)``."""
    if value._kind in _TEXT_KINDS:
        return value._expr
    return Op("float_text" if only_floats(value._type) else "text", (value._expr,))


def raw(text: str, imports: Mapping[str, Any] | None = None, hooks: Iterable[str] = ()) -> Raw:
    """Return JavaScript that the author wrote, with the Vars of its f-string inside.

    ``imports`` maps a module to what is imported from it: a name, also ``"name as other"``, an
    object with ``tag``, ``alias`` and ``is_default``, or a list of these.
    """
    pieces = tuple(p if isinstance(p, str) else p._expr for p in pieces_of(text))
    found: list[tuple[str, Import]] = []
    for module, names in (imports or {}).items():
        listed = cast("list[Any]", names) if isinstance(names, (list, tuple)) else [names]
        for name in listed:
            tag = name if isinstance(name, str) else getattr(name, "tag", None)
            if tag:
                default = getattr(name, "is_default", False)
                tag, _, other = tag.partition(" as ")
                alias = getattr(name, "alias", None) or other or tag
                found.append((alias, Import(module, "default" if default else tag)))
    return Raw(pieces, tuple(found), tuple(hooks))


def to_expr(value: object) -> Expr:
    """Return the expression of a Python value, Vars anywhere inside it included."""
    return typed(value)._expr


def typed(value: object) -> Typed:
    """Return ``value`` as an expression with its type."""
    if isinstance(value, Typed):
        return value
    if isinstance(value, Expr):
        return Typed(value, Callable[..., Any] if isinstance(value, Function) else Any)
    if isinstance(value, Enum):
        return typed(value.value)
    if value is None or isinstance(value, (bool, int, float)):
        return Typed(Literal(_number(value)), type(value))
    if isinstance(value, str):
        return Typed(from_text(value), str)
    if isinstance(value, Mapping):
        return _object(cast("Mapping[object, object]", value))
    if isinstance(value, (list, tuple)):
        return _array(cast("list[object]", value))
    if isinstance(value, range):
        ends = tuple(Literal(end) for end in (value.start, value.stop, value.step))
        return Typed(Op("range", ends), list[int])
    if isinstance(value, (set, frozenset)):
        return _array(_in_order(cast("set[object]", value)))
    return _instance(value)


def _in_order(values: set[object]) -> list[object]:
    """Return the members of a set as the page gets them: sorted, or in an order that stays."""
    try:
        return sorted(cast("set[Any]", values))
    except TypeError:
        return sorted(values, key=lambda value: (type(value).__name__, repr(value)))


def _number(value: object) -> object:
    """Return subclasses of int and float as the plain number; refuse what would be rounded."""
    if isinstance(value, int) and not isinstance(value, bool):
        if abs(value) > EXACT and (value.bit_length() > 1024 or int(float(value)) != value):
            raise VarValueError(
                f"{value} has more digits than numbers have in the browser, which are exact up to "
                f"{EXACT}. Give it as text."
            )
        return int(value)
    return float(value) if isinstance(value, float) else value


def _array(values: Iterable[object]) -> Typed:
    items = [typed(value) for value in values]
    inside = cast(Any, union(item._type for item in items))
    return Typed(Array(tuple(item._expr for item in items)), list[inside])


def _object(values: Mapping[object, object]) -> Typed:
    pairs = [(_key(key), typed(value)) for key, value in values.items()]
    keys = {type(key) if not isinstance(key, str) else str for key in values}
    key_hint = cast(Any, keys.pop() if len(keys) == 1 else str)
    inside = cast(Any, union(value._type for _, value in pairs))
    expr = Object(tuple((key, value._expr) for key, value in pairs))
    return Typed(expr, dict[key_hint, inside])


def _key(key: object) -> Expr:
    expr = to_expr(key)
    return Literal(key_text(expr.value)) if isinstance(expr, Literal) else expr


def key_text(key: object) -> str:
    """Return a dict's key as JSON writes it: ``1`` as ``"1"``, ``True`` as ``"true"``."""
    if key is None or isinstance(key, bool):
        return {None: "null", True: "true", False: "false"}[key]
    return repr(key) if isinstance(key, float) else str(key)


def _instance(value: object) -> Typed:
    """Return an object that is no JSON value: a dataclass, a date, a set, a model, a colour."""
    cls = type(value)
    as_expr = getattr(value, "_as_expr", None)
    if callable(as_expr):
        return Typed(cast(Expr, as_expr()), cls)
    try:
        simple = typed(simplify(value))
    except TypeError as error:
        if isinstance(error, VarTypeError):
            raise
        raise VarTypeError(
            f"A {cls.__name__} cannot be part of a Var: the page has no form for {value!r}. "
            "Give text, a number, a list, a dict, a dataclass or a Var, or register "
            "an @rx.serializer for it."
        ) from None
    return Typed(simple._expr, simple._type if kind_of(cls) in ("any", "array") else cls)

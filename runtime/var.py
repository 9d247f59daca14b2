"""Var: a value that is known only in the browser, as an expression that Python can build on.

``State.items.length() > 3`` computes nothing; it describes what the page computes. A Var carries
the type hint of its value, and the hint decides which operations exist. Operations follow Python's
rules, not JavaScript's: empty lists are false, ``-7 // 2`` is ``-4``, text counts code points.
"""

# pyright: reportPrivateUsage=false
# A Var's own names start with "_": every other name belongs to the author's value.
from __future__ import annotations

import functools
from collections.abc import Callable, Iterable
from typing import Any, Generic, NoReturn, TypeVar, cast

from . import var_methods, var_ops
from .errors import VarAttributeError, VarTypeError
from .expr import Expr, Local, Op, Raw
from .var_format import formatted
from .var_literal import Typed, from_text, mark, raw, text_of, to_expr, typed
from .var_types import hint_name, kind_of

T = TypeVar("T")

__all__ = [
    "Var",
    "VarData",
    "conditional",
    "from_text",
    "local",
    "match_value",
    "text_of",
    "to_expr",
    "type_of",
    "var_operation",
    "var_operation_return",
]


class VarData:
    """What JavaScript in a Var needs around it: imports, hook lines.

    ``imports`` maps a module to a name, an ``ImportVar``-like object with ``tag``, or a list of
    these; ``hooks`` are lines, or a dict whose keys are lines.
    """

    __slots__ = ("deps", "hooks", "imports", "position", "state")

    def __init__(
        self,
        state: str = "",
        field_name: str = "",
        imports: Any = None,
        hooks: Any = None,
        deps: Any = (),
        position: Any = None,
        **_: object,
    ) -> None:
        """Keep the imports and the hook lines in a form that ``Raw`` takes."""
        self.state = state
        self.imports = dict(imports or {})
        self.hooks: tuple[str, ...] = (hooks,) if isinstance(hooks, str) else tuple(hooks or ())
        self.deps = deps
        self.position = position


class Var(Typed, Generic[T]):
    """A value of the page: an expression and the type hint of what it gives."""

    __slots__ = ()

    def __init__(
        self,
        js: str | Expr = "",
        _var_type: object = Any,
        _var_data: VarData | None = None,
        *,
        _js_expr: str | Expr | None = None,
    ) -> None:
        """Take an expression, or JavaScript as text: ``Var("window.innerWidth", int)``."""
        source = js if _js_expr is None else _js_expr
        if isinstance(source, str):
            data = _var_data or VarData()
            source = raw(source, data.imports, data.hooks)
        super().__init__(source, _var_type)

    def _new(self, expr: Expr, hint: object = Any) -> Var[Any]:
        return Var(expr, hint)

    @property
    def _var_type(self) -> Any:
        return self._type

    @property
    def _js_expr(self) -> str:
        return mark(self)

    @classmethod
    def create(cls, value: object, _var_data: VarData | None = None) -> Var[Any]:
        """Return ``value`` as a Var: text (f-string marks included), numbers, lists, dicts, …"""
        return _var(typed(value))

    @classmethod
    def range(cls, first: object, second: object = None, step: object = None) -> Var[list[int]]:
        """Return the list of the numbers that ``range`` of the same arguments gives."""
        ends = [first] if second is None and step is None else [first, second, step]
        if second is None and step is not None:
            ends = [0, first, step]
        return _var(var_ops.ranged(*(typed(end) for end in ends if end is not None)))

    def to(self, output: Any, var_type: object = None) -> Var[Any]:
        """Return this value taken as ``output``: a type, or a kind such as ``ArrayVar``.

        Number to text and text to number convert; everything else only tells the type.
        """
        hint = output if var_type is None else var_type
        if var_type is None and isinstance(output, type):
            hint = getattr(cast("type[Any]", output), "__var_type__", output)
        kind, wanted = self._kind, kind_of(hint)
        if wanted == "str" and kind in ("number", "bool", "datetime"):
            return Var(text_of(self), str)
        if wanted == "number" and kind == "str":
            return Var(Op("to_int" if hint is int else "to_float", (self._expr,)), hint)
        if wanted == "bool" and kind not in ("bool", "any"):
            return _var(var_ops.truth(self))
        return Var(self._expr, hint)

    def guess_type(self) -> Var[T]:
        """Return this Var; its type is always known from its hint."""
        return self

    def bool(self) -> Var[bool]:
        """Return the truth of this value, by Python's rules."""
        return _var(var_ops.truth(self))

    def equals(self, other: object) -> Var[bool]:
        """Return whether both values are equal."""
        return self == other  # pyright: ignore[reportReturnType]

    deep_equals = equals

    def is_none(self) -> Var[bool]:
        """Return whether this value is ``None``."""
        return Var(Op("is_none", (self._expr,)), bool)

    def is_not_none(self) -> Var[bool]:
        """Return whether this value is not ``None``."""
        return Var(Op("is_not_none", (self._expr,)), bool)

    def to_string(self, use_json: bool = True) -> Var[str]:
        """Return this value as JSON text, or as ``str`` writes it."""
        return Var(Op("to_json", (self._expr,)) if use_json else text_of(self), str)

    def js_type(self) -> Var[str]:
        """Return JavaScript's name of this value's type."""
        return Var(Op("js_type", (self._expr,)), str)

    def _replace(self, _var_type: object = None, **_: object) -> Var[Any]:
        return Var(self._expr, self._type if _var_type is None else _var_type)

    def _get_all_var_data(self) -> VarData | None:
        expr = self._expr
        return VarData(hooks=expr.hooks) if isinstance(expr, Raw) and expr.hooks else None

    def __getattr__(self, name: str) -> Any:
        """Return a method of this value's kind, or the field ``name`` of an object."""
        if name.startswith("_"):
            raise VarAttributeError(f"A Var has no attribute `{name}`.")
        if var_methods.has_method(self, name):
            return functools.partial(self._call_method, name)
        return _var(var_methods.get_attribute(self, name))

    def _call_method(self, method_name: str, /, *args: object, **kwargs: object) -> Var[Any]:
        return _var(var_methods.call_method(self, method_name, args, kwargs))

    def __getitem__(self, key: object) -> Var[Any]:
        """Return an item, a character or a slice; negative indices count from the end."""
        return _var(var_methods.get_item(self, key))

    def __call__(self, *args: object) -> Var[Any]:
        """Return the result of calling this function."""
        if self._kind not in ("function", "any"):
            raise VarTypeError(f"{var_ops.named(self)} is no function and cannot be called.")
        return _var(var_methods.FUNCTION["call"](self, *args))

    def __format__(self, spec: str) -> str:
        """Return text that stands for this value inside an f-string."""
        return mark(formatted(self, spec) if spec else self)

    def __str__(self) -> str:
        """Return text that stands for this value."""
        return mark(self)

    def __repr__(self) -> str:
        """Return the name and the type."""
        return f"<Var {var_ops.describe(self._expr)}: {hint_name(self._type)}>"

    def __deepcopy__(self, memo: object) -> Var[T]:
        """Return this Var, which never changes."""
        return self

    def __hash__(self) -> int:
        """Hash by expression."""
        return hash(self._expr)

    def __bool__(self) -> NoReturn:
        """Refuse: the value is not known yet."""
        raise VarTypeError(
            f"{var_ops.named(self)} is known only in the browser, so Python's `if`, `and`, `or` "
            "and `not` cannot test it. Use rx.cond(test, then, otherwise), and `&`, `|`, `~`."
        )

    def __iter__(self) -> NoReturn:
        """Refuse: the items are not known yet."""
        raise VarTypeError(
            f"{var_ops.named(self)} is known only in the browser, so Python cannot loop over it. "
            "Use rx.foreach(items, render_item), or `.map(…)` for a list of values."
        )

    def __contains__(self, item: object) -> NoReturn:
        """Refuse: Python's ``in`` must give a bool."""
        raise VarTypeError(
            f"`in` cannot test {var_ops.named(self)}, which is known only in the browser. "
            "Use `.contains(item)`."
        )

    def __len__(self) -> NoReturn:
        """Refuse: Python's ``len`` must give an int."""
        raise VarTypeError(
            f"len() cannot measure {var_ops.named(self)}, which is known only in the browser. "
            "Use `.length()`."
        )

    def __int__(self) -> NoReturn:
        """Refuse: Python's ``int`` must give an int."""
        raise VarTypeError(
            f"int() cannot convert {var_ops.named(self)}, which is known only in the browser. "
            "Use `.to(int)` or math.trunc()."
        )

    def __index__(self) -> NoReturn:
        """Refuse: ``range`` and the index of a Python list must be an int."""
        raise VarTypeError(
            f"{var_ops.named(self)} is known only in the browser, so Python cannot count or index "
            "with it. Use rx.Var.range(it) for range(), rx.Var.create(the_list)[it] for an index."
        )

    def __eq__(self, other: object) -> Any:
        """Return a Var of whether both values are equal."""
        return _var(var_ops.equal(self, typed(other)))

    def __ne__(self, other: object) -> Any:
        """Return a Var of whether the values differ."""
        return _var(var_ops.equal(self, typed(other), negate=True))

    def __and__(self, other: object) -> Var[Any]:
        """Return ``self and other``."""
        return _var(var_ops.both(self, typed(other)))

    def __rand__(self, other: object) -> Var[Any]:
        """Return ``other and self``."""
        return _var(var_ops.both(typed(other), self))

    def __or__(self, other: object) -> Var[Any]:
        """Return ``self or other``."""
        return _var(var_ops.either(self, typed(other)))

    def __ror__(self, other: object) -> Var[Any]:
        """Return ``other or self``."""
        return _var(var_ops.either(typed(other), self))

    def __invert__(self) -> Var[bool]:
        """Return ``not self``."""
        return _var(var_ops.inverse(self))

    def __round__(self, ndigits: object = None) -> Var[Any]:
        """Return this number rounded, halves to even."""
        return _var(var_ops.rounded(self, ndigits))


def _var(value: Typed) -> Var[Any]:
    return cast("Var[Any]", value) if isinstance(value, Var) else Var(value._expr, value._hint)


def _operator(
    compute: Callable[[str, Typed, Typed], Typed], sign: str, swap: bool = False
) -> Callable[[Var[Any], object], Var[Any]]:
    def operate(self: Var[Any], other: object) -> Var[Any]:
        right = typed(other)
        return _var(compute(sign, right, self) if swap else compute(sign, self, right))

    return operate


def _prefix(name: str) -> Callable[[Var[Any]], Var[Any]]:
    return lambda self: _var(var_ops.unary(name, self))


for _sign, _name in {"+": "add", **var_ops.ARITHMETIC}.items():
    _dunder = {"div": "truediv"}.get(_name, _name)
    setattr(Var, f"__{_dunder}__", _operator(var_ops.binary, _sign))
    setattr(Var, f"__r{_dunder}__", _operator(var_ops.binary, _sign, swap=True))
for _sign, _name in var_ops.ORDER.items():
    setattr(Var, f"__{_name}__", _operator(var_ops.compare, _sign))
for _name in ("neg", "pos", "abs", "ceil", "floor", "trunc"):
    setattr(Var, f"__{_name}__", _prefix(_name))


def type_of(value: Typed) -> Any:
    """Return the type hint of what a Var holds."""
    return value._type


def local(name: str, hint: object = Any) -> Var[Any]:
    """Return the Var of a name bound around it: a foreach item, an event's argument."""
    return Var(Local(name), hint)


def conditional(test: object, then: object, orelse: object = None) -> Var[Any]:
    """Return ``then`` where ``test`` is true in Python's sense, ``orelse`` elsewhere."""
    return _var(var_ops.choose(typed(test), typed(then), typed(orelse)))


def match_value(subject: object, cases: Iterable[tuple[object, ...]], default: object) -> Var[Any]:
    """Return the value of the first case that equals ``subject``.

    A case is its conditions and, last, its value: ``("a", "b", "first letters")``.
    """
    value, result = typed(subject), typed(default)
    for *conditions, outcome in reversed(list(cases)):
        test = None
        for condition in conditions:
            same = var_ops.equal(value, typed(condition))
            test = same if test is None else var_ops.either(test, same)
        if test is None:
            raise VarTypeError("A case of rx.match needs a condition before its value.")
        result = var_ops.choose(test, typed(outcome), result)
    return _var(result)


def var_operation_return(
    js_expression: str, var_type: object = Any, var_data: VarData | None = None
) -> Var[Any]:
    """Return JavaScript that a ``var_operation`` wrote, as a Var."""
    return Var(js_expression, var_type, var_data)


def var_operation(func: Callable[..., Any]) -> Callable[..., Var[Any]]:
    """Turn a function that returns ``var_operation_return(…)`` into an operation on values."""

    @functools.wraps(func)
    def operation(*args: object, **kwargs: object) -> Var[Any]:
        given = {name: Var.create(value) for name, value in kwargs.items()}
        return func(*(Var.create(arg) for arg in args), **given)

    return operation

"""Var: a value that is known only in the browser, as an expression that Python can build on.

``State.items.length() > 3`` computes nothing; it describes what the page computes. A Var carries
the type hint of its value, and the hint decides which operations exist. Operations follow Python's
rules, not JavaScript's: empty lists are false, ``-7 // 2`` is ``-4``, text counts code points.
"""

# pyright: reportPrivateUsage=false
# A Var's own names start with "_": every other name belongs to the author's value.
from __future__ import annotations

import builtins
import functools
from collections.abc import Callable, Iterable
from typing import Any, Generic, NoReturn, TypeVar, cast

from . import var_items, var_methods, var_ops
from .errors import VarAttributeError, VarTypeError
from .expr import Expr, Local, Op
from .var_data import VarData, data_of
from .var_format import MarkedText, formatted
from .var_literal import REPR_OPEN, Typed, from_text, mark, raw, text_of, to_expr, typed
from .var_types import fields_of, hint_name, plain

T = TypeVar("T")
F = TypeVar("F")

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


class _Method:
    """A method that every Var has, except where the value itself has a field of that name."""

    def __init__(self, method: Any) -> None:
        self.of_class = isinstance(method, classmethod)
        self.method: Callable[..., Any] = method.__func__ if self.of_class else method
        functools.update_wrapper(cast(Any, self), self.method)

    def __get__(self, var: Var[Any] | None, owner: type) -> Any:
        if var is not None:
            cls = plain(var._type)
            name = self.method.__name__
            if var._kind == "object" and isinstance(cls, type) and name in fields_of(cls):
                return _var(var_items.get_attribute(var, name))
        bound = owner if self.of_class else var
        return self.method if bound is None else functools.partial(self.method, bound)


def _unless_field(method: F) -> F:
    return cast(F, _Method(method))


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
        made = typed(value)
        return _var(made) if _var_data is None else Var(_var_data.around(made._expr), made._type)

    @_unless_field
    @classmethod
    def range(cls, first: object, second: object = None, step: object = None) -> Var[list[int]]:
        """Return the list of the numbers that ``range`` of the same arguments gives."""
        ends = [first] if second is None and step is None else [first, second, step]
        if second is None and step is not None:
            ends = [0, first, step]
        return _var(var_ops.ranged(*(typed(end) for end in ends if end is not None)))

    @_unless_field
    def to(self, output: Any, var_type: object = None) -> Var[Any]:
        """Return this value taken as ``output``: a type, or a kind such as ``ArrayVar``.

        Number to text and text to number convert; everything else only tells the type.
        """
        hint = output if var_type is None else var_type
        if var_type is None and isinstance(output, type):
            hint = getattr(cast("type[Any]", output), "__var_type__", output)
        if isinstance(hint, str):
            raise VarTypeError(f"`.to()` of {var_ops.named(self)} takes a type, not {hint!r}.")
        return _var(var_ops.converted(self, hint))

    @_unless_field
    def guess_type(self) -> Var[T]:
        """Return this Var; its type is always known from its hint."""
        return self

    @_unless_field
    def bool(self) -> Var[bool]:
        """Return the truth of this value, by Python's rules."""
        return _var(var_ops.truth(self))

    @_unless_field
    def equals(self, other: Var[Any]) -> builtins.bool:
        """Tell, in Python, whether both Vars are the same expression."""
        return self._expr == other._expr and str(self._type) == str(other._type)

    @_unless_field
    def deep_equals(self, other: object) -> Var[bool]:
        """Return whether both values are equal, as ``==`` does."""
        return self == other  # pyright: ignore[reportReturnType]

    @_unless_field
    def is_none(self) -> Var[bool]:
        """Return whether this value is ``None``."""
        return Var(Op("is_none", (self._expr,)), bool)

    @_unless_field
    def is_not_none(self) -> Var[bool]:
        """Return whether this value is not ``None``."""
        return Var(Op("is_not_none", (self._expr,)), bool)

    @_unless_field
    def to_string(self, use_json: bool = True) -> Var[str]:
        """Return this value as JSON text, or as ``str`` writes it."""
        return Var(Op("to_json", (self._expr,)) if use_json else text_of(self), str)

    @_unless_field
    def js_type(self) -> Var[str]:
        """Return JavaScript's name of this value's type."""
        return Var(Op("js_type", (self._expr,)), str)

    def _replace(
        self,
        _var_type: object = None,
        merge_var_data: VarData | None = None,
        _js_expr: str | None = None,
        _var_data: VarData | None = None,
    ) -> Var[Any]:
        data = VarData.merge(_var_data, merge_var_data)
        expr = self._expr if _js_expr is None else raw(_js_expr)
        hint = self._type if _var_type is None else _var_type
        return Var(expr if data is None else data.around(expr), hint)

    def _get_all_var_data(self) -> VarData | None:
        return data_of(self._expr)

    _var_data = property(_get_all_var_data)

    def __getattr__(self, name: str) -> Any:
        """Return a method of this value's kind, or the field ``name`` of an object."""
        if name.startswith("_"):
            raise VarAttributeError(f"A Var has no attribute `{name}`.")
        if var_methods.has_method(self, name):
            return functools.partial(self._call_method, name)
        return _var(var_items.get_attribute(self, name))

    def _call_method(self, method_name: str, /, *args: object, **kwargs: object) -> Var[Any]:
        return _var(var_methods.call_method(self, method_name, args, kwargs))

    def __getitem__(self, key: object) -> Var[Any]:
        """Return an item, a character or a slice; negative indices count from the end."""
        return _var(var_items.get_item(self, key))

    def __call__(self, *args: object) -> Var[Any]:
        """Return the result of calling this function."""
        if self._kind not in ("function", "any"):
            raise var_items.not_callable(self)
        return _var(var_methods.FUNCTION["call"](self, *args))

    def __format__(self, spec: str) -> str:
        """Return text that stands for this value inside an f-string."""
        return mark(formatted(self, spec) if spec else self)

    def __str__(self) -> str:
        """Return text that stands for this value."""
        return MarkedText(self)

    def __repr__(self) -> str:
        """Return the name and the type."""
        return f"{REPR_OPEN}{var_ops.describe(self._expr)}: {hint_name(self._type)}>"

    def __deepcopy__(self, memo: object) -> Var[T]:
        """Return this Var, which never changes."""
        return self

    def __hash__(self) -> int:
        """Hash by expression."""
        return hash(self._expr)

    def __bool__(self) -> NoReturn:
        """Refuse: the value is not known yet."""
        raise VarTypeError(
            f"{var_ops.named(self)} is known only in the browser, so Python's `if`, `and`, `or`, "
            "`not`, `in`, `min` and `max` cannot test it. Use rx.cond(test, then, otherwise), and "
            "`&`, `|`, `~`; (1 < x) & (x < 5) for 1 < x < 5; rx.Var.create([1, 2]).contains(x) for "
            "x in [1, 2]."
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

    def __float__(self) -> NoReturn:
        """Refuse: Python's ``float`` must give a float."""
        raise VarTypeError(
            f"float() cannot convert {var_ops.named(self)}, which is known only in the browser. "
            "Use `.to(float)`."
        )

    def __setitem__(self, key: object, value: object) -> NoReturn:
        """Refuse: a page only shows state."""
        raise VarTypeError(
            f"An item of {var_ops.named(self)} cannot be set here: a page only shows state. "
            "Change it in an event handler, where it is a Python value."
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

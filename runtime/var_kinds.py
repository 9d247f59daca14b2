"""The names of Reflex's ``rx.vars``: a class for each kind of Var, and ways to make them.

There is one Var class; ``isinstance(x, NumberVar)`` asks for the kind of what a Var holds, and
``x.to(ArrayVar)`` or ``NumberVar(_js_expr="…")`` says it.
"""

# pyright: reportPrivateUsage=false
from __future__ import annotations

import importlib
import sys
from typing import Any, TypeVar

from .computed import ComputedVar
from .computed import var as computed_var
from .expr import Array, Import, Literal, Object, Raw, walk
from .fields import Field, field
from .var import (
    Var,
    VarData,
    conditional,
    var_operation,
    var_operation_return,
)

T = TypeVar("T")

__all__ = [
    "EMPTY_VAR_INT",
    "EMPTY_VAR_STR",
    "ArrayVar",
    "BooleanVar",
    "ColorVar",
    "ComponentVar",
    "ComputedVar",
    "ConcatVarOperation",
    "CustomVarOperationReturn",
    "DateTimeVar",
    "Field",
    "LiteralArrayVar",
    "LiteralBooleanVar",
    "LiteralColorVar",
    "LiteralDatetimeVar",
    "LiteralNoneVar",
    "LiteralNumberVar",
    "LiteralObjectVar",
    "LiteralRangeVar",
    "LiteralStringVar",
    "LiteralVar",
    "NoneVar",
    "NumberVar",
    "ObjectVar",
    "RangeVar",
    "RestProp",
    "StringVar",
    "Var",
    "VarData",
    "computed_var",
    "field",
    "get_leaf_vars",
    "get_python_literal",
    "get_unique_variable_name",
    "get_uuid_string_var",
    "is_computed_var",
    "ternary_operation",
    "use_hook_var",
    "use_id",
    "var_operation",
    "var_operation_return",
]


class _Kind(type):
    """Makes ``isinstance`` ask for the kind that a Var has."""

    var_kinds: tuple[str, ...]

    constant: bool

    def __instancecheck__(cls, instance: object) -> bool:
        if not cls.var_kinds and not cls.constant:
            return super().__instancecheck__(instance)
        if not isinstance(instance, Var) or (
            cls.constant and not isinstance(instance._expr, _KNOWN)
        ):
            return False
        return not cls.var_kinds or instance._kind in cls.var_kinds


_KNOWN = (Literal, Array, Object)


class KindVar(Var[T], metaclass=_Kind):
    """Base of the kinds."""

    __slots__ = ()
    var_kinds = ()
    constant = False
    __var_type__: Any = Any

    def __init__(
        self,
        _js_expr: Any = "",
        _var_type: object = None,
        _var_data: VarData | None = None,
    ) -> None:
        """Take JavaScript or an expression, of this kind unless a type says more."""
        super().__init__(_js_expr, type(self).__var_type__ if _var_type is None else _var_type)
        if _var_data is not None:
            self._expr = Var(_js_expr, Any, _var_data)._expr

    @classmethod
    def create(cls, value: object, _var_data: VarData | None = None, **_: object) -> Var[Any]:
        """Return ``value`` as a Var."""
        return Var.create(value)


class NumberVar(KindVar[T]):
    """A number, bool included."""

    __slots__ = ()
    var_kinds = ("number", "bool")
    __var_type__ = float


class BooleanVar(KindVar[T]):
    """A bool."""

    __slots__ = ()
    var_kinds = ("bool",)
    __var_type__ = bool


class StringVar(KindVar[T]):
    """Text."""

    __slots__ = ()
    var_kinds = ("str",)
    __var_type__ = str


class ArrayVar(KindVar[T]):
    """A list, tuple or set."""

    __slots__ = ()
    var_kinds = ("array",)
    __var_type__ = list[Any]


class ObjectVar(KindVar[T]):
    """A dict, dataclass or model."""

    __slots__ = ()
    var_kinds = ("object",)
    __var_type__ = dict[str, Any]


class DateTimeVar(KindVar[T]):
    """A date or a point in time."""

    __slots__ = ()
    var_kinds = ("datetime",)


class ColorVar(KindVar[T]):
    """A colour of the palette."""

    __slots__ = ()
    var_kinds = ("color",)


class NoneVar(KindVar[T]):
    """``None``."""

    __slots__ = ()
    var_kinds = ("none",)
    __var_type__ = type(None)


class ComponentVar(KindVar[T]):
    """A component."""

    __slots__ = ()
    var_kinds = ("component",)


class RestProp(ObjectVar[T]):
    """The props that a memo component passes on."""

    __slots__ = ()


class LiteralVar(KindVar[T]):
    """A Var of a value that is known when the app is built."""

    __slots__ = ()
    constant = True


class LiteralNumberVar(NumberVar[T]):
    """A number that is known."""

    __slots__ = ()
    constant = True


class LiteralBooleanVar(BooleanVar[T]):
    """A bool that is known."""

    __slots__ = ()
    constant = True


class LiteralStringVar(StringVar[T]):
    """Text that is known."""

    __slots__ = ()
    constant = True


class LiteralArrayVar(ArrayVar[T]):
    """A list whose length is known."""

    __slots__ = ()
    constant = True


class LiteralObjectVar(ObjectVar[T]):
    """A dict whose keys are known."""

    __slots__ = ()
    constant = True


LiteralColorVar = ColorVar
LiteralNoneVar = NoneVar
LiteralDatetimeVar = DateTimeVar
RangeVar = LiteralRangeVar = ArrayVar
ConcatVarOperation = StringVar
CustomVarOperationReturn = Var
EMPTY_VAR_STR: Var[str] = Var.create("")
EMPTY_VAR_INT: Var[int] = Var.create(0)
ternary_operation = conditional

_names = 0


def get_unique_variable_name() -> str:
    """Return a JavaScript name that no other call returns; the same in every build."""
    global _names
    _names += 1
    return f"name${_names}"


def use_hook_var(library: str, hook: str, _var_type: object = Any) -> Var[Any]:
    """Return what a React hook gives: ``use_hook_var("react", "useId", str)``."""
    name = get_unique_variable_name()
    line = f"const {name} = {hook}()"
    return Var(Raw((name,), ((hook, Import(library, hook)),), (line,)), _var_type)


def use_id() -> Var[str]:
    """Return an id that React keeps unique on the page."""
    return use_hook_var("react", "useId", str)


def get_uuid_string_var() -> Var[str]:
    """Return text that is new each time: a random UUID."""
    return Var("crypto.randomUUID()", str)


def get_leaf_vars(var: Var[Any]) -> list[Var[Any]]:
    """Return the Vars and constants that ``var`` is made of."""
    return [Var(node) for node in walk(var._expr) if not node.parts()]


def get_python_literal(value: object) -> object:
    """Return the value of a constant, None for any other Var; what is no Var as it is."""
    if not isinstance(value, Var):
        return value
    return value._expr.value if isinstance(value._expr, Literal) else None


def is_computed_var(value: object) -> bool:
    """Tell whether ``value`` is a computed var."""
    return isinstance(value, ComputedVar)


def __getattr__(name: str) -> Any:
    """Return this module for the names of Reflex's own modules: ``rx.vars.function``."""
    functions = importlib.import_module("wasmrx.var_functions")
    if name in functions.__all__:
        return getattr(functions, name)
    if name in ("base", "number", "sequence", "object", "datetime", "function", "color"):
        return sys.modules[__name__]
    raise AttributeError(f"wasmrx.vars has no {name!r}")

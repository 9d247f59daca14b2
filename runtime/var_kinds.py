"""The names of Reflex's ``rx.vars``: a class for each kind of Var, and ways to make them.

There is one Var class; ``isinstance(x, NumberVar)`` asks for the kind of what a Var holds, and
``x.to(ArrayVar)`` or ``NumberVar(_js_expr="…")`` says it.
"""

# pyright: reportPrivateUsage=false
from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from .expr import Function, Import, Raw
from .var import (
    Var,
    VarData,
    conditional,
    var_operation,
    var_operation_return,
)
from .var_literal import to_expr

T = TypeVar("T")

__all__ = [
    "EMPTY_VAR_INT",
    "EMPTY_VAR_STR",
    "ArgsFunctionOperation",
    "ArrayVar",
    "BooleanVar",
    "ColorVar",
    "ComponentVar",
    "ConcatVarOperation",
    "DateTimeVar",
    "FunctionStringVar",
    "FunctionVar",
    "LiteralArrayVar",
    "LiteralBooleanVar",
    "LiteralColorVar",
    "LiteralNoneVar",
    "LiteralNumberVar",
    "LiteralObjectVar",
    "LiteralStringVar",
    "LiteralVar",
    "NoneVar",
    "NumberVar",
    "ObjectVar",
    "RestProp",
    "StringVar",
    "Var",
    "VarData",
    "VarOperationCall",
    "get_unique_variable_name",
    "ternary_operation",
    "use_hook_var",
    "use_id",
    "var_operation",
    "var_operation_return",
]


class _Kind(type):
    """Makes ``isinstance`` ask for the kind that a Var has."""

    var_kinds: tuple[str, ...]

    def __instancecheck__(cls, instance: object) -> bool:
        if not cls.var_kinds:
            return super().__instancecheck__(instance)
        return isinstance(instance, Var) and instance._kind in cls.var_kinds


class _KindVar(Var[T], metaclass=_Kind):
    """Base of the kinds."""

    __slots__ = ()
    var_kinds = ()
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


class NumberVar(_KindVar[T]):
    """A number, bool included."""

    __slots__ = ()
    var_kinds = ("number", "bool")
    __var_type__ = float


class BooleanVar(_KindVar[T]):
    """A bool."""

    __slots__ = ()
    var_kinds = ("bool",)
    __var_type__ = bool


class StringVar(_KindVar[T]):
    """Text."""

    __slots__ = ()
    var_kinds = ("str",)
    __var_type__ = str


class ArrayVar(_KindVar[T]):
    """A list, tuple or set."""

    __slots__ = ()
    var_kinds = ("array",)
    __var_type__ = list[Any]


class ObjectVar(_KindVar[T]):
    """A dict, dataclass or model."""

    __slots__ = ()
    var_kinds = ("object",)
    __var_type__ = dict[str, Any]


class DateTimeVar(_KindVar[T]):
    """A date or a point in time."""

    __slots__ = ()
    var_kinds = ("datetime",)


class ColorVar(_KindVar[T]):
    """A colour of the palette."""

    __slots__ = ()
    var_kinds = ("color",)


class NoneVar(_KindVar[T]):
    """``None``."""

    __slots__ = ()
    var_kinds = ("none",)
    __var_type__ = type(None)


class ComponentVar(_KindVar[T]):
    """A component."""

    __slots__ = ()
    var_kinds = ("component",)


class FunctionVar(_KindVar[T]):
    """A JavaScript function."""

    __slots__ = ()
    var_kinds = ("function",)
    __var_type__ = Callable[..., Any]


class FunctionStringVar(FunctionVar[T]):
    """A JavaScript function given as text: ``FunctionStringVar.create("Math.max")``."""

    __slots__ = ()

    @classmethod
    def create(
        cls,
        value: object,
        _var_data: VarData | None = None,
        _var_type: object = None,
        **_: object,
    ) -> Var[Any]:
        """Return the function that the text names or writes."""
        return Var(str(value), _var_type or FunctionVar.__var_type__, _var_data)


class ArgsFunctionOperation(FunctionVar[T]):
    """A function made of Vars: ``ArgsFunctionOperation.create(("a",), Var("a").to(int) + 1)``."""

    __slots__ = ()

    @classmethod
    def create(
        cls,
        value: object = (),
        return_expr: object = None,
        rest: str | None = None,
        _var_type: object = None,
        **names: Any,
    ) -> Var[Any]:
        """Return the function of the names ``value`` (``args_names``) that gives a Var of them."""
        args_names: Sequence[str] = names.get("args_names", value)
        params = (*args_names, f"...{rest}") if rest else tuple(args_names)
        return Var(Function(params, to_expr(return_expr)), _var_type or FunctionVar.__var_type__)


class VarOperationCall(_KindVar[T]):
    """A function call."""

    __slots__ = ()

    @classmethod
    def create(cls, value: object, *args: object, _var_type: object = Any, **_: object) -> Var[Any]:  # pyright: ignore[reportIncompatibleMethodOverride]
        """Return the result of calling ``value`` with ``args``."""
        return Var(Var.create(value)(*args)._expr, _var_type)


class RestProp(ObjectVar[T]):
    """The props that a memo component passes on."""

    __slots__ = ()


LiteralVar = Var
LiteralNumberVar = NumberVar
LiteralBooleanVar = BooleanVar
LiteralStringVar = ConcatVarOperation = StringVar
LiteralArrayVar = ArrayVar
LiteralObjectVar = ObjectVar
LiteralColorVar = ColorVar
LiteralNoneVar = NoneVar
EMPTY_VAR_STR: Var[str] = Var.create("")
EMPTY_VAR_INT: Var[int] = Var.create(0)
ternary_operation = conditional

_names = 0


def get_unique_variable_name() -> str:
    """Return a JavaScript name that no other call returns; the same in every build."""
    global _names
    _names += 1
    return f"name${_names}"


def use_hook_var(hook: str, module: str, var_type: object = Any, *args: object) -> Var[Any]:
    """Return the result of a React hook: ``use_hook_var("useId", "react", str)``."""
    name = get_unique_variable_name()
    shown = ", ".join(str(Var.create(arg)) for arg in args)
    line = f"const {name} = {hook}({shown})"
    return Var(Raw((name,), ((hook, Import(module, hook)),), (line,)), var_type)


def use_id() -> Var[str]:
    """Return an id that React keeps unique on the page."""
    return use_hook_var("useId", "react", str)


def __getattr__(name: str) -> Any:
    """Return this module for the names of Reflex's own modules: ``rx.vars.function``."""
    if name in ("base", "number", "sequence", "object", "datetime", "function", "color"):
        return sys.modules[__name__]
    raise AttributeError(f"wasmrx.vars has no {name!r}")

"""JavaScript functions as Vars: the names of Reflex's ``rx.vars.function``."""

# pyright: reportPrivateUsage=false
from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from .expr import Expr, Function, Raw
from .var import Var, VarData
from .var_kinds import KindVar
from .var_literal import to_expr

T = TypeVar("T")

__all__ = [
    "ARRAY_ISARRAY",
    "ENCODE_URI_COMPONENT",
    "JSON_STRINGIFY",
    "PROTOTYPE_TO_STRING",
    "ArgsFunctionOperation",
    "ArgsFunctionOperationBuilder",
    "BuilderFunctionVar",
    "DestructuredArg",
    "FunctionArgs",
    "FunctionStringVar",
    "FunctionVar",
    "ReflexCallable",
    "VarOperationCall",
]

ReflexCallable = Callable


class FunctionVar(KindVar[T]):
    """A JavaScript function."""

    __slots__ = ()
    var_kinds = ("function",)
    __var_type__ = Callable[..., Any]


class BuilderFunctionVar(FunctionVar[T]):
    """A function whose call fills in arguments and gives a function again."""

    __slots__ = ()

    def __call__(self, *args: object) -> Var[Any]:
        """Return the function with its first arguments filled in."""
        return self._call_method("partial", *args)


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


@dataclass(frozen=True)
class DestructuredArg:
    """An argument taken apart by its fields: ``{a, b, ...rest}``."""

    fields: tuple[str, ...] = ()
    rest: str | None = None

    def to_javascript(self) -> str:
        """Return the argument as JavaScript writes it."""
        return f"{{{', '.join((*self.fields, *([f'...{self.rest}'] if self.rest else [])))}}}"


@dataclass(frozen=True)
class FunctionArgs:
    """The arguments of a function, the last of them the rest."""

    args: tuple[str | DestructuredArg, ...] = ()
    rest: str | None = None


def _function(args: FunctionArgs, result: object, explicit_return: bool) -> Expr:
    params = [arg if isinstance(arg, str) else arg.to_javascript() for arg in args.args]
    if args.rest:
        params.append(f"...{args.rest}")
    body = to_expr(result)
    if not explicit_return:
        return Function(tuple(params), body)
    pieces = body.pieces if isinstance(body, Raw) else (body,)
    imports, hooks = (body.imports, body.hooks) if isinstance(body, Raw) else ((), ())
    return Raw((f"({', '.join(params)}) => {{ ", *pieces, " }"), imports, hooks)


class ArgsFunctionOperation(FunctionVar[T]):
    """A function made of Vars: ``ArgsFunctionOperation.create(("a",), Var("a").to(int) + 1)``."""

    __slots__ = ()

    @classmethod
    def create(  # pyright: ignore[reportIncompatibleMethodOverride]
        cls,
        args_names: Sequence[str | DestructuredArg] = (),
        return_expr: object = None,
        rest: str | None = None,
        explicit_return: bool = False,
        _var_type: object = None,
        _var_data: VarData | None = None,
    ) -> Var[Any]:
        """Return the function; with ``explicit_return`` the expression is its whole body."""
        made = _function(FunctionArgs(tuple(args_names), rest), return_expr, explicit_return)
        expr = made if _var_data is None else _var_data.around(made)
        return cls._made(expr, _var_type or FunctionVar.__var_type__)

    @classmethod
    def _made(cls, expr: Expr, hint: object) -> Var[Any]:
        return Var(expr, hint)


class ArgsFunctionOperationBuilder(ArgsFunctionOperation[T]):
    """The same, as a ``BuilderFunctionVar``."""

    __slots__ = ()

    @classmethod
    def _made(cls, expr: Expr, hint: object) -> Var[Any]:
        return BuilderFunctionVar[Any](expr, hint)


class VarOperationCall(KindVar[T]):
    """A function call."""

    __slots__ = ()

    @classmethod
    def create(cls, value: object, *args: object, _var_type: object = Any, **_: object) -> Var[Any]:  # pyright: ignore[reportIncompatibleMethodOverride]
        """Return the result of calling ``value`` with ``args``, of the type that it declares."""
        result = Var.create(value)._call_method("call", *args)
        return result if _var_type is Any else Var(result._expr, _var_type)


def _named(code: str, hint: object) -> Var[Any]:
    return FunctionStringVar[Any].create(code, _var_type=hint)


JSON_STRINGIFY = _named("JSON.stringify", Callable[[Any], str])
ENCODE_URI_COMPONENT = _named("encodeURIComponent", Callable[[str], str])
ARRAY_ISARRAY = _named("Array.isArray", Callable[[Any], bool])
PROTOTYPE_TO_STRING = _named("((value) => value?.toString() ?? '')", Callable[[Any], str])

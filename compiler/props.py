"""Checks of what an author gives to a component: names of props, literal values, types of Vars."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Any, cast

from wasmrx.errors import ComponentTypeError, InvalidPropValueError
from wasmrx.expr import Conditional, Literal, Object
from wasmrx.var import Var, conditional, to_expr
from wasmrx.var_literal import MARK_OPEN
from wasmrx.var_ops import named
from wasmrx.var_types import hint_name, kind_of

from .css_names import CSS_PROPERTIES
from .diagnostics import did_you_mean, listed
from .spec import ComponentSpec, Prop

_FITS: Mapping[str, frozenset[str]] = {
    "number": frozenset({"number", "bool"}),
    "str": frozenset({"str", "color", "datetime"}),
    "color": frozenset({"str", "color"}),
    "datetime": frozenset({"str", "datetime"}),
    "function": frozenset({"function", "object"}),
}
"""Kinds of values that a prop of another kind takes as well."""


def hint_of(value: Any) -> Any:
    """Return the type hint that a Var carries."""
    return value._type


def check_value(spec: ComponentSpec, name: str, prop: Prop, value: Any) -> None:
    """Raise where ``value`` cannot be given for ``prop``."""
    if prop.responsive and isinstance(value, (list, tuple, dict)):
        items = cast("dict[str, Any] | list[Any]", value)
        for item in items.values() if isinstance(items, dict) else items:
            check_value(spec, name, prop, item)
    elif isinstance(value, Var):
        _check_var(spec, name, prop, cast("Var[Any]", value))
    elif prop.values and value is not None and value not in prop.values:
        _refuse_literal(spec, name, prop, value)


def _refuse_literal(spec: ComponentSpec, name: str, prop: Prop, value: Any) -> None:
    if isinstance(value, str) and MARK_OPEN in value:
        return
    if isinstance(value, Enum) and value.value in prop.values:
        return
    guess = ""
    if isinstance(value, str):
        guess = did_you_mean(value, (v for v in prop.values if isinstance(v, str)), 0.7)
    if not isinstance(value, str) and str(value) in prop.values:
        guess = f' Write it as text: {name}="{value}".'
    raise InvalidPropValueError(
        f"{spec.name} got {name}={value!r}. It takes {listed(prop.values)}.{guess}"
    )


def _check_var(spec: ComponentSpec, name: str, prop: Prop, value: Var[Any]) -> None:
    expected = _kinds(prop.type)
    given = kind_of(hint_of(value))
    if expected is None or given in ("any", "none", "component") or given in expected:
        return
    raise ComponentTypeError(
        f"{spec.name} got {name}={named(value)}. It takes {_described(prop)}. "
        f"Convert the Var ({_conversion(expected)}) or use another one."
    )


def _described(prop: Prop) -> str:
    return listed(prop.values) if prop.values else hint_name(prop.type)


def _conversion(expected: set[str]) -> str:
    for kind, code in (("str", ".to_string()"), ("number", ".to(int)"), ("bool", ".bool()")):
        if kind in expected:
            return code
    return ".to(...)"


def _kinds(hint: Any) -> set[str] | None:
    """Return the kinds that fit ``hint``, None where every kind does."""
    args: tuple[Any, ...] = getattr(hint, "__args__", ())
    is_union = type(hint).__name__ in ("UnionType", "_UnionGenericAlias", "Union")
    found: set[str] = set()
    for part in args if is_union else (hint,):
        kind = kind_of(part)
        if part is type(None):
            continue
        if kind == "any":
            return None
        found |= {kind, *_FITS.get(kind, ())}
    return found


def as_style(value: Any) -> Mapping[str, Any]:
    """Return ``style`` as a dict. One that a condition chooses has the condition in each value."""
    if value is None:
        return {}
    if isinstance(value, Mapping):
        return cast("Mapping[str, Any]", value)
    if not isinstance(value, Var):
        raise ComponentTypeError(
            f"style got {value!r}. Give a dict, style={{'color': 'red'}}, or the properties as "
            "props, color='red'."
        )
    expr = to_expr(cast("Var[Any]", value))
    if isinstance(expr, Object) and all(isinstance(key, Literal) for key, _ in expr.items):
        return {str(cast(Literal, key).value): Var(item) for key, item in expr.items}
    if isinstance(expr, Conditional):
        then, orelse = as_style(Var(expr.then)), as_style(Var(expr.orelse))
        test: Var[bool] = Var(expr.test, bool)
        names = dict.fromkeys((*then, *orelse))
        return {n: conditional(test, then.get(n, ""), orelse.get(n, "")) for n in names}
    raise ComponentTypeError(
        f"style got {value!r}, whose properties are not known at build time. Give a dict, whose "
        "values may be Vars, or rx.cond(condition, a_dict, another_dict)."
    )


def unknown_prop(spec: ComponentSpec, name: str) -> ComponentTypeError:
    """Return the error about a keyword that is neither prop, trigger nor style."""
    if name.startswith("on_"):
        known = sorted(spec.all_triggers)
        guess = did_you_mean(name, known) or f" It has: {', '.join(known)}."
        return ComponentTypeError(f"{spec.name} has no event trigger `{name}`.{guess}")
    names = [*spec.props, *spec.all_triggers, "class_name", "custom_attrs", "id", "key", "style"]
    snake = ["".join("_" + c.lower() if c.isupper() else c for c in p) for p in CSS_PROPERTIES]
    guess = did_you_mean(name, names) or did_you_mean(name, snake)
    return ComponentTypeError(
        f"{spec.name} has no prop `{name}`, and CSS has no such property.{guess} "
        f"For an HTML attribute use custom_attrs={{{name!r}: ...}}."
    )

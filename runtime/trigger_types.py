"""Whether what a trigger gives can be what a handler declares, asked when a page is built."""

from __future__ import annotations

import types
from typing import Any, Union, cast, get_args, get_origin, is_typeddict

from .arg_specs import all_values
from .coerce import hints_of
from .expr import Raw
from .form_data import FormData
from .handlers import EventSpec, unwrapped
from .hints import strip
from .var import Var, to_expr
from .var_types import kind_of

_NEVER: dict[str, frozenset[str]] = {
    "str": frozenset(("array", "object", "function", "component")),
    "number": frozenset(("str", "array", "object", "datetime", "function", "component")),
    "bool": frozenset(("str", "array", "object", "datetime", "function", "component")),
    "array": frozenset(("str", "number", "bool", "object", "datetime", "function", "component")),
    "object": frozenset(("str", "number", "bool", "array", "datetime", "function", "component")),
}
"""For a kind that a trigger gives, the kinds that no value of it can be made."""


def may_fit(given: object, wanted: Any) -> bool:
    """Tell whether some value of the type ``given`` can be passed where ``wanted`` is declared."""
    wanted = strip(wanted)
    if wanted in (bytes, bytearray) or _name(wanted) == "datetime.timedelta":
        return kind_of(given) not in ("array", "object")
    if _is_form_class(wanted):
        return kind_of(given) in ("object", "any")
    return kind_of(wanted) not in _NEVER.get(kind_of(given), ())


def _is_form_class(hint: Any) -> bool:
    return isinstance(hint, type) and issubclass(hint, FormData)


def _name(hint: Any) -> str:
    return f"{getattr(hint, '__module__', '')}.{getattr(hint, '__qualname__', '')}"


def with_whole_forms(spec: EventSpec) -> EventSpec:
    """Return ``spec`` with every value of a submitted form, where the handler has use for them."""
    forms = {name: cast("Var[Any]", v) for name, v in spec.values if _is_form(v)}
    if not forms or spec.handler is None:
        return spec
    hints = hints_of(unwrapped(spec.handler.fn))
    whole = {name for name in forms if _wants_all(hints.get(name))}
    if not whole:
        return spec
    values = tuple((n, all_values(forms[n]) if n in whole else v) for n, v in spec.values)
    return EventSpec(
        spec.target, values, kind=spec.kind, handler=spec.handler, modifiers=spec.modifiers
    )


def _is_form(value: object) -> bool:
    expr = to_expr(cast("Var[Any]", value)) if isinstance(value, Var) else None
    return isinstance(expr, Raw) and any(name == "formData" for name, _ in expr.imports)


def _wants_all(hint: Any) -> bool:
    hint = strip(hint)
    if get_origin(hint) in (Union, types.UnionType):
        return any(map(_wants_all, get_args(hint)))
    base: Any = get_origin(hint) or hint
    if _is_form_class(base):
        return True
    marks = ("__dataclass_fields__", "model_validate")
    return is_typeddict(base) or any(hasattr(base, mark) for mark in marks)

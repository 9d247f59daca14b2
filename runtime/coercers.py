"""What makes a value of the declared type of what JSON can say.

JSON has few types: ``int("3")`` of an input's text, a dataclass of an object, a set of a list, an
enum of its value. Of a chained event the values are Python's own already and stay as they are.
"""

from __future__ import annotations

import sys
import types
from collections.abc import Callable
from enum import Enum
from typing import Any, Literal, Union, cast, get_args, get_origin, get_type_hints, is_typeddict

from .form_data import FormData, is_pairs
from .hints import strip

Coercer = Callable[[Any], Any]
MISFIT = (TypeError, ValueError, LookupError, ArithmeticError)
"""What a coercer raises for a value that does not fit."""


def coercer_for(hint: Any) -> Coercer | None:
    """Return what makes a ``hint`` of a value that is not None; None where any value will do.

    It raises one of ``MISFIT`` for a value that does not fit.
    """
    hint = strip(hint)
    hint = getattr(hint, "__supertype__", hint)
    origin = get_origin(hint)
    args = get_args(hint)
    if origin in (Union, types.UnionType):
        return _union(args)
    if origin is Literal:
        return _literal(args)
    base = origin or hint
    if base in (list, set, frozenset):
        return _many(base, args)
    if base is tuple:
        return _tuple(args)
    if base is dict:
        return _dict(args)
    if is_typeddict(base):
        return _typed_dict(base)
    return _class(base) if isinstance(base, type) else None


def _class(cls: type[Any]) -> Coercer | None:
    if cls in _SIMPLE:
        return _SIMPLE[cls]
    if issubclass(cls, Enum):
        return _enum(cls)
    if issubclass(cls, FormData):
        return _form(cast("Any", cls))
    if hasattr(cls, "__dataclass_fields__"):
        return _dataclass(cls)
    validate = getattr(cls, "model_validate", None)
    if validate is not None:
        return _model(cls, validate)
    convert = _BY_NAME.get(f"{cls.__module__}.{cls.__qualname__}")
    if convert is not None:
        return lambda value: value if isinstance(value, cls) else convert(cls, value)
    return None


def _form(cls: Any) -> Coercer:
    return lambda value: value if isinstance(value, cls) else cls(value)


def _wanted(value: Any, kind: str) -> TypeError:
    return TypeError(f"a {type(value).__name__} is no {kind}")


def _str(value: Any) -> Any:
    if isinstance(value, str):
        return value
    raise _wanted(value, "text")


def _int(value: Any) -> Any:
    if isinstance(value, int):
        return value
    if isinstance(value, str):
        return int(value)
    if isinstance(value, float) and value.is_integer():
        return int(value)
    raise ValueError("it is no whole number")


def _float(value: Any) -> Any:
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return value
    if isinstance(value, str):
        return float(value)
    raise _wanted(value, "number")


FALSE_TEXTS = frozenset(("", "0", "false", "n", "no", "off"))


def _bool(value: Any) -> Any:
    if isinstance(value, bool):
        return value
    if isinstance(value, str):
        return value.strip().lower() not in FALSE_TEXTS
    if value in (0, 1):
        return bool(value)
    raise _wanted(value, "bool")


def _bytes(value: Any) -> Any:
    if isinstance(value, list):
        return bytes(cast("list[int]", value))
    return value if isinstance(value, bytes) else _str(value).encode()


_SIMPLE: dict[Any, Coercer] = {
    str: _str,
    int: _int,
    float: _float,
    bool: _bool,
    bytes: _bytes,
}


def _from_text(cls: Any, value: Any) -> Any:
    return cls(_str(value))


def _from_number(cls: Any, value: Any) -> Any:
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        raise _wanted(value, "number")
    return cls(str(value))


def _from_iso(cls: Any, value: Any) -> Any:
    return cls.fromisoformat(_str(value))


def _date(cls: Any, value: Any) -> Any:
    return cls.fromisoformat(_str(value)[:10])


def _duration(cls: Any, value: Any) -> Any:
    """Return a timedelta of seconds, or of text such as ``"1 day, 2:03:04.5"``."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return cls(seconds=value)
    days, comma, clock = _str(value).rpartition(", ")
    hours, minutes, seconds = clock.split(":")
    count = int(days.split()[0]) if comma else 0
    return cls(days=count, hours=int(hours), minutes=int(minutes), seconds=float(seconds))


_BY_NAME: dict[str, Callable[[Any, Any], Any]] = {
    "datetime.datetime": _from_iso,
    "datetime.date": _date,
    "datetime.time": _from_iso,
    "datetime.timedelta": _duration,
    "uuid.UUID": _from_text,
    "pathlib.Path": _from_text,
    "pathlib._local.Path": _from_text,
    "pathlib.PurePath": _from_text,
    "decimal.Decimal": _from_number,
    "fractions.Fraction": _from_number,
}


def _enum(cls: type[Enum]) -> Coercer:
    def convert(value: Any) -> Any:
        if isinstance(value, cls):
            return value
        for member in cls:
            if value in (member.value, str(member.value)):
                return member
        return cls(tuple(value) if isinstance(value, list) else value)  # pyright: ignore[reportUnknownArgumentType]

    return convert


def _literal(choices: tuple[Any, ...]) -> Coercer:
    def convert(value: Any) -> Any:
        for choice in choices:
            if value == choice and isinstance(value, bool) == isinstance(choice, bool):
                return choice
        for choice in choices:
            if isinstance(value, str) and value == str(choice):
                return choice
        raise ValueError(f"it is none of {', '.join(map(repr, choices))}")

    return convert


def _union(options: tuple[Any, ...]) -> Coercer | None:
    coercers = [coercer_for(option) for option in options if option is not type(None)]
    given = [coercer for coercer in coercers if coercer is not None]
    if len(given) < len(coercers):
        return None
    optional = len(given) < len(options)
    plain = {o for o in map(strip, options) if o in _SIMPLE}

    def convert(value: Any) -> Any:
        if type(value) in plain:
            return value
        if value == "" and optional and str not in plain:
            return None
        for coercer in given[:-1]:
            try:
                return coercer(value)
            except MISFIT:
                continue
        return given[-1](value)

    return convert


def _items(value: Any) -> Any:
    if isinstance(value, (list, tuple, set, frozenset)):
        return value  # pyright: ignore[reportUnknownVariableType]
    raise _wanted(value, "list")


def _each(inner: Coercer | None, items: Any) -> list[Any]:
    if inner is None:
        return list(items)
    return [item if item is None else inner(item) for item in items]


def _many(kind: Any, args: tuple[Any, ...]) -> Coercer:
    inner = coercer_for(args[0]) if args else None

    def convert(value: Any) -> Any:
        if inner is None and isinstance(value, kind):
            return value
        return kind(_each(inner, _items(value)))

    return convert


def _tuple(args: tuple[Any, ...]) -> Coercer:
    if not args or (len(args) == 2 and args[1] is Ellipsis):
        inner = coercer_for(args[0]) if args else None
        return lambda value: tuple(_each(inner, _items(value)))
    inners = [coercer_for(arg) for arg in args]

    def convert(value: Any) -> Any:
        items = list(_items(value))
        if len(items) != len(inners):
            raise ValueError(f"it has {len(items)} items, not {len(inners)}")
        return tuple(
            one(item) if one and item is not None else item
            for one, item in zip(inners, items, strict=True)
        )

    return convert


def _object(value: Any) -> dict[Any, Any]:
    if isinstance(value, dict):
        return cast("dict[Any, Any]", value)
    if isinstance(value, FormData):
        return dict(cast("FormData[Any, Any]", value))
    raise _wanted(value, "dict")


def _dict(args: tuple[Any, ...]) -> Coercer:
    key, inner = (coercer_for(arg) for arg in args) if len(args) == 2 else (None, None)

    def convert(value: Any) -> Any:
        given = _object(value)
        if key is None and inner is None:
            return given
        return {
            (key(k) if key else k): (inner(v) if inner and v is not None else v)
            for k, v in given.items()
        }

    return convert


class _Fields:
    """The fields of a TypedDict, dataclass or model, and what converts each of them.

    A submitted form tells nothing of a box that is not ticked, and of a list without a choice: a
    ``bool`` is then False and a ``list`` empty, where the field has no default.
    """

    def __init__(self, cls: Any, defaults: frozenset[str]) -> None:
        self.cls = cls
        self.defaults = defaults
        self.found: dict[str, tuple[str, Coercer | None]] = {}

    def known(self) -> dict[str, tuple[str, Coercer | None]]:
        """Return kind and coercer by name; read late, as a class may name one defined below it."""
        if not self.found:
            scope = vars(sys.modules.get(self.cls.__module__, types))
            for name, hint in get_type_hints(self.cls, dict(scope)).items():
                self.found[name] = kind_of_field(hint), coercer_for(hint)
        return self.found

    def convert(self, value: Any) -> dict[str, Any]:
        """Return the given fields, converted."""
        known = self.known()
        form = FormData(value) if is_pairs(value) else value
        if isinstance(form, FormData):
            form = cast("FormData[str, Any]", form)
            given: dict[str, Any] = form.fields({name: kind for name, (kind, _) in known.items()})
            for name, (kind, _) in known.items():
                if name not in given and kind and name not in self.defaults:
                    given[name] = [] if kind == "list" else False
        else:
            given = dict(_object(value))
        for name, item in given.items():
            inner = known[name][1] if name in known else None
            if inner is not None and item is not None:
                try:
                    given[name] = inner(item)
                except MISFIT as error:
                    raise ValueError(f"{name}={item!r} does not fit: {error}") from error
        return given


def kind_of_field(hint: Any) -> str:
    """Return ``"list"`` or ``"bool"`` for a field that a form gives specially, ``""`` else."""
    hint = strip(hint)
    if get_origin(hint) in (Union, types.UnionType):
        inner = [arg for arg in get_args(hint) if arg is not type(None)]
        return kind_of_field(inner[0]) if len(inner) == 1 else ""
    if getattr(get_origin(hint), "__name__", "") in ("Required", "NotRequired", "ReadOnly"):
        return kind_of_field(get_args(hint)[0])
    base = get_origin(hint) or hint
    return "list" if base in (list, set, frozenset, tuple) else "bool" if base is bool else ""


def _typed_dict(cls: Any) -> Coercer:
    return _Fields(cls, cls.__optional_keys__).convert


def _dataclass(cls: Any) -> Coercer:
    declared: dict[str, Any] = cls.__dataclass_fields__
    taken = {name for name, field in declared.items() if field.init}
    defaults = frozenset(
        name
        for name, field in declared.items()
        if type(field.default).__name__ != "_MISSING_TYPE"
        or type(field.default_factory).__name__ != "_MISSING_TYPE"
    )
    fields = _Fields(cls, defaults)

    def convert(value: Any) -> Any:
        if isinstance(value, cls):
            return value
        given = fields.convert(value)
        return cls(**{name: item for name, item in given.items() if name in taken})

    return convert


def _model(cls: Any, validate: Coercer) -> Coercer:
    def convert(value: Any) -> Any:
        if isinstance(value, cls):
            return value
        if is_pairs(value) or isinstance(value, FormData):
            declared: dict[str, Any] = getattr(cls, "model_fields", {})
            kinds = {name: kind_of_field(field.annotation) for name, field in declared.items()}
            return validate(FormData(cast("Any", value)).fields(kinds))
        return validate(value)

    return convert

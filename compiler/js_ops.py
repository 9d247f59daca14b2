"""The JavaScript of each operation, as a pattern.

``{0}`` is an argument as an atom, ``{0!}`` one between commas, ``{*}`` all arguments, ``{+}`` all
but the first, ``@name`` a function of the page's Python rules (``HELPERS``). An argument that is
left out prints ``undefined``.
"""

from __future__ import annotations

LOOSE, INFIX, ATOM = 0, 1, 2
"""How tightly code binds: an arrow or ``?:``; an operator; what ``.`` or ``(`` can follow."""

_INFIX = {
    "add": "+",
    "sub": "-",
    "mul": "*",
    "div": "/",
    "pow": "**",
    "lt": "<",
    "le": "<=",
    "gt": ">",
    "ge": ">=",
    "same": "===",
    "differs": "!==",
    "concat": "+",
    "known_and": "&&",
    "known_or": "||",
    "bool_and": "&&",
    "bool_or": "||",
}
_ORDER = {"lt": "<", "le": "<=", "gt": ">", "ge": ">="}
_LOOSE = {
    "neg": "-{0}",
    "pos": "+{0}",
    "known_truth": "!!{0}",
    "is_none": "{0} == null",
    "is_not_none": "{0} != null",
    "js_type": "typeof {0}",
    "ne": "!@eq({*})",
    "time_eq": "@time({0!}) === @time({1!})",
    "time_ne": "@time({0!}) !== @time({1!})",
}
_TIGHT = {
    "truth": "@truth({0!})",
    "and": "@and({0!}, () => {1})",
    "or": "@or({0!}, () => {1})",
    "eq": "@eq({*})",
    "mod": "@mod({*})",
    "floordiv": "@floordiv({*})",
    "abs": "Math.abs({0!})",
    "ceil": "Math.ceil({0!})",
    "floor": "Math.floor({0!})",
    "trunc": "Math.trunc({0!})",
    "round": "@round({*})",
    "to_int": "Math.trunc(Number({0!}))",
    "to_float": "Number({0!})",
    "to_json": "JSON.stringify({0!})",
    "text": "@text({0!})",
    "float_text": "@floatText({0!})",
    "format_text": "@format({*})",
    "format_int": "@format({*})",
    "format_float": "@format({*}, true)",
    "repeat": "@repeat({*})",
    "char": '[...({0!} ?? "")].at({1!})',
    "str_length": "@len({0!})",
    "str_slice": "@slice({*})",
    "str_reversed": '[...({0!} ?? "")].reverse().join("")',
    "str_contains": "{0}?.includes({1!})",
    "lower": "{0}?.toLowerCase()",
    "upper": "{0}?.toUpperCase()",
    "title": "@title({0!})",
    "capitalize": "@capitalize({0!})",
    "strip": "@strip({0!}, {1!}, 3)",
    "lstrip": "@strip({0!}, {1!}, 1)",
    "rstrip": "@strip({0!}, {1!}, 2)",
    "split": "@split({*})",
    "startswith": "{0}?.startsWith({1!})",
    "endswith": "{0}?.endsWith({1!})",
    "replace": "@replace({*})",
    "extend": "[...({0!} ?? []), ...({1!} ?? [])]",
    "length": "{0}?.length",
    "slice": "@slice({*})",
    "reverse": "{0}?.toReversed()",
    "join": "{0}?.join({1!})",
    "join_text": "@join({*})",
    "array_contains": "@has({*})",
    "pluck": "@pluck({*})",
    "map": "{0}?.map({1!})",
    "filter": "{0}?.filter({1!})",
    "flat_map": "@flatMap({*})",
    "fold": "{0}?.reduce({1!}, {2!})",
    "reduce": "@reduce({*})",
    "range": "@range({*})",
    "keys": "Object.keys({0!} ?? {})",
    "int_keys": "Object.keys({0!} ?? {}).map(Number)",
    "values": "Object.values({0!} ?? {})",
    "entries": "Object.entries({0!} ?? {})",
    "int_entries": "Object.entries({0!} ?? {}).map(([k, v]) => [+k, v])",
    "size": "@len({0!})",
    "merge": "({...{0}, ...{1}})",
    "get": "@get({*})",
    "has_key": "Object.hasOwn({0!} ?? {}, {1!})",
    "call": "{0}({+})",
}

OPS: dict[str, tuple[str, int]] = {
    **{name: (f"{{0}} {sign} {{1}}", INFIX) for name, sign in _INFIX.items()},
    **{f"order_{name}": (f"@cmp({{*}}) {sign} 0", INFIX) for name, sign in _ORDER.items()},
    **{
        f"time_{name}": (f"@time({{0!}}) {sign} @time({{1!}})", INFIX)
        for name, sign in _ORDER.items()
    },
    **{name: (pattern, INFIX) for name, pattern in _LOOSE.items()},
    **{name: (pattern, ATOM) for name, pattern in _TIGHT.items()},
    "unless_unset": ("{0} === undefined ? {1} : {0}", LOOSE),
    "partial": ("(...$rest) => {0}({+}, ...$rest)", LOOSE),
}
"""Operation → pattern, and how tightly the result binds."""

BOOLEAN = frozenset(
    [
        *_ORDER,
        *(f"order_{name}" for name in _ORDER),
        *(f"time_{name}" for name in [*_ORDER, "eq", "ne"]),
        *("same", "differs", "eq", "ne", "not", "bool_and", "bool_or", "truth", "known_truth"),
        *("known_bool", "is_none", "is_not_none", "str_contains", "startswith", "endswith"),
        *("array_contains", "has_key"),
    ]
)
"""Operations whose JavaScript truth is their Python truth."""

TEXT = frozenset(
    [
        *("text", "float_text", "format_text", "format_int", "format_float", "js_type", "concat"),
        *("str_slice", "str_reversed", "title", "capitalize", "strip", "lstrip", "rstrip"),
        *("replace", "join_text"),
    ]
)
"""Operations that always give text."""

HELPERS: dict[str, str] = {
    "time": "wasmrx/py_dates",
    **dict.fromkeys(("round", "text", "floatText", "join", "format"), "wasmrx/py_format"),
    **dict.fromkeys(("strip", "split", "replace", "capitalize", "title"), "wasmrx/py_text"),
}
"""Function → the module that has it, where that is not ``wasmrx/py``."""

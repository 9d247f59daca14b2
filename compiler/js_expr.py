"""Prints an expression tree as JavaScript.

Simple cases are printed inline (``a + b``); what needs Python's rules calls the functions of
``runtime/ts/py.ts`` and the files beside it. Everything that reads a value allows for ``null`` on
the way, because a page is also rendered while its state is still initial.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Sequence

from wasmrx.expr import (
    Array,
    Call,
    Chain,
    Conditional,
    Expr,
    Function,
    Import,
    Literal,
    Local,
    Object,
    Op,
    Raw,
    StateVar,
    Template,
)

from .js_ops import ATOM, BOOLEAN, HELPERS, INFIX, LOOSE, OPS, TEXT

Read = Callable[[StateVar], str]
Use = Callable[[Import], str]

_IDENTIFIER = re.compile(r"[A-Za-z_$][A-Za-z0-9_$]*\Z")
_DOTTED = re.compile(r"[A-Za-z_$][A-Za-z0-9_$.]*\Z")
_INHERITED = frozenset(
    (
        *("__proto__", "constructor", "hasOwnProperty", "isPrototypeOf", "propertyIsEnumerable"),
        *("toLocaleString", "toString", "valueOf", "__defineGetter__", "__defineSetter__"),
        *("__lookupGetter__", "__lookupSetter__"),
    )
)
_HOLE = re.compile(r"\{([\d*+])(!?)\}|@([a-zA-Z]+)")


def to_js(expr: Expr, *, read: Read, use: Use, other: Callable[[Expr], str] | None = None) -> str:
    """Return ``expr`` as one JavaScript expression.

    ``read`` gives the code of a state var, ``use`` the local name of an import. ``other`` prints
    nodes that are not the runtime's own, such as elements.
    """
    return _Printer(read, use, other).print(expr)


def js_text(text: str) -> str:
    """Return ``text`` as a JavaScript string literal."""
    return re.sub("[\ud800-\udfff]", _surrogate, json.dumps(text, ensure_ascii=False))


def _surrogate(match: re.Match[str]) -> str:
    return f"\\u{ord(match[0]):04x}"


def js_number(value: float) -> str:
    """Return a number as JavaScript writes it."""
    if isinstance(value, float):
        if math.isnan(value):
            return "NaN"
        if math.isinf(value):
            return "Infinity" if value > 0 else "-Infinity"
        shown = repr(value)
        return shown.removesuffix(".0")
    return str(value)


def js_literal(value: object) -> str:
    """Return a constant: ``None``, a bool, a number, text."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return js_number(value)
    return js_text(str(value))


class _Printer:
    """Prints nodes, with parentheses only where the place needs tighter code than the node is."""

    def __init__(self, read: Read, use: Use, other: Callable[[Expr], str] | None) -> None:
        self.read = read
        self.use = use
        self.other = other

    def helper(self, name: str) -> str:
        return self.use(Import(HELPERS.get(name, "wasmrx/py"), name))

    def print(self, expr: Expr) -> str:
        return self.shape(expr)[0]

    def atom(self, expr: Expr, needed: int = ATOM) -> str:
        text, level = self.shape(expr)
        return text if level >= needed else f"({text})"

    def shape(self, expr: Expr) -> tuple[str, int]:
        """Return the code of ``expr`` and how tightly it binds."""
        match expr:
            case Literal(value=value):
                text = js_literal(value)
                return text, INFIX if text.startswith("-") else ATOM
            case StateVar():
                return self.read(expr), ATOM
            case Local(name=name):
                return name, ATOM
            case Op():
                return self.op(expr)
            case Array(items=items):
                return f"[{', '.join(self.print(item) for item in items)}]", ATOM
            case Object(items=items):
                return f"({{{', '.join(self.entry(*item) for item in items)}}})", ATOM
            case Template(pieces=pieces):
                return self.template(pieces), ATOM
            case Conditional(test=test, then=then, orelse=orelse):
                test_text = self.test(test)
                return f"{test_text} ? {self.branch(then)} : {self.branch(orelse)}", LOOSE
            case Function(params=params, body=body):
                shown = self.atom(body) if isinstance(body, Raw) else self.print(body)
                return f"({', '.join(params)}) => {shown}", LOOSE
            case Raw():
                text = self.raw(expr)
                return text, ATOM if _DOTTED.match(text) else LOOSE
            case Chain():
                return self.chain(expr), ATOM
            case _:
                if self.other is None:
                    raise TypeError(f"{type(expr).__name__} has no form as a JavaScript value")
                return self.other(expr), ATOM

    def branch(self, expr: Expr) -> str:
        """Return one side of ``? :``; a further choice on the right needs no parentheses."""
        return self.print(expr) if isinstance(expr, Conditional) else self.atom(expr, INFIX)

    def test(self, expr: Expr, needed: int = INFIX) -> str:
        """Return code whose JavaScript truth is the Python truth of ``expr``."""
        if isinstance(expr, Op) and expr.name == "known_truth":
            return self.atom(expr.args[0], needed)
        if is_boolean(expr):
            return self.atom(expr, needed)
        return f"{self.helper('truth')}({self.print(expr)})"

    def entry(self, key: Expr, value: Expr) -> str:
        if not isinstance(key, Literal):
            return f"[{self.print(key)}]: {self.print(value)}"
        name = str(key.value)
        if name == "__proto__":
            return f'["__proto__"]: {self.print(value)}'
        shown = name if _IDENTIFIER.match(name) else js_text(name)
        return f"{shown}: {self.print(value)}"

    def template(self, pieces: Sequence[Expr]) -> str:
        shown: list[str] = []
        for piece in pieces:
            if isinstance(piece, Literal) and isinstance(piece.value, str):
                inside = js_text(piece.value)[1:-1].replace('\\"', '"')
                shown.append(inside.replace("`", "\\`").replace("${", "\\${"))
            elif is_text(piece):
                shown.append(f"${{{self.print(piece)}}}")
            else:
                shown.append(f"${{{self.helper('text')}({self.print(piece)})}}")
        return f"`{''.join(shown)}`"

    def op(self, expr: Op) -> tuple[str, int]:
        if expr.name in ("attr", "key"):
            base, key = expr.args
            return self.member(base, key), ATOM
        if expr.name == "at":
            base, index = expr.args
            return self.at(base, index), ATOM
        if expr.name == "not":
            return f"!{self.test(expr.args[0], ATOM)}", INFIX
        if expr.name == "known_bool":
            return self.shape(expr.args[0])
        bounds = expr.args[1:]
        if expr.name == "slice" and len(bounds) < 3 and _all_numbers(bounds):
            return f"{self.atom(expr.args[0])}?.slice({self.commas(bounds)})", ATOM
        pattern, level = OPS[expr.name]

        def fill(found: re.Match[str]) -> str:
            index, raw_arg, helper = found.groups()
            if helper is not None:
                return self.helper(helper)
            if index in "*+":
                return self.commas(expr.args if index == "*" else expr.args[1:])
            if int(index) >= len(expr.args):
                return "undefined"
            arg = expr.args[int(index)]
            return self.print(arg) if raw_arg else self.atom(arg)

        return _HOLE.sub(fill, pattern), level

    def commas(self, exprs: Sequence[Expr]) -> str:
        return ", ".join(self.print(expr) for expr in exprs)

    def member(self, base: Expr, key: Expr) -> str:
        """Return a look-up that never finds what objects inherit, such as ``constructor``."""
        if not isinstance(key, Literal) or key.value in _INHERITED:
            return f"{self.helper('get')}({self.print(base)}, {self.print(key)})"
        name = str(key.value)
        if _IDENTIFIER.match(name):
            return f"{self.atom(base)}?.{name}"
        return f"{self.atom(base)}?.[{js_text(name)}]"

    def at(self, base: Expr, index: Expr) -> str:
        if isinstance(index, Literal) and isinstance(index.value, int) and index.value >= 0:
            return f"{self.atom(base)}?.[{int(index.value)}]"
        return f"{self.atom(base)}?.at({self.print(index)})"

    def raw(self, expr: Raw) -> str:
        names = {alias: self.use(imported) for alias, imported in expr.imports}
        changed = {alias: name for alias, name in names.items() if alias and alias != name}
        shown: list[str] = []
        for piece in expr.pieces:
            if isinstance(piece, Expr):
                shown.append(self.atom(piece))
                continue
            shown.append(_rename(piece, changed))
        return "".join(shown)

    def chain(self, expr: Chain) -> str:
        calls = ", ".join(self.call(expr.params, when, call) for when, call in expr.calls)
        modifiers = self.modifiers(expr.modifiers)
        on = self.use(Import("wasmrx/page", "on"))
        return f"{on}([{calls}]{', ' + modifiers if modifiers else ''})"

    def call(self, params: tuple[str, ...], when: Expr | None, call: Call) -> str:
        inner = _Printer(self.peek, self.use, self.other)
        function = self.use(Import("wasmrx/page", "call" if call.kind == "event" else "act"))
        args = ", ".join(inner.entry(Literal(name), value) for name, value in call.args)
        modifiers = self.modifiers(call.modifiers)
        parts = [js_text(call.target)]
        if args or modifiers:
            parts.append(f"{{{args}}}")
        if modifiers:
            parts.append(modifiers)
        step = f"{function}({', '.join(parts)})"
        if when is not None:
            step = f"{inner.test(when)} ? {step} : null"
        return f"({', '.join(params)}) => {step}"

    def peek(self, var: StateVar) -> str:
        peek = self.use(Import("wasmrx/page", "peek"))
        return f"{peek}({js_text(var.state)}, {js_text(var.name)})"

    def modifiers(self, modifiers: tuple[tuple[str, object], ...]) -> str:
        entries = [f"{name}: {js_literal(value)}" for name, value in modifiers]
        return f"{{{', '.join(entries)}}}" if entries else ""


def _rename(code: str, names: dict[str, str]) -> str:
    """Return ``code`` with the identifiers in ``names`` replaced."""
    if not names:
        return code
    any_name = "|".join(re.escape(name) for name in names)
    return re.sub(rf"(?<![\w$.])({any_name})(?![\w$])", lambda found: names[found[1]], code)


def _all_numbers(exprs: Sequence[Expr]) -> bool:
    return all(isinstance(e, Literal) and isinstance(e.value, int) for e in exprs)


def is_boolean(expr: Expr) -> bool:
    """Tell whether the JavaScript truth of ``expr`` is already its Python truth."""
    if isinstance(expr, Literal):
        return not isinstance(expr.value, float)
    return isinstance(expr, Op) and expr.name in BOOLEAN


def is_scalar(expr: Expr) -> bool:
    """Tell whether ``expr`` is surely text, a number, a boolean or None."""
    if isinstance(expr, Conditional):
        return is_scalar(expr.then) and is_scalar(expr.orelse)
    return isinstance(expr, Literal) or is_text(expr) or is_boolean(expr)


def is_text(expr: Expr) -> bool:
    """Tell whether ``expr`` is surely text."""
    return isinstance(expr, Template) or (isinstance(expr, Op) and expr.name in TEXT)

"""Style props as CSS: constant ones become a class, values of Vars stay with the element.

A class is named by the hash of its rules, so equal styles share one class and a name never
means two things. A Var's value is set as inline style; where rules of the same element could
need to override it (``_hover``, breakpoints), it is set as a custom property that the class uses.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any, cast

from wasmrx.errors import ComponentTypeError
from wasmrx.expr import Expr, Literal, Template
from wasmrx.var import Var, to_expr
from wasmrx.var_types import kind_of

from .breakpoints import NAMES, Breakpoints, by_name, media
from .css_names import CSS_PROPERTIES, SHORTHANDS, UNITLESS, camel_case
from .props import hint_of

_PSEUDO_ELEMENTS = frozenset({"before", "after", "placeholder", "selection", "marker", "backdrop"})
_UPPER = re.compile(r"[A-Z]")
_NO_SELECTOR = re.compile(r"[{};\\<]|/\*")
_CONDITIONS = ("@media", "@supports", "@container", "@layer")


@dataclass(frozen=True)
class Styled:
    """An element's style: the class and its CSS (empty without constant rules), inline values."""

    class_name: str = ""
    css: str = ""
    inline: tuple[tuple[str, Expr], ...] = ()


@dataclass(frozen=True)
class _Declaration:
    media: tuple[str, ...]
    selector: str
    name: str
    value: Expr
    is_number: bool


def compile_style(style: Mapping[str, Any], *, constants: bool = True) -> Styled:
    """Return the CSS of a component's style props.

    Without ``constants`` no value becomes part of a rule, as if all were Vars.

    >>> compile_style({"padding_x": 4, "_hover": {"color": "red"}}).css
    '.w…{padding-inline-start:4px;padding-inline-end:4px}.w…:hover{color:red}'
    """
    declarations = list(_declarations(style, (), "&"))
    if not declarations:
        return Styled()
    is_plain = all(not d.media and d.selector == "&" for d in declarations)
    latest = {(d.media, d.selector, d.name): d for d in declarations}
    fixed: list[tuple[_Declaration, str]] = []
    inline: list[tuple[str, Expr]] = []
    for declaration in latest.values():
        given = declaration.value
        if isinstance(given, Literal):
            given = Literal(_css_value(declaration.name, given.value))
            if constants:
                fixed.append((declaration, cast(str, given.value)))
                continue
        if is_plain:
            inline.append((declaration.name, given))
            continue
        fixed.append((declaration, f"var(--CLASS-{len(inline)})"))
        shown = given if isinstance(given, Literal) else _with_unit(declaration)
        inline.append((f"--CLASS-{len(inline)}", shown))
    if not constants:
        _check_rules(latest.values())
    template = _rules(fixed)
    name = "w" + hashlib.sha256(template.encode()).hexdigest()[:8] if template else ""
    return Styled(
        name,
        template.replace("CLASS", name),
        tuple((key.replace("CLASS", name), value) for key, value in inline),
    )


def _check_rules(declarations: Iterable[_Declaration]) -> None:
    """Raise where a selector or a property would end its rule and begin another."""
    for declaration in declarations:
        for text in (*declaration.media, declaration.selector, declaration.name):
            if _NO_SELECTOR.search(text):
                raise ComponentTypeError(f"{text!r} is no selector of a style.")


def global_css(
    page: str, style: Mapping[str, Any], selectors: Mapping[str, Mapping[str, Any]]
) -> str:
    """Return rules for the whole document: ``style`` for ``page``, and each selector's own.

    A condition such as ``@media (max-width: 40rem)`` holds selectors of its own.
    """
    found = list(_of_document(page, style, selectors, ()))
    constants = [d for d in found if isinstance(d.value, Literal)]
    return _rules([(d, _css_value(d.name, cast(Literal, d.value).value)) for d in constants])


def _of_document(
    page: str,
    style: Mapping[str, Any],
    selectors: Mapping[str, Mapping[str, Any]],
    at: tuple[str, ...],
) -> Iterator[_Declaration]:
    yield from _declarations(style, at, page)
    for selector, inner in selectors.items():
        if selector.startswith(_CONDITIONS):
            within = {
                key: cast("Mapping[str, Any]", value)
                for key, value in inner.items()
                if isinstance(value, dict)
            }
            own = {key: value for key, value in inner.items() if key not in within}
            yield from _of_document(page, own, within, (*at, selector))
            continue
        plain = selector[1:] if selector.startswith("&") else selector
        if plain.startswith("_"):
            plain = _selector(plain, "")
        yield from _declarations(inner, at, plain)


def _declarations(
    style: Mapping[str, Any], at: tuple[str, ...], selector: str
) -> Iterator[_Declaration]:
    for key, value in style.items():
        if value is None:
            continue
        name = _property(key)
        if name is None or (isinstance(value, dict) and not _is_responsive(name, cast(Any, value))):
            yield from _nested(key, value, at, selector)
        elif isinstance(value, (list, tuple, dict)):
            for width, item in by_name(value).items():
                query = media(width)
                where = (*at, query) if query else at
                if isinstance(item, dict):
                    yield from _declarations(cast("dict[str, Any]", item), where, selector)
                else:
                    yield from _declarations({key: item}, where, selector)
        else:
            for part in SHORTHANDS.get(name, (name,)):
                yield _Declaration(at, selector, part, _value(value), _is_number(value))


def _is_responsive(name: str, value: Mapping[str, Any]) -> bool:
    return isinstance(value, Breakpoints) or (
        name in CSS_PROPERTIES and all(key in NAMES for key in value)
    )


def _property(key: str) -> str | None:
    """Return the property that ``key`` names in camelCase, None for a selector or at-rule."""
    if key.startswith("--"):
        return key
    if key.startswith(("_", ":", "&", "@")) or not key.replace("_", "").replace("-", "").isalnum():
        return None
    camel = camel_case(key)
    if key.startswith("-"):
        camel = camel[:1].upper() + camel[1:]
    return camel


def _nested(key: str, value: Any, at: tuple[str, ...], selector: str) -> Iterator[_Declaration]:
    if isinstance(value, (list, tuple, Breakpoints)):
        for width, item in by_name(value).items():
            query = media(width)
            yield from _nested(key, item, (*at, query) if query else at, selector)
        return
    if not isinstance(value, dict):
        return
    inner = cast("dict[str, Any]", value)
    if key.startswith("@"):
        yield from _declarations(inner, (*at, key), selector)
        return
    parts = [_selector(part.strip(), selector) for part in key.split(",")]
    yield from _declarations(inner, at, ",".join(parts))


def _selector(key: str, parent: str) -> str:
    if key.startswith("_"):
        name = key[1:].replace("_", "-")
        if name in ("dark", "light"):
            key = f".{name} &"
        else:
            key = f"&::{name}" if name in _PSEUDO_ELEMENTS else f"&:{name}"
    elif key.startswith(":"):
        key = "&" + key.replace("_", "-")
    if "&" not in key:
        key = f"& {key}"
    parents = parent.split(",")
    return ",".join(key.replace("&", each) for each in parents)


def _is_number(value: Any) -> bool:
    return isinstance(value, Var) and kind_of(hint_of(value)) == "number"


def _value(value: Any) -> Expr:
    if isinstance(value, (bool, int, float)):
        return Literal(value)
    return to_expr(value)


def _css_value(name: str, value: object) -> str:
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        is_length = value != 0 and not _is_unitless(name)
        return f"{value:g}px" if is_length else f"{value:g}"
    return str(value).strip().rstrip(";")


def _with_unit(declaration: _Declaration) -> Expr:
    """Return the value as text with ``px`` where it is a number and the property a length."""
    if declaration.is_number and not _is_unitless(declaration.name):
        return Template((declaration.value, Literal("px")))
    return declaration.value


def _is_unitless(name: str) -> bool:
    plain = name.removeprefix("Webkit").removeprefix("Moz")
    return name.startswith("--") or plain[:1].lower() + plain[1:] in UNITLESS


def _rules(fixed: list[tuple[_Declaration, str]]) -> str:
    blocks: dict[tuple[tuple[str, ...], str], list[str]] = {}
    for declaration, text in fixed:
        block = blocks.setdefault((declaration.media, declaration.selector), [])
        block.append(f"{kebab_case(declaration.name)}:{text}")
    ordered = sorted(blocks.items(), key=lambda item: len(item[0][0]) > 0)
    found = ""
    for at, same in groupby(ordered, key=lambda item: item[0][0]):
        text = "".join(_rule(selector, body) for (_, selector), body in same)
        for query in reversed(at):
            text = f"{query}{{{text}}}"
        found += text
    return found


def _rule(selector: str, body: list[str]) -> str:
    return f"{selector.replace('&', '.CLASS')}{{{';'.join(body)}}}"


def kebab_case(name: str) -> str:
    """Return a property as CSS writes it: ``"maxWidth"`` → ``"max-width"``."""
    if name.startswith("--"):
        return name
    dashed = _UPPER.sub(lambda found: "-" + found[0].lower(), name)
    return "-" + dashed if dashed.startswith(("webkit-", "moz-", "ms-")) else dashed

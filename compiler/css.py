"""The stylesheet of Radix Themes, cut down to what a site can show.

What is used is read off two things, so that the compiler has nothing to keep book of:

- ``imports``: what the compiled modules import. Each library unit has a list of the class names,
  prop values and custom properties that its components use by themselves.
- ``text``: all JavaScript that the compiler wrote for the site. A prop such as ``size:"2"`` uses
  the value ``2`` of ``size``; an object of breakpoints uses each of its values; ``cond?"1":"2"``
  uses both; anything else may be any value, and all of them are kept. Colours are used where
  their name stands in quotes.

``style``, the site's own CSS, counts for the classes and custom properties in it. ``colors`` adds
what neither shows, for instance the colours of a component made at run time.

Invariant: leaving a rule out changes the look of no element that these modules can render.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, cast

from wasmrx.expr import Import

from .css_values import Use, prop_uses
from .link_graph import required_units
from .units import asset

BREAKPOINTS = ("xs", "sm", "md", "lg", "xl")
_DEFAULT_ACCENT = "indigo"
_CLASS = re.compile(r"(?<![\w-])-?rt-[A-Za-z][\w-]*")
_PROPERTY = re.compile(r"--[A-Za-z][\w-]*")
_QUOTED_NAME = re.compile(r"""["'`]([a-z]+)["'`]""")
_FONT = re.compile(r"font-family:\s*['\"]?([^'\";]+)")

_THEME_PANEL = "@radix-ui/themes/theme-panel"
"""The panel that changes the theme in the browser: with it, any style may be needed."""

Needs = Sequence[object]


@dataclass
class _Sheet:
    """The stylesheet and the component tables, as ``compiler/release/css.mjs`` wrote them."""

    tokens: Sequence[str]
    rules: Sequence[Mapping[str, Any]]
    families: Mapping[str, Sequence[str]]
    flags: Mapping[str, Sequence[str]]
    suffixes: Mapping[str, Mapping[str, str]]
    colorProps: Sequence[str]
    grays: Mapping[str, str]
    units: Mapping[str, Mapping[str, Any]]

    @property
    def props(self) -> frozenset[str]:
        """All props that decide about classes or colours."""
        named = [*self.families.values(), *self.flags.values(), self.colorProps]
        return frozenset(prop for props in named for prop in props)


@cache
def _sheet() -> _Sheet:
    return _Sheet(**json.loads(asset("css.json").read_bytes()))


@dataclass
class _Used:
    """What a site uses."""

    classes: set[str] = field(default_factory=set[str])
    props: dict[str, Use] = field(default_factory=dict[str, Use])
    properties: set[str] = field(default_factory=set[str])
    colors: frozenset[str] = frozenset()


def subset(
    *,
    imports: Iterable[Import],
    text: str,
    style: str = "",
    colors: Iterable[str] = (),
    full: bool = False,
) -> str:
    """Return the CSS that a site needs of Radix Themes; all of it with ``full``.

    ``imports`` are those of all compiled modules, ``text`` is all their code, ``style`` the site's
    own stylesheet, ``colors`` are further colour names such as ``"tomato"``.
    """
    sheet = _sheet()
    imports = tuple(imports)
    if full or any(wanted.module == _THEME_PANEL for wanted in imports):
        return "".join(_print(rule) for rule in sheet.rules)
    used = _find_use(sheet, imports, text, style)
    used.colors |= frozenset(colors)
    known = [_token_used(sheet, used, token) for token in sheet.tokens]
    kept = _filter(sheet.rules, known)
    live = _live_properties(kept, used.properties)
    return "".join(_print(rule, live) for rule in _without_unused(kept, live))


def any_values() -> str:
    """Return code in which every prop but those of colours may have any value.

    The colours of components that are made while the app runs are named in its sources.
    """
    sheet = _sheet()
    return "".join(f"{prop}:any$," for prop in sorted(sheet.props - set(sheet.colorProps)))


def _find_use(sheet: _Sheet, imports: Iterable[Import], text: str, style: str) -> _Used:
    used = _Used(
        properties=set(_PROPERTY.findall(text)) | set(_PROPERTY.findall(style)),
        classes=set(_CLASS.findall(text)) | set(_CLASS.findall(style)),
    )
    used.props = prop_uses(text, sheet.props)
    for number in required_units(imports):
        unit = sheet.units.get(str(number))
        if unit is None:
            continue
        used.classes |= set(unit["classes"])
        used.properties |= set(unit["properties"])
        for prop, values in cast("Mapping[str, Sequence[str]]", unit["values"]).items():
            used.props.setdefault(prop, Use()).values.update(values)
    used.colors = _find_colors(sheet, used, text)
    return used


def _find_colors(sheet: _Sheet, used: _Used, text: str) -> frozenset[str]:
    """Return the colours that elements can have, each with its gray."""
    known = set(sheet.grays) | set(sheet.grays.values())
    if any(used.props[prop].any_value for prop in sheet.colorProps if prop in used.props):
        return frozenset(known)
    named = set(_QUOTED_NAME.findall(text)) & known
    for prop in sheet.colorProps:
        named |= used.props.get(prop, Use()).values & known
    if "accentColor" not in used.props:
        named.add(_DEFAULT_ACCENT)
    return frozenset(
        {"gray"} | named | {sheet.grays[name] for name in named if name in sheet.grays}
    )


def _token_used(sheet: _Sheet, used: _Used, token: str) -> bool:
    if not token.startswith("."):
        return token.partition("=")[2] in used.colors
    prefix, colon, rest = token[1:].partition(":")
    if colon and prefix in BREAKPOINTS:
        return _class_used(sheet, used, rest, prefix)
    return _class_used(sheet, used, token[1:], None)


def _class_used(sheet: _Sheet, used: _Used, name: str, breakpoint: str | None) -> bool:
    negative = name.startswith("-")
    plain = name[1:] if negative else name
    if not plain.startswith("rt-"):
        return True
    if plain in sheet.flags:
        return any(prop in used.props for prop in sheet.flags[plain])
    family = _family(sheet, plain)
    if family is None:
        return plain in used.classes
    if plain != family and plain in used.classes:
        return True
    uses = [used.props[prop] for prop in sheet.families[family] if prop in used.props]
    if breakpoint is not None and not any(breakpoint in use.breakpoints for use in uses):
        return False
    suffix = ("-" if negative else "") + plain[len(family) + 1 :]
    return any(_value_used(sheet, family, use, suffix) for use in uses)


def _value_used(sheet: _Sheet, family: str, use: Use, suffix: str) -> bool:
    if use.any_value:
        return True
    renamed = sheet.suffixes.get(family, {})
    suffixes = {renamed.get(value, value) for value in use.values}
    # The class without a suffix takes its value from a custom property.
    return suffix in suffixes if suffix else bool(use.values)


def _family(sheet: _Sheet, name: str) -> str | None:
    """Return the longest class family that ``name`` belongs to."""
    end = len(name)
    while end > 0:
        if name[:end] in sheet.families:
            return name[:end]
        end = name.rfind("-", 0, end)
    return None


def _met(needs: Needs, known: Sequence[bool]) -> bool:
    for need in needs:
        if isinstance(need, int):
            if not known[need]:
                return False
        elif not any(_met(choice, known) for choice in cast("Sequence[Needs]", need)):
            return False
    return True


def _filter(rules: Sequence[Mapping[str, Any]], known: Sequence[bool]) -> list[dict[str, Any]]:
    """Return the rules that can match, each with the selectors that can."""
    kept: list[dict[str, Any]] = []
    for rule in rules:
        if "selectors" in rule:
            selectors = [pair for pair in rule["selectors"] if _met(pair[1], known)]
            if selectors:
                kept.append({"selectors": selectors, "decls": rule["decls"]})
        elif "rules" in rule:
            inner = _filter(rule["rules"], known)
            if inner:
                kept.append({"at": rule["at"], "rules": inner})
        else:
            kept.append(dict(rule))
    return kept


def _declarations(rules: Sequence[Mapping[str, Any]]) -> Iterable[str]:
    for rule in rules:
        if "selectors" in rule:
            yield from rule["decls"]
        elif "rules" in rule:
            yield from _declarations(rule["rules"])


def _live_properties(rules: Sequence[Mapping[str, Any]], seeds: set[str]) -> set[str]:
    """Return the custom properties that a shown declaration or the site's own code reads."""
    reads: dict[str, set[str]] = {}
    live = set(seeds)
    declarations = list(_declarations(rules))
    declarations += [rule["frames"] for rule in rules if "frames" in rule]
    for declaration in declarations:
        name, _, value = declaration.partition(":")
        found = _PROPERTY.findall(value)
        if name.startswith("--"):
            reads.setdefault(name, set()).update(found)
        else:
            live.update(found)
    pending = list(live)
    while pending:
        for name in reads.get(pending.pop(), ()):
            if name not in live:
                live.add(name)
                pending.append(name)
    return live


def _without_unused(
    rules: Sequence[Mapping[str, Any]], live: set[str]
) -> Iterable[Mapping[str, Any]]:
    """Yield the rules except keyframes and fonts that no kept declaration names."""
    shown = [d for d in _declarations(rules) if not _is_dead(d, live)]
    shown_text = "\n".join(shown)
    words = set(re.findall(r"[\w-]+", shown_text))
    for rule in rules:
        if "frames" in rule and rule["name"] not in words:
            continue
        if "decls" in rule and "at" in rule:
            font = _FONT.search(";".join(rule["decls"]))
            if font and font[1] not in shown_text:
                continue
        yield rule


def _is_dead(declaration: str, live: set[str]) -> bool:
    return declaration.startswith("--") and declaration.partition(":")[0] not in live


def _print(rule: Mapping[str, Any], live: set[str] | None = None) -> str:
    """Return a rule's text, empty where all of its declarations are dead."""
    if "rules" in rule:
        inner = "".join(_print(one, live) for one in rule["rules"])
        return f"{rule['at']}{{{inner}}}" if inner else ""
    if "frames" in rule:
        return f"{rule['at']}{{{rule['frames']}}}"
    shown = [d for d in rule["decls"] if live is None or not _is_dead(d, live)]
    if not shown:
        return ""
    head = rule["at"] if "at" in rule else ",".join(pair[0] for pair in rule["selectors"])
    return f"{head}{{{';'.join(shown)}}}"

"""Which values props can have, read from emitted JavaScript.

This is no parser: it knows the literals that the emitter writes and takes everything else as
"any value", so it can only err by keeping too much.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

_STRING = re.compile(r'"(?:[^"\\]|\\.)*"|\'(?:[^\'\\]|\\.)*\'|`(?:[^`\\$]|\\.)*`')
_ESCAPED = re.compile(r"\\(.)")
_NOTHING = frozenset({"null", "undefined", "void 0", "false", "!1", ""})
_TRUE = frozenset({"true", "!0"})
_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_STYLE = re.compile(r"""(?<![\w$.-])["']?style["']?\s*:(?!:)""")
_SIZES = ("initial", "xs", "sm", "md", "lg", "xl")
_OPEN, _CLOSE = "([{", ")]}"


@dataclass
class Use:
    """The values that a prop is given; ``any_value`` where code decides."""

    values: set[str] = field(default_factory=set[str])
    breakpoints: set[str] = field(default_factory=set[str])
    any_value: bool = False

    def note(self, expression: str) -> None:
        """Add what ``expression``, a prop's value in JavaScript, can be."""
        text = expression.strip()
        string = _STRING.fullmatch(text)
        if string:
            self.values.add(_ESCAPED.sub(r"\1", text[1:-1]))
        elif text in _TRUE:
            self.values.add("true")
        elif _NUMBER.fullmatch(text):
            self.values.add(text)
        elif text not in _NOTHING:
            self._note_compound(text)

    def _note_compound(self, text: str) -> None:
        if text[0] == "(" and _end(text, 1) == len(text) - 1:
            self.note(text[1:-1])
            return
        choice = _ternary(text)
        if choice:
            self.note(choice[0])
            self.note(choice[1])
            return
        pairs = _object(text)
        if pairs is None:
            self.any_value = True
            self.breakpoints.update(_SIZES)
            return
        for key, value in pairs:
            if key in _SIZES:
                self.breakpoints.add(key)
                self.note(value)


@lru_cache(maxsize=8)
def _prop_pattern(props: frozenset[str]) -> re.Pattern[str]:
    names = "|".join(sorted(map(re.escape, props), key=len, reverse=True))
    return re.compile(rf"""(?<![\w$.:-])["']?({names})["']?\s*:(?!:)""")


def prop_uses(text: str, props: frozenset[str]) -> dict[str, Use]:
    """Return how each of ``props`` is used in ``text``; unused props are left out.

    Inline styles are passed over: their names are CSS properties, not props.
    """
    found: dict[str, Use] = {}
    text = _without_styles(text)
    for match in _prop_pattern(props).finditer(text):
        start = match.end()
        found.setdefault(match[1], Use()).note(text[start : _end(text, start, ",;")])
    return found


def _without_styles(text: str) -> str:
    kept: list[str] = []
    position = 0
    for match in _STYLE.finditer(text):
        if match.start() >= position:
            kept.append(text[position : match.end()])
            position = _end(text, match.end(), ",;")
    return "".join([*kept, text[position:]])


def _tokens(text: str, start: int) -> Iterator[tuple[int, str]]:
    """Yield the positions and characters of ``text`` outside of strings."""
    position = start
    while position < len(text):
        character = text[position]
        if character in "\"'`":
            string = _STRING.match(text, position)
            if string:
                position = string.end()
                continue
        yield position, character
        position += 1


def _end(text: str, start: int, stops: str = "") -> int:
    """Return where the expression at ``start`` ends: at a stop or an unmatched bracket."""
    depth = 0
    for position, character in _tokens(text, start):
        if character in _OPEN:
            depth += 1
        elif character in _CLOSE:
            if depth == 0:
                return position
            depth -= 1
        elif depth == 0 and character in stops:
            return position
    return len(text)


def _ternary(text: str) -> tuple[str, str] | None:
    """Return both results of ``test?one:other``; None for another expression."""
    depth = nested = 0
    question: int | None = None
    for position, character in _tokens(text, 0):
        if character in _OPEN:
            depth += 1
        elif character in _CLOSE:
            depth -= 1
        elif depth == 0 and character == "?" and text[position + 1 : position + 2] not in "?.":
            if question is None:
                question = position
            else:
                nested += 1
        elif depth == 0 and character == "?" and text[position + 1 : position + 2] == "?":
            return None
        elif depth == 0 and character == ":" and question is not None:
            if nested == 0:
                return text[question + 1 : position], text[position + 1 :]
            nested -= 1
    return None


def _object(text: str) -> Iterable[tuple[str, str]] | None:
    """Return the pairs of an object literal with plain keys; None for another expression."""
    if text[0] != "{" or _end(text, 1) != len(text) - 1:
        return None
    pairs: list[tuple[str, str]] = []
    position = 1
    while position < len(text) - 1:
        stop = _end(text, position, ",")
        key, colon, value = text[position:stop].partition(":")
        name = key.strip().strip("\"'")
        if not colon or not name.isidentifier():
            return None
        pairs.append((name, value))
        position = stop + 1
    return pairs

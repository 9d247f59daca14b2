"""One ES module while it is written: its imports, constants and names.

Names come from content and position only, so two builds of one source are the same.
"""

from __future__ import annotations

import re

from wasmrx.expr import Import

from .link import ModuleCode

_NO_IDENTIFIER = re.compile(r"[^A-Za-z0-9_$]+")
_RESERVED = frozenset(
    "arguments await break case catch class const continue debugger default delete do else enum "
    "eval export extends false finally for function if implements import in instanceof interface "
    "let new null package private protected public return static super switch this throw true try "
    "typeof var void while with yield undefined NaN Infinity window document globalThis navigator "
    "location event Object Array String Number Boolean Math JSON Date Map Set Promise Symbol Error "
    "console fetch CHUNK FILE Page Root".split()
)


def identifier(text: str) -> str:
    """Return ``text`` as a JavaScript identifier: ``"arrow-left"`` → ``"ArrowLeft"``."""
    first, *rest = [part for part in _NO_IDENTIFIER.split(text) if part] or ["x"]
    name = first + "".join(part[:1].upper() + part[1:] for part in rest)
    return f"_{name}" if name[0].isdigit() else name


class Module:
    """The text of one ES module."""

    def __init__(self, name: str) -> None:
        """Begin an empty module."""
        self.name = name
        self.imports: dict[Import, str] = {}
        self._lines: list[str] = []
        self._taken: set[str] = set(_RESERVED)
        self._constants: dict[str, str] = {}
        self._counts: dict[str, int] = {}

    def use(self, wanted: Import) -> str:
        """Return the local name of an import."""
        known = self.imports.get(wanted)
        if known is None:
            base = wanted.name
            if base in ("default", "*"):
                base = wanted.module.rpartition("/")[2]
            known = self.imports[wanted] = self._free_name(identifier(base))
        return known

    def _free_name(self, base: str) -> str:
        name, number = base, 1
        while name in self._taken:
            number += 1
            name = f"{base}_{number}"
        self._taken.add(name)
        return name

    def new_name(self, prefix: str) -> str:
        """Return the next free name of a kind: ``C1``, ``C2``…"""
        number = self._counts.get(prefix, 0) + 1
        while f"{prefix}{number}" in self._taken:
            number += 1
        self._counts[prefix] = number
        name = f"{prefix}{number}"
        self._taken.add(name)
        return name

    def constant(self, prefix: str, code: str) -> str:
        """Return the name of a constant with this code; equal code is written once."""
        known = self._constants.get(code)
        if known is None:
            known = self._constants[code] = self.new_name(prefix)
            self.add(f"const {known} = {code};")
        return known

    def add(self, line: str) -> None:
        """Add a line at module level."""
        self._lines.append(line)

    def code(self, *exports: str, later: tuple[int, ...] = ()) -> ModuleCode:
        """Return the finished module; ``later`` are the units that it fetches when it runs."""
        return ModuleCode(self.name, "\n".join(self._lines), dict(self.imports), exports, later)

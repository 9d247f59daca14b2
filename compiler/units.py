"""The prebuilt libraries: React, the components and the page runtime, cut into units.

A unit is a piece of minified code with its imports and exports taken off, made by
``compiler/release/pack.mjs``. Compiled pages name units by alias (``Import("react", "useState")``);
the linker takes the units that a site needs and leaves the rest in the wheel.
"""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import cast

from wasmrx.errors import WasmrxError
from wasmrx.expr import Import

from .offer import offer

ASSETS = Path(__file__).resolve().parent / "_assets"
ICON_MODULE = "lucide-react/icons"
ICON_FACTORY = "lucide-react/core"
NAMED_ICON = Import("named-icons", "NamedIcon")
"""The component that shows an icon by a name that only the page knows, of a compiled module."""
DRAWINGS = "drawings:"
"""How the names of the modules begin that hold the drawings of icons."""
OTHER_ICON_NAMES = {"activity-square": "square-activity", "alert-circle": "circle-alert"}
"""Names that Reflex takes and Lucide spells otherwise."""

_LAZY = re.compile(r"LAZY\((\d+)\)")


class LinkError(WasmrxError):
    """A page needs a module, a name or an icon that the prebuilt libraries do not have."""


def asset(name: str) -> Path:
    """Return the path of a prebuilt file; say how to make it where it is missing."""
    path = ASSETS / name
    if not path.is_file():
        raise LinkError(
            f"wasmrx's prebuilt file {name} is missing from {ASSETS}. In a checkout of wasmrx, "
            "run `python compiler/release/assets.py`; elsewhere, install wasmrx again."
        )
    return path


@dataclass(frozen=True)
class Unit:
    """One piece of library code.

    ``deps`` are (unit number, ((exported name there, local name here), …)), ``exports`` are
    (local name, exported name). In the code, ``LAZY(7)`` stands for the dynamic import of unit 7.
    """

    deps: tuple[tuple[int, tuple[tuple[str, str], ...]], ...]
    exports: tuple[tuple[str, str], ...]
    lazy: tuple[int, ...]
    offset: int
    size: int

    @property
    def names(self) -> frozenset[str]:
        """The names that other units and pages can import."""
        return frozenset(exported for _, exported in self.exports)


class Library:
    """What the wheel holds: read once, looked up by every link."""

    def __init__(self, manifest: Path, code: Path) -> None:
        """Read the manifest; unit bodies are read when they are asked for."""
        data = json.loads(manifest.read_bytes())
        self.aliases: Mapping[str, int] = data["aliases"]
        self.render: Mapping[int, int] = {int(k): v for k, v in data["render"].items()}
        self._rows: list[dict[str, object]] = data["units"]
        self._units: dict[int, Unit] = {}
        self._code = code.read_bytes()

    def unit(self, number: int) -> Unit:
        """Return one unit."""
        if number not in self._units:
            row = self._rows[number]
            deps = cast("list[tuple[int, list[tuple[str, str]]]]", row["deps"])
            exports = cast("list[tuple[str, str]]", row["exports"])
            self._units[number] = Unit(
                deps=tuple((dep, tuple((a, b) for a, b in names)) for dep, names in deps),
                exports=tuple((local, name) for local, name in exports),
                lazy=tuple(cast("list[int]", row["lazy"])),
                offset=cast(int, row["offset"]),
                size=cast(int, row["size"]),
            )
        return self._units[number]

    def body(self, number: int) -> str:
        """Return a unit's code."""
        unit = self.unit(number)
        return self._code[unit.offset : unit.offset + unit.size].decode()

    def find(self, module: str, name: str) -> int:
        """Return the number of the unit that provides ``name`` of ``module``."""
        number = self.aliases.get(module)
        if number is None:
            raise LinkError(
                f"there is no JavaScript module {module!r} in wasmrx{_hint(module, self.aliases)}"
            )
        names = self.unit(number).names
        if name != "*" and name not in names:
            raise LinkError(
                f"the JavaScript module {module!r} exports no {name!r}{_hint(name, names)}"
            )
        return number


def replace_lazy(body: str, url: Mapping[int, str]) -> str:
    """Return ``body`` with each dynamic import of a unit written as ``url`` has it."""
    return _LAZY.sub(lambda found: url[int(found[1])], body)


def _hint(wrong: str, known: Mapping[str, object] | frozenset[str]) -> str:
    close = difflib.get_close_matches(wrong, sorted(known), n=3)
    return f"; did you mean {' or '.join(map(repr, close))}?" if close else ""


@cache
def library() -> Library:
    """Return the library of this installation."""
    return Library(asset("manifest.json"), asset("units.bin"))


@cache
def is_prebuilt(wanted: Import) -> bool:
    """Tell whether the library provides ``wanted``."""
    if wanted.module == ICON_MODULE or wanted == NAMED_ICON:
        return True
    try:
        library().find(wanted.module, wanted.name)
    except LinkError:
        return False
    return True


@cache
def drawings() -> Mapping[str, object]:
    """Return the drawing of each icon by name, or the name of the same icon."""
    return json.loads(asset("icons.json").read_bytes())


def icon_names() -> frozenset[str]:
    """Return the names of all icons, such as ``"arrow-left"``, aliases included.

    In the worker these are the icons that the site has.
    """
    has = offer()
    return frozenset(drawings()) if has is None else has.icons


def icon_data(name: str) -> str:
    """Return the drawing of an icon as the JSON that Lucide's component factory takes."""
    icons = drawings()
    node: object = name
    while isinstance(node, str):
        name = node
        if name not in icons:
            raise LinkError(f"there is no icon {name!r}{_hint(name, icon_names())}")
        node = icons[name]
    return json.dumps({"name": name, "size": 24, "node": node}, separators=(",", ":"))

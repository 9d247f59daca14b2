"""What an app asks of JavaScript beside the prebuilt library, and which component asks, where.

An author names a module as Reflex does: ``"react-colorful@5.6.1"``, ``"react-day-picker/persian"``,
``"$/public/hello.jsx"``. Here this becomes an import of a unit of the library, where that has it,
else of a package, noted with its version, or of a file of the app.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, cast

from wasmrx.app import as_list
from wasmrx.compiler.diagnostics import Place, place_text
from wasmrx.compiler.link_graph import ALL, FOREIGN
from wasmrx.compiler.units import asset, is_prebuilt
from wasmrx.errors import ComponentTypeError
from wasmrx.expr import Import

LOCAL = "/"
"""How the names of modules begin that are files of the app; the rest is their address."""
_PUBLIC = ("$/public/", "/public/")
_OF_REFLEX = "$/"
_PACKAGE = re.compile(r"(?:@[a-z0-9~][\w.~-]*/)?[a-z0-9~][\w.~-]*", re.IGNORECASE)
_STATEMENT = re.compile(
    r"^[ \t]*import\s+(?:(?P<what>[\w$*{},\s]+?)\s+from\s+)?"
    r"""(?P<q>["'])(?P<module>[^"']+)(?P=q)[ \t]*;?[ \t]*$""",
    re.MULTILINE,
)
_LAZY = re.compile(r"""\bimport\(\s*(["'])([^"'\s]+)\1\s*\)""")
_FAMILIES = {"recharts": "recharts/{name}"}
"""Packages of which the library has each export as a module of its own."""


@dataclass(frozen=True)
class Asker:
    """The component that asks for something."""

    name: str
    place: Place | None

    @property
    def text(self) -> str:
        """What messages call it: ``"app.py:12: Confetti"``."""
        return f"{place_text(self.place)}{self.name}"


THE_APP = Asker("The app", None)


@dataclass(frozen=True)
class Package:
    """A package as it was asked for: ``version`` is what npm takes, ``""`` any."""

    version: str
    asker: Asker


@cache
def shared() -> Mapping[str, Any]:
    """Return the modules that the packages of an app share with the site, and their versions."""
    return json.loads(asset("shared.json").read_bytes())


def split_library(text: str) -> tuple[str, str, str]:
    """Return module, package and version of ``"react-day-picker/persian@9"``."""
    head, _, version = text[1:].partition("@")
    module = text[:1] + head
    parts = module.split("/")
    return module, "/".join(parts[: 2 if module.startswith("@") else 1]), version


@dataclass
class Wanted:
    """Everything that the components of one app ask for."""

    packages: dict[str, Package] = field(default_factory=dict[str, Package])
    imports: dict[Import, Asker] = field(default_factory=dict[Import, Asker])

    def package(self, text: str, asker: Asker) -> str:
        """Note the package of ``"name@version"``; return the module that is to be imported."""
        module, name, version = split_library(text)
        if not _PACKAGE.fullmatch(name):
            raise ComponentTypeError(
                f"{asker.name} names the library {text!r}, which is no npm package. Give "
                '"name" or "name@version", or for a file of yours rx.asset("name.jsx", '
                "shared=True).importable_path."
            ).at(asker.place)
        if name not in shared()["versions"]:
            self._note(name, version, asker)
        return module

    def _note(self, name: str, version: str, asker: Asker) -> None:
        known = self.packages.get(name)
        if known is None or (version and not known.version):
            self.packages[name] = Package(version, asker)
        elif version and known.version != version:
            raise ComponentTypeError(
                f"{asker.name} asks for {name}@{version}, and {known.asker.text} for "
                f"{name}@{known.version}. A site has one version of a package: let both ask for "
                "the same, or one of them for none."
            ).at(asker.place)

    def resolve(self, wanted: Import, asker: Asker) -> Import:
        """Return the import of the library, of a package or of a file that ``wanted`` means."""
        known = _prebuilt(wanted)
        if known is not None:
            return known
        module = self._module(wanted.module, asker)
        found = Import(module, wanted.name)
        if module != wanted.module and (known := _prebuilt(found)) is not None:
            return known
        self.imports.setdefault(found, asker)
        return found

    def _module(self, text: str, asker: Asker) -> str:
        for prefix in _PUBLIC:
            if text.startswith(prefix):
                return LOCAL + text.removeprefix(prefix).lstrip("/")
        if text.startswith(LOCAL):
            return text
        if text.startswith(_OF_REFLEX):
            raise ComponentTypeError(
                f"{asker.name} imports {text!r}, a module of Reflex's own page, which a site of "
                "wasmrx does not have. Take the names from React, or pass them as props."
            ).at(asker.place)
        return self.package(text, asker)

    def lazy(self, text: str, asker: Asker) -> str:
        """Note a module that is imported when the page asks for it; return what asks."""
        module = self._module(text, asker)
        self.imports.setdefault(Import(module, "*"), asker)
        return f'import(CHUNK("{FOREIGN}{module}")).then(($) => $.{ALL})'

    def listed(self, given: object, asker: Asker) -> dict[str, list[Any]]:
        """Return what ``add_imports`` gives, module by module; note what is only to be installed.

        The module ``""`` lists modules that are imported for what they do, such as stylesheets.
        """
        found: dict[str, list[Any]] = {}
        for entry in cast("list[Mapping[str, Any]]", as_list(given)):
            for module, names in entry.items():
                for name in as_list(names):
                    self._list_one(found, module, name, asker)
        return found

    def _list_one(self, found: dict[str, list[Any]], module: str, name: Any, asker: Asker) -> None:
        tag = name if isinstance(name, str) else getattr(name, "tag", None)
        if not module:
            found.setdefault(str(tag), []).append("")
            return
        path = str(getattr(name, "package_path", "/")).rstrip("/")
        if path:
            head, at, version = module[1:].partition("@")
            module = f"{module[0]}{head}{path}{at}{version}"
        if getattr(name, "render", True) is False:
            if getattr(name, "install", True):
                self._module(module, asker)
            return
        found.setdefault(module, []).append(name if tag else "")


@cache
def _prebuilt(wanted: Import) -> Import | None:
    """Return what the library has for ``wanted``, None where it has nothing."""
    return next(filter(is_prebuilt, _candidates(wanted.module, wanted.name)), None)


def _candidates(module: str, name: str) -> Iterator[Import]:
    yield Import(module, name)
    module, package, _ = split_library(module)
    yield Import(module, name)
    given = cast("Mapping[str, Any]", shared()["modules"]).get(module, {}).get(name)
    if given is not None and module == package:
        yield Import(*given)
    if module in _FAMILIES:
        yield Import(_FAMILIES[module].format(name=name), name)


def take_imports(code: str) -> tuple[str, dict[str, list[Any]]]:
    """Return JavaScript without its import statements, and what these import."""
    found: dict[str, list[Any]] = {}
    for statement in _STATEMENT.finditer(code):
        names = found.setdefault(statement["module"], [])
        names += _names(statement["what"]) if statement["what"] else [""]
    return _STATEMENT.sub("", code), found


@dataclass(frozen=True)
class Name:
    """One name of an import statement."""

    tag: str
    alias: str
    is_default: bool = False


def _names(what: str) -> Iterator[Name]:
    """Yield the names of ``React, { useState as state }``."""
    outer, _, inner = what.partition("{")
    for part in filter(None, (part.strip() for part in outer.split(","))):
        star, _, alias = part.partition(" as ")
        yield Name("*", alias.strip()) if star.strip() == "*" else Name(part, part, True)
    for part in filter(None, (part.strip() for part in inner.rstrip("} \n\t").split(","))):
        tag, _, alias = part.partition(" as ")
        name = Name(tag.strip(), alias.strip() or tag.strip())
        yield Name(name.tag, name.alias, True) if name.tag == "default" else name


def lazy_modules(code: str) -> list[str]:
    """Return the modules that JavaScript imports by ``import("…")``."""
    return [found[2] for found in _LAZY.finditer(code) if not found[2].startswith(".")]


def with_lazy(code: str, shown: Mapping[str, str]) -> str:
    """Return JavaScript with each ``import("…")`` written as ``shown`` has it, by module."""

    def change(found: re.Match[str]) -> str:
        return shown.get(found[2], found[0])

    return _LAZY.sub(change, code)

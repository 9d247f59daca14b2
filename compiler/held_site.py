"""What a site needs for components that vars hold: the module that shows them, and their parts.

Which components handlers will build is not known. A site has those that the app's sources name,
whole families at a time, each in a file of its own that a page fetches when something first needs
it; a page starts with those of the initial values.
"""

from __future__ import annotations

import ast
import importlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any, cast, get_args

from wasmrx.computed import ComputedVar
from wasmrx.expr import Import, Raw, walk
from wasmrx.fields import Field
from wasmrx.sessions import Session
from wasmrx.state import all_states
from wasmrx.var import to_expr
from wasmrx.var_types import fields_of, kind_of, plain

from . import css
from . import library as families
from .archive import component_files
from .component import Component, spec_of
from .held import Held
from .held_names import MODULE
from .library.namespaces import Namespace
from .link import ICONS, ModuleCode, lazy_chunk
from .module import Module
from .offer import Offer, offer_of
from .sources import names_and_texts
from .units import ICON_MODULE, LinkError, icon_names, library

_LIBRARY = families.__name__
_ALWAYS = ("layout", "typography", "lists", "display", "icons")
"""Families that others are made of."""

_LINK = Import("wasmrx/page", "Link")
_PROVIDER = Import("@radix-ui/react-tooltip", "Provider")


@dataclass(frozen=True)
class HeldSite:
    """The parts of a site that exist for components in vars; empty where no page shows one.

    ``archive`` holds the files of component code for the worker, ``reads`` what computed
    components read, ``imports`` and ``any_props`` what their looks need of the theme's stylesheet.
    """

    modules: tuple[ModuleCode, ...] = ()
    archive: Mapping[str, bytes] = field(default_factory=dict[str, bytes])
    reads: Mapping[str, Any] = field(default_factory=dict[str, Any])
    imports: tuple[Import, ...] = ()
    any_props: str = ""

    def told_to(self, worker: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return what the page is told about the worker, components in vars among it."""
        return {**worker, "held": {"reads": self.reads}} if self.modules else worker


def held_site(modules: Iterable[ModuleCode], held: Held, session: Session, root: Path) -> HeldSite:
    """Return what the site needs for ``held``, whose values ``session`` has computed."""
    if not any(wanted.module == MODULE for module in modules for wanted in module.imports):
        return HeldSite()
    offer, imports = offer_for(root)
    return HeldSite(
        modules=tuple(emit_held(held.imports, offer)),
        archive=component_files(offer),
        reads=reads_of(session),
        imports=imports,
        any_props=css.any_values(),
    )


def offer_for(root: Path) -> tuple[Offer, tuple[Import, ...]]:
    """Return what the app's sources name of the library, and the same as imports."""
    words, texts = names_and_texts(root)
    modules = {place for name in words for place in _families_of(name)}
    modules |= {f"{_LIBRARY}.{name}" for name in _ALWAYS}
    imports = {_PROVIDER, Import("wasmrx/html_text", "HtmlText")}
    known = icon_names()
    icons = {name for text in texts for name in _icon(text, known)}
    for name in sorted(modules):
        module = importlib.import_module(name)
        imports |= set(_elements(module))
        icons |= set(_texts_of(Path(str(module.__file__)))) & known
    for cls in _own_components(Component):
        imports |= set(_imports_of(cls))
    imports |= {Import("wasmrx/form_data", "*")} if "form" in words else set()
    found = sorted(wanted for wanted in imports if _exists(wanted))
    offered = offer_of({wanted.module for wanted in found} | {"wasmrx/page"}, icons)
    return offered, tuple(found)


def emit_held(initial: Iterable[Import], offer: Offer) -> list[ModuleCode]:
    """Return the module that exports ``Held``, and that of the icons it can fetch."""
    module = Module(MODULE)
    at_once = sorted(set(initial))
    plain_modules = sorted({each.module for each in at_once} - {ICON_MODULE, _LINK.module})
    now = [f"{_text(name)}: {module.use(Import(name, '*'))}" for name in plain_modules]
    now.append(f"{_text(_LINK.module)}: {{{_LINK.name}: {module.use(_LINK)}}}")
    drawn = [each for each in at_once if each.module == ICON_MODULE]
    if drawn:
        pairs = ", ".join(f"{_text(each.name)}: {module.use(each)}" for each in drawn)
        now.append(f"{_text(ICON_MODULE)}: {{{pairs}}}")
    others = sorted(offer.modules - set(plain_modules) - {_LINK.module})
    numbers = {name: library().find(name, "*") for name in others}
    later = [f"{_text(name)}: () => import({lazy_chunk(at)})" for name, at in numbers.items()]
    chunk = f'import(CHUNK("{ICONS}")).then((all) => all.icons)'
    later.append(f"{_text(ICON_MODULE)}: () => {chunk}")
    held = module.use(Import("wasmrx/held", "held"))
    module.add(
        f"const Held = {held}({{now: {{{', '.join(now)}}},\n  later: {{{', '.join(later)}}}}});"
    )
    return [module.code("Held", later=tuple(numbers.values())), _icons(offer)]


def _icons(offer: Offer) -> ModuleCode:
    module = Module(ICONS)
    pairs = [
        f"{_text(name)}: {module.use(Import(ICON_MODULE, name))}" for name in sorted(offer.icons)
    ]
    module.add(f"const icons = {{{', '.join(pairs)}}};")
    return module.code("icons")


def _text(text: str) -> str:
    return json.dumps(text)


# -- what the sources name -------------------------------------------------------------------------


def _texts_of(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def _icon(text: str, known: frozenset[str]) -> Iterator[str]:
    name = text.replace("_", "-").lower()
    if name in known:
        yield name


def _families_of(name: str) -> Iterator[str]:
    """Yield the modules of the library that ``rx.<name>`` is made of."""
    if name == "el":
        yield from (f"{_LIBRARY}.{part}" for part in ("forms", "text_fields", "elements"))
    try:
        module, _ = families.place_of(name)
    except KeyError:
        return
    if module.startswith(_LIBRARY):
        yield module


def _own_components(cls: type[Component]) -> Iterator[type[Component]]:
    """Yield the component classes that the author wrote."""
    for inner in cls.__subclasses__():
        if not inner.__module__.startswith("wasmrx."):
            yield inner
        yield from _own_components(inner)


def _elements(module: ModuleType) -> Iterator[Import]:
    """Yield what the components in a module of the library are in JavaScript."""
    for cls in _classes_in(list(vars(module).values())):
        yield from _imports_of(cls)


def _classes_in(values: Iterable[Any]) -> set[type[Component]]:
    """Return the component classes among ``values``, and those that they choose among."""
    found: set[type[Component]] = set()
    pending = list(values)
    while pending:
        value = pending.pop()
        owner = getattr(value, "__self__", value)
        if isinstance(owner, type) and issubclass(owner, Component):
            if owner not in found:
                found.add(owner)
                pending += vars(owner).values()
        elif isinstance(value, Namespace):
            pending += vars(value).values()
        elif isinstance(value, dict):
            pending += cast("dict[Any, Any]", value).values()
    return found


def _imports_of(cls: type[Component]) -> Iterator[Import]:
    spec = spec_of(cls)
    if isinstance(spec.element, Import):
        yield spec.element
    for value in spec.fixed.values():
        for part in walk(to_expr(value)):
            if isinstance(part, Raw):
                yield from (wanted for _, wanted in part.imports)


@cache
def _exists(wanted: Import) -> bool:
    if wanted.module in (_LINK.module, ICON_MODULE):
        return False
    try:
        library().find(wanted.module, wanted.name)
    except LinkError:
        return False
    return True


# -- what computed components read -----------------------------------------------------------------


def reads_of(session: Session) -> Mapping[str, Mapping[str, list[tuple[str, str]]]]:
    """Return what each computed var that holds components read, by state and var."""
    found: dict[str, dict[str, list[tuple[str, str]]]] = {}
    for cls in all_states():
        for name, var in cls.__wx_computed_vars__.items():
            if var.backend or var.is_async or not var.cache or var.seconds is not None:
                continue
            if holds_component(var.hint):
                nodes = [_name_of(node) for node in session.graph.reads_of(var)]
                found.setdefault(cls.get_full_name(), {})[name] = sorted(nodes)
    return found


def _name_of(node: Any) -> tuple[str, str]:
    home = node.home if isinstance(node, ComputedVar) else cast("Field[Any]", node).owner
    return home.get_full_name(), node.name


def holds_component(hint: Any, depth: int = 4) -> bool:
    """Tell whether a value of ``hint`` may have a component anywhere in it."""
    if depth == 0:
        return False
    if kind_of(hint) == "component":
        return True
    inner = [*get_args(hint)]
    bare = plain(hint)
    if isinstance(bare, type):
        inner += fields_of(bare).values()
    return any(holds_component(each, depth - 1) for each in inner)

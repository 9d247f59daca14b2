"""What a site needs for icons whose names only the page knows.

All drawings lie in files of neighbouring names, of which a page fetches those that it needs. The
module of each page begins with ``$drawn``, the drawings that its HTML is made of: while a page is
rendered, ``$drawn`` gives any drawing and notes which were asked for.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache

from wasmrx.expr import Import

from .link_graph import ModuleCode
from .module import Module
from .units import DRAWINGS, ICON_FACTORY, NAMED_ICON, OTHER_ICON_NAMES, drawings

_NAMES = f"{DRAWINGS}names"
# Characters in a file of drawings: what ten small icons more would cost is less than a request.
_MOST = 24_000


def named_icons(modules: Iterable[ModuleCode], *, dev: bool) -> list[ModuleCode]:
    """Return the module that exports ``NamedIcon`` and the files of drawings, if it is used.

    In development there is also a module that tells of wrong names.
    """
    if not any(map(_uses, modules)):
        return []
    module = Module(NAMED_ICON.module)
    make = module.use(Import("wasmrx/named_icon", "namedIcon"))
    create = module.use(Import(ICON_FACTORY, "createLucideIcon"))
    files = [f"[{_text(first)}, {_fetch(code.name)}]" for first, code in _files()]
    given = [create, f"[{', '.join(files)}]", *([_fetch(_NAMES)] if dev else [])]
    module.add(f"const {NAMED_ICON.name} = {make}({', '.join(given)});")
    codes = [module.code(NAMED_ICON.name), *(code for _, code in _files())]
    return [*codes, _names()] if dev else codes


def with_drawings(
    modules: Iterable[ModuleCode], drawn: Mapping[str, Sequence[str]]
) -> list[ModuleCode]:
    """Return ``modules`` with the drawings that each begins with; ``drawn`` names them."""

    def begun(module: ModuleCode) -> ModuleCode:
        names = sorted(drawn.get(module.name, ()))
        return _begun(module, _object({name: _every()[name] for name in names}))

    return [begun(module) if _uses(module) else module for module in modules]


def for_render(modules: Iterable[ModuleCode]) -> tuple[str, list[ModuleCode]]:
    """Return ``modules`` for rendering, and the script that notes what they draw.

    ``$drawings`` holds it: the names of icons by the name of the module.
    """
    kept = [module for module in modules if not module.name.startswith(DRAWINGS)]
    begun = [_begun(m, f"$drawnIn({_text(m.name)})") if _uses(m) else m for m in kept]
    if not any(map(_uses, kept)):
        return "const $drawings={};", kept
    every = _text(json.dumps(_every()))
    note = "($drawings[module]??=[]).push(name)"
    return (
        f"const $drawings={{}},$icons=JSON.parse({every});const $drawnIn=module=>new Proxy($icons,"
        f"{{get:(_,name)=>Object.hasOwn($icons,name)?({note},$icons[name]):undefined}});",
        begun,
    )


def _uses(module: ModuleCode) -> bool:
    return NAMED_ICON in module.imports


def _begun(module: ModuleCode, drawn: str) -> ModuleCode:
    return replace(module, body=f"const $drawn={drawn};\n{module.body}")


@cache
def _every() -> Mapping[str, object]:
    """Return the drawings by name, those names included that Reflex has and Lucide has not."""
    return dict(sorted({**OTHER_ICON_NAMES, **drawings()}.items()))


@cache
def _files() -> tuple[tuple[str, ModuleCode], ...]:
    """Return the files of drawings, each with its first name."""
    groups: list[dict[str, object]] = []
    size = _MOST
    for name, drawing in _every().items():
        length = len(name) + len(_text(drawing))
        if size + length > _MOST:
            groups.append({})
            size = 0
        groups[-1][name] = drawing
        size += length
    return tuple((next(iter(group)), _file(at, group)) for at, group in enumerate(groups))


def _file(at: int, group: Mapping[str, object]) -> ModuleCode:
    return ModuleCode(f"{DRAWINGS}{at}", f"const icons={_object(group)};", {}, ("icons",))


@cache
def _names() -> ModuleCode:
    module = Module(_NAMES)
    reporter = module.use(Import("wasmrx/icon_names", "reporter"))
    module.add(f"const report = {reporter}({_text(list(_every()))});")
    return module.code("report")


def _fetch(module: str) -> str:
    return f'() => import(CHUNK("{module}"))'


def _object(group: Mapping[str, object]) -> str:
    """Return an object that has these names and no others, ``constructor`` and the like."""
    pairs = [f"{_text(name)}:{_text(drawing)}" for name, drawing in group.items()]
    return f"{{{','.join(['__proto__:null', *pairs])}}}"


def _text(value: object) -> str:
    return json.dumps(value, separators=(",", ":"))

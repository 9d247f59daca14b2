"""What an app wraps, from the imports of its components to chunks and HTML.

A package that only works in a browser must not cost a site its HTML: where one fails while pages
are rendered, the components that need it are drawn by the browser alone, and a warning says so.
"""

from __future__ import annotations

import hashlib
import re
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from wasmrx.expr import Import

from .diagnostics import place_text
from .hiding import SiteCode, rendered_imports, rendered_types, without
from .link import SITE, ModuleCode
from .link_graph import FOREIGN, ForeignChunk, no_chunks
from .link_render import RenderPackages, link_for_render, switch_name
from .npm.bundle import FILE_MARK, Bundle, bundle
from .npm.wanted import Wanted, shared
from .prerender import Engine, RenderError, RenderRequest, has_engine
from .units import library

Emit = Callable[[SiteCode], Sequence[ModuleCode]]
_LAZY = re.compile(rf'CHUNK\("({FOREIGN}[^"\\]+)"\)')


def _no_files() -> Mapping[str, bytes]:
    return {}


@dataclass(frozen=True)
class Prerendered:
    """A site that has been rendered: its HTML by page, the icons by name that each module drew."""

    site: SiteCode
    bodies: Mapping[str, str] = field(default_factory=dict[str, str])
    drawn: Mapping[str, Sequence[str]] = field(default_factory=dict[str, Sequence[str]])


@dataclass(frozen=True)
class Wrapped:
    """The packages of one app: ``wanted`` is what its components import, ``made`` the bundle."""

    wanted: Wanted = field(default_factory=Wanted)
    made: Bundle | None = None

    @cached_property
    def chunks(self) -> Mapping[str, ForeignChunk]:
        """The chunks for the linker; a module that is only a stylesheet has none."""
        if self.made is None:
            return no_chunks()
        return {
            name: ForeignChunk(text, tuple(imports))
            for name, (text, imports) in self.made.chunks.items()
            if not name.endswith(".css")
        }

    @cached_property
    def _style_names(self) -> Mapping[str, str]:
        files = self.made.files if self.made else _no_files()
        return {
            name: f"npm-{hashlib.sha256(content).hexdigest()[:10]}.css"
            for name, content in files.items()
            if name.endswith(".css")
        }

    @property
    def files(self) -> Mapping[str, bytes]:
        """The files beside the chunks: stylesheets, and what they and the scripts refer to."""
        files = self.made.files if self.made else _no_files()
        return {self._style_names.get(name, name): content for name, content in files.items()}

    def bridges(self) -> list[ModuleCode]:
        """Return the modules from which packages take what the site has."""
        taken = {name for chunk in self.chunks.values() for name in chunk.imports}
        return [_bridge(name) for name in sorted(taken) if name.startswith(SITE)]

    def settled(self, modules: Sequence[ModuleCode]) -> list[ModuleCode]:
        """Return ``modules`` without imports of what is only a stylesheet."""
        empty = set(self.made.chunks) - set(self.chunks) if self.made else set[str]()
        return [
            replace(m, imports={w: n for w, n in m.imports.items() if _node(w) not in empty})
            for m in modules
        ]

    def styles(self, modules: Sequence[ModuleCode]) -> Mapping[str, tuple[str, ...]]:
        """Return the stylesheets that each of ``modules`` needs, with what it imports."""
        if self.made is None or not self._style_names:
            return {}
        by_name = {module.name: module for module in modules}
        root = next(module for module in modules if "Root" in module.exports)
        found: dict[str, tuple[str, ...]] = {}
        for module in modules:
            names = {n for each in (module, root) for n in _reached(each, by_name)}
            files = [file for name in sorted(names) for file in self.made.styles.get(name, ())]
            found[module.name] = tuple(dict.fromkeys(self._style_names[file] for file in files))
        return found


def _node(wanted: Import) -> str:
    return f"{FOREIGN}{wanted.module}"


def _reached(module: ModuleCode, by_name: Mapping[str, ModuleCode]) -> Iterator[str]:
    yield from _LAZY.findall(module.body)
    for wanted in sorted(module.imports):
        if wanted.module in by_name:
            yield from _reached(by_name[wanted.module], by_name)
        else:
            yield _node(wanted)


def _bridge(module: str) -> ModuleCode:
    """Return the module that exports what the library has under an alias."""
    alias = module.removeprefix(SITE)
    names = library().unit(library().aliases[alias]).names
    lines = [f"n{index} = all.{name}" for index, name in enumerate(sorted(names))]
    exports = [f"n{index} as {name}" for index, name in enumerate(sorted(names))]
    inner = {
        name
        for table in shared()["modules"].values()
        for at, name in table.values()
        if at == alias and name not in (*names, "*")
    }
    lines += [f"i{index} = all.default.{name}" for index, name in enumerate(sorted(inner))]
    exports += [f"i{index} as {name}" for index, name in enumerate(sorted(inner))]
    if "default" not in names:
        exports.append("all as default")
    body = f"const {', '.join(lines)};"
    return ModuleCode(module, body, {Import(alias, "*"): "all"}, tuple(exports))


def wrap(root: Path, wanted: Wanted, site: SiteCode) -> Wrapped:
    """Return what the app in ``root`` wraps, fetched and bundled."""
    needed = frozenset(i.module for i in rendered_imports(site) if i in wanted.imports)
    return Wrapped(wanted, bundle(root, wanted, needed))


def prerender(
    site: SiteCode, wrapped: Wrapped, emit: Emit, requests: Sequence[RenderRequest]
) -> Prerendered:
    """Return the site as browsers get it, with the HTML of the pages of ``requests``.

    ``emit`` prints the modules of a site. Without an engine no page has HTML.
    """
    if not has_engine():
        return Prerendered(site)
    rendering = _Rendering(wrapped, emit, requests)
    while True:
        changed = rendering.tried(site)
        if changed is None:
            return Prerendered(site, rendering.found, rendering.drawn)
        site = changed


class _Rendering:
    """One site on its way to HTML: rendered again and again, until nothing fails any more."""

    def __init__(self, wrapped: Wrapped, emit: Emit, requests: Sequence[RenderRequest]) -> None:
        self._wrapped = wrapped
        self._emit = emit
        self._requests = requests
        self.found: dict[str, str] = {}
        self.drawn: Mapping[str, Sequence[str]] = {}

    def tried(self, site: SiteCode) -> SiteCode | None:
        """Render all pages; return the site with what fails left out, None where nothing fails."""
        engine = self._engine(site)
        failed = engine.failed()
        hidden = self._without_unloadable(site, failed)
        if hidden is not None:
            return hidden
        self.found = {}
        for request in self._requests:
            try:
                html = engine.render(request)
            except RenderError as error:
                changed = self._without_failing(site, request, error)
                if changed is not None:
                    return changed
                if request.page not in {*failed, *self._foreign_pages(site)}:
                    raise
                reason = failed.get(request.page) or str(error).partition("HTML: ")[2]
                _warn(f"the page {request.route!r} is drawn by the browser alone", reason)
            else:
                self.found[request.page] = html.replace(FILE_MARK, _way(request.route))
        self.drawn = engine.drawn()
        return None

    def _engine(self, site: SiteCode, switched: frozenset[Import] = frozenset()) -> Engine:
        made = self._wrapped.made
        packages = None
        modules = [*self._wrapped.bridges(), *self._wrapped.settled(self._emit(site))]
        if made is not None:
            needed = frozenset(map(_node, rendered_imports(site)))
            nodes = frozenset(name for name in self._wrapped.chunks if name.startswith(FOREIGN))
            packages = RenderPackages(made.render, nodes, needed, switched)
        return Engine(link_for_render(modules, packages))

    def _without_unloadable(self, site: SiteCode, failed: Mapping[str, str]) -> SiteCode | None:
        """Return the site without what needs a package that cannot be loaded; None if all can."""
        used = rendered_imports(site)
        hit = frozenset(i for i in used if i in self._wrapped.wanted.imports and _node(i) in failed)
        changed = without(site, lambda imported: imported in hit)
        if not hit or changed == site:
            return None
        error = self._wrapped.made.render_error if self._wrapped.made else ""
        reasons = {error or failed[_node(imported)] for imported in hit}
        for reason in sorted(reasons):
            same = [i for i in hit if (error or failed[_node(i)]) == reason]
            self._warn_of([i for i in same if i in _types(site)] or same, reason)
        return changed

    def _without_failing(
        self, site: SiteCode, request: RenderRequest, error: RenderError
    ) -> SiteCode | None:
        """Return the site without the component that makes a page fail; None if none does."""
        candidates = sorted(_types(site) & frozenset(self._wrapped.wanted.imports))
        if not candidates:
            return None
        engine = self._engine(site, frozenset(candidates))
        for left_out in (*([each] for each in candidates), candidates):
            engine.leave_out([switch_name(each) for each in left_out])
            try:
                engine.render(request)
            except RenderError:
                continue
            self._warn_of(left_out, str(error).partition("HTML: ")[2])
            return without(site, lambda imported, hit=tuple(left_out): imported in hit)
        return None

    def _foreign_pages(self, site: SiteCode) -> set[str]:
        modules = self._wrapped.settled(self._emit(site))
        by_name = {module.name: module for module in modules}
        root = next(module for module in modules if "Root" in module.exports)
        foreign = set(self._wrapped.chunks)
        return {
            module.name
            for module in modules
            if foreign & {n for each in (module, root) for n in _reached(each, by_name)}
        }

    def _warn_of(self, left_out: Sequence[Import], reason: str) -> None:
        askers = {self._wrapped.wanted.imports[imported] for imported in left_out}
        names = sorted({f"{place_text(asker.place)}{asker.name}" for asker in askers})
        ending = "is" if len(names) == 1 else "are"
        _warn(
            f"{', '.join(names)} {ending} drawn by the browser alone",
            reason,
            ". The base rx.NoSSRComponent says so and ends this warning",
        )


def _types(site: SiteCode) -> frozenset[Import]:
    return frozenset(kind for node in site.nodes() for kind in rendered_types(node))


def _warn(what: str, reason: str, advice: str = "") -> None:
    first = reason.strip().splitlines()[0] if reason.strip() else "no reason given"
    warnings.warn(f"{what}, as making HTML fails ({first}){advice}.", stacklevel=3)


def _way(route: str) -> str:
    depth = len([part for part in route.split("/") if part and route != "/404"])
    return ("../" * depth or "./") + "wasmrx/"

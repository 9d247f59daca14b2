"""From an author's app to the files of its site, phase by phase."""

from __future__ import annotations

import base64
import hashlib
import warnings
from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from wasmrx.expr import Import
from wasmrx.kept import kept_places
from wasmrx.sessions import Session
from wasmrx.state import initial_state

from . import css
from .app_style import app_css
from .emit import emit_definitions, emit_page, emit_root, page_name
from .emit_main import ROOT, MainConfig, RouteEntry, emit_main
from .emit_scripts import emit_scripts
from .evaluate import NOT_FOUND, Evaluated, evaluate
from .frame import color_mode, frame
from .head import head
from .held import begin
from .held_names import MODULE
from .held_site import HeldSite, held_site
from .hiding import SiteCode
from .ir import PageCode
from .link import SITE, LinkResult, ModuleCode, link
from .lower import Lowering
from .maths import maths_files, maths_style
from .named_icons import named_icons, with_drawings
from .npm.wanted import Wanted
from .page_meta import PageMeta, page_meta
from .palette import shown_colors
from .prerender import RenderRequest
from .python_use import pages_with_python
from .shell import EARLY, Document, SiteFiles, html_path, missing_html, page_html
from .sitemap import sitemap
from .sources import names_and_texts
from .tailwind import LAYERS, THEME_LAYER, tailwind_config, tailwind_css
from .units import DRAWINGS, NAMED_ICON, asset
from .web_manifest import MANIFEST, icon_of, web_manifest
from .wrapped import Wrapped, prerender, wrap

FOLDER = "wasmrx"
_Code = TypeVar("_Code")


@dataclass(frozen=True)
class SiteOutput:
    """A compiled site: ``files`` by path under the site's root."""

    files: Mapping[str, bytes]
    routes: tuple[str, ...]
    warnings: tuple[str, ...]


@dataclass(frozen=True)
class _Lowered:
    """A site after the second phase: what it shows, its own CSS, and what it wraps.

    ``classes`` are the author's, as texts that name some.
    """

    site: SiteCode
    css: str
    classes: tuple[str, ...]
    wanted: Wanted


@dataclass(frozen=True)
class _Emitted:
    """The modules of a site, with what packages take from it."""

    modules: tuple[ModuleCode, ...]
    wrapped: Wrapped

    @property
    def text(self) -> str:
        """The code of all modules, that of packages where these use the site's components."""
        bodies = [module.body for module in self.modules]
        for chunk in self.wrapped.chunks.values():
            if any(name.startswith(f"{SITE}@radix-ui/") for name in chunk.imports):
                bodies.append(chunk.text)
        return "\n".join(bodies)

    @property
    def imports(self) -> list[Import]:
        """What the modules import of the library."""
        found = sorted({wanted for module in self.modules for wanted in module.imports})
        return [wanted for wanted in found if not _is_compiled(wanted.module)]


def compile_app(
    app_module: str,
    project_root: Path,
    *,
    dev: bool,
    worker: Callable[[Mapping[str, bytes]], Mapping[str, Any]] = dict,
    address: str = "",
    full_css: bool = False,
    offline: bool = False,
) -> SiteOutput:
    """Return the files of the app that ``app_module`` defines.

    ``address`` is where the site will lie, "" if that is not known. ``full_css`` keeps all of the
    components' styles instead of those that are used. With ``offline`` browsers keep the site.

    ``worker`` returns what the page's ``boot`` is told about the worker: its script, files and
    sizes. It is asked once the pages are made, as the author's code may write files until then. It
    is given the files of the archive of component code, none where no var holds components.
    """
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        app = evaluate(app_module, project_root)
        held = begin(app.app)
        printer = _Printer()
        lowered = _lower(app, printer)
        session = Session()
        initial = initial_state(session)
        beside = held_site(printer.modules(lowered.site), held, session, project_root)
        metas = [page_meta(page, project_root.name, address) for page in app.all_pages]
        scripts = emit_scripts(project_root)
        wrapped = wrap(project_root, lowered.wanted, lowered.site)

        def printed(site: SiteCode) -> list[ModuleCode]:
            modules = [*printer.modules(site), *beside.modules]
            return [*modules, *named_icons(modules, dev=dev)]

        done = prerender(lowered.site, wrapped, printed, _requests(app, initial))
        own = with_drawings(printed(done.site), done.drawn)
        emitted = _Emitted((*wrapped.settled(own), *wrapped.bridges()), wrapped)
        styles = wrapped.styles(own)
        told = beside.told_to(worker(beside.archive))
        python = {route: _early(told) for route in pages_with_python(app, lowered.site)}
        config = _main_config(app, metas, initial, dev, app_module, told, python)
        config = replace(config, has_scripts=bool(scripts), offline=offline)
        main = emit_main(_with_styles(config, styles))
        modules = [main, *emitted.modules, *([scripts] if scripts else [])]
        linked = link(modules, {}, wrapped.chunks)
        text = lowered.css + "".join(held.css.values())
        lowered = replace(lowered, css=text, classes=(*lowered.classes, *held.classes))
        style = _stylesheet(lowered, emitted, beside, main.body, project_root, full_css)
        more = {**maths_files(emitted.text, [*emitted.imports, *beside.imports]), **wrapped.files}
        files = _files(app, linked, metas, done.bodies, style, project_root, styles, python)
        files |= {f"{FOLDER}/{path}": content for path, content in more.items()}
        files |= web_manifest(project_root, metas)
        if address:
            files["sitemap.xml"] = sitemap(address, [each.page for each in app.pages])
    routes = tuple(page.route for page in app.pages)
    return SiteOutput(files, routes, tuple(str(warning.message) for warning in caught))


class _Printer:
    """Prints the modules of a site; what it has printed before it knows."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[object, ModuleCode]] = {}

    def page(self, code: PageCode) -> ModuleCode:
        """Return the module of a page."""
        return self._once(code, emit_page)

    def modules(self, site: SiteCode) -> list[ModuleCode]:
        """Return all modules but ``main``."""
        modules = [self.page(code) for code in site.pages]
        if site.definitions:
            modules.append(self._once(site.definitions, emit_definitions))
        modules.append(self._once(site.root, partial(emit_root, ROOT)))
        return modules

    def _once(self, code: _Code, emit: Callable[[_Code], ModuleCode]) -> ModuleCode:
        if id(code) not in self._known:
            self._known[id(code)] = code, emit(code)
        return self._known[id(code)][1]


def _lower(app: Evaluated, printer: _Printer) -> _Lowered:
    lowering = Lowering(app_style=app_css(app.app).by_class)
    codes = [lowering.page(page.route, page.component, page.page.title) for page in app.all_pages]
    root = frame(app.app, lowering, [printer.page(code) for code in codes])
    text = app_css(app.app).text + "".join(lowering.css.values())
    site = SiteCode(tuple(codes), tuple(lowering.definitions.values()), root)
    return _Lowered(site, text, tuple(lowering.classes), lowering.wanted)


def _with_styles(config: MainConfig, styles: Mapping[str, tuple[str, ...]]) -> MainConfig:
    def styled(entry: RouteEntry) -> RouteEntry:
        return replace(entry, styles=styles.get(entry.module, ()))

    return replace(
        config, routes=tuple(map(styled, config.routes)), not_found=styled(config.not_found)
    )


def _main_config(
    app: Evaluated,
    metas: Sequence[PageMeta],
    initial: Mapping[str, Any],
    dev: bool,
    app_module: str,
    worker: Mapping[str, Any],
    python: Container[str],
) -> MainConfig:
    entries = [
        RouteEntry(
            page_name(p.route),
            p.route,
            None if meta.is_live else meta.title,
            still=p.route not in python,
        )
        for p, meta in zip(app.all_pages, metas, strict=True)
    ]
    return MainConfig(
        dev=dev,
        routes=tuple(entry for entry in entries if entry.pattern != NOT_FOUND),
        not_found=next(entry for entry in entries if entry.pattern == NOT_FOUND),
        initial=initial,
        kept=kept_places(),
        worker={**worker, "app": app_module},
    )


def _early(worker: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return what the worker can start from before the page's scripts have told it the rest."""
    return {key: worker[key] for key in ("script", "files", "sizes", "shared") if key in worker}


def _requests(app: Evaluated, initial: Mapping[str, Any]) -> list[RenderRequest]:
    """Return what is to be rendered.

    The 404 page is also what a host shows for a dynamic route: where there is one it stays empty
    until the page's script knows which page it is.
    """
    is_dynamic = any("[" in page.route for page in app.pages)
    routes = [page.route for page in (app.pages if is_dynamic else app.all_pages)]
    mode = color_mode(app.app)
    return [
        RenderRequest(page_name(route), "/" if route == NOT_FOUND else route, initial, {}, mode)
        for route in routes
    ]


def _files(
    app: Evaluated,
    linked: LinkResult,
    metas: Sequence[PageMeta],
    bodies: Mapping[str, str],
    stylesheet: str,
    root: Path,
    styles: Mapping[str, tuple[str, ...]],
    python: Mapping[str, Mapping[str, Any]],
) -> dict[str, bytes]:
    scripts = {f"{FOLDER}/{chunk.path}": chunk.text.encode() for chunk in linked.chunks}
    style = _hashed("style.css", stylesheet.encode())
    scripts[f"{FOLDER}/{style}"] = stylesheet.encode()
    hashes = {path.removeprefix(f"{FOLDER}/"): _integrity(text) for path, text in scripts.items()}
    scripts[f"{FOLDER}/{EARLY}"] = asset(EARLY).read_bytes()
    added = head(app.app, FOLDER)
    scripts |= added.files
    site = SiteFiles(
        style=style,
        main=linked.entry,
        main_preload=linked.entry_preload,
        integrity=hashes,
        icon=icon_of(root),
        manifest=MANIFEST,
        stylesheets=tuple(app.app.stylesheets),
        head=added.nodes,
        lang=app.app.html_lang or "en",
        html_attrs=tuple(sorted(app.app.html_custom_attrs.items())),
        color_mode=color_mode(app.app),
    )
    files: dict[str, bytes] = {}
    for page, meta in zip(app.all_pages, metas, strict=True):
        path, preload = linked.pages[page_name(page.route)]
        name = page_name(page.route)
        body, own = bodies.get(name, ""), styles.get(name, ())
        chunks = (path, *preload)
        document = Document(
            page.route,
            meta.title,
            meta.metas,
            chunks,
            body,
            meta.address,
            own,
            python.get(page.route),
        )
        target = html_path(page.route)
        if page.route == NOT_FOUND:
            files["404.html"] = missing_html(document, site).encode()
        elif target is not None:
            files[target] = page_html(document, site).encode()
    return {**dict(sorted(files.items())), **dict(sorted(scripts.items()))}


def _stylesheet(
    lowered: _Lowered, emitted: _Emitted, held: HeldSite, main: str, root: Path, full: bool
) -> str:
    """Return the stylesheet of the whole site: what it needs of Radix's, then its own."""
    text = emitted.text
    colors = shown_colors([lowered.css, text, main], root)
    radix = css.subset(
        imports=[*emitted.imports, *held.imports],
        text=text + held.any_props,
        style=lowered.css,
        colors=colors,
        full=full,
    )
    theme = radix + maths_style(text)
    tailwind = tailwind_config(root)
    if tailwind is None:
        return theme + lowered.css
    texts = [*lowered.classes, main, *names_and_texts(root)[1]]
    classes = tailwind_css(tailwind, texts, root)
    return f"{LAYERS}{classes}@layer {THEME_LAYER}{{{theme}}}{lowered.css}"


def _is_compiled(module: str) -> bool:
    known = ("root", "components", MODULE, NAMED_ICON.module)
    return module in known or module.startswith(("page:", DRAWINGS))


def _hashed(file: str, content: bytes) -> str:
    stem, _, suffix = file.rpartition(".")
    return f"{stem}-{hashlib.sha256(content).hexdigest()[:10]}.{suffix}"


def _integrity(content: bytes) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(content).digest()).decode()}"

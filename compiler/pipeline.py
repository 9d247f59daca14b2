"""From an author's app to the files of its site, phase by phase."""

from __future__ import annotations

import hashlib
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wasmrx.state import initial_state

from . import css
from .emit import emit_definitions, emit_page, emit_root, page_name
from .emit_main import ROOT, MainConfig, RouteEntry, emit_main
from .evaluate import NOT_FOUND, Evaluated, evaluate
from .frame import app_css, color_mode, frame
from .head import head
from .link import LinkResult, ModuleCode, link, link_for_render
from .lower import Lowering
from .page_meta import PageMeta, page_meta
from .palette import shown_colors
from .prerender import RenderRequest, render
from .shell import Document, SiteFiles, html_path, missing_html, page_html
from .units import asset

FOLDER = "wasmrx"


@dataclass(frozen=True)
class SiteOutput:
    """A compiled site: ``files`` by path under the site's root."""

    files: Mapping[str, bytes]
    routes: tuple[str, ...]
    warnings: tuple[str, ...]


@dataclass(frozen=True)
class _Lowered:
    """A site after the second phase."""

    modules: tuple[ModuleCode, ...]
    css: str


def compile_app(
    app_module: str,
    project_root: Path,
    *,
    dev: bool,
    worker: Mapping[str, Any] | None = None,
) -> SiteOutput:
    """Return the files of the app that ``app_module`` defines.

    ``worker`` is what the page's ``boot`` is told about the worker: its script, files and sizes.
    """
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        app = evaluate(app_module, project_root)
        lowered = _lower(app)
        initial = initial_state()
        metas = [page_meta(page, project_root.name) for page in app.all_pages]
        main = emit_main(_main_config(app, metas, initial, dev, app_module, worker or {}))
        linked = link([main, *lowered.modules], {})
        bodies = _prerender(app, lowered.modules, initial)
        style = _stylesheet(lowered, main.body, project_root)
        files = _files(app, linked, metas, bodies, style, project_root)
    routes = tuple(page.route for page in app.pages)
    return SiteOutput(files, routes, tuple(str(warning.message) for warning in caught))


def _lower(app: Evaluated) -> _Lowered:
    lowering = Lowering(app_style=app_css(app.app).by_class)
    codes = [lowering.page(page.route, page.component, page.page.title) for page in app.all_pages]
    modules = [emit_page(code) for code in codes]
    root = emit_root(ROOT, frame(app.app, lowering, modules))
    if lowering.definitions:
        modules.append(emit_definitions(list(lowering.definitions.values())))
    modules.append(root)
    text = app_css(app.app).text + "".join(lowering.css.values())
    return _Lowered(tuple(modules), text)


def _main_config(
    app: Evaluated,
    metas: Sequence[PageMeta],
    initial: Mapping[str, Any],
    dev: bool,
    app_module: str,
    worker: Mapping[str, Any],
) -> MainConfig:
    entries = [
        RouteEntry(page_name(p.route), p.route, None if meta.is_live else meta.title)
        for p, meta in zip(app.all_pages, metas, strict=True)
    ]
    return MainConfig(
        dev=dev,
        routes=tuple(entry for entry in entries if entry.pattern != NOT_FOUND),
        not_found=next(entry for entry in entries if entry.pattern == NOT_FOUND),
        initial=initial,
        worker={**worker, "app": app_module},
    )


def _prerender(
    app: Evaluated, modules: Sequence[ModuleCode], initial: Mapping[str, Any]
) -> dict[str, str]:
    """Return each page's HTML by route; nothing where no engine is installed.

    The 404 page is also what a host shows for a dynamic route: where there is one it stays empty
    until the page's script knows which page it is.
    """
    is_dynamic = any("[" in page.route for page in app.pages)
    routes = [page.route for page in (app.pages if is_dynamic else app.all_pages)]
    mode = color_mode(app.app)
    requests = [
        RenderRequest(page_name(route), "/" if route == NOT_FOUND else route, initial, {}, mode)
        for route in routes
    ]
    rendered = render(link_for_render(modules), requests)
    return {} if rendered is None else dict(zip(routes, rendered, strict=True))


def _files(
    app: Evaluated,
    linked: LinkResult,
    metas: Sequence[PageMeta],
    bodies: Mapping[str, str],
    stylesheet: str,
    root: Path,
) -> dict[str, bytes]:
    scripts = {f"{FOLDER}/{chunk.path}": chunk.text.encode() for chunk in linked.chunks}
    early = asset("early.js").read_bytes()
    style = stylesheet.encode()
    names = _hashed("early.js", early), _hashed("style.css", style)
    scripts |= {f"{FOLDER}/{names[0]}": early, f"{FOLDER}/{names[1]}": style}
    added = head(app.app, FOLDER)
    scripts |= added.files
    site = SiteFiles(
        early=names[0],
        style=names[1],
        main=linked.entry,
        main_preload=linked.entry_preload,
        icon=_icon(root),
        stylesheets=tuple(app.app.stylesheets),
        head=added.nodes,
        lang=app.app.html_lang or "en",
        html_attrs=tuple(sorted(app.app.html_custom_attrs.items())),
        color_mode=color_mode(app.app),
    )
    files: dict[str, bytes] = {}
    for page, meta in zip(app.all_pages, metas, strict=True):
        path, preload = linked.pages[page_name(page.route)]
        body = bodies.get(page.route, "")
        document = Document(page.route, meta.title, meta.metas, (path, *preload), body)
        target = html_path(page.route)
        if page.route == NOT_FOUND:
            files["404.html"] = missing_html(document, site).encode()
        elif target is not None:
            files[target] = page_html(document, site).encode()
    return {**dict(sorted(files.items())), **dict(sorted(scripts.items()))}


def _stylesheet(lowered: _Lowered, main: str, root: Path) -> str:
    """Return the stylesheet of the whole site: what it needs of Radix's, then its own."""
    text = "\n".join(module.body for module in lowered.modules)
    imports = sorted({wanted for module in lowered.modules for wanted in module.imports})
    known = [wanted for wanted in imports if not _is_compiled(wanted.module)]
    colors = shown_colors([lowered.css, text, main], root)
    return css.subset(imports=known, text=text, style=lowered.css, colors=colors) + lowered.css


def _is_compiled(module: str) -> bool:
    return module in ("root", "components") or module.startswith("page:")


def _hashed(file: str, content: bytes) -> str:
    stem, _, suffix = file.rpartition(".")
    return f"{stem}-{hashlib.sha256(content).hexdigest()[:10]}.{suffix}"


def _icon(root: Path) -> str:
    for name in ("favicon.svg", "favicon.ico", "favicon.png"):
        if (root / "assets" / name).is_file():
            return f"/{name}"
    return "data:,"

"""Prints the main module: what ``boot`` of the page runtime is told about the site."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from wasmrx.expr import Import

from .js_expr import js_text
from .link import MAIN, SCRIPTS, ModuleCode

ROOT = "root"
"""The module that exports ``Root``."""


@dataclass(frozen=True)
class RouteEntry:
    """One page for the router: ``module`` exports ``Page``; without a title it sets its own.

    ``styles`` are the stylesheets of packages that it needs. A ``still`` page needs no Python.
    """

    module: str
    pattern: str
    title: str | None
    styles: tuple[str, ...] = ()
    still: bool = False


@dataclass(frozen=True)
class MainConfig:
    """The site for ``boot``."""

    dev: bool
    routes: tuple[RouteEntry, ...]
    not_found: RouteEntry
    initial: Mapping[str, Any]
    kept: Sequence[Sequence[object]]
    worker: Mapping[str, Any]
    has_scripts: bool = False
    offline: bool = False


def emit_main(config: MainConfig) -> ModuleCode:
    """Return the main module; linking gives it the pages' addresses."""
    routes = ", ".join(_route(entry) for entry in config.routes)
    initial = js_text(_json(config.initial))
    parts = [
        f"dev: {_json(config.dev)}",
        f"routes: [{routes}]",
        f"notFound: {_route(config.not_found)}",
        "Root",
        f"initial: () => JSON.parse({initial})",
        f"worker: {_json(config.worker)}",
    ]
    if config.has_scripts:
        parts.append(f'scripts: () => import(CHUNK("{SCRIPTS}"))')
    if config.offline:
        parts.append("offline: true")
    if config.kept:
        parts.append(f"kept: {_json(config.kept)}")
    build = hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]
    body = f"boot({{{', '.join([f'build: {_json(build)}', *parts])}}});"
    imports = {Import("wasmrx/page", "boot"): "boot", Import(ROOT, "Root"): "Root"}
    if any(entry.styles for entry in (*config.routes, config.not_found)):
        imports[Import("wasmrx/styles", "withStyles")] = "withStyles"
    return ModuleCode(MAIN, body, imports, ())


def _route(entry: RouteEntry) -> str:
    page = f'import(CHUNK("{entry.module}"))'
    load = f"withStyles({page}, {_json(entry.styles)})" if entry.styles else page
    parts = [f"pattern: {js_text(entry.pattern)}", f"load: () => {load}"]
    if entry.title is not None:
        parts.append(f"title: {js_text(entry.title)}")
    if entry.still:
        parts.append("still: true")
    return f"{{{', '.join(parts)}}}"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("</", "<\\/")

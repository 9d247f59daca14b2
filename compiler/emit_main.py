"""Prints the main module: what ``boot`` of the page runtime is told about the site."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from wasmrx.expr import Import

from .js_expr import js_text
from .link import MAIN, ModuleCode

ROOT = "root"
"""The module that exports ``Root``."""


@dataclass(frozen=True)
class RouteEntry:
    """One page for the router: ``module`` exports ``Page``; without a title it sets its own."""

    module: str
    pattern: str
    title: str | None


@dataclass(frozen=True)
class MainConfig:
    """The site for ``boot``."""

    dev: bool
    routes: tuple[RouteEntry, ...]
    not_found: RouteEntry
    initial: Mapping[str, Any]
    worker: Mapping[str, Any]


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
    build = hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]
    body = f"boot({{{', '.join([f'build: {_json(build)}', *parts])}}});"
    imports = {Import("wasmrx/page", "boot"): "boot", Import(ROOT, "Root"): "Root"}
    return ModuleCode(MAIN, body, imports, ())


def _route(entry: RouteEntry) -> str:
    parts = [
        f"pattern: {js_text(entry.pattern)}",
        f'load: () => import(CHUNK("{entry.module}"))',
    ]
    if entry.title is not None:
        parts.append(f"title: {js_text(entry.title)}")
    return f"{{{', '.join(parts)}}}"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("</", "<\\/")

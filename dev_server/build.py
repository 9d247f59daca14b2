"""An app as the files of a static site: what the compiler makes, the worker's files, the assets."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from wasmrx.compiler.pipeline import compile_app
from wasmrx.wasm.bundle import app_bundle
from wasmrx.wasm.files import worker_site

from .output import Content, OutputError
from .project import Project

NOT_PUBLISHED = frozenset({".DS_Store", "Thumbs.db", ".git", "__pycache__"})


@dataclass(frozen=True)
class Site:
    """Everything that is published: path in the site → its bytes, or the file that holds them.

    ``compiled`` is the part that the compiler makes; the rest is Python and the assets.
    """

    files: Mapping[str, Content]
    compiled: Mapping[str, bytes]
    routes: tuple[str, ...]
    warnings: tuple[str, ...]
    seconds: float


def make_site(project: Project, *, dev: bool, out: Path | None = None) -> Site:
    """Compile the app and gather its files. Nothing is written; ``out`` is where it will be.

    The app's module is imported into this process, so a process makes one site.
    """
    started = time.perf_counter()
    sources = app_bundle(project.root, leave_out=[out] if out else [])
    worker = worker_site(sources)
    output = compile_app(project.module, project.root, dev=dev, worker=worker.config)
    files: dict[str, Content] = {**output.files, **worker.files, ".nojekyll": b""}
    for path, source in published_assets(project):
        if path in files and path != ".nojekyll":
            raise OutputError(f"assets/{path} has the name of a file that wasmrx makes. Rename it.")
        files[path] = source
    seconds = time.perf_counter() - started
    return Site(files, output.files, output.routes, output.warnings, seconds)


def published_assets(project: Project) -> Iterator[tuple[str, Path]]:
    """The files of ``assets/``: path in the site, and where each lies."""
    for parent, folders, names in os.walk(project.assets):
        folders[:] = sorted(set(folders) - NOT_PUBLISHED)
        for name in sorted(set(names) - NOT_PUBLISHED):
            source = Path(parent, name)
            yield source.relative_to(project.assets).as_posix(), source

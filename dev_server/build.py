"""An app as the files of a static site: what the compiler makes, the worker's files, the assets."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from wasmrx.assets import published_files
from wasmrx.compiler.pipeline import compile_app
from wasmrx.wasm.app_image import AppImage
from wasmrx.wasm.bundle import app_bundle, zipped
from wasmrx.wasm.files import WorkerConfig, WorkerSite, worker_site
from wasmrx.wasm.offline import offline_files

from .image import own_images, refusals
from .output import Content, OutputError
from .packages import project_packages
from .project import Project
from .server_part import ServerPart, server_part, without_backend

NOT_PUBLISHED = frozenset({".DS_Store", "Thumbs.db", ".git", "__pycache__"})


@dataclass(frozen=True)
class Site:
    """Everything that is published: path in the site → its bytes, or the file that holds them.

    ``compiled`` is the part that the compiler makes; the rest is Python and the assets. ``image``
    tells of the app's own memory image, None where none was asked for.
    """

    files: Mapping[str, Content]
    compiled: Mapping[str, bytes]
    routes: tuple[str, ...]
    warnings: tuple[str, ...]
    seconds: float
    server: ServerPart | None = None
    image: AppImage | None = None


def make_site(
    project: Project,
    *,
    dev: bool,
    out: Path | None = None,
    full_css: bool = False,
    locked: bool = False,
) -> Site:
    """Compile the app and gather its files. Nothing is written; ``out`` is where it will be.

    The app's module is imported into this process, so a process makes one site.
    """
    started = time.perf_counter()
    offline = project.offline and not dev
    made: list[WorkerSite] = []
    packages = project_packages(project, locked=locked)
    parts: list[ServerPart | None] = []
    images: list[AppImage] = []

    def worker(components: Mapping[str, bytes]) -> WorkerConfig:
        unwanted = [out] if out else []
        parts.append(server_part(project, unwanted, dev=dev))
        files = parts[0] and parts[0].published.files
        app = app_bundle(project.root, leave_out=unwanted, published=files)
        wheels = packages.files(files)
        archive = zipped(components) if components else None
        if not dev:
            images.extend(own_images(project, app, archive, wheels and wheels.first))
        data, shared = images[0].data if images else None, "" if dev else project.pyodide
        made.append(worker_site(app, archive, wheels, image=data, shared=shared))
        return {
            **made[0].config,
            "stopAfter": project.stop_after,
            "memoryLimit": project.memory_limit,
        }

    try:
        output = compile_app(
            project.module,
            project.root,
            dev=dev,
            worker=worker,
            address=project.address,
            full_css=full_css,
            offline=offline,
        )
    except ModuleNotFoundError as error:
        raise packages.missing_here(error) or error from None
    files: dict[str, Content] = {
        **output.files,
        **made[0].files,
        **packages.shelf.files,
        ".nojekyll": b"",
    }
    _publish(files, project)
    files |= offline_files(files, wanted=offline)
    seconds = time.perf_counter() - started
    alone = without_backend(parts[0], output.files.values()) if parts[0] else ()
    warned = (*output.warnings, *packages.warnings(), *refusals(images), *alone)
    return Site(files, output.files, output.routes, warned, seconds, parts[0], *images)


def _publish(files: dict[str, Content], project: Project) -> None:
    """Add the author's own files to those of the site."""
    shared = ((at.lstrip("/"), Path(file)) for at, file in published_files().items())
    for path, source in (*published_assets(project), *shared):
        if path in files and path != ".nojekyll":
            raise OutputError(f"assets/{path} has the name of a file that wasmrx makes. Rename it.")
        files[path] = source


def published_assets(project: Project) -> Iterator[tuple[str, Path]]:
    """The files of ``assets/``: path in the site, and where each lies."""
    for parent, folders, names in os.walk(project.assets):
        folders[:] = sorted(set(folders) - NOT_PUBLISHED)
        for name in sorted(set(names) - NOT_PUBLISHED):
            source = Path(parent, name)
            yield source.relative_to(project.assets).as_posix(), source

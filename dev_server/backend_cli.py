"""``wasmrx backend``: an app's server handlers in production."""

from __future__ import annotations

import logging
import os
import sys
from pathlib import Path

import click

from .project import ProjectError, find_project

FolderArgument = click.Path(path_type=Path)
MISSING = (
    "Server mode needs the packages of an extra: pip install 'wasmrx[server]'. ({name} is missing.)"
)


@click.command()
@click.argument("app_folder", type=FolderArgument, default=".")
@click.option("--site", type=FolderArgument, help="A built site to serve beside the calls.")
@click.option(
    "--origin",
    "origins",
    multiple=True,
    help="The origin of a page on another host that may call, such as https://example.org. "
    "Without any, pages of the backend's own host may.",
)
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=8080, show_default=True)
@click.option("--workers", type=click.IntRange(1), default=1, show_default=True)
@click.option(
    "--data",
    type=FolderArgument,
    help="The file for sessions and replies, by default .wasmrx/backend.sqlite in APP_FOLDER. "
    "All processes of a backend share it.",
)
def backend(
    app_folder: Path,
    site: Path | None,
    origins: tuple[str, ...],
    host: str,
    port: int,
    workers: int,
    data: Path | None,
) -> None:
    """Run the server handlers of APP_FOLDER (by default the current one).

    Pages find them under /_wasmrx/. Put a server with TLS in front; /_wasmrx/health answers while
    the backend runs.
    """
    try:
        find_project(app_folder)
    except (ProjectError, OSError) as error:
        click.secho(str(error), fg="red", err=True)
        sys.exit(1)
    os.environ["WASMRX_APP"] = str(app_folder.resolve())
    os.environ["WASMRX_ORIGINS"] = ",".join(origins)
    if site is not None:
        os.environ["WASMRX_SITE"] = str(site.resolve())
    if data is not None:
        os.environ["WASMRX_DATA"] = str(data.resolve())
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    try:
        from . import backend_serve  # noqa: PLC0415 - its packages are an extra
    except ModuleNotFoundError as error:
        click.secho(MISSING.format(name=error.name), fg="red", err=True)
        sys.exit(1)
    backend_serve.serve(app_folder, host, port, workers)

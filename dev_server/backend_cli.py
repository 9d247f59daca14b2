"""``wasmrx backend``: an app's server handlers in production."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Literal

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
@click.option(
    "--redis",
    envvar="WASMRX_REDIS",
    help="The URL of a Redis for sessions and replies in the place of the file, such as "
    "redis://10.0.0.5:6379/0: processes on any machine share it.",
)
@click.option(
    "--drain",
    type=click.FloatRange(0),
    default=0.0,
    show_default=True,
    help="Seconds that new calls are refused at least, after SIGTERM, before the end.",
)
@click.option("--logs", type=click.Choice(["text", "json"]), default="text", show_default=True)
def backend(
    app_folder: Path,
    site: Path | None,
    origins: tuple[str, ...],
    host: str,
    port: int,
    workers: int,
    data: Path | None,
    redis: str | None,
    drain: float,
    logs: Literal["text", "json"],
) -> None:
    """Run the server handlers of APP_FOLDER (by default the current one).

    Pages find them under /_wasmrx/. Put a server with TLS in front; /_wasmrx/health answers while
    the backend runs, /_wasmrx/ready says whether it takes calls, /_wasmrx/metrics is read by
    Prometheus.
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
    if redis:
        os.environ["WASMRX_REDIS"] = redis
    os.environ["WASMRX_DRAIN"] = str(drain)
    try:
        from . import backend_serve  # noqa: PLC0415 - its packages are an extra
    except ModuleNotFoundError as error:
        click.secho(MISSING.format(name=error.name), fg="red", err=True)
        sys.exit(1)
    backend_serve.serve(app_folder, host, port, workers, logs)

"""The ``wasmrx`` command: init, serve, build.

Exit codes: 0 done, 1 the app or the machine is at fault (the message says how), 2 wrong usage,
130 stopped by Ctrl-C before it was done.
"""

from __future__ import annotations

import asyncio
import contextlib
import signal
import sys
import time
from importlib.metadata import version
from pathlib import Path
from typing import NoReturn

import click

from .build import Site, make_site
from .output import OutputError, check_replaceable, in_words, write_site
from .project import Project, ProjectError, find_project
from .report import explain, gzipped, kilobytes, total
from .serve import DevServer, PortTakenError, listen
from .starter import FolderTakenError, write_starter

FolderArgument = click.Path(path_type=Path)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(version("wasmrx"), message="wasmrx %(version)s")
def main() -> None:
    """Web apps in pure Python that run in the browser.

    \b
    wasmrx init my_app       make a new app
    wasmrx serve my_app      show it, and follow edits
    wasmrx build my_app      write it as static files for any web host
    """


@main.command()
@click.argument("folder", type=FolderArgument, default=".")
def init(folder: Path) -> None:
    """Make a new app in FOLDER (by default the current one).

    FOLDER is created if it does not exist. Nothing that is already there is overwritten.
    """
    try:
        made = write_starter(folder)
    except FolderTakenError as error:
        _fail(str(error))
    except OSError as error:
        _fail(f"Cannot write {folder}: {in_words(error)}.")
    for path in made:
        click.echo(f"  {path}")
    here = folder.resolve() == Path.cwd()
    click.secho(f"A new app is in {folder.resolve().name}.", fg="green")
    click.echo(f"See it with: wasmrx serve{'' if here else f' {folder}'}")


@main.command()
@click.argument("app_folder", type=FolderArgument, default=".")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    help="Listen on this port; 0 takes any free one. Without it: 8000, or the next free one.",
)
def serve(app_folder: Path, port: int | None) -> None:
    """Show the app of APP_FOLDER (by default the current one) and follow edits.

    The address answers on this machine only. Saving a file rebuilds the app and reloads open
    pages, which keep their state; a mistake is shown here and over the page until it is mended.

    APP_FOLDER holds an app.py that defines `app`, or an rxconfig.py and the package it names.
    """
    project = _project(app_folder)
    try:
        sockets = listen(port)
    except PortTakenError as error:
        _fail(str(error))
    server = DevServer(project, click.echo, lambda text: click.secho(text, fg="red", err=True))
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(server.run(sockets))
    click.echo("\nStopped.")


@main.command()
@click.argument("app_folder", type=FolderArgument, default=".")
@click.option(
    "--out",
    type=FolderArgument,
    help="The folder to write, by default dist/ in APP_FOLDER. "
    "A folder with files of another origin is refused.",
)
def build(app_folder: Path, out: Path | None) -> None:
    """Write the app of APP_FOLDER (by default the current one) as a static site.

    The result is plain files for any web host, at the root of a domain or under any path of it.
    Building again replaces the folder; the same source gives the same bytes.
    """
    started = time.perf_counter()
    project = _project(app_folder)
    target = (out or project.default_out).resolve()
    try:
        _check_out(project, target)
        site = make_site(project, dev=False, out=target)
        write_site(site.files, target)
    except KeyboardInterrupt:
        click.echo("\nStopped; nothing was written.", err=True)
        sys.exit(130)
    except (Exception, SystemExit) as error:
        _fail(explain(error, project.root))
    _print_site(project, site, target, time.perf_counter() - started)


def _project(folder: Path) -> Project:
    try:
        return find_project(folder)
    except (ProjectError, OSError) as error:
        _fail(str(error))


def _check_out(project: Project, target: Path) -> None:
    """Refuse what would delete or publish sources, before time is spent on compiling."""
    if project.root.is_relative_to(target) or target.is_relative_to(project.assets):
        raise OutputError(
            f"The site cannot be written to {target}: the app's own files are there. "
            "Choose another folder with --out."
        )
    check_replaceable(target)


def _print_site(project: Project, site: Site, target: Path, seconds: float) -> None:
    for warning in site.warnings:
        click.secho(f"Warning: {warning}", fg="yellow", err=True)
    rows = [
        ("compiled", f"{', '.join(site.routes)}  in {site.seconds:.2f} s"),
        ("scripts", f"{kilobytes(gzipped(site.compiled, '.js'))} gzip"),
        ("styles", f"{kilobytes(gzipped(site.compiled, '.css'))} gzip"),
        ("in all", f"{len(site.files)} files, {kilobytes(total(site.files))}"),
    ]
    click.secho(project.name, bold=True)
    for label, text in rows:
        click.echo(f"  {label:<9} {text}")
    click.secho(f"{_shown(target)} is ready after {seconds:.2f} s.", fg="green")


def _shown(path: Path) -> str:
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)


def _fail(text: str) -> NoReturn:
    click.secho(text, fg="red", err=True)
    sys.exit(1)

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
from collections.abc import Iterator
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from typing import NoReturn

import click

from wasmrx.compiler.sitemap import site_address
from wasmrx.wasm.app_image import AppImage
from wasmrx.wasm.offline import kept_bytes

from .backend_cli import backend
from .build import Site, make_site
from .output import OutputError, check_replaceable, in_words, write_site
from .package_commands import add, lock, why
from .project import Project, ProjectError, backend_address, find_project, shared_copy
from .report import explain, gzipped, kilobytes, total
from .serve import DevServer, PortTakenError, listen
from .server_part import described
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
    wasmrx add httpx         give the app in this folder a Python package
    wasmrx backend my_app    run the handlers that are marked for a server
    """


main.add_command(backend)


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
@click.option(
    "--url",
    help="The address that the site will have, for search engines: pages name it as their own and "
    "sitemap.xml lists them. By default the deploy_url of rxconfig.py.",
)
@click.option(
    "--full-css",
    is_flag=True,
    help="Keep all styles of the components, for pages that add elements by scripts of their own. "
    "By default only those are kept that the app uses.",
)
@click.option(
    "--offline/--no-offline",
    default=None,
    help="Whether browsers keep the whole site, so that it opens without a network after the first "
    "visit. By default they do, unless rxconfig.py says offline=False.",
)
@click.option(
    "--locked",
    is_flag=True,
    help="Fail where wasmrx.lock is out of date, instead of bringing it up to date.",
)
@click.option(
    "--backend",
    "backend_url",
    help="Where server handlers run: an address such as https://api.example.org, or 'same' for the "
    "site's own host. By default the backend of rxconfig.py.",
)
@click.option(
    "--app-image/--no-app-image",
    "image",
    default=None,
    help="Whether to make the app's own memory image, so that visitors need not import it. It "
    "needs Node. By default it is made, unless rxconfig.py says app_image=False.",
)
@click.option(
    "--pyodide",
    help="Where browsers load the interpreter from: 'self' (by default the site's own copy), "
    "'cdn' (jsDelivr's copy of the npm package), or the address of a folder with Pyodide's files.",
)
def build(
    app_folder: Path,
    out: Path | None,
    url: str | None,
    full_css: bool,
    offline: bool | None,
    locked: bool,
    backend_url: str | None,
    image: bool | None,
    pyodide: str | None,
) -> None:
    """Write the app of APP_FOLDER (by default the current one) as a static site.

    The result is plain files for any web host, at the root of a domain or under any path of it.
    Building again replaces the folder; the same source gives the same bytes.
    """
    started = time.perf_counter()
    project = _project(app_folder)
    if url is not None:
        project = replace(project, address=_site_address(url))
    if backend_url is not None:
        project = replace(project, backend=_backend_address(backend_url))
    if offline is not None:
        project = replace(project, offline=offline)
    if image is not None:
        project = replace(project, app_image=image)
    if pyodide is not None:
        project = replace(project, pyodide=_shared_copy(pyodide))
    target = (out or project.default_out).resolve()
    try:
        _check_out(project, target)
        site = make_site(project, dev=False, out=target, full_css=full_css, locked=locked)
        write_site(site.files, target)
    except KeyboardInterrupt:
        click.echo("\nStopped; nothing was written.", err=True)
        sys.exit(130)
    except (Exception, SystemExit) as error:
        _fail(explain(error, project.root))
    _print_site(project, site, target, time.perf_counter() - started)


for _command in (lock, add, why):
    main.add_command(_command)


def _project(folder: Path) -> Project:
    try:
        return find_project(folder)
    except (ProjectError, OSError) as error:
        _fail(str(error))


def _site_address(text: str) -> str:
    try:
        return site_address(text)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--url") from error


def _backend_address(text: str) -> str:
    try:
        return backend_address(text)
    except ProjectError as error:
        raise click.BadParameter(str(error), param_hint="--backend") from error


def _unread_address(project: Project) -> Iterator[str]:
    if project.unread_address and not project.address:
        yield (
            f"{project.unread_address}: deploy_url is an expression, which the build does not "
            "read. Write the address out, or give it with --url."
        )


def _shared_copy(text: str) -> str:
    try:
        return shared_copy(text)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--pyodide") from error


def _image_in_words(image: AppImage | None) -> str:
    if image is None:
        return "the base image"
    if image.data is None:
        return f"the base image: {image.why}"
    size = kilobytes(len(image.data))
    made = f"made in {image.seconds:.1f} s" if image.seconds else "unchanged"
    return f"the app's own image, {size}, {made}"


def _check_out(project: Project, target: Path) -> None:
    """Refuse what would delete or publish sources, before time is spent on compiling."""
    if project.root.is_relative_to(target) or target.is_relative_to(project.assets):
        raise OutputError(
            f"The site cannot be written to {target}: the app's own files are there. "
            "Choose another folder with --out."
        )
    check_replaceable(target)


def _print_site(project: Project, site: Site, target: Path, seconds: float) -> None:
    for warning in (*site.warnings, *_unread_address(project)):
        click.secho(f"Warning: {warning}", fg="yellow", err=True)
    rows = [
        ("compiled", f"{', '.join(site.routes)}  in {site.seconds:.2f} s"),
        ("scripts", f"{kilobytes(gzipped(site.compiled, '.js'))} gzip"),
        ("styles", f"{kilobytes(gzipped(site.compiled, '.css'))} gzip"),
        ("memory", _image_in_words(site.image)),
        ("in all", f"{len(site.files)} files, {kilobytes(total(site.files))}"),
        ("offline", kilobytes(kept_bytes(site.files)) if project.offline else "no"),
    ]
    if site.server is not None:
        rows += [("server", described(each)) for each in site.server.table.handlers.values()]
        rows.append(("published", ", ".join(site.server.published.files) or "nothing"))
        rows.append(("held back", ", ".join(site.server.published.held_back) or "nothing"))
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
